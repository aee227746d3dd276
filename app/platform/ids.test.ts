import { describe, expect, it } from "vitest";

import { newId } from "./ids.server";

describe("newId", () => {
  const ids = Array.from({ length: 20_000 }, newId);

  it("rises strictly, also within a millisecond and beyond its 4,096 places", () => {
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("is a uuid of version 7", () => {
    for (const id of ids.slice(0, 100)) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });
});
