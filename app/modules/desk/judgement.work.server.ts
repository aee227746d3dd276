import { and, asc, eq, inArray, isNull, ne, notExists, sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { assessmentPeriods, bulletins, regions, supervisionItems, units } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { addPeriods, formatPeriod, periodOf } from "~/kernel/period";
import type { PeriodState, SupervisionState } from "~/kernel/vocabulary";
import { reportDueOn } from "~/modules/progress";
import { loadCalendar } from "~/platform/calendar.server";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import type { WorkItem } from "./work-item";

/** Last month, when its reports are due and its facts are not frozen yet. */
export async function periodToFreeze(db: Database, regionId: string, today: LocalDate): Promise<WorkItem[]> {
  const period = addPeriods(periodOf(today), -1);
  const [[region], known, calendar] = await Promise.all([
    db.select({ reportingDay: regions.reportingDay }).from(regions).where(eq(regions.id, regionId)),
    db
      .select({ state: assessmentPeriods.state })
      .from(assessmentPeriods)
      .where(and(eq(assessmentPeriods.regionId, regionId), eq(assessmentPeriods.period, period))),
    loadCalendar(db, regionId),
  ]);
  const isFrozen = known.some(({ state }) => state !== "open");
  if (!region || isFrozen || reportDueOn(calendar, period, region.reportingDay) >= today) return [];
  return [assessmentItem(`freeze ${period}`, "冻结数据", `${formatPeriod(period)}考核`)];
}

const assessmentItem = (key: string, what: string, title: string): WorkItem => ({
  key,
  kind: "考核",
  what,
  title,
  unitName: null,
  href: "/assessment",
  dueOn: null,
});

async function periodsIn(db: Database, regionId: string, state: PeriodState, notFrozenBy?: string) {
  return db
    .select({ id: assessmentPeriods.id, period: assessmentPeriods.period })
    .from(assessmentPeriods)
    .where(
      and(
        eq(assessmentPeriods.regionId, regionId),
        eq(assessmentPeriods.state, state),
        notFrozenBy === undefined ? undefined : ne(assessmentPeriods.frozenBy, notFrozenBy),
      ),
    )
    .orderBy(asc(assessmentPeriods.period));
}

/** Frozen scores that wait for publishing. */
export async function periodsToPublish(db: Database, regionId: string): Promise<WorkItem[]> {
  const rows = await periodsIn(db, regionId, "frozen");
  return rows.map(({ id, period }) => assessmentItem(`publish ${id}`, "公布得分", `${formatPeriod(period)}考核`));
}

/** Published scores that a second person makes final. */
export async function periodsToConfirm(db: Database, regionId: string, userId: string): Promise<WorkItem[]> {
  const rows = await periodsIn(db, regionId, "published", userId);
  return rows.map(({ id, period }) => assessmentItem(`confirm ${id}`, "定档", `${formatPeriod(period)}考核`));
}

/** The latest frozen month without a bulletin. */
export async function bulletinToDraft(db: Database, regionId: string): Promise<WorkItem[]> {
  const [row] = await db
    .select({ id: assessmentPeriods.id, period: assessmentPeriods.period })
    .from(assessmentPeriods)
    .where(
      and(
        eq(assessmentPeriods.regionId, regionId),
        ne(assessmentPeriods.state, "open"),
        notExists(
          db
            .select({ one: sql`1` })
            .from(bulletins)
            .where(eq(bulletins.periodId, assessmentPeriods.id)),
        ),
      ),
    )
    .orderBy(sql`${assessmentPeriods.period} desc`)
    .limit(1);
  if (!row) return [];
  return [
    {
      key: `draft ${row.id}`,
      kind: "通报",
      what: "起草通报",
      title: `${formatPeriod(row.period)}通报`,
      unitName: null,
      href: "/bulletins#draft",
      dueOn: null,
    },
  ];
}

/** Drafted bulletins for signature; not one's own. */
export async function bulletinsToSign(db: Database, scope: Scope, userId: string): Promise<WorkItem[]> {
  const rows = await db
    .select({ id: bulletins.id, title: bulletins.title })
    .from(bulletins)
    .where(
      and(
        inArray(bulletins.regionId, [...scope.regionIds]),
        eq(bulletins.state, "draft"),
        ne(bulletins.draftedBy, userId),
      ),
    )
    .orderBy(asc(bulletins.draftedAt));
  return rows.map(({ id, title }) => ({
    key: `sign ${id}`,
    kind: "通报",
    what: "签发通报",
    title,
    unitName: null,
    href: `/bulletins/${id}#sign`,
    dueOn: null,
  }));
}

/** Open supervised items in some states, as work. */
export async function supervisedItems(
  db: Database,
  scope: Scope,
  what: string,
  states: readonly SupervisionState[],
): Promise<WorkItem[]> {
  const rows = await db
    .select({
      id: supervisionItems.id,
      regionId: supervisionItems.regionId,
      number: supervisionItems.number,
      title: supervisionItems.title,
      unitName: units.name,
      dueOn: supervisionItems.dueOn,
    })
    .from(supervisionItems)
    .innerJoin(units, eq(units.id, supervisionItems.unitId))
    .where(
      and(
        inScope(scope, { unitId: supervisionItems.unitId, regionId: supervisionItems.regionId }),
        isNull(supervisionItems.closedAt),
        inArray(supervisionItems.state, [...states]),
      ),
    )
    .orderBy(asc(supervisionItems.dueOn), asc(supervisionItems.number));
  return rows.map(({ id, regionId, number, title, unitName, dueOn }) => ({
    key: `${what} ${id}`,
    kind: "督办",
    what,
    title: `${number} ${title}`,
    unitName,
    href: `/supervision/${id}`,
    dueOn,
    regionId,
  }));
}
