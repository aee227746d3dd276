import { and, desc, eq, inArray, isNull, sum } from "drizzle-orm";

import type { Database, DatabaseOrTransaction } from "@db/client";
import {
  acceptanceDocuments,
  acceptanceExtensions,
  acceptances,
  contracts,
  domainEvents,
  expertPanels,
  files,
  payments,
  units,
  users,
} from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { addMonths, localDateOf, type LocalDate } from "~/kernel/local-date";
import { notFound } from "~/kernel/result";
import { remainingWorkdays, type WorkCalendar } from "~/kernel/work-calendar";
import { PROJECT_EVENT_FACTS } from "~/modules/projects";
import { readProject, type Project } from "~/modules/projects/index.server";
import { loadCalendar } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import { openFile } from "~/platform/files.server";

import { UNDECIDED_STATES } from "./acceptance.lifecycle";
import { acceptanceMissing, applicationMissing, draftRefusal, neededPapers } from "./acceptance.rules";
import { acceptanceClock } from "./clock.queries.server";
import { applyStanding, selfEvaluationWindow } from "./clock.rules";
import { evaluationFigures } from "./evaluation.queries.server";
import {
  archiveChecksOf,
  entriesOf,
  gateFigures,
  papersOf,
  papersOfAll,
  readGateFacts,
  trialRunSinceOf,
} from "./gate-facts.queries.server";

/**
 * Everything about a project's acceptance: the clock, the applications with their papers, what stands between the present
 * one and its passing, the experts, the archive, extensions and the window of the self-evaluation.
 * @throws DomainError notFound outside the actor's sight
 */
export async function readAcceptancePage(db: Database, actor: Actor, projectId: string, today: LocalDate) {
  const project = await readProject(db, actor, projectId);
  const [figures, calendar, [unit], clock, rows, extensions, checks, entries, trialRunSince, money, evaluatedOn] =
    await Promise.all([
      loadFigures(db, today),
      loadCalendar(db, project.regionId),
      db.select({ name: units.name }).from(units).where(eq(units.id, project.unitId)),
      acceptanceClock(db, today, projectId),
      applicationsOf(db, projectId),
      extensionsOf(db, projectId),
      archiveChecksOf(db, projectId),
      entriesOf(db, projectId),
      trialRunSinceOf(db, projectId),
      moneyOf(db, projectId),
      evaluatedOnOf(db, projectId),
    ]);
  const applications = rows.map((row) => withCountdown(row, calendar, today));
  const current = applications.find(({ state }) => (UNDECIDED_STATES as readonly string[]).includes(state)) ?? null;
  const gate = gateFigures(figures);
  const [facts, papers, names] = await Promise.all([
    current ? readGateFacts(db, project, current) : null,
    papersOfAll(
      db,
      applications.map(({ id }) => id),
    ),
    namesOf(db, [
      ...applications.flatMap((each) => [each.draftedBy, each.submittedBy, each.signedBy, each.decidedBy]),
      ...extensions.flatMap((each) => [each.requestedBy, each.signedBy, each.decidedBy]),
      ...checks.map(({ checkedBy }) => checkedBy),
    ]),
  ]);
  const draft = draftRefusal(project.stage, project.completedOn, current?.number);
  return {
    project,
    unitName: unit?.name ?? "",
    clock: clock ? { ...clock, ...applyStanding(clock, today, figures.number("acceptance.warnDays")) } : null,
    applyMonths: figures.number("acceptance.applyMonths"),
    applications,
    current,
    startable: draft.ok ? draft.value : null,
    papers,
    needed: current ? neededPapers({ kind: current.kind, mlpsLevel: project.mlpsLevel }, gate) : [],
    missing: facts ? acceptanceMissing(facts, gate, today) : [],
    toSubmit: facts ? applicationMissing(facts, gate).length : 0,
    trialRun: trialRunSince && { since: trialRunSince, until: addMonths(trialRunSince, gate.trialRunMonths) },
    entries,
    checks,
    extensions,
    extensionMonths: figures.number("acceptance.extensionMonths"),
    money,
    evaluation:
      project.acceptedOn === null
        ? null
        : selfEvaluationWindow(project.acceptedOn, today, evaluationFigures(figures), evaluatedOn),
    names,
    uploadLimits: {
      maxMegabytes: figures.number("attachment.maxMegabytes"),
      quotaMegabytes: figures.number("attachment.projectQuotaMegabytes"),
    },
  };
}

/** Every application of a project, the latest first, with the panel that judged it. */
async function applicationsOf(db: DatabaseOrTransaction, projectId: string) {
  const rows = await db
    .select({
      acceptance: acceptances,
      panel: {
        id: expertPanels.id,
        state: expertPanels.state,
        verdict: expertPanels.verdict,
        summary: expertPanels.summary,
        dueOn: expertPanels.dueOn,
      },
    })
    .from(acceptances)
    .leftJoin(expertPanels, eq(expertPanels.id, acceptances.panelId))
    .where(eq(acceptances.projectId, projectId))
    .orderBy(desc(acceptances.draftedAt), desc(acceptances.id));
  return rows.map(({ acceptance, panel }) => ({ ...acceptance, panel }));
}

