import { addDays, addMonths, localDate, type LocalDate } from "~/kernel/local-date";
import { accept, refuse, type Refusal, type Result } from "~/kernel/result";
import { keysOf, type Ownership, type SystemState } from "~/kernel/vocabulary";

import { FACT_TITLES, type FactField, type SystemFacts } from "./system-facts";

/** Who governs the inventory decides what weighs on the cloud rate and on secrecy. */
const GOVERNED_FIELDS: readonly FactField[] = ["ownership", "secret"];

/** What an actor may change of a registered system: everything, all but what is governed, or nothing. */
export function editableFields(may: { readonly governs: boolean; readonly edits: boolean }): FactField[] {
  if (may.governs) return keysOf(FACT_TITLES);
  if (!may.edits) return [];
  return keysOf(FACT_TITLES).filter((field) => !GOVERNED_FIELDS.includes(field));
}

/** Changes of these facts ask the rule of scope anew. @source domain.md §6 */
const SCOPE_FIELDS: readonly FactField[] = ["ownership", "secret", "mlpsLevel"];
export const touchesScope = (changed: readonly FactField[]): boolean =>
  changed.some((field) => SCOPE_FIELDS.includes(field));

export type FactCode =
  | "nameTaken"
  | "filingWithoutLevel"
  | "filedInFuture"
  | "launchedInFuture"
  | "notAnOperator"
  | "projectNotOwn"
  | "fieldNotYours";

/** What stands around a system that is written: what it may point to, and who already has its name. */
export interface Surroundings {
  readonly today: LocalDate;
  /** another system of the unit with the same name, as its code */
  readonly sameNamed: string | undefined;
  readonly isOperator: boolean;
  readonly isOwnProject: boolean;
}

/** What keeps the facts of a system from being written; none: they may be. */
export function factProblems(facts: SystemFacts, around: Surroundings): Refusal<FactCode>[] {
  const problems: Refusal<FactCode>[] = [];
  if (around.sameNamed !== undefined)
    problems.push({ code: "nameTaken", field: "name", facts: { code: around.sameNamed, name: facts.name } });
  const filed = facts.mlpsFilingNumber !== "" || facts.mlpsFiledOn !== null;
  if (filed && facts.mlpsLevel === null) problems.push({ code: "filingWithoutLevel", field: "mlpsLevel" });
  if (facts.mlpsFiledOn !== null && facts.mlpsFiledOn > around.today)
    problems.push({ code: "filedInFuture", field: "mlpsFiledOn" });
  if (facts.launchedOn !== null && facts.launchedOn > around.today)
    problems.push({ code: "launchedInFuture", field: "launchedOn" });
  if (facts.operatorUnitId !== null && !around.isOperator)
    problems.push({ code: "notAnOperator", field: "operatorUnitId" });
  if (facts.projectId !== null && !around.isOwnProject) problems.push({ code: "projectNotOwn", field: "projectId" });
  return problems;
}

/** Facts that an actor changed although they are not his to change. */
export const foreignFields = (
  changed: readonly FactField[],
  editable: readonly FactField[],
): Refusal<"fieldNotYours">[] =>
  changed
    .filter((field) => !editable.includes(field))
    .map((field) => ({ code: "fieldNotYours", field, facts: { title: FACT_TITLES[field] } }));

export type RetireCode = "alreadyRetired" | "retiredInFuture" | "retiredBeforeRegistered";

/** May a system be retired on a day: once, not ahead of time, not before it was registered. */
export function decideRetirement(
  system: { readonly state: SystemState; readonly registeredOn: LocalDate },
  on: LocalDate,
  today: LocalDate,
): Result<null, RetireCode> {
  if (system.state === "retired") return refuse({ code: "alreadyRetired" });
  if (on > today) return refuse({ code: "retiredInFuture", field: "retiredOn" });
  if (on < system.registeredOn)
    return refuse({
      code: "retiredBeforeRegistered",
      field: "retiredOn",
      facts: { registeredOn: system.registeredOn },
    });
  return accept(null);
}

export type RunCode = "alreadyRetired" | "notRunning" | "notSuspended";

