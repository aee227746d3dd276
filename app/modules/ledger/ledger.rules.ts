import { addDays, addMonths, daysBetween, isLocalDate, type LocalDate } from "~/kernel/local-date";
import type { DeadlineKind } from "~/kernel/vocabulary";

/** A row of a published task ledger, as it stands in the sheet. */
export interface LedgerRow {
  readonly number: string;
  readonly section: string;
  readonly text: string;
  readonly leadUnits: string;
  readonly responsibleUnits: string;
  readonly deadline: string;
}

/** A name as the ledger writes it: of one unit, or of a named group whose members change with time. */
export interface UnitMention {
  readonly kind: "unit" | "group";
  readonly name: string;
}

export interface LedgerDate {
  readonly on: LocalDate;
  /** what is due or begins then; empty = the task as a whole */
  readonly what: string;
  readonly mode: "by" | "from";
}

export interface LedgerDeadline {
  readonly kind: DeadlineKind;
  readonly dates: readonly LedgerDate[];
  /** the words of the ledger */
  readonly text: string;
}

/**
 * What was guessed or does not read well, for a person to confirm. Facts named `list` are "lead" or "responsible".
 * - `numberUnclear` (text), `titleMissing`, `titleIsWholeText`: one sentence, no title apart
 * - `strayPunctuation` (text): dropped from the title's end; `quotesUnbalanced` (field): words may be missing
 * - `leadMissing`, `responsibleMissing`
 * - `unitsRunTogether` (list, text, units): split without a separator
 * - `openList` (list, after, text): ends in "等单位" or the like, so that more units are meant than named
 * - `vagueGroup` (list, name): a group without fixed members; `nameIncomplete` (list, name): no usual ending
 * - `deadlineUnclear` (text): no whole date understood, taken as undated; `dateInvalid` (text): no calendar day
 * - `startAssumed` (text, on): a bare date before "ongoing", taken as the start
 * - `monthEndAssumed` (text, on): a bare month, taken as its last day
 * - `scopeBeforeDate` (text): words before the first date that concern all dates
 * - `ongoingAfterDate` (text): a dated result, then ongoing work; `superiorScheduleToo` (text): dated, and bound to a
 *   superior's schedule besides
 */
export interface LedgerDoubt {
  readonly code:
    | "numberUnclear"
    | "titleMissing"
    | "titleIsWholeText"
    | "strayPunctuation"
    | "quotesUnbalanced"
    | "leadMissing"
    | "responsibleMissing"
    | "unitsRunTogether"
    | "openList"
    | "vagueGroup"
    | "nameIncomplete"
    | "deadlineUnclear"
    | "dateInvalid"
    | "startAssumed"
    | "monthEndAssumed"
    | "scopeBeforeDate"
    | "ongoingAfterDate"
    | "superiorScheduleToo";
  readonly facts: Readonly<Record<string, string | number>>;
}

/** What a row was understood to say. */
export interface LedgerEntry {
  readonly number: number | null;
  readonly section: string;
  readonly title: string | null;
  /** what follows the title */
  readonly content: string;
  readonly leadUnits: readonly UnitMention[];
  readonly responsibleUnits: readonly UnitMention[];
  readonly deadline: LedgerDeadline;
  readonly doubts: readonly LedgerDoubt[];
}

/** Reads one row of a task ledger. Never refuses: what it cannot read becomes a doubt. @source domain.md §7 */
export function parseLedgerRow(row: LedgerRow): LedgerEntry {
  const doubts: LedgerDoubt[] = [];
  const number = parseNumber(row.number, doubts);
  const { title, content } = parseText(row.text.trim(), doubts);
  const leadUnits = parseUnits(row.leadUnits, "lead", doubts);
  const responsibleUnits = parseUnits(row.responsibleUnits, "responsible", doubts);
  const deadline = parseDeadline(row.deadline.trim(), doubts);
  for (const field of ["text", "deadline"] as const) {
    if (row[field].split("“").length !== row[field].split("”").length) {
      doubts.push({ code: "quotesUnbalanced", facts: { field } });
    }
  }
  return { number, section: row.section.trim(), title, content, leadUnits, responsibleUnits, deadline, doubts };
}

/** How far a task has come. */
export interface LedgerState {
  readonly closedOn: LocalDate | null;
  /** positions in `deadline.dates` of the parts that are proven done */
  readonly datesMet?: readonly number[];
}

/**
 * Days since the earliest dated part of the task that is not done. Only tasks with dates of completion can be overdue:
 * never those that start and then go on, go on, or follow a superior's schedule. The day itself is still in time.
 * @unit days, 0 = not overdue
 * @source domain.md §7
 */
export function overdueDays(deadline: LedgerDeadline, today: LocalDate, state: LedgerState): number {
  if (deadline.kind !== "byDate" && deadline.kind !== "milestones") return 0;
  if (state.closedOn !== null && state.closedOn <= today) return 0;
  const open = deadline.dates.filter((date, index) => date.mode === "by" && !state.datesMet?.includes(index));
  return Math.max(0, ...open.map(({ on }) => daysBetween(on, today)));
}