const withCountdown = <Row extends { readonly state: string; readonly dueOn: LocalDate | null }>(
  row: Row,
  calendar: WorkCalendar,
  today: LocalDate,
) => ({
  ...row,
  remaining: row.state === "open" && row.dueOn ? remainingWorkdays(calendar, today, row.dueOn) : null,
});

async function extensionsOf(db: DatabaseOrTransaction, projectId: string) {
  const rows = await db
    .select({ extension: acceptanceExtensions, fileName: files.name })
    .from(acceptanceExtensions)
    .leftJoin(files, eq(files.id, acceptanceExtensions.fileId))
    .where(eq(acceptanceExtensions.projectId, projectId))
    .orderBy(desc(acceptanceExtensions.number));
  return rows.map(({ extension, fileName }) => ({ ...extension, fileName }));
}

/** The names of those who had a hand in something. */
async function namesOf(db: DatabaseOrTransaction, ids: readonly (string | null)[]): Promise<Record<string, string>> {
  const known = [...new Set(ids.filter((id) => id !== null))];
  if (known.length === 0) return {};
  const rows = await db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, known));
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}

/** What was contracted and paid, for whoever decides to see; nothing depends on it. @unit fen */
async function moneyOf(db: DatabaseOrTransaction, projectId: string) {
  const [[contracted], [paid]] = await Promise.all([
    db
      .select({ fen: sum(contracts.amountFen).mapWith(Number) })
      .from(contracts)
      .where(and(eq(contracts.projectId, projectId), eq(contracts.state, "confirmed"))),
    db
      .select({ fen: sum(payments.amountFen).mapWith(Number) })
      .from(payments)
      .where(and(eq(payments.projectId, projectId), eq(payments.state, "confirmed"))),
  ]);
  return { contractedFen: contracted?.fen ?? 0, paidFen: paid?.fen ?? 0 };
}

async function evaluatedOnOf(db: DatabaseOrTransaction, projectId: string): Promise<LocalDate | null> {
  const [event] = await db
    .select({ at: domainEvents.at })
    .from(domainEvents)
    .where(
      and(
        eq(domainEvents.subjectType, "project"),
        eq(domainEvents.subjectId, projectId),
        eq(domainEvents.type, PROJECT_EVENT_FACTS.evaluate),
      ),
    )
    .limit(1);
  return event ? localDateOf(event.at) : null;
}

/**
 * A paper of a project's acceptance, for sending it on.
 * @throws DomainError notFound outside the actor's sight, or when it was removed
 */
export async function readPaper(
  db: Database,
  actor: Actor,
  { projectId, paperId }: { readonly projectId: string; readonly paperId: string },
) {
  await readProject(db, actor, projectId);
  const [paper] = await db
    .select({ fileId: acceptanceDocuments.fileId })
    .from(acceptanceDocuments)
    .innerJoin(acceptances, eq(acceptances.id, acceptanceDocuments.acceptanceId))
    .where(
      and(
        eq(acceptanceDocuments.id, paperId),
        eq(acceptances.projectId, projectId),
        isNull(acceptanceDocuments.removedAt),
      ),
    );
  return open(db, paper?.fileId);
}

/**
 * The paper of a request for a later limit.
 * @throws DomainError notFound outside the actor's sight
 */
export async function readExtensionPaper(
  db: Database,
  actor: Actor,
  { projectId, extensionId }: { readonly projectId: string; readonly extensionId: string },
) {
  await readProject(db, actor, projectId);
  const [extension] = await db
    .select({ fileId: acceptanceExtensions.fileId })
    .from(acceptanceExtensions)
    .where(and(eq(acceptanceExtensions.id, extensionId), eq(acceptanceExtensions.projectId, projectId)));
  return open(db, extension?.fileId);
}

async function open(db: Database, fileId: string | null | undefined) {
  const stored = fileId ? await openFile(db, fileId) : undefined;
  if (!stored) throw notFound("acceptancePaper");
  return stored;
}

/**
 * One application that was decided, for its opinion sheet.
 * @throws DomainError notFound outside the actor's sight, or before it was decided
 */
export async function readOpinionSheet(
  db: Database,
  actor: Actor,
  { projectId, acceptanceId }: { readonly projectId: string; readonly acceptanceId: string },
) {
  const project: Project = await readProject(db, actor, projectId);
  const [[unit], applications, checks, trialRunSince, money] = await Promise.all([
    db.select({ name: units.name }).from(units).where(eq(units.id, project.unitId)),
    applicationsOf(db, projectId),
    archiveChecksOf(db, projectId),
    trialRunSinceOf(db, projectId),
    moneyOf(db, projectId),
  ]);
  const acceptance = applications.find(({ id }) => id === acceptanceId);
  if (!acceptance?.decidedAt) throw notFound("acceptance");
  const decidedOn = localDateOf(acceptance.decidedAt);
  const archive = checks.find(({ checkedOn }) => checkedOn <= decidedOn) ?? null;
  const [papers, names] = await Promise.all([
    papersOf(db, acceptanceId),
    namesOf(db, [acceptance.submittedBy, acceptance.signedBy, acceptance.decidedBy, archive?.checkedBy ?? null]),
  ]);
  return { project, unitName: unit?.name ?? "", acceptance, papers, archive, trialRunSince, money, names };
}

export type OpinionSheet = Awaited<ReturnType<typeof readOpinionSheet>>;
