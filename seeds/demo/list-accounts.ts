import { asc, eq, inArray } from "drizzle-orm";

import type { Database } from "@db/client";
import { units, userRoles, users } from "@db/schema";
import { roleLabels } from "~/modules/identity/index";

import { NAMED_ACCOUNTS } from "./people";

/** Chinese characters take two columns of a terminal. */
const widthOf = (text: string) => [...text].reduce((width, char) => width + (char.charCodeAt(0) > 255 ? 2 : 1), 0);

/** The accounts for visitors as a small table for the terminal. */
export async function listAccounts(db: Database, password: string): Promise<string> {
  const rows = await db
    .select({ username: users.username, name: users.name, unit: units.name, role: userRoles.role })
    .from(users)
    .innerJoin(units, eq(units.id, users.unitId))
    .innerJoin(userRoles, eq(userRoles.userId, users.id))
    .where(inArray(users.username, [...NAMED_ACCOUNTS]))
    .orderBy(asc(users.id));
  const table = [
    ["账号", "姓名", "角色", "单位"],
    ...rows.map(({ username, name, role, unit }) => [username, name, roleLabels[role], unit]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((cells) => widthOf(cells[column] ?? ""))));
  const lines = table.map((cells) =>
    cells.map((cell, column) => cell + " ".repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)))).join("  "),
  );
  return ["", `演示账号（口令均为 ${password}）：`, ...lines.map((line) => `  ${line.trimEnd()}`), ""].join("\n");
}
