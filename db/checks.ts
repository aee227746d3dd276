import { sql } from "drizzle-orm";
import { check, type AnyPgColumn, type CheckBuilder } from "drizzle-orm/pg-core";

/** A check constraint from a value set of the kernel's vocabulary: the database and the code cannot disagree. */
export function oneOf(
  name: string,
  column: AnyPgColumn,
  values: Record<string, string> | readonly string[],
): CheckBuilder {
  const list = (Array.isArray(values) ? (values as readonly string[]) : Object.keys(values))
    .map((v) => `'${v}'`)
    .join(", ");
  return check(name, sql`${column} in (${sql.raw(list)})`);
}
