import { and, asc, inArray, isNotNull, isNull, lte } from "drizzle-orm";

import type { Database } from "@db/client";
import { projects } from "@db/schema";
import { addDays, addMonths, formatOfficialDate, type LocalDate } from "~/kernel/local-date";
import { accept, refuse, type Result } from "~/kernel/result";
import { loadFigures } from "~/platform/figures.server";
import { newId } from "~/platform/ids.server";
import { businessTime } from "~/platform/installation.server";
import type { ScheduledJob } from "~/platform/jobs.server";
import { systemActor } from "~/platform/system-actor";
import { inTransaction, type Ctx } from "~/platform/transaction.server";

import { applyTransition } from "./apply-transition.server";
import { lapseStanding, lastDayToStart, type LapseLimits } from "./lapse.rules";
import { loadProject } from "./load-project.server";
import { notifyApplicant } from "./notify-applicant.server";
import type { TransitionRefusal } from "./stage.rules";

type Outcome = "lapsed" | "warned" | "untouched";

/**
 * Looks at one approved project on a day: lets it lapse when its work has not begun in time, or warns its unit that it
 * soon will; each last day is warned of once. Doing it again changes nothing.
 * Refuses with notInThisStage, notStartedWithinLimit.
 * @throws DomainError notFound, forbidden
 * @source domain.md §2
 */
export async function lapseProject(
  ctx: Ctx,
  projectId: string,
  limits: LapseLimits,
): Promise<Result<Outcome, TransitionRefusal>> {
  return inTransaction<Outcome, TransitionRefusal>(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, projectId, "project:approve");
    const { approvedOn, startedOn } = project;
    if (approvedOn === null || startedOn !== null) return refuse({ code: "notStartedWithinLimit" });
    const standing = lapseStanding(approvedOn, ctx.today, limits);
    const last = lastDayToStart(approvedOn, limits);
    if (standing === "inTime") return accept("untouched");
    if (standing === "warn") {
      await notifyApplicant(
        tx,
        ctx,
        project,
        `批复将失效，请在 ${formatOfficialDate(last)}前开工`,
        `lapse ${projectId} ${last}`,
      );
      return accept("warned");
    }
    const lapsed = await applyTransition(tx, ctx, {
      project,
      event: "lapse",
      guards: ["notStartedWithinLimit"],
      reason: `批复满 ${limits.years} 年（至${formatOfficialDate(last)}）仍未开工`,
      payload: { on: ctx.today, lastDay: last, years: limits.years },
    });
    if (!lapsed.ok) return lapsed;
    await notifyApplicant(tx, ctx, project, "批复已失效");
    return accept("lapsed");
  });
}

/** How many projects lapsed, and of how many the units were warned. */
export interface LapseRun {
  readonly lapsed: number;
  readonly warned: number;
}

/**
 * Looks at every approved project whose work has not begun, by the figures in force on the day, each in its own
 * transaction. Idempotent.
 */
export async function lapseProjects(
  db: Database,
  { now, today }: { readonly now: Date; readonly today: LocalDate },
): Promise<LapseRun> {
  const figures = await loadFigures(db, today);
  const limits = { years: figures.number("lapse.years"), warnDays: figures.number("lapse.warnDays") };
  // A few days more than the rule may need: months differ in length, and the rule decides.
  const horizon = addMonths(addDays(today, limits.warnDays + 3), -limits.years * 12);
  const candidates = await db
    .select({ id: projects.id, regionId: projects.regionId })
    .from(projects)
    .where(
      and(
        inArray(projects.stage, ["approved", "procurement"]),
        isNull(projects.startedOn),
        isNotNull(projects.approvedOn),
        lte(projects.approvedOn, horizon),
      ),
    )
    .orderBy(asc(projects.id));
  const outcomes: Outcome[] = [];
  for (const { id, regionId } of candidates) {
    const actor = systemActor("bureauReviewer", regionId);
    const result = await lapseProject({ db, actor, now, today, requestId: newId(), address: "" }, id, limits);
    // Whoever began the work meanwhile was in time.
    if (result.ok) outcomes.push(result.value);
  }
  const count = (wanted: Outcome) => outcomes.filter((outcome) => outcome === wanted).length;
  return { lapsed: count("lapsed"), warned: count("warned") };
}

/** Before the offices open. */
export const lapseJobs: readonly ScheduledJob[] = [
  {
    name: "project-lapse-daily",
    cron: "10 5 * * *",
    run: async (db) => {
      await lapseProjects(db, await businessTime(db));
    },
  },
];
