import { and, inArray, isNotNull } from "drizzle-orm";

import type { Database } from "@db/client";
import { projects } from "@db/schema";
import { formatOfficialDate, type LocalDate } from "~/kernel/local-date";
import { loadFigures } from "~/platform/figures.server";
import { businessTime } from "~/platform/installation.server";
import type { ScheduledJob } from "~/platform/jobs.server";

import { acceptanceClocks } from "./clock.queries.server";
import { applyStanding, selfEvaluationWindow, STAGES_ACCEPTED, type EvaluationState } from "./clock.rules";
import { evaluationFigures } from "./evaluation.queries.server";
import { tell } from "./tell.server";

/** A sentence for somebody's inbox, and the occasion that makes it come once. */
interface Reminder {
  readonly projectId: string;
  readonly what: string;
  readonly occasion: string;
}

interface Clock {
  readonly now: Date;
  readonly today: LocalDate;
}

/**
 * Reminds units of the limit for applying for acceptance, before it and when it has passed, and of the window of their
 * self-evaluation when it opens, turns yellow and turns red. Each limit is told of once, however often this runs.
 * @returns how many reminders there were
 * @source domain.md §2; rule figures acceptance.warnDays, evaluation.*
 */
export async function remindOfAcceptance(
  db: Database,
  { now, today }: Clock,
  only: { readonly regionId?: string } = {},
): Promise<number> {
  const reminders = [...(await applicationReminders(db, today)), ...(await evaluationReminders(db, today))];
  if (reminders.length === 0) return 0;
  const rows = await db
    .select({ id: projects.id, name: projects.name, unitId: projects.unitId, regionId: projects.regionId })
    .from(projects)
    .where(
      inArray(
        projects.id,
        reminders.map(({ projectId }) => projectId),
      ),
    );
  const known = new Map(rows.map((row) => [row.id, row]));
  let told = 0;
  for (const { projectId, what, occasion } of reminders) {
    const project = known.get(projectId);
    if (!project || (only.regionId && project.regionId !== only.regionId)) continue;
    const sender = { actor: { regionId: project.regionId }, now };
    await db.transaction((tx) => tell(tx, sender, project, ["filer", "unitLead"], what, occasion));
    told += 1;
  }
  return told;
}

async function applicationReminders(db: Database, today: LocalDate): Promise<Reminder[]> {
  const [clocks, figures] = await Promise.all([acceptanceClocks(db, today), loadFigures(db, today)]);
  const warnDays = figures.number("acceptance.warnDays");
  return [...clocks].flatMap(([projectId, clock]) => {
    const { state } = applyStanding(clock, today, warnDays);
    if (state !== "soon" && state !== "overdue") return [];
    const what =
      state === "soon"
        ? `请在${formatOfficialDate(clock.limit)}前申请终验`
        : `申请终验已超过期限（${formatOfficialDate(clock.limit)}），请尽快申请或办理延期`;
    return [{ projectId, what, occasion: `acceptance ${projectId} ${clock.limit} ${state}` }];
  });
}

const EVALUATION_WORDS: Readonly<Partial<Record<EvaluationState, string>>> = {
  open: "可以开展项目自评价",
  late: "项目自评价即将到期",
  missed: "项目自评价已超过期限",
};

async function evaluationReminders(db: Database, today: LocalDate): Promise<Reminder[]> {
  const [figures, rows] = await Promise.all([
    loadFigures(db, today),
    db
      .select({ id: projects.id, stage: projects.stage, acceptedOn: projects.acceptedOn })
      .from(projects)
      .where(and(inArray(projects.stage, [...STAGES_ACCEPTED]), isNotNull(projects.acceptedOn))),
  ]);
  return rows.flatMap(({ id, stage, acceptedOn }) => {
    if (acceptedOn === null || stage === "evaluated" || stage === "archived") return [];
    const { state, dueOn } = selfEvaluationWindow(acceptedOn, today, evaluationFigures(figures));
    const what = EVALUATION_WORDS[state];
    return what ? [{ projectId: id, what, occasion: `self-evaluation ${id} ${dueOn} ${state}` }] : [];
  });
}

/** Before the offices open. */
export const acceptanceJobs: readonly ScheduledJob[] = [
  {
    name: "acceptance-reminders",
    cron: "20 7 * * *",
    run: async (db) => {
      await remindOfAcceptance(db, await businessTime(db));
    },
  },
];
