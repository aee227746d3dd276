import { expect, it } from "vitest";

import { RowIds } from "./row-ids.server";

it("makes ids of version 7 that rise and never meet, over several moments", () => {
  const ids = new RowIds();
  const made = Array.from({ length: 2_000 }, () => ids.next());
  expect(new Set(made).size).toBe(made.length);
  expect([...made].sort()).toEqual(made);
  for (const id of made) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
