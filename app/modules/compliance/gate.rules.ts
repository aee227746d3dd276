import { addDays, type LocalDate } from "~/kernel/local-date";
import {
  GATE_BLOCKS,
  GATE_CAUSES,
  gateFlag,
  keysOf,
  type GateBlock,
  type GateCause,
  type ProjectClass,
  type ProjectNature,
  type SanctionRung,
} from "~/kernel/vocabulary";
import type { WorkCalendar } from "~/kernel/work-calendar";
import { updateDueOn } from "~/modules/catalog";
import { latestTest } from "~/modules/systems";
import type { RuleFigures } from "~/platform/figures.server";

import type {
  Evidence,
  Gate,
  GateExemption,
  GateFacts,
  GateLimits,
  GateReason,
  SecurityTest,
  TestState,
} from "./gate.types";

/** The gate's limits among the figures in force. @source domain.md §5 */
export const gateLimitsOf = (figures: RuleFigures): GateLimits => ({
  testedFromLevel: figures.number("gate.testedFromLevel"),
  staleCycles: figures.number("gate.staleCycles"),
  connectDays: figures.number("gate.connectDays"),
  blocks: Object.fromEntries(
    keysOf(GATE_CAUSES).map((cause) => [
      cause,
      keysOf(GATE_BLOCKS).filter((block) => figures.number(gateFlag(cause, block)) === 1),
    ]),
  ) as Record<GateCause, GateBlock[]>,
});

/** From this rung up a sanction is one on money and closes the gate. @source 国办发〔2019〕57号 */
const FUNDING_RUNGS: readonly SanctionRung[] = ["postpone", "halt", "terminate"];
const isFundingSanction = (rung: SanctionRung): boolean => FUNDING_RUNGS.includes(rung);

/** A project that was stopped stays stopped: no exemption reaches it. */
const isExemptible = (rung: SanctionRung): boolean => rung !== "halt" && rung !== "terminate";

/**
 * The sharing gate of a unit on a day. It is decided from the facts each time, so it opens by itself when the cause is
 * gone. An exemption lets money flow, but not for a project that was halted or ended; new and rebuilt systems are not
 * filed while their cause stands, whatever was exempted: the rule speaks of money only.
 * @source domain.md §5
 */
export function decideGate(facts: GateFacts, today: LocalDate, calendar: WorkCalendar, limits: GateLimits): Gate {
  const found: Found[] = [
    ...facts.uninventoried.map((project) => reason("systemNotInventoried", "project", project, since(project))),
    ...facts.unpublished.map((entry) => reason("promiseNotPublished", "resource", entry, since(entry))),
    ...staleReasons(facts.published, today, calendar, limits),
    ...connectReasons(facts.published, today, limits),
    ...dutyReasons(facts.duties, today),
    ...facts.systems.flatMap((system) => testReasons(system, today, limits)),
    ...recollectionReasons(facts.recollections),
  ];
  const standing = facts.sanctions.filter((sanction) => stands(sanction, today));
  const sanctionReason = ({ id, reason: name, fromOn, rung }: (typeof standing)[number]): GateReason => ({
    ...reason("sanctionOpen", "sanction", { id, name }, { fromOn, rung }),
    blocks: isFundingSanction(rung) ? limits.blocks.sanctionOpen : [],
    exemptible: isExemptible(rung),
  });
  const reasons = [
    ...found.map((each): GateReason => ({ ...each, blocks: limits.blocks[each.code], exemptible: true })),
    ...standing.filter(({ rung }) => isFundingSanction(rung)).map(sanctionReason),
  ];
  const exemption = facts.exemptions.find((candidate) => isInForce(candidate, today)) ?? null;
  const isBlocked = (block: GateBlock): boolean =>
    reasons.some(
      ({ blocks, exemptible }) => blocks.includes(block) && !(exemption && exemptible && block !== "newSystems"),
    );
  const blocked = {
    money: isBlocked("money"),
    maintenance: isBlocked("maintenance"),
    newSystems: isBlocked("newSystems"),
  };
  return {
    open: !blocked.money && !blocked.maintenance,
    blocked,
    reasons,
    notices: standing.filter(({ rung }) => !isFundingSanction(rung)).map(sanctionReason),
    exemption,
  };
}

