import { sql } from "drizzle-orm";
import { expect, it } from "vitest";

import { openDatabase } from "./client";
import { isDatabaseUnavailable } from "./guarded-pool";

it("is out of a unit test's reach", async () => {
  const database = openDatabase("postgres://nobody@127.0.0.1:5432/none");
  const failure: unknown = await database.execute(sql`select 1`).catch((error: unknown) => error);
  expect(failure).toMatchObject({ cause: { message: "unit tests cannot reach a database" } });
  await database.close();
});

it.each([
  [
    "a refused connection under drizzle's own error",
    new Error("Failed query", { cause: withCode("ECONNREFUSED") }),
    true,
  ],
  ["a server that is shutting down", withCode("57P01"), true],
  ["a broken unique constraint", withCode("23505"), false],
  ["a statement the server cut off for its length", withCode("57014"), false],
  ["no error at all", undefined, false],
])("takes %s for an unreachable database or not", (_, error, unavailable) => {
  expect(isDatabaseUnavailable(error)).toBe(unavailable);
});

function withCode(code: string): Error {
  return Object.assign(new Error(code), { code });
}
