import { and, asc, count, desc, eq, inArray, sql, type SQL } from "drizzle-orm";
import { alias, unionAll } from "drizzle-orm/pg-core";

import type { Database } from "@db/client";
import {
  arrivals,
  contractChanges,
  contracts,
  domainEvents,
  files,
  payments,
  paymentSheets,
  projects,
  units,
  users,
} from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { notFound } from "~/kernel/result";
import type { EntryState } from "~/kernel/vocabulary";
import { readProject } from "~/modules/projects/index.server";
import { openFile } from "~/platform/files.server";
import { inScope } from "~/platform/scope.server";
import { authorize, canEver, samePerson, scopeFor, type Scope } from "~/policy";

import { ENTRY_ACTIONS, type EntryKind } from "./entry.lifecycle";
import { projectOfEntry } from "./load-entry.server";
import { readLedgerRows } from "./read-ledger.server";

/**
 * The project of a page about its money, with its rows and the names of who entered and confirmed them.
 * @throws DomainError notFound outside the actor's sight, forbidden
 */
export async function readExecution(db: Database, actor: Actor, projectId: string) {
  const project = await readProject(db, actor, projectId);
  authorize(actor, "contract:read", project);
  const [rows, [unit]] = await Promise.all([
    readLedgerRows(db, projectId),
    db.select({ name: units.name }).from(units).where(eq(units.id, project.unitId)),
  ]);
  const people = [...rows.contracts, ...rows.changes, ...rows.arrivals, ...rows.payments].flatMap((row) => [
    row.enteredBy,
    row.confirmedBy ?? row.enteredBy,
  ]);
  const known = await db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(inArray(sql`${users.id}::text`, [...new Set(people), ""]));
  return {
    project,
    unitName: unit?.name ?? "",
    rows,
    names: Object.fromEntries(known.map(({ id, name }) => [id, name])),
  };
}

/**
 * One entry with its project, its contract, its sheet and its history.
 * @throws DomainError notFound outside the actor's sight, forbidden
 */
export async function readEntry(db: Database, actor: Actor, kind: EntryKind, id: string) {
  const projectId = await projectOfEntry(db, kind, id);
  if (!projectId) throw notFound(kind);
  const execution = await readExecution(db, actor, projectId);
  const { rows, project } = execution;
  const found = {
    contract: rows.contracts.find((row) => row.id === id),
    contractChange: rows.changes.find((row) => row.id === id),
    arrival: rows.arrivals.find((row) => row.id === id),
    payment: rows.payments.find((row) => row.id === id),
  };
  const contractId = found.payment?.contractId ?? found.contractChange?.contractId ?? found.contract?.id;
  const contract = rows.contracts.find((row) => row.id === contractId) ?? null;
  const fileId = (kind === "contract" ? found.contract?.fileId : found.contractChange?.fileId) ?? null;
  const sheetId = found.payment?.sheetId ?? null;
  const [events, [file], [sheet], [operator]] = await Promise.all([
    db
      .select({
        id: domainEvents.id,
        type: domainEvents.type,
        at: domainEvents.at,
        actorName: domainEvents.actorName,
        unitName: domainEvents.unitName,
        reason: domainEvents.reason,
      })
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectType, kind), eq(domainEvents.subjectId, id)))
      .orderBy(desc(domainEvents.at), desc(domainEvents.id)),
    fileId ? db.select({ name: files.name }).from(files).where(eq(files.id, fileId)) : [],
    sheetId
      ? db
          .select({ id: paymentSheets.id, name: paymentSheets.fileName })
          .from(paymentSheets)
          .where(eq(paymentSheets.id, sheetId))
      : [],
    contract?.operatorUnitId
      ? db.select({ name: units.name }).from(units).where(eq(units.id, contract.operatorUnitId))
      : [],
  ]);
  const entry = found[kind];
  if (!entry) throw notFound(kind);
  return {
    kind,
    project,
    unitName: execution.unitName,
    names: execution.names,
    ...found,
    ofContract: contract,
    entry: {
      id,
      state: entry.state,
      version: entry.version,
      stateReason: entry.stateReason,
      enteredBy: entry.enteredBy,
    },
    own: samePerson(actor, entry.enteredBy),
    events,
    fileName: file?.name ?? null,
    sheet: sheet ?? null,
    operatorName: operator?.name ?? null,
  };
}

/**
 * The paper of a contract or of a change, for sending it on.
 * @throws DomainError notFound outside the actor's sight or when there is none, forbidden
 */
export async function readPaper(db: Database, actor: Actor, kind: EntryKind, id: string) {
  const { contract, contractChange } = await readEntry(db, actor, kind, id);
  const fileId = (kind === "contract" ? contract?.fileId : contractChange?.fileId) ?? null;
  const file = fileId ? await openFile(db, fileId) : undefined;
  if (!file) throw notFound("paper");
  return file;
}

