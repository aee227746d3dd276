import { rational, type Rational } from "~/kernel/rational";
import type { LocalDate } from "~/kernel/local-date";
import { accept, refuse, type Refusal, type Result } from "~/kernel/result";
import { CLOUD_RESOURCE_KINDS, keysOf, type CloudResourceKind, type CloudResourceStage } from "~/kernel/vocabulary";

import { closedToCloud, type CloudClosedCode, type CloudState } from "./steps.rules";

/** How much of a cloud resource a system applied for, was opened, or uses, as of a day. @unit whole cores or GB */
export interface ResourceFigure {
  readonly kind: CloudResourceKind;
  readonly stage: CloudResourceStage;
  readonly amount: number;
  readonly asOf: LocalDate;
}

export type ResourceRefusalCode =
  CloudClosedCode | "noFigures" | "asOfInFuture" | "openedWithoutApplied" | "openedAboveApplied";

/** The field that a figure is typed in: `vcpu_opened`. */
export const resourceField = (kind: CloudResourceKind, stage: CloudResourceStage) => `${kind}_${stage}` as const;

/** The figures that hold on a day: of each kind and stage the latest that was given by then. */
export function figuresOn<Figure extends ResourceFigure>(figures: readonly Figure[], day: LocalDate): Figure[] {
  const latest = new Map<string, Figure>();
  for (const figure of figures) {
    const key = resourceField(figure.kind, figure.stage);
    const before = latest.get(key);
    if (figure.asOf <= day && (!before || before.asOf <= figure.asOf)) latest.set(key, figure);
  }
  return [...latest.values()];
}

/**
 * May these figures be entered as of a day? Nothing is opened that was not applied for, and no more than was; how much is
 * used is a fact, and more than was opened is shown, not refused.
 * @param known what was entered before; figures given now replace those of the same day
 */
export function decideResources(
  state: Pick<CloudState, "outOfScope" | "retired" | "today">,
  known: readonly ResourceFigure[],
  given: readonly ResourceFigure[],
  asOf: LocalDate,
): Result<null, ResourceRefusalCode> {
  const closed = closedToCloud(state);
  if (closed) return refuse({ code: closed });
  if (given.length === 0) return refuse({ code: "noFigures" });
  if (asOf > state.today) return refuse({ code: "asOfInFuture", field: "asOf" });
  const holding = figuresOn([...known, ...given], asOf);
  const problems = keysOf(CLOUD_RESOURCE_KINDS).flatMap((kind) => openedTooMuch(kind, holding));
  return problems.length > 0 ? refuse(...problems) : accept(null);
}

function openedTooMuch(kind: CloudResourceKind, holding: readonly ResourceFigure[]): Refusal<ResourceRefusalCode>[] {
  const opened = amountOf(holding, kind, "opened");
  if (opened === undefined || opened === 0) return [];
  const applied = amountOf(holding, kind, "applied");
  const field = resourceField(kind, "opened");
  if (applied === undefined) return [{ code: "openedWithoutApplied", field, facts: { kind } }];
  return opened > applied ? [{ code: "openedAboveApplied", field, facts: { kind, opened, applied } }] : [];
}

const amountOf = (figures: readonly ResourceFigure[], kind: CloudResourceKind, stage: CloudResourceStage) =>
  figures.find((figure) => figure.kind === kind && figure.stage === stage)?.amount;

/** One kind of resource as a table shows it. */
export interface ResourceLine {
  readonly kind: CloudResourceKind;
  readonly applied: number | null;
  readonly opened: number | null;
  readonly used: number | null;
  /** used ÷ opened; null while one of them is unknown or nothing is opened */
  readonly usedShare: Rational | null;
  readonly isOverused: boolean;
  /** the day of the latest of its figures */
  readonly asOf: LocalDate;
}

/** Applied, opened and used side by side, for each kind of which anything is known. */
export function resourceLines(figures: readonly ResourceFigure[]): ResourceLine[] {
  return keysOf(CLOUD_RESOURCE_KINDS).flatMap((kind) => {
    const asOf = figures
      .filter((figure) => figure.kind === kind)
      .map((figure) => figure.asOf)
      .sort()
      .at(-1);
    if (!asOf) return [];
    const known = (stage: CloudResourceStage) => amountOf(figures, kind, stage) ?? null;
    return [lineOf(kind, asOf, known("applied"), known("opened"), known("used"))];
  });
}

function lineOf(
  kind: CloudResourceKind,
  asOf: LocalDate,
  applied: number | null,
  opened: number | null,
  used: number | null,
): ResourceLine {
  const usedShare = opened !== null && opened > 0 && used !== null ? rational(used, opened) : null;
  return { kind, applied, opened, used, usedShare, isOverused: used !== null && used > (opened ?? 0), asOf };
}
