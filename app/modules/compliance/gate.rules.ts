import type { LocalDate } from "~/kernel/local-date";
import type { DemandState, UpdateCycle } from "~/kernel/vocabulary";
import type { WorkCalendar } from "~/kernel/work-calendar";
import { updateDueOn } from "~/modules/catalog";
import type { RuleFigures } from "~/platform/figures.server";

/** By what the gate judges. @source domain.md §5 */
export interface GateLimits {
  /** from which a valid MLPS test and a valid crypto assessment are due @unit MLPS level */
  readonly testedFromLevel: number;
  /** further update cycles that may go by before a stale resource closes the gate */
  readonly staleCycles: number;
}

/** The gate's limits among the figures in force. @source domain.md §5 */
export const gateLimitsOf = (figures: RuleFigures): GateLimits => ({
  testedFromLevel: figures.number("gate.testedFromLevel"),
  staleCycles: figures.number("gate.staleCycles"),
});

export type GateCode =
  | "systemNotInventoried"
  | "promiseNotPublished"
  | "resourceStale"
  | "demandUnanswered"
  | "demandUndelivered"
  | "mlpsInvalid"
  | "cryptoInvalid"
  | "sanctionOpen";

/** The record that proves a reason. */
export interface Evidence {
  readonly kind: "project" | "resource" | "demand" | "system" | "sanction";
  readonly id: string;
  readonly name: string;
}

export interface GateReason {
  readonly code: GateCode;
  readonly evidence: Evidence;
  readonly facts: Readonly<Record<string, string>>;
}

export type TestState = "missing" | "failed" | "expired";

export interface SecurityTest {
  readonly kind: "mlps" | "crypto";
  readonly passed: boolean;
  readonly testedOn: LocalDate;
  readonly validUntil: LocalDate;
}

/** What the gate must know of one unit; which of it counts against the unit is the rules' business. */
export interface GateFacts {
  /** projects that passed acceptance and built a system, without a system in the inventory that names them */
  readonly uninventoried: readonly { readonly id: string; readonly name: string; readonly acceptedOn: LocalDate }[];
  /** shareable entries of accepted projects that the bureau has not published */
  readonly unpublished: readonly { readonly id: string; readonly name: string; readonly acceptedOn: LocalDate }[];
  /** the unit's published resources that are shared */
  readonly published: readonly {
    readonly id: string;
    readonly name: string;
    readonly updateCycle: UpdateCycle;
    readonly lastUpdatedOn: LocalDate | null;
  }[];
  /** other units' open demands that this unit must answer or deliver */
  readonly duties: readonly {
    readonly id: string;
    readonly wanted: string;
    readonly state: DemandState;
    readonly answerDueOn: LocalDate | null;
    readonly dueOn: LocalDate | null;
  }[];
  /** the unit's own-built systems in use that are not secret, with their tests */
  readonly systems: readonly {
    readonly id: string;
    readonly name: string;
    readonly mlpsLevel: number | null;
    readonly tests: readonly SecurityTest[];
  }[];
  readonly sanctions: readonly {
    readonly id: string;
    readonly reason: string;
    readonly fromOn: LocalDate;
    readonly liftedOn: LocalDate | null;
  }[];
  readonly exemptions: readonly GateExemption[];
}

export interface GateExemption {
  readonly reason: string;
  readonly requestedBy: string;
  readonly approvedBy: string | null;
  readonly fromOn: LocalDate;
  readonly untilOn: LocalDate;
}

export interface Gate {
  readonly open: boolean;
  /** shown also when an exemption opens the gate */
  readonly reasons: readonly GateReason[];
  /** the exemption in force, when there is one */
  readonly exemption: GateExemption | null;
}

/**
 * The sharing gate of a unit on a day: open when nothing stands against it or an exemption is in force. It is decided
 * from the facts each time, so it opens by itself when the cause is gone.
 * @source domain.md §5
 */
