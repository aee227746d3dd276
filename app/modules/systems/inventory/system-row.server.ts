import { comparedName } from "~/kernel/names";
import { initialsOf } from "~/platform/initials.server";

import type { SystemFacts } from "./system-facts";

/** The columns that facts are written to, with what is derived from the name. */
export const factColumns = (facts: SystemFacts) => ({
  ...facts,
  tags: [...facts.tags],
  comparedName: comparedName(facts.name),
  initials: initialsOf(facts.name),
});
