import { and, eq, inArray, ne } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { securityTests, systems } from "@db/schema";
import { isLocalDate, localDate } from "~/kernel/local-date";
import { keysOf, TEST_KINDS, TEST_RESULTS } from "~/kernel/vocabulary";
import { loadFigures } from "~/platform/figures.server";
import { newId } from "~/platform/ids.server";
import type { IntakeColumn, IntakeKind, IntakeProblem, JudgedRow } from "~/platform/intake/intake.types";
import { inScope } from "~/platform/scope.server";
import { recordAll, type Ctx } from "~/platform/transaction.server";
import { authorize, scopeFor } from "~/policy";

import { saySecurityTestRefusal } from "./security-test.refusals";
import { testProblems, validityFiguresOf, validUntilOf, type ValidityFigures } from "./security-test.rules";
import { testPayload } from "./take-test-step.server";

type System = typeof systems.$inferSelect;
type NewTest = typeof securityTests.$inferInsert;
interface Data {
  readonly system: System;
  readonly test: Omit<NewTest, "id">;
}

const COLUMNS = [
  { key: "code", title: "系统编号", required: true, example: "XT-0007", hint: "系统清单中的编号", width: 14 },
  {
    key: "kind",
    title: "测评类型",
    required: true,
    choices: Object.values(TEST_KINDS),
    example: TEST_KINDS.mlps,
    width: 24,
  },
  {
    key: "level",
    title: "等保级别",
    choices: ["1", "2", "3", "4", "5"],
    example: "3",
    hint: "等保测评必填",
    width: 10,
  },
  { key: "filingNumber", title: "备案编号", example: "44078300001", hint: "等保测评必填", width: 20 },
  {
    key: "passed",
    title: "测评结论",
    required: true,
    choices: Object.values(TEST_RESULTS),
    example: "通过",
    width: 10,
  },
  { key: "testedOn", title: "测评日期", required: true, example: "2026-05-20", width: 14 },
  { key: "validUntil", title: "有效期至", example: "2027-05-20", hint: "留空按规定期限计算", width: 14 },
  { key: "agency", title: "测评机构", required: true, example: "某某信息安全测评有限公司", width: 30 },
  { key: "reportNumber", title: "报告编号", required: true, example: "CP-2026-0101", width: 22 },
] as const satisfies readonly IntakeColumn[];
type Key = (typeof COLUMNS)[number]["key"];

/** Columns whose problems stand elsewhere in the form than in the sheet. */
const columnOf = (field: string | undefined): Key => COLUMNS.find(({ key }) => key === field)?.key ?? "code";

/** What judging a row needs of the others: read once for all rows. */
interface Ground {
  readonly systems: ReadonlyMap<string, System>;
  /** reports that are entered already */
  readonly entered: ReadonlySet<string>;
  readonly figures: ValidityFigures;
}

const reportKey = (systemId: string, kind: string, number: string): string => `${systemId} ${kind} ${number}`;

async function groundOf(tx: Transaction, ctx: Ctx, codes: readonly string[]): Promise<Ground> {
  const scope = scopeFor(ctx.actor, "security:record");
  const found = await tx
    .select()
    .from(systems)
    .where(
      and(
        inArray(systems.code, [...new Set(codes), ""]),
        inScope(scope, { unitId: systems.unitId, regionId: systems.regionId }),
      ),
    );
  const known = await tx
    .select({
      systemId: securityTests.systemId,
      kind: securityTests.kind,
      reportNumber: securityTests.reportNumber,
    })
    .from(securityTests)
    .innerJoin(systems, eq(systems.id, securityTests.systemId))
    .where(
      and(
        inArray(systems.code, [...new Set(codes), ""]),
        inScope(scope, { unitId: systems.unitId, regionId: systems.regionId }),
        ne(securityTests.state, "void"),
      ),
    );
  return {
    systems: new Map(found.map((system) => [system.code, system])),
    entered: new Set(known.map((row) => reportKey(row.systemId, row.kind, row.reportNumber))),
    figures: validityFiguresOf(await loadFigures(tx, ctx.today)),
  };
}

