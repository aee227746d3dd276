import { eq } from "drizzle-orm";

import type { Database } from "@db/client";
import { demands, projects, resources, systems } from "@db/schema";
import { businessTime } from "~/platform/installation.server";
import type { ScheduledJob } from "~/platform/jobs.server";
import type { Listener, Listeners } from "~/platform/outbox.server";

import { settleGates } from "./settle-gates.server";

/** Limits pass at midnight: before the offices open every gate is looked at. */
export const gateJobs: readonly ScheduledJob[] = [
  {
    name: "gates-daily",
    cron: "20 5 * * *",
    run: async (db) => {
      await settleGates(db, await businessTime(db));
    },
  },
];

/** Looks at the gate of the unit that an event's subject concerns. */
const settlingFor =
  (unitOf: (db: Database, subjectId: string) => PromiseLike<readonly { readonly unitId: string | null }[]>): Listener =>
  async ({ subjectId }, db) => {
    const unitIds = (await unitOf(db, subjectId)).flatMap(({ unitId }) => unitId ?? []);
    if (unitIds.length > 0) await settleGates(db, await businessTime(db), { unitIds });
  };

const ofResource = settlingFor((db, id) =>
  db.select({ unitId: resources.unitId }).from(resources).where(eq(resources.id, id)),
);
/** A demand weighs on who must answer it. */
const ofDemand = settlingFor((db, id) =>
  db.select({ unitId: demands.providerUnitId }).from(demands).where(eq(demands.id, id)),
);
const ofProject = settlingFor((db, id) =>
  db.select({ unitId: projects.unitId }).from(projects).where(eq(projects.id, id)),
);
const ofSystem = settlingFor((db, id) => db.select({ unitId: systems.unitId }).from(systems).where(eq(systems.id, id)));
/** What a system no longer weighs on, after it was given away. */
const ofFormerUnit: Listener = async ({ payload }, db) => {
  const { fromUnitId } = payload;
  if (typeof fromUnitId === "string") await settleGates(db, await businessTime(db), { unitIds: [fromUnitId] });
};
/** The events of this module name the unit themselves. */
const ofPayload: Listener = async ({ payload }, db) => {
  if (typeof payload.unitId === "string") await settleGates(db, await businessTime(db), { unitIds: [payload.unitId] });
};

/** Whatever can move a gate is looked at once it happened, not only tomorrow morning. */
export const gateListeners: Listeners = {
  resourcePublished: [ofResource],
  resourceUpdated: [ofResource],
  resourceSuspended: [ofResource],
  resourceResumed: [ofResource],
  resourceWithdrawn: [ofResource],
  revisionPublished: [ofResource],
  resourceConnected: [ofResource],
  resourceDisconnected: [ofResource],
  demandChecked: [ofDemand],
  demandAgreed: [ofDemand],
  demandRefused: [ofDemand],
  demandRefusalOverruled: [ofDemand],
  demandDelivered: [ofDemand],
  demandWithdrawn: [ofDemand],
  projectFinalAcceptancePassed: [ofProject],
  systemRegistered: [ofSystem],
  systemLinked: [ofSystem],
  systemEdited: [ofSystem],
  systemStateChanged: [ofSystem],
  systemRetired: [ofSystem],
  systemTransferred: [ofSystem, ofFormerUnit],
  securityTestConfirmed: [ofPayload],
  securityTestVoided: [ofPayload],
  exemptionApproved: [ofPayload],
  exemptionRevoked: [ofPayload],
  recollectionConfirmed: [ofPayload],
  recollectionSettled: [ofPayload],
  sanctionImposed: [ofPayload],
  sanctionLifted: [ofPayload],
};
