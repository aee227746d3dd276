import { initialsOf } from "~/platform/initials.server";

import { RowMemory } from "./row-memory";

/** Letters and digits stand for themselves and part words: no Chinese word reaches across them. */
const RUNS = /[0-9A-Za-z]+|[^0-9A-Za-z]+/g;
const PLAIN = /^[0-9A-Za-z]/;

/**
 * The pinyin initials of many names, the same as `initialsOf` says of each: sheets number their names, and what stands
 * around the numbers is looked up once.
 */
export class NameInitials {
  private readonly runs = new RowMemory(initialsOf);

  of(name: string): string {
    let initials = "";
    for (const run of name.match(RUNS) ?? []) initials += PLAIN.test(run) ? run.toLowerCase() : this.runs.of(run);
    return initials;
  }
}
