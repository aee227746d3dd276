import { and, asc, eq, gt, gte, ilike, inArray, isNull, lte, or, sql, type SQL } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { securityTests, systems, units } from "@db/schema";
import { groupBy } from "~/kernel/group-by";
import type { LocalDate } from "~/kernel/local-date";
import { keysOf, TEST_KINDS, type TestKind } from "~/kernel/vocabulary";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import { loadFigures } from "~/platform/figures.server";
import { contains } from "~/platform/like.server";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import {
  isValidState,
  remindFiguresOf,
  requiredTests,
  STANDING_STATES,
  TESTED_FROM_LEVEL,
  testStanding,
  worstOf,
  type RemindFigures,
  type StandingState,
  type TestStanding,
} from "./standing.rules";

/** What the register can be asked; everything is in the address. */
export interface RegisterQuery {
  readonly q: string;
  readonly unit: string | undefined;
  readonly level: number | undefined;
  /** of one kind of test: only systems that need it, and how they stand to it */
  readonly kind: TestKind | undefined;
  /** a state; "bad": expired, failed or missing; "waiting": a test waits to be confirmed */
  readonly state: StandingState | "bad" | "waiting" | undefined;
  readonly page: number;
}

const LEVELS = [2, 3, 4, 5] as const;

/** What the filter 状态 offers: the states, and two questions across them. */
export const REGISTER_STATES = { ...STANDING_STATES, bad: "过期、未通过或未测评", waiting: "有待确认的测评" } as const;

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readRegisterQuery(params: URLSearchParams): RegisterQuery {
  const page = Number(params.get("page"));
  return {
    q: (params.get("q") ?? "").trim().slice(0, 100),
    unit: readWantedUnit(params),
    level: LEVELS.find((level) => String(level) === params.get("level")),
    kind: keysOf(TEST_KINDS).find((kind) => kind === params.get("kind")),
    state: keysOf(REGISTER_STATES).find((state) => state === params.get("state")),
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

export interface RegisteredTest {
  readonly id: string;
  readonly kind: TestKind;
  readonly passed: (typeof securityTests.$inferSelect)["passed"];
  readonly filingNumber: string | null;
  readonly testedOn: LocalDate;
  readonly validUntil: LocalDate;
}

/** A system that must be tested, with how it stands to each kind; null: it does not need that kind. */
export interface RegisterRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly regionId: string;
  readonly level: number;
  readonly filingNumber: string | null;
  readonly mlps: TestStanding<RegisteredTest> | null;
  readonly crypto: TestStanding<RegisteredTest> | null;
  /** how many tests wait to be confirmed, by kind */
  readonly waiting: Readonly<Record<TestKind, number>>;
  /** the worst of those asked for */
  readonly state: StandingState;
  /** the earlier of the last valid days */
  readonly dueOn: LocalDate | null;
}

/** Own-built systems, not secret, in the inventory on a day, from the level on that must be tested. */
const mustBeTested = (asOf: LocalDate): SQL | undefined =>
  and(
    eq(systems.ownership, "own"),
    eq(systems.secret, false),
    gte(systems.mlpsLevel, Math.min(...Object.values(TESTED_FROM_LEVEL))),
    lte(systems.registeredOn, asOf),
    or(isNull(systems.retiredOn), gt(systems.retiredOn, asOf)),
  );

type Asked = Pick<RegisterQuery, "q" | "unit" | "level" | "kind">;
const NOTHING: Asked = { q: "", unit: undefined, level: undefined, kind: undefined };

/**
 * The systems of a scope that must be tested, each with how it stands on a day; two statements, whatever their number. All
 * of them are judged by the one rule in memory: they are the systems of a city, not its records.
 */
export async function securityRegister(
  db: DatabaseOrTransaction,
  scope: Scope | undefined,
  today: LocalDate,
  asked: Asked = NOTHING,
): Promise<RegisterRow[]> {
  const like = contains(asked.q);
  const where = and(
    mustBeTested(today),
    scope &&
      inScope(scope, { unitId: systems.unitId, regionId: systems.regionId, operatorUnitId: systems.operatorUnitId }),
    isWantedUnit(systems.unitId, asked.unit),
    asked.level ? eq(systems.mlpsLevel, asked.level) : undefined,
    asked.kind ? gte(systems.mlpsLevel, TESTED_FROM_LEVEL[asked.kind]) : undefined,
    asked.q ? or(ilike(systems.name, like), ilike(systems.code, like), ilike(systems.initials, like)) : undefined,
  );
  const [rows, tests, figures] = await Promise.all([
    db
      .select({
        id: systems.id,
        code: systems.code,
        name: systems.name,
        unitId: systems.unitId,
        unitName: units.name,
        regionId: systems.regionId,
        level: sql<number>`${systems.mlpsLevel}`,
      })
      .from(systems)
      .innerJoin(units, eq(units.id, systems.unitId))
      .where(where)
      .orderBy(asc(systems.code), asc(systems.id)),
    testsOf(db, where, today),
    loadFigures(db, today),
  ]);
  const bySystem = groupBy(tests, ({ systemId }) => systemId);
  const remind = remindFiguresOf(figures);
  return rows.map((row) => registerRow(row, bySystem.get(row.id) ?? [], asked.kind, today, remind));
}

type Test = RegisteredTest & { readonly systemId: string; readonly state: "entered" | "confirmed" };

async function testsOf(db: DatabaseOrTransaction, where: SQL | undefined, today: LocalDate): Promise<Test[]> {
  const rows = await db
    .select({
      systemId: securityTests.systemId,
      id: securityTests.id,
      kind: securityTests.kind,
      passed: securityTests.passed,
      filingNumber: securityTests.filingNumber,
      testedOn: securityTests.testedOn,
      validUntil: securityTests.validUntil,
      state: securityTests.state,
    })
    .from(securityTests)
    .innerJoin(systems, eq(systems.id, securityTests.systemId))
    .where(and(where, inArray(securityTests.state, ["entered", "confirmed"]), lte(securityTests.testedOn, today)));
  return rows as Test[];
}

function registerRow(
  row: Pick<RegisterRow, "id" | "code" | "name" | "unitId" | "unitName" | "regionId" | "level">,
  tests: readonly Test[],
  kind: TestKind | undefined,
  today: LocalDate,
  remind: RemindFigures,
): RegisterRow {
  const required = requiredTests(row.level);
  const standingOf = (of: TestKind) =>
    required.includes(of)
      ? testStanding(
          tests.filter((test) => test.kind === of && test.state === "confirmed"),
          today,
          remind,
        )
      : null;
  const found = { mlps: standingOf("mlps"), crypto: standingOf("crypto") };
  const judged = (kind ? [kind] : required).flatMap((each) => found[each] ?? []);
  const waitingOf = (of: TestKind) => tests.filter((test) => test.kind === of && test.state === "entered").length;
  return {
    ...row,
    ...found,
    filingNumber: found.mlps?.test?.filingNumber ?? null,
    waiting: { mlps: waitingOf("mlps"), crypto: waitingOf("crypto") },
    state: worstOf(judged.map(({ state }) => state)),
    dueOn: judged.flatMap(({ dueOn }) => dueOn ?? []).sort()[0] ?? null,
  };
}

/** Does a row answer the question for a state? */
export function isInRegisterState(row: RegisterRow, { state, kind }: Pick<RegisterQuery, "state" | "kind">): boolean {
  if (state === undefined) return true;
  if (state === "waiting") return waitingOn(row, kind) > 0;
  if (state === "bad") return !isValidState(row.state);
  return row.state === state;
}

const waitingOn = ({ waiting }: RegisterRow, kind: TestKind | undefined): number =>
  kind ? waiting[kind] : waiting.mlps + waiting.crypto;

/** The figures of the register, each the count of rows that the register shows under the address beside it. */
export function registerFigures(rows: readonly RegisterRow[], kind: TestKind | undefined) {
  const rate = (of: TestKind) => {
    const concerned = rows.flatMap((row) => row[of] ?? []);
    return { numerator: concerned.filter(({ state }) => isValidState(state)).length, denominator: concerned.length };
  };
  return {
    systems: rows.length,
    mlps: rate("mlps"),
    crypto: rate("crypto"),
    dueSoon: rows.filter(({ state }) => state === "dueSoon").length,
    bad: rows.filter(({ state }) => !isValidState(state)).length,
    waiting: rows.filter((row) => waitingOn(row, kind) > 0).length,
  };
}
