import { and, eq, inArray, ne, or, sql, type SQL } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { arrivals, contracts, payments, projects, units } from "@db/schema";
import { fen } from "~/kernel/fen";
import { foldName } from "~/kernel/names";
import { isMoneyOpen } from "~/modules/compliance";
import { readGates } from "~/modules/compliance/index.server";
import { inScope } from "~/platform/scope.server";
import type { Ctx } from "~/platform/transaction.server";
import { samePerson, scopeFor } from "~/policy";

import { counted } from "../counted.server";
import type { MatchFacts } from "./match.types";
import type { SheetRow } from "./read-rows.server";

/**
 * Everything that the rows of a sheet can be matched with, in a fixed number of statements: the projects that they name by
 * voucher, contract or project, with all contracts and payments of these. The gates of all units are asked at once.
 * @param locked the projects are locked, in one order: nothing of their money changes until the sheet is applied
 */
export async function loadMatchFacts(
  tx: Transaction,
  ctx: Ctx,
  rows: readonly SheetRow[],
  locked: readonly string[] = [],
): Promise<MatchFacts> {
  if (locked.length > 0) await lockProjects(tx, locked);
  const ids = await projectsNamedIn(tx, ctx, rows);
  if (ids.length === 0) return { projects: [], contracts: [], payments: [] };
  const [found, bought, paid] = await Promise.all([
    tx
      .select({
        project: projects,
        unitName: units.name,
        arrived: sql<string>`(select coalesce(sum(${arrivals.amountFen}), 0) from ${arrivals}
          where ${arrivals.projectId} = ${projects.id} and ${counted(arrivals)})`,
      })
      .from(projects)
      .innerJoin(units, eq(units.id, projects.unitId))
      .where(inArray(projects.id, ids)),
    tx
      .select()
      .from(contracts)
      .where(and(inArray(contracts.projectId, ids), ne(contracts.state, "void"))),
    tx
      .select()
      .from(payments)
      .where(and(inArray(payments.projectId, ids), ne(payments.state, "void"))),
  ]);
  const gates = await readGates(tx, [...new Set(found.map(({ project }) => project.unitId))], ctx.today);
  return {
    projects: found.map(({ project, unitName, arrived }) => {
      const gate = gates.get(project.unitId);
      return {
        ...project,
        unitName,
        arrivedFen: fen(Number(arrived)),
        moneyOpen: gate !== undefined && isMoneyOpen(gate, project),
      };
    }),
    contracts: bought,
    payments: paid.map((payment) => ({ ...payment, own: samePerson(ctx.actor, payment.enteredBy) })),
  };
}

async function lockProjects(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx
    .select({ id: projects.id })
    .from(projects)
    .where(inArray(projects.id, [...ids]))
    .orderBy(projects.id)
    .for("update");
}

/** The projects within the actor's reach that a voucher, a contract number, a code or a name of the sheet leads to. */
async function projectsNamedIn(tx: Transaction, ctx: Ctx, rows: readonly SheetRow[]): Promise<string[]> {
  const all = (pick: (row: SheetRow) => string) => [...new Set(rows.map(pick).filter(Boolean))];
  const names = all(({ projectName }) => foldName(projectName));
  const named = (ids: SQL) => inArray(projects.id, ids);
  // As one value each, whatever the number of rows: a statement takes only so many parameters.
  const among = (column: SQL, values: readonly string[]) =>
    sql`${column} in (select jsonb_array_elements_text(${JSON.stringify(values)}::text::jsonb))`;
  const key = (column: SQL) => sql`upper(regexp_replace(normalize(${column}, NFKC), '\\s', '', 'g'))`;
  const keys = (pick: (row: SheetRow) => string) => all((row) => pick(row).toUpperCase());
  const found = await tx
    .select({ id: projects.id })
    .from(projects)
    .where(
      and(
        inScope(scopeFor(ctx.actor, "payment:import"), { unitId: projects.unitId, regionId: projects.regionId }),
        or(
          named(sql`(select ${payments.projectId} from ${payments}
            where ${among(
              key(sql`${payments.voucher}`),
              keys(({ voucher }) => voucher),
            )})`),
          named(sql`(select ${contracts.projectId} from ${contracts}
            where ${among(
              key(sql`${contracts.number}`),
              keys(({ contractNumber }) => contractNumber),
            )})`),
          among(
            sql`${projects.code}`,
            all(({ projectCode }) => projectCode),
          ),
          among(sql`${projects.normalizedName}`, names),
        ),
      ),
    );
  return found.map(({ id }) => id);
}