/** In use → suspended → in use; a retired system stays retired. */
export function decideRunning(state: SystemState, to: "inUse" | "suspended"): Result<null, RunCode> {
  if (state === "retired") return refuse({ code: "alreadyRetired" });
  if (state === to) return refuse({ code: to === "inUse" ? "notSuspended" : "notRunning" });
  return accept(null);
}

/** What completeness looks at. */
export interface Described {
  readonly state: SystemState;
  readonly name: string;
  readonly purpose: string;
  readonly ownership: Ownership;
  readonly secret: boolean;
  readonly mlpsLevel: number | null;
  readonly mlpsFilingNumber: string;
  readonly hosting: SystemFacts["hosting"];
  readonly location: string;
  readonly builder: string;
  readonly contactName: string;
  readonly contactPhone: string;
  readonly launchedOn: LocalDate | null;
}

/** From this level on the police have to have it on file. @source 信息安全等级保护管理办法（公通字〔2007〕43号）第十五条 */
const FILED_FROM_LEVEL = 2;

/**
 * What an entry of the inventory still lacks. Vertical systems were built and classified by a superior unit, secret ones are
 * protected under rules of their own: neither lacks a level. A retired system lacks nothing.
 */
export function missingFields(system: Described): FactField[] {
  if (system.state === "retired") return [];
  const own = system.ownership === "own";
  const classified = own && !system.secret;
  const elsewhere = system.hosting === "ownRoom" || system.hosting === "otherCloud";
  const lacks: Partial<Record<FactField, boolean>> = {
    name: system.name === "",
    purpose: system.purpose === "",
    mlpsLevel: classified && system.mlpsLevel === null,
    mlpsFilingNumber: classified && (system.mlpsLevel ?? 0) >= FILED_FROM_LEVEL && system.mlpsFilingNumber === "",
    location: elsewhere && system.location === "",
    builder: own && system.builder === "",
    contactName: system.contactName === "",
    contactPhone: system.contactPhone === "",
    launchedOn: system.launchedOn === null,
  };
  return keysOf(FACT_TITLES).filter((field) => lacks[field]);
}

/** The last day on which the list of a year is confirmed in time: the end of the month that the figure names. */
export function confirmDueOn(year: number, month: number): LocalDate {
  const first = localDate(`${year}-${String(month).padStart(2, "0")}-01`);
  return addDays(addMonths(first, 1), -1);
}

export type ConfirmCode = "alreadyConfirmed" | "noSystems" | "incompleteSystems";

/** May a unit's leader sign its list: once a year, there is something on it, and nothing is missing. */
export function decideConfirmation(list: {
  readonly confirmed: boolean;
  readonly systems: readonly (Described & { readonly code: string })[];
}): Result<null, ConfirmCode> {
  if (list.confirmed) return refuse({ code: "alreadyConfirmed" });
  if (list.systems.length === 0) return refuse({ code: "noSystems" });
  const incomplete = list.systems.filter((system) => missingFields(system).length > 0);
  if (incomplete.length === 0) return accept(null);
  return refuse({
    code: "incompleteSystems",
    facts: { count: incomplete.length, names: incomplete.map(({ code, name }) => `${code} ${name}`).join("、") },
  });
}

/** An entry as it was signed, and as it is. */
interface Signed {
  readonly code: string;
  readonly name: string;
  readonly digest: string;
}

/** Which entries of a signed list are no longer what they were: changed, new, or gone. */
export function changedSince(
  signed: readonly Signed[],
  now: readonly Signed[],
): { readonly code: string; readonly name: string; readonly how: "changed" | "added" | "gone" }[] {
  const before = new Map(signed.map((entry) => [entry.code, entry]));
  const after = new Set(now.map(({ code }) => code));
  const here = now.flatMap(({ code, name, digest }) => {
    const was = before.get(code);
    if (was?.digest === digest) return [];
    return [{ code, name, how: was ? ("changed" as const) : ("added" as const) }];
  });
  const gone = signed
    .filter(({ code }) => !after.has(code))
    .map(({ code, name }) => ({ code, name, how: "gone" as const }));
  return [...here, ...gone];
}
