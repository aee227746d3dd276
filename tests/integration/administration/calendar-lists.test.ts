import { eq, isNull, and } from "drizzle-orm";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import * as XLSX from "xlsx";

import { auditEntries, calendarDays, domainEvents, outbox, reviews } from "@db/schema";
import { seedReference } from "@seeds/reference";
import { makeCity, type TestCity } from "@tests/support/factories";
import { accepted } from "@tests/support/factories/projects";
import { makeDesks, makeUnderReview } from "@tests/support/factories/review";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { isWorkday } from "~/kernel/work-calendar";
import {
  calendarHistory,
  listsMissing,
  listYears,
  previewYearList,
  readCalendar,
  readCalendarQuery,
} from "~/modules/administration/calendar/calendar.queries.server";
import { sayListRefusal } from "~/modules/administration/calendar/calendar.refusals.server";
import { sayCalendarEvent } from "~/modules/administration/calendar/calendar.words";
import { putYearList } from "~/modules/administration/calendar/put-year-list.server";
import { readYearList } from "~/modules/administration/calendar/read-year-list.server";
import type { ListDay } from "~/modules/administration/calendar/year-list.rules";
import { readMyWork } from "~/modules/desk/read-my-work.server";
import { loadCalendar } from "~/platform/calendar.server";

const db = testDatabase();
const SOURCE = "国办发明电〔2026〕7号";
let city: TestCity;
let admin: Actor;
beforeAll(async () => {
  city = await makeCity(db);
  admin = await city.as("systemAdmin");
});
/** Every test begins with the lists that the product brings. */
afterEach(async () => {
  await db.delete(calendarDays);
  await seedReference(db);
});

const DECEMBER = "2026-12-01";
const names = ["元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"];
const firsts = ["2027-01-01", "2027-02-05", "2027-04-05", "2027-05-03", "2027-06-09", "2027-09-15", "2027-10-01"];
/** A list for 2027 such as the notice might have: 1 January is worked for on a Sunday of 2026. */
const list2027: readonly ListDay[] = [
  ...firsts.map((first, index) => ({ day: localDate(first), off: true, name: names[index] ?? "" })),
  ...["2027-10-04", "2027-10-05", "2027-10-06"].map((day) => ({ day: localDate(day), off: true, name: "国庆节" })),
  { day: localDate("2026-12-27"), off: false, name: "元旦" },
  { day: localDate("2027-10-09"), off: false, name: "国庆节" },
];
const preview = async (days = list2027) => accepted(await previewYearList(db, days, localDate(DECEMBER)));
const put = async (more: Partial<Parameters<typeof putYearList>[1]> = {}, actor = admin) => {
  const days = more.days ?? list2027;
  const { basis } = await preview([...days]);
  return putYearList(city.ctx(actor, DECEMBER), { days, source: SOURCE, reason: "", basis, ...more });
};
const codes = (result: Awaited<ReturnType<typeof putYearList>>) =>
  result.ok ? ["ok"] : result.refusals.map(({ code }) => code);
const daysFrom = (source: string) => db.$count(calendarDays, eq(calendarDays.source, source));