function judgeRow(
  ctx: Ctx,
  { systems: known, entered, figures }: Ground,
  seen: Set<string>,
  rowNumber: number,
  values: Readonly<Record<string, string>>,
): JudgedRow<Data> {
  const text = (key: Key) => (values[key] ?? "").trim();
  const system = known.get(text("code"));
  const kind = keysOf(TEST_KINDS).find((each) => TEST_KINDS[each] === text("kind"));
  const passed = keysOf(TEST_RESULTS).find((each) => TEST_RESULTS[each] === text("passed"));
  const problems: IntakeProblem[] = [];
  const wrong = (column: Key, message: string) => problems.push({ column, message });
  if (!system) wrong("code", "系统清单中没有本单位的这个编号，请核对。");
  if (!kind) wrong("kind", `请填写“${Object.values(TEST_KINDS).join("”或“")}”。`);
  if (!passed) wrong("passed", `请填写“${Object.values(TEST_RESULTS).join("”或“")}”。`);
  if (!isLocalDate(text("testedOn"))) wrong("testedOn", "请填写真实的年月日，例如 2026-05-20。");
  if (text("validUntil") !== "" && !isLocalDate(text("validUntil")))
    wrong("validUntil", "请填写真实的年月日，例如 2027-05-20，或留空。");
  if (text("level") !== "" && !/^[1-5]$/.test(text("level"))) wrong("level", "请填写 1 至 5 的数字。");
  if (text("agency") === "") wrong("agency", "请填写测评机构。");
  if (text("agency").length > 100) wrong("agency", "最多 100 个字，请缩短。");
  if (text("reportNumber") === "") wrong("reportNumber", "请填写报告编号。");
  if (text("reportNumber").length > 60) wrong("reportNumber", "最多 60 个字，请缩短。");
  if (text("filingNumber").length > 60) wrong("filingNumber", "最多 60 个字，请缩短。");
  const label = `${text("code")} ${system?.name ?? ""} ${text("kind")}`.trim();
  if (problems.length > 0 || !system || !kind || !passed)
    return { rowNumber, outcome: "problem", label, changes: [], problems };

  const draft = {
    kind,
    passed,
    level: kind === "mlps" && text("level") ? Number(text("level")) : null,
    filingNumber: text("filingNumber"),
    testedOn: localDate(text("testedOn")),
    validUntil: text("validUntil") ? localDate(text("validUntil")) : null,
  };
  const key = reportKey(system.id, kind, text("reportNumber"));
  if (entered.has(key)) return { rowNumber, outcome: "same", label, changes: [], problems: [] };
  for (const refusal of testProblems(draft, system, ctx.today, figures))
    wrong(columnOf(refusal.field), saySecurityTestRefusal(refusal));
  if (seen.has(key)) wrong("reportNumber", "表中前面已有同一份报告，请删去重复的行。");
  if (problems.length > 0) return { rowNumber, outcome: "problem", label, changes: [], problems };
  seen.add(key);
  const validUntil = validUntilOf(draft, figures);
  const test: Data["test"] = {
    ...draft,
    validUntil,
    filingNumber: draft.filingNumber || null,
    agency: text("agency"),
    reportNumber: text("reportNumber"),
    regionId: system.regionId,
    systemId: system.id,
    state: "entered",
    enteredBy: ctx.actor.userId,
    enteredAt: ctx.now,
  };
  const change = (title: string, after: string) => ({ title, before: "", after });
  const changes = [
    change("测评结论", TEST_RESULTS[passed]),
    change("测评日期", draft.testedOn),
    change("有效期至", passed === "passed" ? validUntil : "未通过，无有效期"),
    change("测评机构", text("agency")),
    change("报告编号", text("reportNumber")),
  ];
  return { rowNumber, outcome: "add", label, changes, problems: [], data: { system, test } };
}

/**
 * The sheet of security tests. A report cannot come by sheet: the rows are entered without it, and the bureau confirms
 * each by its report number, writing where it looked the report up, or returns it for the report. A report that is entered
 * already is left as it is.
 */
export const securityTestsIntake: IntakeKind<Data> = {
  key: "security-tests",
  action: "security:record",
  title: "安全测评记录",
  counter: "条测评",
  listHref: "/security",
  columns: COLUMNS,
  judge: async (tx, ctx, rows) => {
    const ground = await groundOf(
      tx,
      ctx,
      rows.map(({ values }) => (values.code ?? "").trim()),
    );
    const seen = new Set<string>();
    return rows.map(({ rowNumber, values }) => judgeRow(ctx, ground, seen, rowNumber, values));
  },
  apply: async (tx, ctx, rows) => {
    const added = rows.flatMap(({ data }) => (data ? [{ ...data, test: { ...data.test, id: newId() } }] : []));
    for (const { system } of added) authorize(ctx.actor, "security:record", system);
    if (added.length === 0) return;
    await tx.insert(securityTests).values(added.map(({ test }) => test));
    await recordAll(
      tx,
      ctx,
      added.map(({ system, test }) => ({
        action: "security:record",
        event: "securityTestEntered",
        object: { type: "securityTest", id: test.id, regionId: test.regionId },
        after: test,
        payload: testPayload({ test, system }),
      })),
    );
  },
};
