import { keysOf } from "~/kernel/vocabulary";
import type { Option } from "~/ui";

/** A value set as the options of a choice. */
export const optionsOf = (set: Readonly<Record<string, string>>): Option[] =>
  keysOf(set).map((value) => ({ value, label: set[value] ?? value }));
