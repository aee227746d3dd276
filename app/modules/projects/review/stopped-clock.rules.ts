import { localDateOf, type LocalDate } from "~/kernel/local-date";
import { workdaysBetween, type WorkCalendar } from "~/kernel/work-calendar";

import { PROJECT_EVENT_FACTS } from "../project.lifecycle";

/** A time in which the desks' clock stood still, because the applicant had the filing. */
export interface StoppedClock {
  /** the event that stopped it */
  readonly eventId: string;
  readonly from: LocalDate;
  /** null while it stands still */
  readonly until: LocalDate | null;
  /** up to today while it stands still */
  readonly workdays: number;
}

interface TimedEvent {
  readonly id: string;
  readonly type: string;
  readonly at: Date;
}

const STOPS: readonly string[] = [PROJECT_EVENT_FACTS.returnForSupplement, PROJECT_EVENT_FACTS.returnFromFunding];
const STARTS: readonly string[] = [PROJECT_EVENT_FACTS.sign, PROJECT_EVENT_FACTS.withdraw];

/**
 * When the clock stood still: from each return to the signature that brings the filing back, or to its withdrawal.
 * Events may come in any order.
 * @unit workdays
 * @source domain.md §2 (clock stops while the applicant supplements)
 */
export function stoppedClocks(calendar: WorkCalendar, today: LocalDate, events: readonly TimedEvent[]): StoppedClock[] {
  const inOrder = [...events].sort((a, b) => a.at.getTime() - b.at.getTime());
  return inOrder.flatMap((event, index) => {
    if (!STOPS.includes(event.type)) return [];
    const end = inOrder.slice(index + 1).find(({ type }) => STARTS.includes(type));
    const from = localDateOf(event.at);
    const until = end ? localDateOf(end.at) : null;
    return [{ eventId: event.id, from, until, workdays: workdaysBetween(calendar, from, until ?? today) }];
  });
}
