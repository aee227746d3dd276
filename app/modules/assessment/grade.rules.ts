import { compare, parseRational, type Rational } from "~/kernel/rational";
import { GRADES, type Grade } from "~/kernel/vocabulary";

import type { GradeBands } from "./score.types";

/**
 * The band in which an unrounded score lies: 89.995 is not 90.
 * @unit points
 * @source domain.md §9
 */
export function gradeOf(score: Rational, bands: GradeBands): Grade {
  const band = bands.find(({ from }) => compare(score, parseRational(from)) >= 0);
  if (!band) throw new RangeError("the grade bands do not reach down to this score");
  return band.grade;
}

/** The worst of a grade and the caps of the vetoes that apply. */
export function capGrade(grade: Grade, caps: readonly Grade[]): Grade {
  return caps.reduce((worst, cap) => (GRADES.indexOf(cap) > GRADES.indexOf(worst) ? cap : worst), grade);
}
