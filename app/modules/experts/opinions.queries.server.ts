import { and, count, desc, eq, isNull } from "drizzle-orm";

import type { Database } from "@db/client";
import { attachments, expertOpinions, expertPanels, projects, projectUnits, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { notFound } from "~/kernel/result";
import { workdaysBetween, type WorkCalendar } from "~/kernel/work-calendar";
import { acceptanceOfPanel, paperOfPanel } from "~/modules/acceptance/index.server";
import { readFiling } from "~/modules/projects/index.server";
import { loadCalendar, loadCalendars } from "~/platform/calendar.server";
import { readFile } from "~/platform/files.server";

import { marksOf } from "./criteria";
import { criteriaOfPanel } from "./criteria-of-panel.server";
import { readSeat, type Panel, type Seat } from "./load-panel.server";
import { seatState } from "./opinion.rules";

const PAGE_SIZE = 50;

/** One page of an expert's own invitations, the latest first. */
export async function listInvitations(db: Database, userId: string, page: number, today: LocalDate) {
  const mine = eq(expertOpinions.expertId, userId);
  const [rows, [total], calendarOf] = await Promise.all([
    db
      .select({ seat: expertOpinions, panel: expertPanels, projectName: projects.name, unitName: units.name })
      .from(expertOpinions)
      .innerJoin(expertPanels, eq(expertPanels.id, expertOpinions.panelId))
      .innerJoin(projects, eq(projects.id, expertOpinions.projectId))
      .innerJoin(units, eq(units.id, projects.unitId))
      .where(mine)
      .orderBy(desc(expertOpinions.invitedAt), desc(expertOpinions.id))
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE),
    db.select({ n: count() }).from(expertOpinions).where(mine),
    loadCalendars(db),
  ]);
  return {
    rows: rows.map(({ seat, panel, projectName, unitName }) => ({
      id: seat.id,
      projectName,
      unitName,
      state: seatState(seat),
      panelState: panel.state,
      invitedAt: seat.invitedAt,
      dueOn: panel.dueOn,
      givenAt: seat.givenAt,
      remainingWorkdays: remaining(calendarOf(panel.regionId), today, seat, panel),
    })),
    total: total?.n ?? 0,
    pageSize: PAGE_SIZE,
  };
}

/** Working days that an expert still has; null when nothing is expected of him any more. @unit workdays */
function remaining(calendar: WorkCalendar, today: LocalDate, seat: Seat, panel: Panel): number | null {
  const state = seatState(seat);
  const expected = panel.state === "open" && (state === "invited" || state === "opining");
  return expected ? workdaysBetween(calendar, today, panel.dueOn) : null;
}

/** The filing is open to an expert who declared no conflict, while the panel is at work. */
function mayReadFiling(seat: Seat, panel: Panel): boolean {
  const state = seatState(seat);
  return panel.state === "open" && (state === "opining" || state === "given");
}

/**
 * An expert's own invitation: what he must know to declare himself, and once he has, the filing and his opinion.
 * @throws DomainError notFound for everybody else
 */
export async function readInvitation(db: Database, actor: Actor, opinionId: string, today: LocalDate) {
  const { seat, panel, project } = await readSeat(db, actor, opinionId);
  const open = mayReadFiling(seat, panel);
  const [calendar, [unit], partners, criteria, filing, acceptance] = await Promise.all([
    loadCalendar(db, project.regionId),
    db.select({ name: units.name }).from(units).where(eq(units.id, project.unitId)),
    db.select({ mention: projectUnits.mention }).from(projectUnits).where(eq(projectUnits.projectId, project.id)),
    criteriaOfPanel(db, panel),
    open ? readFiling(db, project, today) : null,
    open && panel.purpose === "acceptance" ? acceptanceOfPanel(db, panel.id) : null,
  ]);
  return {
    opinion: {
      id: seat.id,
      version: seat.version,
      state: seatState(seat),
      avoidReason: seat.avoidReason,
      declaredAt: seat.declaredAt,
      givenAt: seat.givenAt,
      criteria,
      marks: marksOf(seat.marks),
      verdict: seat.verdict,
      opinion: seat.opinion ?? "",
    },
    panel: { state: panel.state, purpose: panel.purpose, questions: panel.questions, dueOn: panel.dueOn },
    project: { id: project.id, name: project.name, code: project.code, year: project.year },
    unitName: unit?.name ?? "",
    participants: partners.map(({ mention }) => mention),
    filing,
    acceptance,
    remainingWorkdays: remaining(calendar, today, seat, panel),
  };
}

/**
 * An attachment of the filing, or a paper of the acceptance, that an expert judges.
 * @throws DomainError notFound unless the filing is open to him
 */
export async function readOpinionAttachment(
  db: Database,
  actor: Actor,
  { opinionId, attachmentId }: { opinionId: string; attachmentId: string },
) {
  const { seat, panel, project } = await readSeat(db, actor, opinionId);
  if (!mayReadFiling(seat, panel)) throw notFound("attachment");
  const [attachment] = await db
    .select({ fileId: attachments.fileId })
    .from(attachments)
    .where(and(eq(attachments.id, attachmentId), eq(attachments.projectId, project.id), isNull(attachments.removedAt)));
  const fileId = attachment?.fileId ?? (await paperOfPanel(db, panel.id, attachmentId));
  const stored = fileId && (await readFile(db, fileId));
  if (!stored) throw notFound("attachment");
  return stored;
}
