import { beforeAll, describe, expect, it } from "vitest";

import { makeCity, type TestCity } from "@tests/support/factories";
import { makeCompleteDraft, projectRow } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { formFields, type FormValues } from "~/kernel/form-conflict";
import { localDate } from "~/kernel/local-date";
import { keysOf } from "~/kernel/vocabulary";
import { fingerprints } from "~/modules/projects/filing-conflict";
import { sectionValues } from "~/modules/projects/filing.form-values";
import { readFiling } from "~/modules/projects/filing.queries.server";
import { FILING_SECTIONS, type FilingSection } from "~/modules/projects/filing.types";
import { readProject } from "~/modules/projects/load-project.server";
import { autosaveSection, saveSection, type SectionReply } from "~/modules/projects/pages/section-actions.server";
import type { Ctx } from "~/platform/transaction.server";

const db = testDatabase();
let city: TestCity;
let one: Ctx;
let other: Ctx;

beforeAll(async () => {
  city = await makeCity(db);
  one = city.ctx(await city.as("filer"));
  other = city.ctx(await city.as("filer"));
});

/** The section as a browser opened it: its values, its version and its fingerprints. */
async function open(id: string, section: FilingSection) {
  const project = await readProject(db, one.actor, id);
  const values = sectionValues(section, await readFiling(db, project, localDate("2026-07-20")));
  return { values, hidden: { version: String(project.version), opened: fingerprints(values) } };
}

const formOf = (values: FormValues, more: Readonly<Record<string, string>>): FormData => {
  const form = new FormData();
  for (const [name, value] of [...Object.entries(more), ...formFields(values)]) form.append(name, value);
  return form;
};

async function post(ctx: Ctx, projectId: string, section: FilingSection, form: FormData) {
  const response = await saveSection(section, { ctx, projectId, form });
  const location = response.headers.get("location");
  return { status: response.status, location, reply: location ? undefined : ((await response.json()) as SectionReply) };
}

const valuesNow = async (id: string, section: FilingSection) => (await open(id, section)).values;

/** Lists are compared by the rows that matter; the register has more components than a case names. */
const held = (values: FormValues) =>
  Object.fromEntries(
    Object.entries(values).map(([field, value]): [string, unknown] => [
      field,
      typeof value === "string" ? value : expect.arrayContaining([...value]),
    ]),
  );

/** What one person and the other change of each section that has a form. */
const EDITS: readonly [FilingSection, mine: FormValues, theirs: FormValues][] = [
  ["basics", { basis: "我的依据" }, { basis: "他人的依据", leaderName: "他人" }],
  ["goals", { content: "我的内容" }, { content: "他人的内容", need: "他人的必要性" }],
  ["money", { declared: "301" }, { declared: "302", feasibility: "298" }],
  ["data", { noDataStatement: "我的说明" }, { noDataStatement: "他人的说明" }],
  ["security", { cryptoPlan: "我的方案" }, { cryptoPlan: "他人的方案", mlpsLevel: "3" }],
  [
    "components",
    { components: [{ code: "identity", decision: "notReused", reason: "我的理由" }] },
    { components: [{ code: "identity", decision: "notReused", reason: "他人的理由" }] },
  ],
];

