import { and, asc, count, desc, eq, sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "@db/client";
import { domainEvents, intakeRows, intakeSheets } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { notFound } from "~/kernel/result";
import { INTAKE_OUTCOMES, keysOf, type IntakeOutcome } from "~/kernel/vocabulary";

import type { IntakeKind } from "./intake.types";

export const INTAKE_PAGE = 50;
const MOST_LISTED = 20;
const MOST_PAGES = 10_000;

/** Which rows of a sheet are shown. */
export interface IntakeQuery {
  readonly outcome: IntakeOutcome | undefined;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readIntakeQuery(params: URLSearchParams): IntakeQuery {
  const page = Number(params.get("page"));
  return {
    outcome: keysOf(INTAKE_OUTCOMES).find((outcome) => outcome === params.get("rows")),
    page: Number.isInteger(page) && page > 0 && page <= MOST_PAGES ? page : 1,
  };
}

/** The sheet's counts by outcome, one grouped read for all. */
const ofOutcome = (outcome: IntakeOutcome): SQL<number> =>
  sql<number>`(count(*) filter (where ${intakeRows.outcome} = ${outcome}))::int`;

const sheets = (db: Database, where: SQL | undefined) =>
  db
    .select({
      id: intakeSheets.id,
      fileName: intakeSheets.fileName,
      state: intakeSheets.state,
      totalRows: intakeSheets.totalRows,
      appliedRows: intakeSheets.appliedRows,
      uploadedAt: intakeSheets.uploadedAt,
      appliedAt: intakeSheets.appliedAt,
      version: intakeSheets.version,
      add: ofOutcome("add"),
      change: ofOutcome("change"),
      same: ofOutcome("same"),
      problem: ofOutcome("problem"),
    })
    .from(intakeSheets)
    .leftJoin(intakeRows, eq(intakeRows.sheetId, intakeSheets.id))
    .where(where)
    .groupBy(intakeSheets.id);

/** A sheet is seen by the person who uploaded it, under its own kind. */
const own = ({ userId }: Actor, { key }: Pick<IntakeKind, "key">): SQL | undefined =>
  and(eq(intakeSheets.kind, key), eq(intakeSheets.uploadedBy, userId));

/** The latest sheets of a kind that the actor uploaded. */
export const recentIntakeSheets = (db: Database, actor: Actor, kind: Pick<IntakeKind, "key">) =>
  sheets(db, own(actor, kind)).orderBy(desc(intakeSheets.uploadedAt), desc(intakeSheets.id)).limit(MOST_LISTED);

/** How a file was understood, as its event tells it. */
const understoodSchema = z.object({
  sheet: z.string(),
  headerRow: z.number(),
  dropped: z.number(),
  unknownHeaders: z.array(z.string()),
});

/**
 * A sheet with its counts by outcome and one page of its rows.
 * @throws DomainError notFound when it is another person's or of another kind
 */
export async function readIntakeSheet(
  db: Database,
  actor: Actor,
  kind: Pick<IntakeKind, "key">,
  id: string,
  { outcome, page }: IntakeQuery,
) {
  const [sheet] = await sheets(db, and(eq(intakeSheets.id, id), own(actor, kind)));
  if (!sheet) throw notFound("intakeSheet");
  const where = and(eq(intakeRows.sheetId, id), outcome && eq(intakeRows.outcome, outcome));
  const [rows, [read]] = await Promise.all([
    db
      .select({
        rowNumber: intakeRows.rowNumber,
        outcome: intakeRows.outcome,
        label: intakeRows.label,
        changes: intakeRows.changes,
        problems: intakeRows.problems,
      })
      .from(intakeRows)
      .where(where)
      .orderBy(asc(intakeRows.rowNumber))
      .limit(INTAKE_PAGE)
      .offset((page - 1) * INTAKE_PAGE),
    db
      .select({ payload: domainEvents.payload })
      .from(domainEvents)
      .where(
        and(
          eq(domainEvents.subjectType, "intakeSheet"),
          eq(domainEvents.subjectId, id),
          eq(domainEvents.type, "intakeSheetRead"),
        ),
      ),
  ]);
  const understood = understoodSchema.safeParse(read?.payload);
  return { sheet, rows, total: outcome ? sheet[outcome] : sheet.totalRows, understood: understood.data ?? null };
}

/** How many sheets of a person wait to be confirmed, by kind: the latest first. */
export const waitingIntakeSheets = (db: Database, { userId }: Pick<Actor, "userId">) =>
  db
    .select({
      id: intakeSheets.id,
      kind: intakeSheets.kind,
      fileName: intakeSheets.fileName,
      uploadedAt: intakeSheets.uploadedAt,
      rows: count(intakeRows.rowNumber),
    })
    .from(intakeSheets)
    .leftJoin(intakeRows, eq(intakeRows.sheetId, intakeSheets.id))
    .where(and(eq(intakeSheets.uploadedBy, userId), eq(intakeSheets.state, "read")))
    .groupBy(intakeSheets.id)
    .orderBy(desc(intakeSheets.uploadedAt));
