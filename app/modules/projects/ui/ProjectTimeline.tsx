import { formatInstant, formatOfficialDate, type LocalDate } from "~/kernel/local-date";
import type { ProjectStage } from "~/kernel/vocabulary";
import { Notice, Timeline, type TimelineEntry } from "~/ui";

import { nextStepOf, type DeskStanding } from "../next-step";
import type { StoppedClock } from "../review/stopped-clock.rules";
import { PROJECT_EVENT_FACTS } from "../project.lifecycle";
import { eventWords } from "../timeline-words";

interface ProjectTimelineProps {
  readonly project: { readonly stage: ProjectStage; readonly dueOn: LocalDate | null };
  readonly standing: DeskStanding;
  readonly events: readonly {
    readonly id: string;
    readonly type: string;
    /** as JSON brings it */
    readonly at: string;
    readonly actorName: string;
    readonly unitName: string;
    readonly reason: string | null;
    readonly payload: Readonly<Record<string, unknown>>;
  }[];
  readonly stops: readonly StoppedClock[];
  /** with every save of a draft, too */
  readonly everything?: boolean;
}

/** What happened to a project, who has it now and until when, and when the clock stood still; the newest first. */
export function ProjectTimeline({ project, standing, events, stops, everything = false }: ProjectTimelineProps) {
  const next = nextStepOf(project.stage, standing);
  const waiting: TimelineEntry[] = next
    ? [
        {
          key: "next",
          what: `待办：${next.what}`,
          who: next.who,
          current: true,
          until: project.dueOn ? formatOfficialDate(project.dueOn) : undefined,
        },
      ]
    : [];
  const past = events.flatMap((event): TimelineEntry[] => {
    const words = eventWords(event.type, event.payload);
    if (!words || (words.minor && !everything)) return [];
    const stop = stops.find(({ eventId }) => eventId === event.id);
    const said = [words.detail, event.reason].filter(Boolean).join("\n");
    return [
      {
        key: event.id,
        what: words.what,
        who: `${event.unitName} ${event.actorName}`,
        when: formatInstant(new Date(event.at)),
        reason: (said || stop) && (
          <>
            {said && <p className="whitespace-pre-line">{said}</p>}
            {stop && <p className="text-secondary">{stopWords(stop)}</p>}
          </>
        ),
        tone: words.tone,
      },
    ];
  });
  return <Timeline label={everything ? "全部记录" : "办理过程"} entries={[...waiting, ...past]} />;
}

function stopWords({ from, until, workdays }: StoppedClock): string {
  const span = until ? `${formatOfficialDate(from)}至${formatOfficialDate(until)}` : `${formatOfficialDate(from)}起`;
  return `审核时钟停止：${span}，${until ? "共" : "已"} ${workdays} 个工作日，不计入审核时限`;
}

const RETURNS: readonly string[] = [PROJECT_EVENT_FACTS.returnForSupplement, PROJECT_EVENT_FACTS.returnFromFunding];

/** Why a filing came back, point by point, above everything else while it is being supplemented. */
export function ReturnReasons({ project, events }: Pick<ProjectTimelineProps, "project" | "events">) {
  const back = events.find(({ type }) => RETURNS.includes(type));
  if (project.stage !== "returned" || !back?.reason) return null;
  const due = project.dueOn ? `，请在 ${formatOfficialDate(project.dueOn)}前补正` : "";
  return (
    <Notice tone="warn" title={`${back.unitName}退回补正${due}`}>
      <ol className="list-decimal pl-5">
        {back.reason.split("\n").map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ol>
    </Notice>
  );
}