describe("two people edit one section", () => {
  it("every section with a form is among the cases", () => {
    expect(EDITS.map(([section]) => section)).toEqual(keysOf(FILING_SECTIONS).filter((key) => key !== "attachments"));
  });

  it.each(EDITS)(
    "%s: the second sees both versions, chooses, and saves on top of the newer",
    async (section, mine, theirs) => {
      const { id } = await makeCompleteDraft(one);
      const { values, hidden } = await open(id, section);
      const first = await post(other, id, section, formOf({ ...values, ...theirs }, { ...hidden, intent: "save" }));
      expect(first.status).toBe(302);

      const second = await post(one, id, section, formOf({ ...values, ...mine }, { ...hidden, intent: "save" }));
      expect(second.status).toBe(409);
      const conflict = second.reply?.conflict;
      if (!conflict) throw new Error("no conflict was shown");
      expect(new Set(conflict.rows.map(({ field }) => field))).toEqual(new Set(Object.keys({ ...mine, ...theirs })));
      const [shared] = Object.keys(mine);
      expect(conflict.rows.find(({ field }) => field === shared)).toMatchObject({ changedBy: "both" });
      for (const { field, changedBy } of conflict.rows) if (field !== shared) expect(changedBy).toBe("theirs");
      // Nothing of the second is written before he has decided.
      expect(await valuesNow(id, section)).toMatchObject(held(theirs));

      // All that was typed is sent along, as the page's hidden fields do; each field that differs gets its choice.
      const decided = new FormData();
      for (const [name, value] of conflict.mine) decided.append(name, value);
      decided.append("version", String(conflict.version));
      decided.append("opened", conflict.opened);
      for (const { field, proposed } of conflict.rows) decided.append(`choice-${field}`, proposed ?? "mine");
      decided.append("intent", "merge");
      expect((await post(one, id, section, decided)).location).toContain(`saved=${section}`);
      expect(await valuesNow(id, section)).toMatchObject(held({ ...theirs, ...mine }));
    },
  );

  async function conflictOnGoals() {
    const { id } = await makeCompleteDraft(one);
    const { values, hidden } = await open(id, "goals");
    await post(other, id, "goals", formOf({ ...values, content: "他人的内容" }, { ...hidden, intent: "save" }));
    const typed = { ...values, content: "我的内容", need: "我的必要性" };
    const { reply } = await post(one, id, "goals", formOf(typed, { ...hidden, intent: "save" }));
    if (!reply?.conflict) throw new Error("no conflict was shown");
    const { conflict } = reply;
    const decide = (more: Readonly<Record<string, string>>, version = conflict.version) => {
      const form = new FormData();
      for (const [name, value] of conflict.mine) form.append(name, value);
      for (const [name, value] of Object.entries({ version: String(version), opened: conflict.opened, ...more }))
        form.append(name, value);
      return post(one, id, "goals", form);
    };
    return { id, decide };
  }

  it("a field that both changed must be chosen; until then nothing is saved", async () => {
    const { id, decide } = await conflictOnGoals();
    const { status, reply } = await decide({ intent: "merge", "choice-need": "mine" });
    expect([status, reply?.conflict?.undecided]).toEqual([409, true]);
    expect(await valuesNow(id, "goals")).toMatchObject({ content: "他人的内容" });
  });

  it("all mine, all theirs, and merging to type on", async () => {
    const mine = await conflictOnGoals();
    await mine.decide({ intent: "mergeMine" });
    expect(await valuesNow(mine.id, "goals")).toMatchObject({ content: "我的内容", need: "我的必要性" });

    const theirs = await conflictOnGoals();
    expect((await theirs.decide({ intent: "mergeTheirs" })).location).toContain("kept=goals");
    expect(await valuesNow(theirs.id, "goals")).toMatchObject({ content: "他人的内容", need: "地下管网底数不清" });

    const on = await conflictOnGoals();
    const choices = { intent: "mergeEdit", "choice-content": "theirs", "choice-need": "mine" };
    const { status, reply } = await on.decide(choices);
    expect([status, reply?.form.initialValue]).toMatchObject([200, { content: "他人的内容", need: "我的必要性" }]);
    expect(await valuesNow(on.id, "goals")).toMatchObject({ need: "地下管网底数不清" });
  });

  it("a third save between the page and the decision is a conflict again, with everything typed", async () => {
    const { id, decide } = await conflictOnGoals();
    const { values, hidden } = await open(id, "goals");
    await post(other, id, "goals", formOf({ ...values, content: "第三次" }, { ...hidden, intent: "save" }));
    const { status, reply } = await decide({ intent: "mergeMine" });
    expect([status, reply?.conflict?.mine.find(([name]) => name === "content")?.[1]]).toEqual([409, "我的内容"]);
    expect(await valuesNow(id, "goals")).toMatchObject({ content: "第三次" });
  });

  it("control: a save that takes the newest version by itself would have overwritten the other unseen", async () => {
    const { id } = await makeCompleteDraft(one);
    const { values, hidden } = await open(id, "goals");
    await post(other, id, "goals", formOf({ ...values, need: "他人的必要性" }, { ...hidden, intent: "save" }));
    const naive = { version: String((await projectRow(one, id)).version), intent: "save" };
    const { status } = await post(one, id, "goals", formOf({ ...values, content: "我的内容" }, naive));
    expect(status).toBe(302);
    expect(await valuesNow(id, "goals")).toMatchObject({ need: "地下管网底数不清", content: "我的内容" });
  });
});

describe("the background save", () => {
  it("carries the version on, so that the next one is no conflict with itself", async () => {
    const { id } = await makeCompleteDraft(one);
    const { values, hidden } = await open(id, "goals");
    const first = await autosaveSection("goals", {
      ctx: one,
      projectId: id,
      form: formOf({ ...values, need: "一" }, hidden),
    });
    if (!first.saved) throw new Error("not saved");
    expect(first.opened).toBe(fingerprints(await valuesNow(id, "goals")));
    const chain = { version: String(first.version), opened: first.opened };
    const second = await autosaveSection("goals", {
      ctx: one,
      projectId: id,
      form: formOf({ ...values, need: "一二" }, chain),
    });
    expect(second).toMatchObject({ saved: true, version: first.version + 1 });
    expect(await valuesNow(id, "goals")).toMatchObject({ need: "一二" });
  });

  it("stops at a conflict and at what has the wrong type, and then writes nothing", async () => {
    const { id, version } = await makeCompleteDraft(one);
    const { values, hidden } = await open(id, "money");
    const wrong = formOf({ ...values, declared: "三百" }, hidden);
    expect(await autosaveSection("money", { ctx: one, projectId: id, form: wrong })).toMatchObject({ why: "invalid" });
    const stale = formOf({ ...values, declared: "301" }, { ...hidden, version: String(version - 1) });
    expect(await autosaveSection("money", { ctx: one, projectId: id, form: stale })).toMatchObject({ why: "conflict" });
    expect((await projectRow(one, id)).version).toBe(version);
  });
});
