import { addDays, type LocalDate } from "~/kernel/local-date";
import { keysOf, ISSUED_COLOURS, type IssuedColour, type SlipColour, type SupervisionState } from "~/kernel/vocabulary";
import { addWorkdays, isWorkday, workdaysBetween, type WorkCalendar } from "~/kernel/work-calendar";
import type { RuleFigures } from "~/platform/figures.server";

/** From when a slip has which colour. */
export interface SlipLimits {
  /** @unit workdays left, from which the slip is blue */
  readonly blueWorkdays: number;
  /** @unit workdays overdue, beyond which the slip is red */
  readonly redWorkdays: number;
}

/** The limits of the slips among the figures in force. @source domain.md §8 */
export const slipLimitsOf = (figures: RuleFigures): SlipLimits => ({
  blueWorkdays: figures.number("supervision.blueWorkdays"),
  redWorkdays: figures.number("supervision.redWorkdays"),
});

/**
 * The colours of one day as due days: red if due before `redBefore`, otherwise orange if due before `today`, otherwise
 * blue if due by `blueUntil`. Two days say all, so that a database can colour and count any number of items.
 */
export interface SlipBounds {
  readonly today: LocalDate;
  readonly redBefore: LocalDate;
  readonly blueUntil: LocalDate;
}

/** Finds the bounds by walking the calendar from today, back over the days of orange, ahead over the days of blue. */
export function slipBounds(calendar: WorkCalendar, today: LocalDate, limits: SlipLimits): SlipBounds {
  let redBefore = today;
  for (let over = 0; ; redBefore = addDays(redBefore, -1)) {
    if (isWorkday(calendar, redBefore)) over++;
    if (over > limits.redWorkdays) break;
  }
  let blueUntil = today;
  for (let left = 0; ; blueUntil = addDays(blueUntil, 1)) {
    if (isWorkday(calendar, addDays(blueUntil, 1))) left++;
    if (left > limits.blueWorkdays) break;
  }
  return { today, redBefore, blueUntil };
}

/**
 * The colour that the clock gives to an item that is with its unit: blue shortly before the due day, orange once it has
 * passed, red when it is long overdue; none while there is time. It rises by itself.
 * @source domain.md §8
 */
export function slipColour({ today, redBefore, blueUntil }: SlipBounds, dueOn: LocalDate): SlipColour {
  if (dueOn < redBefore) return "red";
  if (dueOn < today) return "orange";
  return dueOn <= blueUntil ? "blue" : "none";
}

/** States in which it is the unit that has to act. */
export const WITH_UNIT = ["assigned", "accepted", "urged"] as const satisfies readonly SupervisionState[];

/**
 * Does the clock of slips run for an item in this state? It runs until the item is closed, but while the item waits for
 * the bureau (registered, replied, verified) the unit is not blamed for the waiting: no slip is added and the colour
 * stays that of the last slip. Sent back, the item has the colour of its limit at once, and its slips follow.
 */
export const raisesSlips = (state: SupervisionState): boolean => WITH_UNIT.some((each) => each === state);

export interface ClockedItem {
  readonly id: string;
  /** how often it was reopened: each round has slips of its own */
  readonly round: number;
  readonly state: SupervisionState;
  readonly dueOn: LocalDate;
}

/** A slip that was issued already. */
export interface KnownSlip {
  readonly itemId: string;
  readonly round: number;
  readonly colour: IssuedColour;
}

export interface DueSlip<Item extends ClockedItem> {
  readonly item: Item;
  readonly colour: IssuedColour;
}

const COLOURS = keysOf(ISSUED_COLOURS);

/**
 * The slips to issue today: for each item every colour that it has reached and has no slip of in this round, so that a
 * run makes up for those that were missed. The earliest limit first, and of one item blue before orange before red:
 * their numbers follow this order. On a day off there are none.
 * @source domain.md §8
 */
export function slipsDue<Item extends ClockedItem>(
  items: readonly Item[],
  issued: readonly KnownSlip[],
  calendar: WorkCalendar,
  today: LocalDate,
  limits: SlipLimits,
): DueSlip<Item>[] {
  if (!isWorkday(calendar, today)) return [];
  const bounds = slipBounds(calendar, today, limits);
  const keyOf = ({ itemId, round, colour }: KnownSlip) => `${itemId} ${round} ${colour}`;
  const known = new Set(issued.map(keyOf));
  return items
    .filter(({ state }) => raisesSlips(state))
    .sort((a, b) => compare(a.dueOn, b.dueOn) || compare(a.id, b.id))
    .flatMap((item) => {
      const reached = slipColour(bounds, item.dueOn);
      if (reached === "none") return [];
      return COLOURS.slice(0, COLOURS.indexOf(reached) + 1)
        .filter((colour) => !known.has(keyOf({ itemId: item.id, round: item.round, colour })))
        .map((colour) => ({ item, colour }));
    });
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** How far a limit is on the day of a slip, and until when the unit has to answer it. */
export interface SlipDays {
  /** @unit workdays left; 0 when the limit has passed */
  readonly left: number;
  /** @unit workdays overdue; 0 while there is time */
  readonly over: number;
  /** the due day itself for blue, the last day before red for orange; null for red: at once */
  readonly replyBy: LocalDate | null;
}

/** The days that a slip of a colour speaks of. @source domain.md §8 */
export function slipDays(
  calendar: WorkCalendar,
  colour: IssuedColour,
  dueOn: LocalDate,
  issuedOn: LocalDate,
  limits: SlipLimits,
): SlipDays {
  const left = Math.max(0, workdaysBetween(calendar, issuedOn, dueOn));
  const over = Math.max(0, workdaysBetween(calendar, dueOn, issuedOn));
  const lastOrange = addWorkdays(calendar, dueOn, limits.redWorkdays);
  const answer = { blue: dueOn, orange: lastOrange, red: null }[colour];
  // A slip that was made up for names no day that is over.
  return { left, over, replyBy: answer !== null && answer >= issuedOn ? answer : null };
}