/** Has a dated part of the task passed undone? See `overdueDays`. */
export const isOverdue = (deadline: LedgerDeadline, today: LocalDate, state: LedgerState): boolean =>
  overdueDays(deadline, today, state) > 0;

function parseNumber(text: string, doubts: LedgerDoubt[]): number | null {
  if (/^\d{1,6}$/.test(text.trim())) return Number(text);
  doubts.push({ code: "numberUnclear", facts: { text } });
  return null;
}

function parseText(text: string, doubts: LedgerDoubt[]): { title: string | null; content: string } {
  const end = text.indexOf("。");
  const [sentence, content] = end < 0 ? [text, ""] : [text.slice(0, end), text.slice(end + 1).trim()];
  if (sentence === "") {
    doubts.push({ code: "titleMissing", facts: {} });
    return { title: null, content };
  }
  if (content === "") doubts.push({ code: "titleIsWholeText", facts: {} });
  const title = sentence.replace(/[,，、;；:：]+$/, "");
  if (title !== sentence) doubts.push({ code: "strayPunctuation", facts: { text: sentence.slice(title.length) } });
  return { title, content };
}

type UnitList = "lead" | "responsible";

/** "…等", "…等单位", "…等有关部门", "…等公共资源领域行业主管单位"; but not 高等法院 */
const OPEN_LIST = /^(.*)(等|等[^等]*(?:单位|部门))$/;
const GROUP = /各|所有|有关|相关/;
const VAGUE_GROUP = /有关|相关/;
const UNIT_ENDING = /(?:局|委|办|部|室|厅|处|院|中心|政府|会|公司|集团|行|海关|站|所|馆|社|校|大学|队)$/;
/**
 * Where one name ends and the next begins without a separator: after the end of a unit's name, before "市…", "各…" or
 * the government of a county. 市场 and 市区 begin no name, so that 市公安局市区分局 stays whole.
 */
const RUN_TOGETHER =
  /(?<=局|委|办|部|部门|室|中心|政府|管委会|委员会|海关|支行)(?=市(?!场|区)|各|[一-龥]{2,3}[市县区](?:人民政府|政府|管委会))/g;

function parseUnits(text: string, list: UnitList, doubts: LedgerDoubt[]): UnitMention[] {
  if (text.trim() === "") {
    doubts.push({ code: list === "lead" ? "leadMissing" : "responsibleMissing", facts: {} });
    return [];
  }
  return splitOutsideBrackets(text).flatMap((part) => {
    const [, named = part, rest] = OPEN_LIST.exec(part) ?? [];
    const names = splitRunTogether(named);
    if (names.length > 1) {
      doubts.push({ code: "unitsRunTogether", facts: { list, text: named, units: names.join("、") } });
    }
    if (rest) doubts.push({ code: "openList", facts: { list, after: names.at(-1) ?? "", text: rest } });
    return names.map((name) => mentionOf(name, list, doubts));
  });
}

function mentionOf(name: string, list: UnitList, doubts: LedgerDoubt[]): UnitMention {
  if (GROUP.test(name)) {
    if (VAGUE_GROUP.test(name)) doubts.push({ code: "vagueGroup", facts: { list, name } });
    return { kind: "group", name };
  }
  if (!UNIT_ENDING.test(name.replace(/[(（][^)）]*[)）]$/, "")))
    doubts.push({ code: "nameIncomplete", facts: { list, name } });
  return { kind: "unit", name };
}

/** Splits at separators, but not inside 各县(市、区)政府. */
function splitOutsideBrackets(text: string): string[] {
  const parts: string[] = [];
  let [part, depth] = ["", 0];
  for (const char of text) {
    if ("(（".includes(char)) depth++;
    if (")）".includes(char)) depth--;
    if (depth <= 0 && "、,，;；".includes(char)) {
      parts.push(part);
      part = "";
    } else part += char;
  }
  return [...parts, part].map((item) => item.trim()).filter((item) => item !== "");
}

function splitRunTogether(name: string): string[] {
  const cuts = [...name.matchAll(RUN_TOGETHER)]
    .map((match) => match.index)
    .filter((at) => name.slice(0, at).split(/[(（]/).length === name.slice(0, at).split(/[)）]/).length);
  return [0, ...cuts].map((from, index) => name.slice(from, cuts[index])).filter((part) => part !== "");
}

const DATE =
  /(?<year>\d{4})年(?:(?<month>\d{1,2})月(?<part>\d{1,2}日|底|末|上旬|中旬|下旬|)|(?<yearEnd>底|末))(?<sense>之前|以前|前|起|开始|)/g;
/** a time that lacks its year or month */
const HALF_DATE = /\d月|季度|年底/;
const ONGOING = /持续(?:推进|开展|实施|进行|完善|优化|深化)|长期(?:坚持|推进|实施)/;
const SUPERIOR = /(?:按|根据|依)[^,;]*(?:省|国家|上级|中央)[^,;]*(?:统筹|部署|安排)/;
const START = /^(?:全面|正式)?(?:启动|开展|开始|起步)/;

