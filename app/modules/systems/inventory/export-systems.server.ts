import { eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import { systems, units } from "@db/schema";
import { SYSTEM_STATES } from "~/kernel/vocabulary";
import type { Ctx } from "~/platform/transaction.server";
import { writeWorkbook } from "~/platform/xlsx/write-workbook.server";
import { scopeFor } from "~/policy";

import { missingFields } from "./inventory.rules";
import { opensSecret } from "./secret-names";
import { FACT_TITLES, factsOf, sayFact, type FactNames, type SystemFacts } from "./system-facts";
import { SHOWN_COLUMNS, SYSTEM_COLUMNS, YES_NO } from "./systems.columns";
import { systemsOrder, systemsWhere, type SystemQuery } from "./systems.queries.server";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const operators = alias(units, "operators");

/** A system as the sheet needs it. */
interface Exported extends SystemFacts {
  readonly code: string;
  readonly unitName: string;
}

/** A cell of the sheet as it is taken in again. */
export function cellOf(key: string, row: Exported, names: FactNames): string {
  if (key === "code") return row.code;
  if (key === "unit") return row.unitName;
  if (key === "operator") return sayFact("operatorUnitId", row, names);
  if (key === "secret") return row.secret ? YES_NO[0] : YES_NO[1];
  if (key === "backedUp") return row.backedUp ? YES_NO[0] : YES_NO[1];
  return sayFact(key as keyof SystemFacts, row, names);
}

/**
 * The inventory under a question, all its pages, as a sheet whose columns an import takes in again. Secret systems are not
 * in it for those who may not know them.
 */
export async function exportSystems({ db, actor, today }: Ctx, question: SystemQuery) {
  const scope = scopeFor(actor, "system:read");
  const found = await db
    .select({ system: systems, unitName: units.name, operatorName: operators.name })
    .from(systems)
    .innerJoin(units, eq(units.id, systems.unitId))
    .leftJoin(operators, eq(operators.id, systems.operatorUnitId))
    .where(systemsWhere(scope, question, today))
    .orderBy(...systemsOrder(question));
  const rows = found.filter(({ system }) => !system.secret || opensSecret(scope, system));
  const names: FactNames = new Map(
    rows.flatMap(({ system, operatorName }) =>
      system.operatorUnitId && operatorName ? [[system.operatorUnitId, operatorName] as const] : [],
    ),
  );
  const left = found.length - rows.length;
  const bytes = await writeWorkbook({
    sheets: [
      {
        name: "信息系统清单",
        note: `导出日期：${today}，共 ${rows.length} 个系统${left > 0 ? `；另有 ${left} 个涉密系统不在导出范围` : ""}。国垂、省垂系统只登记不考核。`,
        columns: [
          ...SYSTEM_COLUMNS.map(({ title, width = 12 }) => ({ title, width, kind: "text" as const })),
          ...SHOWN_COLUMNS.map(({ title, width }) => ({ title, width, kind: "text" as const })),
        ],
        rows: rows.map(({ system, unitName }) => {
          const row = { ...factsOf(system), code: system.code, unitName };
          return [
            ...SYSTEM_COLUMNS.map(({ key }) => cellOf(key, row, names)),
            SYSTEM_STATES[system.state],
            missingFields(system)
              .map((field) => FACT_TITLES[field])
              .join("、"),
          ];
        }),
      },
    ],
    properties: { title: "信息系统清单", author: actor.unitName },
  });
  return { name: `信息系统清单 ${today}.xlsx`, mediaType: XLSX, bytes };
}
