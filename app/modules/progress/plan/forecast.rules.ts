import { addDays, daysBetween, type LocalDate } from "~/kernel/local-date";
import { add, compare, divide, multiply, type Rational, rational, subtract, sum } from "~/kernel/rational";

/** How far the work had come on a day, as a signed report says. */
export interface ReportedPoint {
  readonly day: LocalDate;
  /** @unit percent */
  readonly percent: Rational;
}

/**
 * Why there is no forecast: too few days reported to lay a line, the work is not going forward, it is done, or it goes on
 * so slowly that a day would say nothing.
 */
export type NoForecast = "tooFewPoints" | "notRising" | "alreadyDone" | "tooFar";

export type Forecast =
  | {
      readonly ok: true;
      /** the first whole day on which the line reaches 100 % */
      readonly finishOn: LocalDate;
      /** the points that the line was laid through, in order */
      readonly used: readonly ReportedPoint[];
      /** @unit percentage points a day, unrounded */
      readonly perDay: Rational;
    }
  | { readonly ok: false; readonly code: NoForecast };

const DONE = rational(100);
/** A day further away than this is no forecast. @unit days */
const FARTHEST = 36_500;

/**
 * When the work will be finished if it goes on as it did: the least-squares line through the last `months` reported
 * month-ends, and the day on which it reaches 100. Exact; nothing is rounded but the day, which is rounded up. The last
 * report said that it was not finished, so that the day lies after it whatever the line says.
 * @source domain.md §7
 */
export function forecastFinish(points: readonly ReportedPoint[], months: number): Forecast {
  const used = [...points].sort((a, b) => daysBetween(b.day, a.day)).slice(-months);
  const [first, last] = [used[0], used.at(-1)];
  if (last && compare(last.percent, DONE) >= 0) return { ok: false, code: "alreadyDone" };
  if (!first || !last || first.day === last.day) return { ok: false, code: "tooFewPoints" };

  const n = rational(used.length);
  const at = used.map(({ day, percent }) => ({ x: rational(daysBetween(first.day, day)), y: percent }));
  const [sumX, sumY] = [sum(at.map(({ x }) => x)), sum(at.map(({ y }) => y))];
  const sumXY = sum(at.map(({ x, y }) => multiply(x, y)));
  const sumXX = sum(at.map(({ x }) => multiply(x, x)));
  const perDay = divide(
    subtract(multiply(n, sumXY), multiply(sumX, sumY)),
    subtract(multiply(n, sumXX), multiply(sumX, sumX)),
  );
  if (perDay.n <= 0n) return { ok: false, code: "notRising" };

  const base = divide(subtract(sumY, multiply(perDay, sumX)), n);
  const reached = roundUp(divide(subtract(DONE, base), perDay));
  if (reached > BigInt(FARTHEST)) return { ok: false, code: "tooFar" };
  const afterLast = daysBetween(first.day, last.day) + 1;
  return { ok: true, finishOn: addDays(first.day, Math.max(Number(reached), afterLast)), used, perDay };
}

/** The smallest whole number that is not smaller. */
function roundUp(value: Rational): bigint {
  const down = value.n / value.d;
  return value.n > 0n && compare(value, rational(down)) > 0 ? add(rational(down), rational(1)).n : down;
}
