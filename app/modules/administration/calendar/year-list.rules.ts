import { addDays, localDate, weekdayOf, type LocalDate } from "~/kernel/local-date";
import { accept, refuse, type Refusal, type Result } from "~/kernel/result";
import { listedYears } from "~/kernel/work-calendar";

/** A day of a list: a holiday, or a make-up working day (调休上班). */
export interface ListDay {
  readonly day: LocalDate;
  readonly off: boolean;
  readonly name: string;
}

/** A day of the country's lists with the document it stands in. */
export interface ListedDay extends ListDay {
  readonly source: string;
}

export type YearListRefusal =
  | "noDays"
  | "dayTwice"
  | "outsideYear"
  | "makeUpOnWeekday"
  | "notAWholeYear"
  | "yearTooFar"
  | "sourceTaken"
  | "nothingNew"
  | "reasonMissing";

/** What is unusual in a list and not wrong: a person looks at it before it is put in force. */
export type YearListWarning = "daysOffUnusual" | "makeUpDaysUnusual" | "holidaysUnnamed";

/** A holiday may run over the turn of the year, and be worked for, by this much. @unit days */
const EDGE_DAYS = 7;

/** What the lists since 2008 lie within; another count is looked at twice. @unit days */
const USUAL = { daysOff: { least: 24, most: 40 }, makeUpDays: { least: 2, most: 10 } } as const;

/** The seven statutory holidays. @source 全国年节及纪念日放假办法 */
const HOLIDAYS = ["元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆"] as const;

const yearOf = (day: LocalDate): number => Number(day.slice(0, 4));
const inOrder = <Day extends ListDay>(days: readonly Day[]): Day[] =>
  [...days].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));