function parseDeadline(text: string, doubts: LedgerDoubt[]): LedgerDeadline {
  const plain = plainWords(text);
  const found = [...plain.matchAll(DATE)].flatMap((match) => {
    const days = daysNamed(match.groups ?? {});
    if (!days) doubts.push({ code: "dateInvalid", facts: { text: match[0] } });
    return days ? [{ ...days, match }] : [];
  });
  if (found.length === 0) return { kind: undatedKind(plain, text, doubts), dates: [], text };

  noteBesides(trim(plain.slice(0, found[0]?.match.index)), doubts, "scopeBeforeDate");
  let goesOn = false;
  const dates = found.map(({ match, first, last, bareMonth }, index): LedgerDate => {
    const words = plain.slice(match.index + match[0].length, found[index + 1]?.match.index);
    const { what, besides } = splitTail(words);
    if (besides !== "") goesOn = true;
    const sense = match.groups?.["sense"];
    const assumed = (code: "startAssumed" | "monthEndAssumed", on: LocalDate) =>
      doubts.push({ code, facts: { text: match[0], on } });

    let date: LedgerDate;
    if (sense === "起" || sense === "开始" || (!sense && START.test(what))) date = { on: first, what, mode: "from" };
    else if (!sense && what === "" && besides !== "") {
      date = { on: first, what, mode: "from" };
      assumed("startAssumed", first);
    } else {
      date = { on: last, what, mode: "by" };
      if (bareMonth) assumed("monthEndAssumed", last);
    }
    const isResult = date.mode === "by" && !START.test(what);
    if (isResult || SUPERIOR.test(besides)) noteBesides(besides, doubts, "ongoingAfterDate");
    return date;
  });

  const only = dates.length === 1 ? dates[0] : undefined;
  if (!only) return { kind: "milestones", dates, text };
  const starts = only.mode === "from" || (goesOn && START.test(only.what));
  return { kind: starts ? "startThenOngoing" : "byDate", dates, text };
}

/** Half-width digits and punctuation, no spaces but between Latin words, and numeric dates (2019.9, 2019-09-30) in words. */
function plainWords(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/(?<![A-Za-z])\s+|\s+(?![A-Za-z])/g, "")
    .replace(/(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/g, "$1年$2月$3日")
    .replace(/(\d{4})[-/.](\d{1,2})(?!\d)/g, "$1年$2月");
}

function undatedKind(plain: string, text: string, doubts: LedgerDoubt[]): DeadlineKind {
  const isSuperior = SUPERIOR.test(plain);
  if (HALF_DATE.test(plain) || !(isSuperior || ONGOING.test(plain))) {
    doubts.push({ code: "deadlineUnclear", facts: { text } });
  }
  return isSuperior ? "superiorSchedule" : "ongoing";
}

/** The words beside a date are the superior's schedule, ongoing work, or of the given kind. */
function noteBesides(text: string, doubts: LedgerDoubt[], otherwise: "scopeBeforeDate" | "ongoingAfterDate"): void {
  if (text === "") return;
  const code = SUPERIOR.test(text) ? "superiorScheduleToo" : ONGOING.test(text) ? "ongoingAfterDate" : otherwise;
  doubts.push({ code, facts: { text } });
}

/** Separates "…,持续推进" and "…,按照省统筹持续推进" from what a date is about. */
function splitTail(words: string): { what: string; besides: string } {
  const body = words.replace(/[,;、。:]+$/, "");
  const at = Math.max(body.lastIndexOf(","), body.lastIndexOf(";"), body.lastIndexOf("。"));
  const last = body.slice(at + 1);
  const isTail = ONGOING.test(last) || (at >= 0 && SUPERIOR.test(last));
  return isTail ? { what: trim(body.slice(0, at + 1)), besides: last } : { what: trim(body), besides: "" };
}

const trim = (text: string): string => text.replace(/^[,;、。:]+|[,;、。:]+$/g, "");

interface NamedDays {
  readonly first: LocalDate;
  readonly last: LocalDate;
  readonly bareMonth: boolean;
}

/** The first and last day that a date's words can mean; undefined when there is no such day. */
function daysNamed(words: Readonly<Record<string, string | undefined>>): NamedDays | undefined {
  const { year, month, part, yearEnd } = words;
  const day = part?.endsWith("日") ? part.slice(0, -1) : undefined;
  const start = `${year}-${(yearEnd ? "12" : (month ?? "")).padStart(2, "0")}-${(day ?? "1").padStart(2, "0")}`;
  if (!isLocalDate(start)) return undefined;
  if (day) return { first: start, last: start, bareMonth: false };
  const monthEnd = addDays(addMonths(start, 1), -1);
  switch (part ?? yearEnd) {
    case "上旬":
      return { first: start, last: addDays(start, 9), bareMonth: false };
    case "中旬":
      return { first: addDays(start, 10), last: addDays(start, 19), bareMonth: false };
    case "下旬":
      return { first: addDays(start, 20), last: monthEnd, bareMonth: false };
    case "":
      return { first: start, last: monthEnd, bareMonth: true };
    default:
      return { first: monthEnd, last: monthEnd, bareMonth: false };
  }
}
