import { beforeAll, describe, expect, it } from "vitest";

import { makeCity, type TestCity } from "@tests/support/factories";
import { accepted } from "@tests/support/factories/projects";
import { linesOf, makeDesks, makeUnderFundingReview, type Desks } from "@tests/support/factories/review";
import { pdfText } from "@tests/support/pdf-text";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { fen } from "~/kernel/fen";
import { localDate } from "~/kernel/local-date";
import { concludeFunding } from "~/modules/funding/conclude-funding.server";
import { readFundingResult } from "~/modules/funding/result/funding-result.queries.server";
import { resultForm } from "~/modules/funding/result/result-form";
import { resultSheet } from "~/modules/funding/result/result-sheet.server";
import { reviewLines } from "~/modules/funding/review-lines.server";
import { renderTableForm } from "~/platform/pdf/render-pdf.server";
import { readWorkbook } from "~/platform/xlsx/read-workbook.server";

const db = testDatabase();
const TODAY = localDate("2026-07-20");
let city: TestCity;
let desks: Desks;
let colleague: Actor;
beforeAll(async () => {
  city = await makeCity(db);
  desks = await makeDesks(city);
  colleague = await city.as("financeReviewer");
});

/** Two lines of 200 and 100 万元; a quarter of the first is cut. */
async function reviewedProject() {
  const { id, version } = await makeUnderFundingReview(city, desks);
  const [first, second] = await linesOf({ db }, id);
  const lines = [
    { id: first?.id ?? "", reviewedFen: fen(150_000_000), reason: "询价偏高，按同类项目核定" },
    { id: second?.id ?? "", reviewedFen: fen(100_000_000), reason: "" },
  ];
  accepted(await reviewLines(city.ctx(desks.finance), { projectId: id, version, rest: "open", lines }));
  return { projectId: id, version: version + 1 };
}

const read = (actor: Actor, projectId: string) => readFundingResult(db, actor, projectId, TODAY);
const printed = async (actor: Actor, projectId: string, unit: "wan" | "yuan" = "wan") =>
  pdfText(await renderTableForm(resultForm(await read(actor, projectId), unit, city.ctx(actor).now)));

describe("the result sheet of a funding review", () => {
  it("is not there while a line is open, nor for who does not see the project", async () => {
    const { id } = await makeUnderFundingReview(city, desks);
    await expect(read(desks.finance, id)).rejects.toMatchObject({ kind: "notFound" });
    const { projectId } = await reviewedProject();
    const other = await city.as("filer", city.otherUnitId);
    await expect(read(other, projectId)).rejects.toMatchObject({ kind: "notFound" });
    await expect(read(await city.as("expert"), projectId)).rejects.toMatchObject({ kind: "notFound" });
  });

  it("before the conclusion is a draft to be commented on, and the applicant reads it", async () => {
    const { projectId } = await reviewedProject();
    const text = await printed(desks.filer, projectId);
    for (const words of [
      "征求意见稿",
      "管网一张图",
      "询价偏高",
      "200.00",
      "150.00",
      "50.00",
      "合计",
      "300.00",
      "250.00",
    ])
      expect(text).toContain(words);
    expect(text).toContain("万元");
  });

  it("after it says the opinion, who reviewed, who checked and when; in yuan when asked for", async () => {
    const { projectId, version } = await reviewedProject();
    accepted(await concludeFunding(city.ctx(colleague), { projectId, version, opinion: "同意核定，注意付款节点" }));
    const text = await printed(desks.finance, projectId, "yuan");
    for (const words of ["同意核定，注意付款节点", desks.finance.name, colleague.name, "2026年7月20日", "1,500,000.00"])
      expect(text).toContain(words);
    expect(text).not.toContain("征求意见");
  });

  it("names nobody as the one who checked when one person did both", async () => {
    const { projectId, version } = await reviewedProject();
    accepted(await concludeFunding(city.ctx(desks.finance), { projectId, version }));
    expect(await read(desks.finance, projectId)).toMatchObject({ reviewers: [desks.finance.name], checker: null });
  });

  it.each([
    ["wan", [200, 150, 50], [300, 250, 50]],
    ["yuan", [2_000_000, 1_500_000, 500_000], [3_000_000, 2_500_000, 500_000]],
  ] as const)("as a sheet in %s its rows add up to its totals", async (unit, line, totals) => {
    const { projectId } = await reviewedProject();
    const { bytes } = await resultSheet(await read(desks.finance, projectId), unit);
    const sheet = accepted(await readWorkbook(bytes, "x.xlsx")).sheets[0];
    const rows = (sheet?.rows ?? [])
      .slice(2)
      .map((row) => row.slice(6, 9).map((cell) => Number(cell?.text.replaceAll(",", ""))));
    expect(rows).toHaveLength(3);
    expect([rows[0], rows[2]]).toEqual([line, totals]);
  });
});
