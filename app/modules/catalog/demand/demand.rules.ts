import { findTransition } from "~/kernel/lifecycle";
import type { LocalDate } from "~/kernel/local-date";
import { accept, refuse, type Refusal, type Result } from "~/kernel/result";
import type { DemandState, ResourceState, SharingMethod, SharingType } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

import { DEMAND_LIFECYCLE, type DemandEvent, type DemandGuard, type DemandTransition } from "./demand.lifecycle";

export type DemandRefusalCode = "wantedFromOneself" | "demandTwice";

/** May a unit register this demand with a filing? Not from itself, and not twice for one project. @source domain.md §4 */
export function admitDemand(
  demand: { readonly unitId: string; readonly providerUnitId: string | null; readonly wanted: string },
  existing: readonly { readonly providerUnitId: string | null; readonly wanted: string }[],
): Result<null, DemandRefusalCode> {
  if (demand.providerUnitId === demand.unitId) return refuse({ code: "wantedFromOneself", field: "providerUnitId" });
  const twice = existing.some((e) => e.providerUnitId === demand.providerUnitId && e.wanted === demand.wanted);
  return twice ? refuse({ code: "demandTwice", field: "wanted" }) : accept(null);
}

export type ApplicationRefusalCode =
  | "wantedFromOneself"
  | "appliedTwice"
  | "resourceNotPublished"
  | "notShared"
  | "methodNotOffered"
  | "periodReversed"
  | "periodPast"
  | "providerMissing";

/** What an application asks for. */
export interface Application {
  readonly unitId: string;
  readonly providerUnitId: string | null;
  readonly wanted: string;
  readonly method: SharingMethod;
  readonly usedFromOn: LocalDate;
  readonly usedUntilOn: LocalDate;
}

/** The published entry that an application names. */
export interface WantedResource {
  readonly id: string;
  readonly state: ResourceState;
  readonly sharingType: SharingType;
  readonly method: SharingMethod | null;
}

/** A demand of the same unit that is not over. */
export interface OpenDemand {
  readonly providerUnitId: string | null;
  readonly resourceId: string | null;
  readonly wanted: string;
}

/**
 * Why an application that is bound to no project cannot be handed in; empty when it can.
 * wantedFromOneself; providerMissing without resource and provider; resourceNotPublished; notShared for what the law
 * keeps back; methodNotOffered when the catalog names another way (an interface may stand for a database); periodReversed;
 * periodPast when the use would be over already; appliedTwice while the same demand is under way.
 * @source domain.md §4
 */
export function refuseApplication(
  application: Application,
  resource: WantedResource | null,
  open: readonly OpenDemand[],
  today: LocalDate,
): Refusal<ApplicationRefusalCode>[] {
  const found: Refusal<ApplicationRefusalCode>[] = [];
  const { unitId, providerUnitId, usedFromOn, usedUntilOn } = application;
  if (providerUnitId === unitId) found.push({ code: "wantedFromOneself", field: "providerUnitId" });
  if (!providerUnitId) found.push({ code: "providerMissing", field: "providerUnitId" });
  if (resource && resource.state !== "published") found.push({ code: "resourceNotPublished", field: "wanted" });
  if (resource?.sharingType === "none") found.push({ code: "notShared", field: "wanted" });
  if (resource?.method && !isOffered(resource.method, application.method)) {
    found.push({ code: "methodNotOffered", field: "method", facts: { method: resource.method } });
  }
  if (usedUntilOn < usedFromOn) found.push({ code: "periodReversed", field: "usedUntilOn" });
  else if (usedUntilOn < today) found.push({ code: "periodPast", field: "usedUntilOn" });
  const twice = open.some((each) =>
    resource
      ? each.resourceId === resource.id
      : each.providerUnitId === providerUnitId && each.wanted === application.wanted,
  );
  if (twice) found.push({ code: "appliedTwice", field: "wanted" });
  return found;
}

const isOffered = (offered: SharingMethod, asked: SharingMethod): boolean =>
  offered === asked || (offered === "database" && asked === "interface");

/** A guard that does not hold refuses by its own name. */
export type DemandStepRefusal = "notInThisState" | DemandGuard;