describe("a new year's list", () => {
  it("is previewed with its differences, and nothing is written before it is put in force", async () => {
    const before = await db.$count(calendarDays);
    const shown = await preview();
    expect(shown).toMatchObject({ year: 2027, replaces: false });
    expect(shown.changes).toHaveLength(list2027.length);
    expect(shown.warnings.map(({ code }) => code)).toEqual(["daysOffUnusual"]);
    expect(await db.$count(calendarDays)).toBe(before);
  });

  it("is in force in every region, with who entered it, and is told of once in trail, event and outbox", async () => {
    expect(await put()).toEqual({ ok: true, value: { year: 2027 } });
    for (const regionId of [city.regionId, city.otherRegionId]) {
      const calendar = await loadCalendar(db, regionId);
      expect(["2027-10-06", "2027-10-09", "2026-12-27"].map((day) => isWorkday(calendar, localDate(day)))).toEqual([
        false,
        true,
        true,
      ]);
    }
    const [latest] = await listYears(db);
    expect(latest).toMatchObject({ year: 2027, daysOff: 10, makeUpDays: 2, source: SOURCE, enteredBy: admin.name });
    const [told] = await calendarHistory(db, admin);
    expect(told && sayCalendarEvent(told.type, told.payload)).toBe(
      `上传2027年节假日安排，共 12 天，12 处变动（${SOURCE}）`,
    );
    const [event] = await db
      .select()
      .from(domainEvents)
      .where(eq(domainEvents.id, told?.id ?? ""));
    const subject = event?.subjectId ?? "";
    expect([
      await db.$count(auditEntries, and(eq(auditEntries.objectId, subject), eq(auditEntries.action, "admin:system"))),
      await db.$count(outbox, eq(outbox.subjectId, subject)),
    ]).toEqual([1, 1]);
  });

  it("put twice at once stands once: the other finds the year changed", async () => {
    const { basis } = await preview();
    const both = await Promise.allSettled(
      [1, 2].map(() => putYearList(city.ctx(admin, DECEMBER), { days: list2027, source: SOURCE, reason: "", basis })),
    );
    expect(both.filter((each) => each.status === "fulfilled" && each.value.ok)).toHaveLength(1);
    expect(both.find((each) => each.status === "rejected")).toMatchObject({ reason: { kind: "conflict" } });
    expect(await daysFrom(SOURCE)).toBe(list2027.length);
  });

  it("the same once more, looked at anew, is refused", async () => {
    accepted(await put());
    expect(codes(await put())).toEqual(["nothingNew"]);
  });

  it("is for the system administrator only", async () => {
    for (const role of ["filer", "bureauReviewer", "leader", "securityAdmin", "auditAdmin"] as const) {
      await expect(put({}, await city.as(role))).rejects.toMatchObject({ kind: "forbidden" });
    }
    expect(await daysFrom(SOURCE)).toBe(0);
  });

  it("that is none is refused and leaves everything as it was", async () => {
    const weekday = { day: localDate("2027-10-08"), off: false, name: "国庆节" };
    const days = [...list2027, weekday];
    const result = await putYearList(city.ctx(admin, DECEMBER), { days, source: SOURCE, reason: "", basis: "" });
    expect(codes(result)).toEqual(["makeUpOnWeekday"]);
    expect(await daysFrom(SOURCE)).toBe(0);
  });
});

describe("a list that replaces another", () => {
  const changed = [
    ...list2027.filter(({ day }) => day !== "2027-10-06"),
    { day: localDate("2027-10-07"), off: true, name: "国庆节" },
  ];

  it("shows what differs, needs a reason, and takes the whole year's place with its edges", async () => {
    accepted(await put());
    const shown = await preview(changed);
    expect(shown.replaces).toBe(true);
    expect(shown.changes.map(({ day, before, after }) => [day, before?.off, after?.off])).toEqual([
      ["2027-10-06", true, undefined],
      ["2027-10-07", undefined, true],
    ]);
    expect(codes(await put({ days: changed }))).toEqual(["reasonMissing"]);
    accepted(await put({ days: changed, source: "更正通知", reason: "通知有更正" }));
    expect([await daysFrom(SOURCE), await daysFrom("更正通知")]).toEqual([0, changed.length]);
    const calendar = await loadCalendar(db, city.regionId);
    expect([...calendar.years].sort()).toEqual([2024, 2025, 2026, 2027]);
    expect(isWorkday(calendar, localDate("2027-10-06"))).toBe(true);
  });

  it("looked at before another change is a conflict", async () => {
    accepted(await put());
    const { basis } = await preview(changed);
    accepted(await put({ days: list2027.slice(1), reason: "先更正一处" }));
    await expect(put({ days: changed, reason: "再更正", basis })).rejects.toMatchObject({ kind: "conflict" });
  });

  it("leaves the limits that run where they are", async () => {
    const desks = await makeDesks(city);
    const { id } = await makeUnderReview(city, desks, "2026-07-20");
    const dueOn = async () => (await db.select().from(reviews).where(eq(reviews.projectId, id)))[0]?.dueOn;
    expect(await dueOn()).toBe("2026-07-23");
    const [{ source } = { source: "" }] = await db
      .select()
      .from(calendarDays)
      .where(and(isNull(calendarDays.regionId), eq(calendarDays.day, localDate("2026-10-01"))));
    const days2026 = (await db.select().from(calendarDays).where(eq(calendarDays.source, source))).map(
      ({ day, off, name }) => ({ day, off, name }),
    );
    const days = [...days2026, { day: localDate("2026-07-22"), off: true, name: "临时放假" }];
    accepted(await put({ days, source, reason: "补充通知" }));
    expect(await dueOn()).toBe("2026-07-23");
    const later = await makeUnderReview(city, desks, "2026-07-20");
    const [turn] = await db.select().from(reviews).where(eq(reviews.projectId, later.id));
    expect(turn?.dueOn).toBe("2026-07-24");
  });
});

