import { addDays, type LocalDate } from "~/kernel/local-date";
import { addPeriods, firstDay, lastDay, periodOf } from "~/kernel/period";
import type { Refusal } from "~/kernel/result";
import type { ResourceState, SharingType } from "~/kernel/vocabulary";

export type UseRefusalCode = "ownData" | "noRightToUse" | "usedInFuture" | "usedOutsidePeriod" | "monthClosed";

/** What gave a unit the data: its delivered demand. */
export interface DeliveredDemand {
  readonly deliveredOn: LocalDate;
  /** null: from the delivery */
  readonly usedFromOn: LocalDate | null;
  /** null: without an end */
  readonly usedUntilOn: LocalDate | null;
}

/** A use to be recorded, with the right it rests on. */
export interface WantedUse {
  readonly unitId: string;
  readonly usedOn: LocalDate;
  readonly resource: {
    readonly unitId: string;
    readonly state: ResourceState;
    readonly sharingType: SharingType;
    readonly publishedOn: LocalDate | null;
  };
  readonly demand: DeliveredDemand | null;
}

/**
 * The first day whose uses may still be recorded: a month stays open for some days after its end, then its uses are
 * counted for good.
 */
export function usesOpenFrom(today: LocalDate, closingDays: number): LocalDate {
  const month = periodOf(today);
  const before = addPeriods(month, -1);
  return firstDay(today <= addDays(lastDay(before), closingDays) ? before : month);
}

/**
 * Why a use cannot be recorded; empty when it can. ownData; noRightToUse without a delivered demand for what is not
 * published without conditions; usedOutsidePeriod before the right began or after it ended; usedInFuture; monthClosed.
 * @source domain.md §4, issue 3 (who, when, on what basis)
 */
export function refuseUse(use: WantedUse, today: LocalDate, openFrom: LocalDate): Refusal<UseRefusalCode>[] {
  const { resource, demand, usedOn } = use;
  if (resource.unitId === use.unitId) return [{ code: "ownData" }];
  const isFree = resource.state === "published" && resource.sharingType === "unconditional";
  if (!demand && !isFree) return [{ code: "noRightToUse" }];
  if (usedOn > today) return [{ code: "usedInFuture", field: "usedOn" }];
  if (usedOn < openFrom) return [{ code: "monthClosed", field: "usedOn", facts: { openFrom } }];
  const began = demand ? laterOf(demand.deliveredOn, demand.usedFromOn) : resource.publishedOn;
  const ended = demand?.usedUntilOn ?? null;
  const isOutside = (began !== null && usedOn < began) || (ended !== null && usedOn > ended);
  return isOutside ? [{ code: "usedOutsidePeriod", field: "usedOn" }] : [];
}

const laterOf = (a: LocalDate, b: LocalDate | null): LocalDate => (b !== null && b > a ? b : a);
