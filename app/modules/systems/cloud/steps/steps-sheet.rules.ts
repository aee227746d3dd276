import type { LocalDate } from "~/kernel/local-date";
import type { Refusal } from "~/kernel/result";
import { CLOUD_STEPS, type CloudStep } from "~/kernel/vocabulary";

import { decideCloudStep, needsEvidenceFile, type CloudState, type CloudStepRefusalCode } from "./steps.rules";

/** A row of the sheet as far as it could be read. */
export interface ReadStepRow {
  readonly step: CloudStep | undefined;
  readonly completedOn: LocalDate | undefined;
  readonly evidence: string;
}

export type SheetProblemCode =
  | "systemMissing"
  | "systemUnknown"
  | "systemAmbiguous"
  | "nameDiffers"
  | "stepUnknown"
  | "dateUnreadable"
  | "evidenceUnfit"
  | "stepNeedsFile"
  | CloudStepRefusalCode;

/** A system as the sheet can name it. */
export interface NamedSystem {
  readonly id: string;
  readonly code: string;
  readonly name: string;
}

const SHORTEST_EVIDENCE = 4;
const LONGEST_EVIDENCE = 200;
/** What a spreadsheet program shows instead of a text: a row that the sheet refuses must not carry the next step. */
const FAILED_FORMULA = /^#[A-Z]/;

/** What cannot be read of a row, or cannot be told by a sheet at all. Fields are columns. */
export function unreadable({ step, completedOn, evidence }: ReadStepRow): Refusal<SheetProblemCode>[] {
  const problems: Refusal<SheetProblemCode>[] = [];
  if (!step) problems.push({ code: "stepUnknown", field: "step" });
  else if (needsEvidenceFile(step)) problems.push({ code: "stepNeedsFile", field: "step", facts: { step } });
  if (!completedOn) problems.push({ code: "dateUnreadable", field: "completedOn" });
  if (evidence.length < SHORTEST_EVIDENCE || evidence.length > LONGEST_EVIDENCE || FAILED_FORMULA.test(evidence))
    problems.push({ code: "evidenceUnfit", field: "evidence" });
  return problems;
}

/** The systems that a sheet can mean, by what it calls them. */
export class SystemsByName<S extends NamedSystem> {
  private readonly byCode: ReadonlyMap<string, S>;
  private readonly byName: ReadonlyMap<string, readonly S[]>;

  constructor(known: readonly S[]) {
    this.byCode = new Map(known.map((system) => [system.code.toUpperCase(), system]));
    const names = new Map<string, S[]>();
    for (const system of known) names.set(system.name, [...(names.get(system.name) ?? []), system]);
    this.byName = names;
  }

  /**
   * Which system a row means: by its code, or by its name when it gives none. A name beside the code must be that
   * system's: a row that slipped is not entered for another system.
   */
  meant(values: Readonly<Record<string, string>>): S | Refusal<SheetProblemCode> {
    const [code, name] = [(values["code"] ?? "").trim(), (values["name"] ?? "").trim()];
    if (!code && !name) return { code: "systemMissing", field: "code" };
    return code ? this.coded(code, name) : this.named(name);
  }

  private coded(code: string, name: string): S | Refusal<SheetProblemCode> {
    const found = this.byCode.get(code.toUpperCase());
    if (!found) return { code: "systemUnknown", field: "code", facts: { said: code } };
    return name && name !== found.name
      ? { code: "nameDiffers", field: "name", facts: { code: found.code, name: found.name } }
      : found;
  }

  private named(name: string): S | Refusal<SheetProblemCode> {
    const [found, ...others] = this.byName.get(name) ?? [];
    if (others.length > 0) return { code: "systemAmbiguous", field: "name", facts: { name } };
    return found ?? { code: "systemUnknown", field: "name", facts: { said: name } };
  }
}

export interface StepOfSheet {
  readonly rowNumber: number;
  readonly step: CloudStep;
  readonly completedOn: LocalDate;
  readonly evidence: string;
}

export type StepVerdict =
  | { readonly outcome: "add" }
  | { readonly outcome: "same" }
  | { readonly outcome: "problem"; readonly refusal: Refusal<SheetProblemCode> };

/**
 * Judges the rows of one system, first steps first however the sheet orders them: a row may build on the rows before it.
 * A step that is already recorded with the same day is no news.
 * @returns verdicts by row number
 */
export function judgeSteps(state: CloudState, rows: readonly StepOfSheet[]): Map<number, StepVerdict> {
  const verdicts = new Map<number, StepVerdict>();
  const steps = [...state.steps];
  for (const row of [...rows].sort((a, b) => CLOUD_STEPS.indexOf(a.step) - CLOUD_STEPS.indexOf(b.step))) {
    const recorded = state.steps.find(({ step, rolledBackOn }) => step === row.step && rolledBackOn === null);
    if (recorded?.completedOn === row.completedOn) {
      verdicts.set(row.rowNumber, { outcome: "same" });
      continue;
    }
    const decided = decideCloudStep({ ...state, steps }, { ...row, hasFile: false, testResult: undefined });
    const refusal = decided.ok ? undefined : decided.refusals[0];
    verdicts.set(row.rowNumber, refusal ? { outcome: "problem", refusal } : { outcome: "add" });
    if (!refusal) steps.push({ step: row.step, completedOn: row.completedOn, rolledBackOn: null });
  }
  return verdicts;
}