const UPKEEP_CLASSES: readonly ProjectClass[] = ["maintenanceInfrastructure", "maintenanceSoftware"];

/** Does a project keep existing systems running? Its money is the money for upkeep (运维资金). */
export const isUpkeep = (project: {
  readonly nature: ProjectNature | null;
  readonly class: ProjectClass | null;
}): boolean => project.nature === "maintenance" || (project.class !== null && UPKEEP_CLASSES.includes(project.class));

/** May money flow to this project of the unit? @source domain.md §5 */
export const isMoneyOpen = ({ blocked }: Pick<Gate, "blocked">, project: Parameters<typeof isUpkeep>[0]): boolean =>
  !blocked.money && !(blocked.maintenance && isUpkeep(project));

/** A reason before it is known what it blocks. */
type Found = Pick<GateReason, "code" | "evidence" | "facts">;

const reason = (
  code: GateCause,
  kind: Evidence["kind"],
  { id, name }: { readonly id: string; readonly name: string },
  facts: GateReason["facts"] = {},
): Found => ({ code, evidence: { kind, id, name }, facts });

const since = ({ acceptedOn }: { readonly acceptedOn: LocalDate }) => ({ acceptedOn });

/** One late update costs points elsewhere; the gate closes when whole further cycles have gone by. */
function staleReasons(
  published: GateFacts["published"],
  today: LocalDate,
  calendar: WorkCalendar,
  { staleCycles }: GateLimits,
): Found[] {
  return published.flatMap((resource) => {
    const { updateCycle, lastUpdatedOn } = resource;
    const dueOn = lastUpdatedOn && updateDueOn(updateCycle, lastUpdatedOn, calendar);
    let lastChance = dueOn;
    for (let cycle = 0; cycle < staleCycles && lastChance; cycle++)
      lastChance = updateDueOn(updateCycle, lastChance, calendar);
    return dueOn && lastChance && today > lastChance ? [reason("resourceStale", "resource", resource, { dueOn })] : [];
  });
}

function dutyReasons(duties: GateFacts["duties"], today: LocalDate): Found[] {
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
function testReasons(system: GateFacts["systems"][number], today: LocalDate, { testedFromLevel }: GateLimits): Found[] {
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
  const latest = latestTest(tests);
  if (!latest) return "missing";
  if (!latest.passed) return "failed";
  return latest.validUntil < today ? "expired" : "valid";
}

/** Data that is fetched by interface or view must be there to be fetched; files are handed over on demand. */
function connectReasons(
  published: GateFacts["published"],
  today: LocalDate,
  { connectDays }: Pick<GateLimits, "connectDays">,
): Found[] {
  return published.flatMap((resource) => {
    const { publishedOn, method, connected } = resource;
    if (connected || publishedOn === null || (method !== "interface" && method !== "database")) return [];
    const dueOn = addDays(publishedOn, connectDays);
    return today > dueOn ? [reason("resourceNotConnected", "resource", resource, { dueOn })] : [];
  });
}

/** Confirmed by a second person and not settled. */
const recollectionReasons = (recollections: GateFacts["recollections"]): Found[] =>
  recollections
    .filter(({ state }) => state === "standing" || state === "remedied")
    .map(({ id, where, resourceName: name }) => reason("recollection", "recollection", { id, name }, { where }));

/** Imposed by a second person, begun, and not lifted. */
const stands = ({ state, fromOn, liftedOn }: GateFacts["sanctions"][number], today: LocalDate): boolean =>
  state !== "proposed" && state !== "declined" && fromOn <= today && (liftedOn === null || liftedOn > today);

/**
 * Signed by the unit's leader and approved by the bureau, each by another person, with reason and paper, and today within
 * its days. A revocation ends it on its day.
 */
function isInForce(exemption: GateExemption, today: LocalDate): boolean {
  const { state, reason: why, fileId, requestedBy, signedBy, approvedBy, fromOn, untilOn, revokedOn } = exemption;
  const threeHands =
    signedBy !== null && approvedBy !== null && new Set([requestedBy, signedBy, approvedBy]).size === 3;
  return (
    (state === "approved" || state === "revoked") &&
    threeHands &&
    why.trim() !== "" &&
    fileId !== null &&
    fromOn <= today &&
    today <= untilOn &&
    (revokedOn === null || today < revokedOn)
  );
}
