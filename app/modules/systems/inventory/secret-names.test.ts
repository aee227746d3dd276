import { describe, expect, it } from "vitest";

import { opensSecret, shownName } from "./secret-names";

const secret = { code: "XT-0007", name: "某系统", unitId: "own", regionId: "county", secret: true };
const scope = (more: object) => ({ regionIds: [], unitId: null, operatorUnitId: null, ...more });

describe("the name of a secret system", () => {
  it.each([
    ["its own unit", scope({ unitId: "own" }), true],
    ["another unit", scope({ unitId: "other" }), false],
    ["who oversees the region", scope({ regionIds: ["county"] }), true],
    ["who oversees another region", scope({ regionIds: ["elsewhere"] }), false],
    ["who operates it", scope({ operatorUnitId: "own" }), false],
  ])("%s: %s", (_name, reader, opens) => {
    expect(opensSecret(reader, secret)).toBe(opens);
    expect(shownName(reader, secret)).toBe(opens ? "某系统" : "涉密系统（XT-0007）");
    expect(shownName(reader, { ...secret, secret: false })).toBe("某系统");
  });
});
