import { and, asc, isNull, lte } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { ruleFigures } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";

/** A figure with the row it comes from: what a decision keeps of the rule it was made by. */
export interface FigureInForce {
  readonly code: string;
  readonly name: string;
  readonly value: string;
  readonly unit: string;
  readonly source: string;
  readonly inForceFrom: LocalDate;
}

/** The rule figures in force on a day, by code. Asking for one that no row defines is a broken installation. */
export interface RuleFigures {
  number(code: string): number;
  text(code: string): string;
  row(code: string): FigureInForce;
}

/** Loads the figures in force on `on`: of each code the latest row that had begun and was not taken back. */
export async function loadFigures(db: DatabaseOrTransaction, on: LocalDate): Promise<RuleFigures> {
  const rows = await db
    .select({
      code: ruleFigures.code,
      name: ruleFigures.name,
      value: ruleFigures.value,
      unit: ruleFigures.unit,
      source: ruleFigures.source,
      inForceFrom: ruleFigures.inForceFrom,
    })
    .from(ruleFigures)
    .where(and(lte(ruleFigures.inForceFrom, on), isNull(ruleFigures.withdrawnAt)))
    .orderBy(asc(ruleFigures.inForceFrom));
  const latest = new Map(rows.map((row) => [row.code, row]));
  const row = (code: string): FigureInForce => {
    const found = latest.get(code);
    if (!found) throw new Error(`no rule figure ${code} in force on ${on}`);
    return found;
  };
  return { row, text: (code) => row(code).value, number: (code) => Number(row(code).value) };
}
