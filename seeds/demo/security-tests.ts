import { asc, eq, sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { domainEvents, files, securityTests, systems } from "@db/schema";
import { addDays, localDate, type LocalDate } from "~/kernel/local-date";
import type { EntryState, TestKind } from "~/kernel/vocabulary";
import { onOrNextWorkday } from "~/kernel/work-calendar";

import { storeSampleOf } from "./attachments";
import { chance } from "./chance";
import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow, type EventRow } from "./events";
import { insertAll } from "./insert";
import type { Person } from "./people";

type TestRow = typeof securityTests.$inferInsert;
type SystemRow = typeof systems.$inferSelect;

type Agency = readonly [code: string, name: string];

const AGENCIES: Readonly<Record<TestKind, readonly [Agency, ...Agency[]]>> = {
  mlps: [
    ["LNCP", "岭南信息安全测评有限公司"],
    ["YHDB", "粤海等级保护测评中心"],
    ["XJCP", "西江网络安全技术有限公司"],
  ],
  crypto: [
    ["LNMP", "岭南商用密码检测有限公司"],
    ["YHMP", "粤海密码应用测评中心"],
  ],
};

/** What the bureau still has to look at, and what it has sent back: the tests that follow those that run out. */
const WAITING: readonly {
  readonly system: string;
  readonly testedOn: string;
  readonly state: EntryState;
  readonly reason?: string;
}[] = [
  { system: "工程建设项目审批系统", testedOn: "2026-07-08", state: "entered" },
  { system: "区域卫生信息平台", testedOn: "2026-07-06", state: "entered" },
  {
    system: "学校阳光招生系统",
    testedOn: "2026-07-03",
    state: "returned",
    reason: "报告编号与所附报告封面不一致，请核对后重报。",
  },
];

/** The hands of the register: who entered a test with its report, who confirmed it, and what still waits. */
export async function writeSecurityTests(tx: Transaction, city: City): Promise<void> {
  const known = await tx
    .select({ test: securityTests, system: systems })
    .from(securityTests)
    .innerJoin(systems, eq(systems.id, securityTests.systemId))
    .where(eq(systems.regionId, city.regionId))
    .orderBy(asc(securityTests.id));
  const sample = await storeSampleOf(tx, city, "安全测评报告");
  const waiting = WAITING.flatMap(({ system: name, testedOn, state, reason }) => {
    const before = known.find(({ system, test }) => system.name === name && test.kind === "mlps");
    return before ? [waitingTest(before, localDate(testedOn), state, reason)] : [];
  });
  const told = [...known, ...waiting].map(({ test, system }) => tellTest(city, test, system, sample));
  await insertAll(
    tx,
    files,
    told.map(({ file }) => file),
  );
  await tx
    .insert(securityTests)
    .values(told.map(({ test }) => test))
    .onConflictDoUpdate({
      target: securityTests.id,
      set: {
        agency: sql`excluded.agency`,
        reportNumber: sql`excluded.report_number`,
        fileId: sql`excluded.file_id`,
        enteredBy: sql`excluded.entered_by`,
        enteredAt: sql`excluded.entered_at`,
        confirmedBy: sql`excluded.confirmed_by`,
        confirmedAt: sql`excluded.confirmed_at`,
      },
    });
  await insertAll(
    tx,
    domainEvents,
    told.flatMap(({ events }) => events),
  );
}

/** The next test of a system whose last one runs out, as the unit has entered it. */
function waitingTest(
  { test, system }: { readonly test: typeof securityTests.$inferSelect; readonly system: SystemRow },
  testedOn: LocalDate,
  state: EntryState,
  reason: string | undefined,
): { test: TestRow; system: SystemRow } {
  const years = (system.mlpsLevel ?? 0) >= 3 ? 1 : 2;
  const validUntil = localDate(`${Number(testedOn.slice(0, 4)) + years}${testedOn.slice(4)}`);
  const { regionId, systemId, kind, level, filingNumber } = test;
  const id = demoId("test", `${system.name} ${kind} ${testedOn}`, officeHours(testedOn, system.name));
  const same = { regionId, systemId, kind, level, filingNumber, passed: "passed" as const };
  return {
    system,
    test: { ...same, id, testedOn, validUntil, state, stateReason: reason ?? null, version: reason ? 2 : 1 },
  };
}

function tellTest(city: City, test: TestRow, system: SystemRow, sample: typeof files.$inferInsert) {
  const { pick, between } = chance("security test", test.id);
  const [prefix, agency] = pick(AGENCIES[test.kind]);
  const reportNumber = `${prefix}-${test.testedOn.slice(0, 4)}-${String(between(101, 989))}`;
  const workday = (days: number) => onOrNextWorkday(city.calendar, addDays(test.testedOn, days));
  const [enteredAt, judgedAt] = [officeHours(workday(3), test.id, "enter"), officeHours(workday(6), test.id, "judge")];
  const filer = city.people.find(({ unit, role }) => unit.id === system.unitId && role === "filer");
  const bureau = city.person("bureau");
  const confirmed = (test.state ?? "confirmed") === "confirmed";
  const file = {
    ...sample,
    id: demoId("file", `security test ${test.id}`, enteredAt),
    unitId: system.unitId,
    name: `${system.name}${test.kind === "mlps" ? "等级保护测评报告" : "密码应用安全性评估报告"}.pdf`,
    uploadedBy: filer?.id ?? bureau.id,
    uploadedAt: enteredAt,
  };
  const payload = {
    systemId: system.id,
    systemName: system.name,
    unitId: system.unitId,
    kind: test.kind,
    passed: test.passed,
    testedOn: test.testedOn,
    validUntil: test.validUntil,
  };
  const subject = { type: "securityTest", id: test.id };
  const step = (person: Person | undefined, type: string, at: Date, reason?: string | null): EventRow[] =>
    person ? [eventRow(person, { type, subject, at, payload, reason: reason ?? undefined })] : [];
  return {
    file,
    test: {
      ...test,
      agency,
      reportNumber,
      fileId: file.id,
      enteredBy: filer?.id ?? null,
      enteredAt,
      ...(confirmed && { confirmedBy: bureau.id, confirmedAt: judgedAt }),
    },
    events: [
      ...step(filer, "securityTestEntered", enteredAt),
      ...(confirmed ? step(bureau, "securityTestConfirmed", judgedAt) : []),
      ...(test.state === "returned" ? step(bureau, "securityTestReturned", judgedAt, test.stateReason) : []),
    ],
  };
}