/**
 * The row that an event takes. Refuses with notInThisState, or with every guard that does not hold.
 * @source domain.md §4
 */
export function decideDemand(
  state: DemandState,
  event: DemandEvent,
  guardsHeld: readonly DemandGuard[],
): Result<DemandTransition, DemandStepRefusal> {
  const row: DemandTransition | undefined = findTransition<DemandTransition>(DEMAND_LIFECYCLE, state, event);
  if (!row) return refuse({ code: "notInThisState", facts: { state, event } });
  const unmet = (row.guards ?? []).filter((guard) => !guardsHeld.includes(guard));
  return unmet.length > 0 ? refuse(...unmet.map((code) => ({ code }))) : accept(row);
}

/** The permission an event needs, in whatever state it is asked. */
export function demandAction(event: DemandEvent): Action {
  const row = DEMAND_LIFECYCLE.find(({ on }) => on === event);
  if (!row) throw new Error(`no lifecycle row for ${event}`);
  return row.action;
}

/** May this event happen in this state at all? Pages use it to decide what to offer. */
export const isDemandEventPossible = (state: DemandState, event: DemandEvent): boolean =>
  findTransition(DEMAND_LIFECYCLE, state, event) !== undefined;

/** Whose side takes an event: the one that asks, the one that provides, the bureau between them. */
export type DemandParty = "requester" | "provider" | "bureau";

const PROVIDER_EVENTS: ReadonlySet<DemandEvent> = new Set(["agree", "refuse", "deliver"]);
const BUREAU_EVENTS: ReadonlySet<DemandEvent> = new Set(["passCheck", "returnDemand", "overrule", "uphold"]);

export function partyOf(event: DemandEvent): DemandParty {
  if (PROVIDER_EVENTS.has(event)) return "provider";
  return BUREAU_EVENTS.has(event) ? "bureau" : "requester";
}

/** The rule figure that limits an answer: what is shared without conditions is answered at once. @source domain.md §4 */
export const answerLimit = (sharingType: SharingType | null): string =>
  sharingType === "unconditional" ? "demand.answerUnconditionalWorkdays" : "demand.answerConditionalWorkdays";

/** A document under its title 《…》, a document number 〔2016〕 or an article 第…条. */
const CITATION = /《[^《》]{2,}》|[〔[]\d{4}[〕\]]|第[一二三四五六七八九十百零〇\d]+条/u;

/**
 * Does a refusal cite a rule? "Not convenient" is no basis; a law, a document number or an article is.
 * @source domain.md §4 (refused without basis −)
 */
export const citesBasis = (basis: string | null): boolean => basis !== null && CITATION.test(basis);

/** Who has a demand, for what, and until when. */
export interface DemandTurn {
  readonly party: DemandParty;
  readonly what: string;
  readonly dueOn: LocalDate | null;
}

/**
 * The step that a demand waits for; null when it is over.
 * @source domain.md §4 (limits), product.md (what is next and for whom)
 */
export function turnOf(demand: {
  readonly state: DemandState;
  readonly checkDueOn: LocalDate | null;
  readonly answerDueOn: LocalDate | null;
  readonly dueOn: LocalDate | null;
}): DemandTurn | null {
  switch (demand.state) {
    case "applied":
      return { party: "requester", what: "单位审核", dueOn: null };
    case "returned":
      return { party: "requester", what: "修改后重新提交", dueOn: null };
    case "unitReviewed":
      return { party: "bureau", what: "合规审查", dueOn: demand.checkDueOn };
    case "checked":
      return { party: "provider", what: "答复是否同意", dueOn: demand.answerDueOn };
    case "refused":
      return { party: "bureau", what: "核查不同意的理由", dueOn: null };
    case "agreed":
      return { party: "provider", what: "提供数据", dueOn: demand.dueOn };
    case "delivered":
      return { party: "requester", what: "评价数据质量", dueOn: null };
    case "ended":
    case "withdrawn":
      return null;
  }
}

/** Late when the day has passed; the last day itself is in time. */
export const isLate = (dueOn: LocalDate | null, doneOn: LocalDate): boolean => dueOn !== null && doneOn > dueOn;
