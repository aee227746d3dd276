import { formatInstant } from "~/kernel/local-date";
import { Section, Timeline } from "~/ui";

import { detailOfEvent, MATTER_EVENT_WORDS } from "../matter.words";

interface HistoryProps {
  readonly events: readonly {
    readonly id: string;
    readonly type: string;
    readonly at: string;
    readonly actorName: string;
    readonly unitName: string;
    readonly reason: string | null;
    readonly payload: unknown;
  }[];
}

/** What happened to a matter or a material, the latest first. */
export function History({ events }: HistoryProps) {
  return (
    <Section title="变更记录">
      <Timeline
        entries={events.map(({ id, type, at, actorName, unitName, reason, payload }) => {
          const detail = detailOfEvent((payload ?? {}) as Readonly<Record<string, unknown>>);
          const word = MATTER_EVENT_WORDS[type] ?? type;
          return {
            key: id,
            what: detail ? `${word}：${detail}` : word,
            who: `${unitName} ${actorName}`,
            when: formatInstant(new Date(at)),
            reason,
            tone: "info" as const,
          };
        })}
      />
    </Section>
  );
}