describe("the files it comes in", () => {
  const rows = list2027.map(({ day, off, name }) => [day, name, off ? "休" : "班"]);
  const bytesOf = (cells: unknown[][], bookType: "xlsx" | "csv" | "biff8") => {
    const book = XLSX.utils.book_new();
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(cells, { cellDates: true }), "安排");
    return new Uint8Array(XLSX.write(book, { type: "buffer", bookType }) as Buffer);
  };
  const read = async (name: string, bytes: Uint8Array) => readYearList({ name, bytes });

  it.each([
    ["a sheet with dates as text", "安排.xlsx", () => bytesOf([["日期", "名称", "休/班"], ...rows], "xlsx")],
    [
      "a sheet with a title, typed dates and other words",
      "安排.xlsx",
      () =>
        bytesOf(
          [
            ["2027年部分节假日安排"],
            ["类型", "节假日名称", "日期"],
            ...list2027.map(({ day, off, name }) => [
              off ? "放假" : "调休上班",
              name,
              { t: "d", v: new Date(`${day}T00:00:00Z`), z: "yyyy/m/d" },
            ]),
          ],
          "xlsx",
        ),
    ],
    [
      "days as Chinese writes them",
      "安排.csv",
      () =>
        new TextEncoder().encode(
          [
            ["日期", "节日", "是否放假"],
            ...list2027.map(({ day, off, name }) => [
              `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`,
              name,
              off ? "是" : "否",
            ]),
          ]
            .map((cells) => cells.join(","))
            .join("\r\n"),
        ),
    ],
    [
      "JSON",
      "2027.json",
      () =>
        new TextEncoder().encode(
          JSON.stringify(list2027.map(({ day, off, name }) => ({ name, date: day, isOffDay: off }))),
        ),
    ],
  ])("%s", async (_name, fileName, make) => {
    expect(accepted(await read(fileName, make()))).toEqual(list2027);
  });

  const refusals = async (name: string, bytes: Uint8Array) => {
    const result = await read(name, bytes);
    return result.ok ? [] : result.refusals.map(sayListRefusal);
  };

  it.each([
    ["another shape", '{"year": 2027}'],
    ["no day", '[{"name": "元旦", "date": "2027-02-30", "isOffDay": true}]'],
    ["broken JSON", "[{"],
    ["bytes that are no text", new Uint8Array([0xff, 0xfe, 0x00])],
  ])("JSON of %s is refused in a sentence", async (_name, content) => {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    expect(await refusals("2027.json", bytes)).toEqual([expect.stringContaining("JSON 文件应为一个数组")]);
  });

  it("rows that cannot be read are named", async () => {
    const cells = [
      ["日期", "名称", "休/班"],
      ["1月1日", "元旦", "休"],
      ["2027-01-02", "元旦", "调休"],
      ["2027-01-03", "", "休"],
    ];
    expect(await refusals("安排.csv", bytesOf(cells, "csv"))).toEqual([
      "第 2 行的日期“1月1日”无法识别，请写成 2027-01-01 这样的完整日期。",
      "第 3 行的“调休”无法识别，放假请写“休”，调休上班请写“班”。",
      "第 4 行没有名称，请填写节日名称。",
    ]);
  });

  it("a sheet without the columns is refused with what they are", async () => {
    expect(
      await refusals(
        "安排.csv",
        bytesOf(
          [
            ["日期", "名称"],
            ["2027-01-01", "元旦"],
          ],
          "csv",
        ),
      ),
    ).toEqual([expect.stringContaining("休/班")]);
  });
});

describe("the warning", () => {
  const items = async (actor: Actor, today: string) =>
    (await readMyWork(city.ctx(actor, today))).filter(({ kind }) => kind === "日历");

  it("comes to the administrator and the bureau on 1 December, and goes with the list", async () => {
    const bureau = await city.as("bureauReviewer");
    expect([await items(admin, "2026-11-30"), await items(bureau, "2026-11-30")]).toEqual([[], []]);
    expect(await items(admin, DECEMBER)).toMatchObject([
      { what: "上传节假日安排", href: "/admin/calendar/upload", dueOn: "2026-12-31" },
    ]);
    expect(await items(bureau, DECEMBER)).toMatchObject([{ href: "/calendar?year=2027" }]);
    expect(await items(await city.as("filer"), DECEMBER)).toEqual([]);
    expect(await listsMissing(db, localDate(DECEMBER))).toEqual([{ year: 2027, late: false }]);
    accepted(await put());
    expect([await items(admin, DECEMBER), await items(bureau, DECEMBER)]).toEqual([[], []]);
    expect(await listsMissing(db, localDate(DECEMBER))).toEqual([]);
  });

  it("stands on the calendar of a year without a list", async () => {
    const filer = await city.as("filer");
    const read = (year: string) =>
      readCalendar(
        db,
        filer,
        readCalendarQuery(new URLSearchParams({ year }), filer, localDate("2026-07-20")),
        localDate("2026-07-20"),
      );
    expect(await read("2027")).toMatchObject({ year: 2027, listed: false, days: [], missing: [] });
    expect(await read("2026")).toMatchObject({ listed: true, years: [2027, 2026, 2025, 2024] });
  });
});
