import { and, desc, eq, gte, isNull, lt, or } from "drizzle-orm";

import type { Database } from "@db/client";
import { projects, reviews, users } from "@db/schema";
import { localDateOf, startOfDay, type LocalDate } from "~/kernel/local-date";
import { addPeriods, firstDay, isPeriod, period, periodOf, type Period } from "~/kernel/period";
import { isUuid } from "~/kernel/uuid";
import { loadCalendars } from "~/platform/calendar.server";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import { efficiencyOf, measureTurn, TURN_SHOWS, type MeasuredTurn, type TurnShow } from "./efficiency.rules";
import { DESK_WORDS, type DeskName } from "./turn-words";

const PAGE_SIZE = 50;
const DESKS = Object.keys(DESK_WORDS) as DeskName[];

/** What the page was asked: months in which turns were closed, and which rows to list. */
export interface EfficiencyQuery {
  readonly from: Period;
  readonly to: Period;
  readonly desk: DeskName | undefined;
  readonly reviewerId: string | undefined;
  readonly show: TurnShow | undefined;
  readonly page: number;
}

/** Reads the question from the address; without months it is the year so far. */
export function readEfficiencyQuery(query: URLSearchParams, today: LocalDate): EfficiencyQuery {
  const month = (name: string, otherwise: Period): Period => {
    const value = query.get(name) ?? "";
    return isPeriod(value) ? period(value) : otherwise;
  };
  const to = month("to", periodOf(today));
  const reviewer = query.get("reviewer");
  return {
    from: month("from", period(`${to.slice(0, 4)}-01`)),
    to,
    desk: DESKS.find((desk) => desk === query.get("desk")),
    reviewerId: reviewer && isUuid(reviewer) ? reviewer : undefined,
    show: (Object.keys(TURN_SHOWS) as TurnShow[]).find((show) => show === query.get("show")),
    page: Math.max(1, Math.trunc(Number(query.get("page")) || 1)),
  };
}

/**
 * 审核时效: the turns closed in the months asked for and those open today, measured; the figures of each desk and each
 * reviewer, and the rows behind the one that was opened. Figures and rows come from the same measured turns.
 * @source domain.md §2 (the bureau's own lateness)
 */
export async function readEfficiency(db: Database, scope: Scope, question: EfficiencyQuery, today: LocalDate) {
  const [rows, calendarOf] = await Promise.all([turnsOf(db, scope, question), loadCalendars(db)]);
  const turns = rows.map(({ openedAt, closedAt, regionId, ...row }) =>
    measureTurn(calendarOf(regionId), today, {
      ...row,
      openedOn: localDateOf(openedAt),
      closedOn: closedAt && localDateOf(closedAt),
    }),
  );
  const desks = DESKS.map((desk) => ({ desk, ...efficiencyOf(turns.filter((turn) => turn.desk === desk)) }));
  const reviewers = groupBy(
    turns.filter(({ reviewerId }) => reviewerId !== null),
    ({ desk, reviewerId }) => `${desk} ${reviewerId ?? ""}`,
  ).map((group) => {
    const [first] = group;
    return {
      desk: first.desk,
      reviewerId: first.reviewerId,
      reviewerName: first.reviewerName ?? "",
      ...efficiencyOf(group),
    };
  });
  const listed = question.show
    ? turns.filter(
        (turn) =>
          (!question.desk || turn.desk === question.desk) &&
          (!question.reviewerId || turn.reviewerId === question.reviewerId) &&
          question.show !== undefined &&
          TURN_SHOWS[question.show](turn),
      )
    : [];
  return {
    desks,
    reviewers: reviewers.sort((a, b) => DESKS.indexOf(a.desk) - DESKS.indexOf(b.desk) || b.done - a.done),
    listed: listed.slice((question.page - 1) * PAGE_SIZE, question.page * PAGE_SIZE),
    listedTotal: listed.length,
    pageSize: PAGE_SIZE,
  };
}

/** Turns closed within the months, and all that are open, the latest first. */
async function turnsOf(db: Database, scope: Scope, { from, to }: EfficiencyQuery) {
  const begin = startOfDay(firstDay(from));
  const end = startOfDay(firstDay(addPeriods(to, 1)));
  return db
    .select({
      id: reviews.id,
      regionId: reviews.regionId,
      projectId: reviews.projectId,
      projectName: projects.name,
      desk: reviews.kind,
      round: reviews.round,
      openedAt: reviews.openedAt,
      dueOn: reviews.dueOn,
      closedAt: reviews.closedAt,
      outcome: reviews.outcome,
      reviewerId: reviews.reviewerId,
      reviewerName: users.name,
    })
    .from(reviews)
    .innerJoin(projects, eq(projects.id, reviews.projectId))
    .leftJoin(users, eq(users.id, reviews.reviewerId))
    .where(
      and(
        inScope(scope, { unitId: projects.unitId, regionId: reviews.regionId }),
        or(isNull(reviews.closedAt), and(gte(reviews.closedAt, begin), lt(reviews.closedAt, end))),
      ),
    )
    .orderBy(desc(reviews.openedAt), desc(reviews.id));
}

function groupBy(
  turns: readonly MeasuredTurn[],
  keyOf: (turn: MeasuredTurn) => string,
): [MeasuredTurn, ...MeasuredTurn[]][] {
  const groups = new Map<string, [MeasuredTurn, ...MeasuredTurn[]]>();
  for (const turn of turns) {
    const group = groups.get(keyOf(turn));
    if (group) group.push(turn);
    else groups.set(keyOf(turn), [turn]);
  }
  return [...groups.values()];
}