export function decideGate(facts: GateFacts, today: LocalDate, calendar: WorkCalendar, limits: GateLimits): Gate {
  const reasons = [
    ...facts.uninventoried.map((project) => reason("systemNotInventoried", "project", project, since(project))),
    ...facts.unpublished.map((entry) => reason("promiseNotPublished", "resource", entry, since(entry))),
    ...staleReasons(facts.published, today, calendar, limits),
    ...dutyReasons(facts.duties, today),
    ...facts.systems.flatMap((system) => testReasons(system, today, limits)),
    ...facts.sanctions
      .filter(({ fromOn, liftedOn }) => fromOn <= today && (liftedOn === null || liftedOn > today))
      .map(({ id, reason: name, fromOn }) => reason("sanctionOpen", "sanction", { id, name }, { fromOn })),
  ];
  const exemption = facts.exemptions.find((candidate) => isInForce(candidate, today)) ?? null;
  return { open: reasons.length === 0 || exemption !== null, reasons, exemption };
}

const reason = (
  code: GateCode,
  kind: Evidence["kind"],
  { id, name }: { readonly id: string; readonly name: string },
  facts: GateReason["facts"] = {},
): GateReason => ({ code, evidence: { kind, id, name }, facts });

const since = ({ acceptedOn }: { readonly acceptedOn: LocalDate }) => ({ acceptedOn });

/** One late update costs points elsewhere; the gate closes when whole further cycles have gone by. */
function staleReasons(
  published: GateFacts["published"],
  today: LocalDate,
  calendar: WorkCalendar,
  { staleCycles }: GateLimits,
): GateReason[] {
  return published.flatMap((resource) => {
    const { updateCycle, lastUpdatedOn } = resource;
    const dueOn = lastUpdatedOn && updateDueOn(updateCycle, lastUpdatedOn, calendar);
    let lastChance = dueOn;
    for (let cycle = 0; cycle < staleCycles && lastChance; cycle++)
      lastChance = updateDueOn(updateCycle, lastChance, calendar);
    return dueOn && lastChance && today > lastChance ? [reason("resourceStale", "resource", resource, { dueOn })] : [];
  });
}

function dutyReasons(duties: GateFacts["duties"], today: LocalDate): GateReason[] {
  return duties.flatMap(({ id, wanted: name, state, answerDueOn, dueOn }) => {
    switch (state) {
      case "applied":
      case "unitReviewed":
      case "checked":
        return answerDueOn && today > answerDueOn
          ? [reason("demandUnanswered", "demand", { id, name }, { dueOn: answerDueOn })]
          : [];
      case "agreed":
        return dueOn && today > dueOn ? [reason("demandUndelivered", "demand", { id, name }, { dueOn })] : [];
      case "returned":
      case "withdrawn":
      case "refused":
      case "delivered":
      case "ended":
        return [];
    }
  });
}

/** From a level on both tests must be valid; at any level a failed test closes the gate. */
function testReasons(
  system: GateFacts["systems"][number],
  today: LocalDate,
  { testedFromLevel }: GateLimits,
): GateReason[] {
  const required = (system.mlpsLevel ?? 0) >= testedFromLevel;
  return (["mlps", "crypto"] as const).flatMap((kind) => {
    const state = testState(
      system.tests.filter((test) => test.kind === kind),
      today,
    );
    if (state === "valid" || (!required && state !== "failed")) return [];
    return [reason(kind === "mlps" ? "mlpsInvalid" : "cryptoInvalid", "system", system, { state })];
  });
}

function testState(tests: readonly SecurityTest[], today: LocalDate): TestState | "valid" {
  const [latest] = [...tests].sort((a, b) => (a.testedOn < b.testedOn ? 1 : -1));
  if (!latest) return "missing";
  if (!latest.passed) return "failed";
  return latest.validUntil < today ? "expired" : "valid";
}

/** Approved by a second person, and today within its days. */
const isInForce = ({ requestedBy, approvedBy, fromOn, untilOn }: GateExemption, today: LocalDate): boolean =>
  approvedBy !== null && approvedBy !== requestedBy && fromOn <= today && today <= untilOn;
