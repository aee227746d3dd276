import type { RuleFigures } from "~/platform/figures.server";

import type { EvaluationFigures } from "./clock.rules";

/** The figures of the self-evaluation's window. */
export const evaluationFigures = (figures: RuleFigures): EvaluationFigures => ({
  openMonths: figures.number("evaluation.selfOpenMonths"),
  warnMonths: figures.number("evaluation.selfWarnMonths"),
  dueMonths: figures.number("evaluation.selfDueMonths"),
});
