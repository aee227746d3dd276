import { and, asc, desc, eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { DatabaseOrTransaction } from "@db/client";
import { expertOpinions, expertPanels, expertProfiles, units, users } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { notFound } from "~/kernel/result";
import { workdaysBetween } from "~/kernel/work-calendar";
import { undecidedAcceptance } from "~/modules/acceptance/index.server";
import { openTurnOf, readProject, type Project } from "~/modules/projects/index.server";
import { loadCalendar } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import { authorize } from "~/policy";

import { criteriaFor, marksOf } from "./criteria";
import { invitableExperts, type ExpertChoice } from "./invitable-experts.server";
import type { Panel } from "./load-panel.server";
import { seatState } from "./opinion.rules";
import { criterionFigures, panelPurpose, panelStanding, proposedVerdict } from "./panel.rules";

const noExperts: ExpertChoice[] = [];

const convener = alias(users, "convener");
const concluder = alias(users, "concluder");

/**
 * The panels of a project for the bureau: the wanted one or the latest, with its members, their opinions and what may be
 * done next.
 * @throws DomainError notFound, forbidden
 */
export async function readPanelPage(
  db: DatabaseOrTransaction,
  actor: Actor,
  { projectId, panelId, today }: { projectId: string; panelId?: string | undefined; today: LocalDate },
) {
  const project = await readConvenable(db, actor, projectId);
  const [turn, acceptance, panels, figures, calendar, [unit]] = await Promise.all([
    openTurnOf(db, projectId),
    undecidedAcceptance(db, projectId),
    panelsOf(db, projectId),
    loadFigures(db, today),
    loadCalendar(db, project.regionId),
    db.select({ name: units.name }).from(units).where(eq(units.id, project.unitId)),
  ]);
  const minimum = figures.number("expert.panelMinimum");
  const panel = panelId === undefined ? panels[0] : panels.find(({ id }) => id === panelId);
  if (panelId !== undefined && !panel) throw notFound("expertPanel");
  const isOpen = panels.some(({ state }) => state === "open");
  const purpose = panelPurpose({ stage: project.stage, acceptanceOpen: acceptance?.state === "open" });
  const mayConvene = !isOpen && (purpose === "acceptance" || (purpose === "approval" && turn?.kind === "approval"));
  const [shown, experts] = await Promise.all([
    panel ? readPanel(db, panel, minimum) : null,
    mayConvene || panel?.state === "open" ? invitableExperts(db, actor, project) : noExperts,
  ]);
  return {
    project,
    unitName: unit?.name ?? "",
    formChecked: turn?.kind === "approval",
    purpose: purpose ?? panel?.purpose ?? "approval",
    mayConvene,
    minimum,
    opinionWorkdays: figures.number("expert.opinionWorkdays"),
    panels,
    panel: panel && shown ? { ...panel, ...shown } : null,
    remainingWorkdays: panel?.state === "open" ? workdaysBetween(calendar, today, panel.dueOn) : null,
    experts,
  };
}

/**
 * One panel for its summary sheet.
 * @throws DomainError notFound, forbidden
 */
export async function readPanelSheet(
  db: DatabaseOrTransaction,
  actor: Actor,
  { projectId, panelId, today }: { projectId: string; panelId: string; today: LocalDate },
) {
  const project = await readConvenable(db, actor, projectId);
  const [panels, figures, [unit]] = await Promise.all([
    panelsOf(db, projectId),
    loadFigures(db, today),
    db.select({ name: units.name }).from(units).where(eq(units.id, project.unitId)),
  ]);
  const panel = panels.find(({ id }) => id === panelId);
  if (!panel) throw notFound("expertPanel");
  const shown = await readPanel(db, panel, figures.number("expert.panelMinimum"));
  return { project, unitName: unit?.name ?? "", panel: { ...panel, ...shown } };
}

async function readConvenable(db: DatabaseOrTransaction, actor: Actor, projectId: string): Promise<Project> {
  const project = await readProject(db, actor, projectId);
  authorize(actor, "expert:convene", project);
  return project;
}

/** All panels of a project, the latest first. */
async function panelsOf(db: DatabaseOrTransaction, projectId: string) {
  return db
    .select({
      id: expertPanels.id,
      purpose: expertPanels.purpose,
      state: expertPanels.state,
      questions: expertPanels.questions,
      convenedAt: expertPanels.convenedAt,
      convenerName: convener.name,
      dueOn: expertPanels.dueOn,
      proposedVerdict: expertPanels.proposedVerdict,
      verdict: expertPanels.verdict,
      deviationReason: expertPanels.deviationReason,
      summary: expertPanels.summary,
      concludedAt: expertPanels.concludedAt,
      concluderName: concluder.name,
      cancelReason: expertPanels.cancelReason,
      version: expertPanels.version,
    })
    .from(expertPanels)
    .innerJoin(convener, eq(convener.id, expertPanels.convenedBy))
    .leftJoin(concluder, eq(concluder.id, expertPanels.concludedBy))
    .where(eq(expertPanels.projectId, projectId))
    .orderBy(desc(expertPanels.convenedAt), desc(expertPanels.id));
}

/** The members of a panel in the order of their invitation, and what their opinions come to. A draft stays its expert's. */
async function readPanel(
  db: DatabaseOrTransaction,
  { id: panelId, purpose }: Pick<Panel, "id" | "purpose">,
  minimum: number,
) {
  const rows = await db
    .select({
      seat: expertOpinions,
      name: users.name,
      specialty: expertProfiles.specialty,
      employer: expertProfiles.employer,
      title: expertProfiles.title,
    })
    .from(expertOpinions)
    .innerJoin(users, eq(users.id, expertOpinions.expertId))
    .leftJoin(expertProfiles, eq(expertProfiles.userId, expertOpinions.expertId))
    .where(and(eq(expertOpinions.panelId, panelId)))
    .orderBy(asc(expertOpinions.invitedAt), asc(expertOpinions.id));
  const taken = new Set(rows.flatMap(({ seat }) => seat.replacesId ?? []));
  const members = rows.map(({ seat, ...expert }) => {
    const state = seatState(seat);
    const given = state === "given";
    return {
      ...expert,
      id: seat.id,
      expertId: seat.expertId,
      state,
      replaced: taken.has(seat.id),
      avoidReason: seat.avoidReason,
      releaseReason: seat.releaseReason,
      declaredAt: seat.declaredAt,
      givenAt: seat.givenAt,
      marks: given ? marksOf(seat.marks) : null,
      verdict: given ? seat.verdict : null,
      opinion: given ? seat.opinion : null,
    };
  });
  const opinions = members.flatMap(({ marks }) => marks ?? []);
  return {
    members,
    standing: panelStanding(
      members.map(({ state }) => state),
      minimum,
    ),
    proposed: proposedVerdict(members.flatMap(({ verdict }) => verdict ?? [])) ?? null,
    figures: criterionFigures(
      opinions,
      criteriaFor(
        purpose,
        rows.map(({ seat }) => marksOf(seat.marks)),
      ),
    ),
  };
}

export type PanelSheet = Awaited<ReturnType<typeof readPanelSheet>>;
