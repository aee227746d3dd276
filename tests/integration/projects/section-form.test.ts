import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { budgetLines, milestones } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { makeDraft, projectRow } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import type { FilingSection } from "~/modules/projects/filing.types";
import { saveSection, type SectionReply } from "~/modules/projects/pages/section-actions.server";
import type { Ctx } from "~/platform/transaction.server";

const db = testDatabase();
let city: TestCity;
let filer: Ctx;

beforeAll(async () => {
  city = await makeCity(db);
  filer = city.ctx(await city.as("filer"));
});

async function post(projectId: string, section: FilingSection, fields: Readonly<Record<string, string>>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  const response = await saveSection(section, { ctx: filer, projectId, form });
  const location = response.headers.get("location");
  const reply = location ? undefined : ((await response.json()) as SectionReply);
  return { status: response.status, location, reply };
}

const MONEY = {
  version: "1",
  declared: "1,200.5",
  "lines[0].category": "software",
  "lines[0].name": "平台软件",
  "lines[0].quantity": "2",
  "lines[0].measureUnit": "套",
  "lines[0].unitPrice": "600.25",
  "lines[1].category": "cloud",
  "lines[1].name": "",
  "lines[1].quantity": "",
  "lines[1].measureUnit": "",
  "lines[1].unitPrice": "",
  "years[0].year": "2026",
  "years[0].amount": "",
  "sources[0].source": "cityBudget",
  "sources[0].amount": "",
};

describe("a section's form, as a browser without JavaScript posts it", () => {
  it("saves typed 万元 as fen, leaves blank rows out and goes on to the next section", async () => {
    const id = await makeDraft(filer);
    const { status, location } = await post(id, "money", { ...MONEY, intent: "next" });
    expect([status, location]).toEqual([302, `/projects/${id}/filing/data?saved=money#`]);
    const lines = await db.select().from(budgetLines).where(eq(budgetLines.projectId, id));
    expect(lines).toMatchObject([{ name: "平台软件", unitPriceFen: 600_250_000, declaredFen: 1_200_500_000 }]);
    expect((await projectRow(filer, id)).declaredFen).toBe(1_200_500_000);
  });

  it("a row button answers with one row more and saves nothing", async () => {
    const id = await makeDraft(filer);
    const { status, reply } = await post(id, "money", { ...MONEY, rows: "add:lines:1" });
    expect(status).toBe(200);
    expect(reply?.form.initialValue).toMatchObject({ declared: "1,200.5" });
    expect(reply?.form.initialValue?.lines).toHaveLength(3);
    expect(reply?.form.error).toBeUndefined();
    expect((await projectRow(filer, id)).version).toBe(1);
  });

  it.each([
    ["an amount that is none", { declared: "很多" }, "declared"],
    ["an amount below zero", { declared: "-1" }, "declared"],
    ["finer than one fen", { "lines[0].unitPrice": "0.0000001" }, "lines[0].unitPrice"],
    ["three decimals of quantity", { "lines[0].quantity": "1.005" }, "lines[0].quantity"],
    ["a line without its price", { "lines[0].unitPrice": "" }, "lines[0].unitPrice"],
    ["a year far away", { "years[0].year": "1999", "years[0].amount": "1" }, "years[0].year"],
  ])("%s is answered at its field, with everything that was typed", async (_name, wrong, field) => {
    const id = await makeDraft(filer);
    const { status, reply } = await post(id, "money", { ...MONEY, ...wrong });
    expect(status).toBe(422);
    expect(Object.keys(reply?.form.error ?? {})).toEqual([field]);
    expect(reply?.form.initialValue?.lines).toMatchObject([{ name: "平台软件" }]);
    expect((await projectRow(filer, id)).version).toBe(1);
  });

  it("one year twice is refused at the list", async () => {
    const id = await makeDraft(filer);
    const years = { "years[0].amount": "1", "years[1].year": "2026", "years[1].amount": "2" };
    const { reply } = await post(id, "money", { ...MONEY, ...years });
    expect(reply?.form.error).toEqual({ years: ["同一年度只能填一行"] });
  });

  it("a day that does not exist is refused", async () => {
    const id = await makeDraft(filer);
    const row = {
      "milestones[0].name": "验收",
      "milestones[0].plannedOn": "2026-02-30",
      "milestones[0].cumulativePercent": "100",
    };
    const { status, reply } = await post(id, "goals", { version: "1", ...row });
    expect([status, Object.keys(reply?.form.error ?? {})]).toEqual([422, ["milestones[0].plannedOn"]]);
    expect(await db.select().from(milestones).where(eq(milestones.projectId, id))).toEqual([]);
  });

  it("what was typed before a lost session is shown again and not saved", async () => {
    const id = await makeDraft(filer);
    const { status, reply } = await post(id, "money", { ...MONEY, intent: "restore" });
    expect([status, reply?.form.initialValue?.declared, reply?.form.initialValue?.version]).toEqual([
      200,
      "1,200.5",
      "1",
    ]);
    expect((await projectRow(filer, id)).version).toBe(1);
  });
});
