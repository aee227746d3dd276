import { sql, type SQL } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";

import { foldName, searchGrams } from "~/kernel/names";

import { startsWith } from "./like.server";

/**
 * The condition that a row is found by what somebody typed: all its character pairs are among the row's `searchGrams`, which
 * a GIN index answers, and — because pairs may stand apart — the whole is in one of the row's folded texts. A single
 * character is looked for at the start of the name.
 */
export function isFound(
  typed: string,
  columns: { readonly searchGrams: AnyPgColumn; readonly normalizedName: AnyPgColumn; readonly whole: SQL },
): SQL | undefined {
  const folded = foldName(typed);
  if (folded === "") return undefined;
  const grams = searchGrams(typed);
  if (grams.length === 0) return sql`${columns.normalizedName} like ${startsWith(folded)}`;
  const pairs = sql`${columns.searchGrams} @> ${sql.param(grams, columns.searchGrams)}`;
  // Up to three characters the pairs can hardly lie apart; beyond, the few candidates are compared.
  return grams.length < 2 ? pairs : sql`${pairs} and ${columns.whole} like ${`%${startsWith(folded)}`}`;
}
