import { describe, expect, it } from "vitest";

import { STOPPABLE_STAGES } from "~/modules/compliance";

import { PROJECT_LIFECYCLE } from "./project.lifecycle";

describe("where a sanction can stop a project", () => {
  it.each([
    ["halt", "suspend"],
    ["terminate", "terminate"],
  ] as const)("%s is possible in the stages from which the lifecycle knows %s", (rung, event) => {
    const stages = PROJECT_LIFECYCLE.filter(({ on }) => on === event).map(({ from }) => from);
    expect([...STOPPABLE_STAGES[rung]].sort()).toEqual([...new Set(stages)].sort());
  });
});