/** Units that may operate what a contract buys. */
export const operatorOptions = (db: Database, regionId: string) =>
  db
    .select({ value: units.id, label: units.name })
    .from(units)
    .where(and(eq(units.regionId, regionId), eq(units.isOperator, true)))
    .orderBy(asc(units.position));

const MOST_WAITING = 100;

/**
 * What waits for this person: entries that he may confirm and did not make, and those of his side that were returned. The
 * oldest first; the newest hundred beyond that wait their turn.
 */
export async function waitingEntries(db: Database, actor: Actor) {
  const confirmable = (kind: EntryKind) => scopeOf(actor, kind, "confirm");
  const returned = (kind: EntryKind) => scopeOf(actor, kind, "enter");
  const rows = await unionAll(
    selectWaiting(db, "contract", contracts, confirmable("contract"), returned("contract")),
    selectWaiting(db, "arrival", arrivals, confirmable("arrival"), returned("arrival")),
    selectWaiting(db, "payment", payments, confirmable("payment"), returned("payment")),
    db
      .select({
        kind: sql<EntryKind>`'contractChange'`.as("kind"),
        id: contractChanges.id,
        amountFen: contractChanges.afterFen,
        state: contractChanges.state,
        enteredBy: contractChanges.enteredBy,
        enteredAt: contractChanges.enteredAt,
        projectId: projects.id,
        projectName: projects.name,
        unitName: units.name,
      })
      .from(contractChanges)
      .innerJoin(contracts, eq(contracts.id, contractChanges.contractId))
      .innerJoin(projects, eq(projects.id, contracts.projectId))
      .innerJoin(units, eq(units.id, projects.unitId))
      .where(waits(contractChanges.state, confirmable("contractChange"), returned("contractChange"))),
  )
    .orderBy(sql`6`)
    .limit(MOST_WAITING);
  return rows.filter((row) => row.state === "returned" || !samePerson(actor, row.enteredBy));
}

function scopeOf(actor: Actor, kind: EntryKind, side: "confirm" | "enter"): Scope | undefined {
  const action = ENTRY_ACTIONS[kind][side];
  return action && canEver(actor, action) ? scopeFor(actor, action) : undefined;
}

function waits(
  state: typeof contracts.state | typeof contractChanges.state | typeof arrivals.state | typeof payments.state,
  confirmable: Scope | undefined,
  returned: Scope | undefined,
): SQL {
  const columns = { unitId: projects.unitId, regionId: projects.regionId };
  const inState = (wanted: EntryState, scope: Scope | undefined) =>
    scope ? sql`(${state} = ${wanted} and ${inScope(scope, columns)})` : sql`false`;
  return sql`(${inState("entered", confirmable)} or ${inState("returned", returned)})`;
}

function selectWaiting(
  db: Database,
  kind: EntryKind,
  table: typeof contracts | typeof arrivals | typeof payments,
  confirmable: Scope | undefined,
  returned: Scope | undefined,
) {
  const common = table as typeof arrivals;
  return db
    .select({
      kind: sql<EntryKind>`${sql.raw(`'${kind}'`)}`.as("kind"),
      id: common.id,
      amountFen: common.amountFen,
      state: common.state,
      enteredBy: common.enteredBy,
      enteredAt: common.enteredAt,
      projectId: projects.id,
      projectName: projects.name,
      unitName: units.name,
    })
    .from(common)
    .innerJoin(projects, eq(projects.id, common.projectId))
    .innerJoin(units, eq(units.id, projects.unitId))
    .where(waits(common.state, confirmable, returned));
}

const PAGE_SIZE = 50;
const owners = alias(units, "owners");

/** Contracts within a scope, an operator's own among them, with what was paid on each. @unit fen */
export async function listContracts(db: Database, actor: Actor, page: number) {
  const where = inScope(scopeFor(actor, "contract:read"), {
    unitId: projects.unitId,
    regionId: contracts.regionId,
    operatorUnitId: contracts.operatorUnitId,
  });
  const [rows, [total]] = await Promise.all([
    db
      .select({
        id: contracts.id,
        number: contracts.number,
        name: contracts.name,
        supplier: contracts.supplier,
        projectId: projects.id,
        projectName: projects.name,
        unitName: owners.name,
        amountFen: contracts.amountFen,
        paid: sql<string>`(select coalesce(sum(${payments.amountFen}), 0) from ${payments}
          where ${payments.contractId} = ${contracts.id} and ${payments.state} = 'confirmed')`,
        signedOn: contracts.signedOn,
        endsOn: sql<LocalDate | null>`${contracts.endsOn}`,
        state: contracts.state,
      })
      .from(contracts)
      .innerJoin(projects, eq(projects.id, contracts.projectId))
      .innerJoin(owners, eq(owners.id, projects.unitId))
      .where(where)
      .orderBy(desc(contracts.signedOn), asc(contracts.number))
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE),
    db.select({ n: count() }).from(contracts).innerJoin(projects, eq(projects.id, contracts.projectId)).where(where),
  ]);
  return { rows, total: total?.n ?? 0, pageSize: PAGE_SIZE };
}
