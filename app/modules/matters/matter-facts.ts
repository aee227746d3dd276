import { MATTER_TYPES } from "~/kernel/vocabulary";

import type { Matter } from "./load-matter.server";

/** What a person says of a matter. */
export type MatterFacts = Pick<Matter, "code" | "name" | "type" | "online" | "yearlyCases" | "tags">;

/** The facts of a matter in the words of the form, with how each is read aloud. */
const FACT_WORDS: readonly {
  readonly key: keyof MatterFacts;
  readonly title: string;
  readonly say: (facts: MatterFacts) => string;
}[] = [
  { key: "code", title: "事项编码", say: ({ code }) => code },
  { key: "name", title: "事项名称", say: ({ name }) => name },
  { key: "type", title: "类型", say: ({ type }) => MATTER_TYPES[type] },
  { key: "online", title: "全程网办", say: ({ online }) => (online ? "是" : "否") },
  {
    key: "yearlyCases",
    title: "年办件量",
    say: ({ yearlyCases }) => (yearlyCases === null ? "" : String(yearlyCases)),
  },
  { key: "tags", title: "标签", say: ({ tags }) => tags.join("、") },
];

/** What differs between two states of a matter, in words. */
export const factChanges = (before: MatterFacts, after: MatterFacts) =>
  FACT_WORDS.map(({ title, say }) => ({ title, before: say(before), after: say(after) })).filter(
    (change) => change.before !== change.after,
  );