/** The year that a list is for: the one in which most of its days lie. */
function yearOfList(days: readonly ListDay[]): number | undefined {
  const counts = new Map<number, number>();
  for (const { day } of days) counts.set(yearOf(day), (counts.get(yearOf(day)) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/**
 * Is this the list of one year? Its days lie in that year or at its very edges, none stands twice, whoever works for a
 * holiday does so on a weekend, and it spans the year. A holiday on a weekend is as it should be.
 * Refuses with noDays, dayTwice, outsideYear, makeUpOnWeekday (facts day), notAWholeYear, yearTooFar (facts year, most).
 * @source the State Council's yearly notice on holidays
 */
export function judgeYearList(
  days: readonly ListDay[],
  today: LocalDate,
): Result<{ readonly year: number; readonly warnings: readonly Refusal<YearListWarning>[] }, YearListRefusal> {
  const year = yearOfList(days);
  if (year === undefined) return refuse({ code: "noDays", field: "file" });
  const first = addDays(localDate(`${year}-01-01`), -EDGE_DAYS);
  const last = addDays(localDate(`${year}-12-31`), EDGE_DAYS);
  const of = (code: YearListRefusal, { day }: ListDay) => ({ code, field: "file", facts: { day, year } });
  const latest = yearOf(today) + 1;
  const problems: Refusal<YearListRefusal>[] = [
    ...(year > latest ? [{ code: "yearTooFar" as const, field: "file", facts: { year, most: latest } }] : []),
    ...days
      .filter(({ day }, at) => days.findIndex((other) => other.day === day) < at)
      .map((day) => of("dayTwice", day)),
    ...days.filter(({ day }) => day < first || day > last).map((day) => of("outsideYear", day)),
    ...days.filter(({ day, off }) => !off && !isWeekend(day)).map((day) => of("makeUpOnWeekday", day)),
    ...(listedYears(days.map(({ day }) => day)).has(year)
      ? []
      : [{ code: "notAWholeYear" as const, field: "file", facts: { year } }]),
  ];
  return problems.length > 0 ? refuse(...problems) : accept({ year, warnings: warningsOf(days) });
}

const isWeekend = (day: LocalDate): boolean => [0, 6].includes(weekdayOf(day));

function warningsOf(days: readonly ListDay[]): Refusal<YearListWarning>[] {
  const daysOff = days.filter(({ off }) => off).length;
  const makeUpDays = days.length - daysOff;
  const unnamed = HOLIDAYS.filter((holiday) => !days.some(({ off, name }) => off && name.includes(holiday)));
  const unusual = (count: number, { least, most }: { least: number; most: number }) => count < least || count > most;
  return [
    ...(unusual(daysOff, USUAL.daysOff)
      ? [{ code: "daysOffUnusual" as const, facts: { days: daysOff, ...USUAL.daysOff } }]
      : []),
    ...(unusual(makeUpDays, USUAL.makeUpDays)
      ? [{ code: "makeUpDaysUnusual" as const, facts: { days: makeUpDays, ...USUAL.makeUpDays } }]
      : []),
    ...(unnamed.length > 0 ? [{ code: "holidaysUnnamed" as const, facts: { names: unnamed.join("、") } }] : []),
  ];
}

/** The documents that the days from February to November of a year stand in: those make up its list. */
const sourcesOf = (year: number, listed: readonly ListedDay[]): ReadonlySet<string> =>
  new Set(listed.filter(({ day }) => listedYears([day]).has(year)).map(({ source }) => source));

/**
 * The days of a year's list: those of its document, wherever they lie, and others of the year that do not stand in the
 * document of a neighbouring year.
 */
export function listOfYear<Day extends ListedDay>(year: number, listed: readonly Day[]): Day[] {
  const own = sourcesOf(year, listed);
  const foreign = new Set([...sourcesOf(year - 1, listed), ...sourcesOf(year + 1, listed)]);
  return inOrder(listed.filter(({ day, source }) => own.has(source) || (yearOf(day) === year && !foreign.has(source))));
}

/** What a new list takes the place of: the year's list, and what a neighbouring list said of its days. */
export function replacedBy<Day extends ListedDay>(
  year: number,
  wanted: readonly ListDay[],
  listed: readonly Day[],
): Day[] {
  const days = new Set(wanted.map(({ day }) => day));
  const own = new Set(listOfYear(year, listed).map(({ day }) => day));
  return inOrder(listed.filter(({ day }) => own.has(day) || days.has(day)));
}

/** What becomes of a day: null before = new, null after = no longer in the list. */
export interface DayChange {
  readonly day: LocalDate;
  readonly before: ListDay | null;
  readonly after: ListDay | null;
}

/** The days on which two lists differ, in their order. */
export function changesBetween(before: readonly ListDay[], after: readonly ListDay[]): DayChange[] {
  const [old, next] = [before, after].map((days) => new Map(days.map((day) => [day.day, day])));
  const all = [...new Set([...before, ...after].map(({ day }) => day))].sort();
  return all.flatMap((day) => {
    const [was, is] = [old?.get(day) ?? null, next?.get(day) ?? null];
    return was?.off === is?.off && was?.name === is?.name ? [] : [{ day, before: was, after: is }];
  });
}

/**
 * May the list be put in force? From a document of its own, and only when it changes something; whoever changes a list
 * that stands says why.
 * Refuses with sourceTaken (facts year), nothingNew, reasonMissing.
 */
export function decideYearList(
  list: { readonly year: number; readonly days: readonly ListDay[]; readonly source: string; readonly reason: string },
  listed: readonly ListedDay[],
): Result<readonly DayChange[], YearListRefusal> {
  const { year, source } = list;
  const taken = [...listedYears(listed.map(({ day }) => day))].find(
    (other) => other !== year && sourcesOf(other, listed).has(source),
  );
  if (taken !== undefined) return refuse({ code: "sourceTaken", field: "source", facts: { year: taken } });
  const before = replacedBy(year, list.days, listed);
  const changes = changesBetween(before, list.days);
  const standing = listOfYear(year, listed);
  if (changes.length === 0 && standing.every((day) => day.source === source)) return refuse({ code: "nothingNew" });
  if (standing.length > 0 && list.reason === "") return refuse({ code: "reasonMissing", field: "reason" });
  return accept(changes);
}
