import { and, asc, eq, inArray } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { sanctions } from "@db/schema";

import type { StepKind } from "../take-step.server";
import { SANCTION_EVENT_FACTS, SANCTION_LIFECYCLE, type SanctionTransition } from "./sanction.lifecycle";
import type { EarlierSanction } from "./sanction.rules";

export type Sanction = typeof sanctions.$inferSelect;

/** What only one person of the bureau has said, and what another did not take on. */
export const UNCONFIRMED_SANCTIONS = ["proposed", "declined"] as const;

export const SANCTION: StepKind<Sanction, SanctionTransition> = {
  type: "sanction",
  lifecycle: SANCTION_LIFECYCLE,
  facts: SANCTION_EVENT_FACTS,
  unconfirmed: UNCONFIRMED_SANCTIONS,
  load: async (tx, id) => (await tx.select().from(sanctions).where(eq(sanctions.id, id)).for("update"))[0],
  write: async (tx, { id, version }, set) =>
    (
      await tx
        .update(sanctions)
        .set(set)
        .where(and(eq(sanctions.id, id), eq(sanctions.version, version)))
        .returning()
    )[0],
  payload: ({ projectId, rung, number, reason, basis }) => ({ projectId, rung, number, reason, basis }),
};

/** The sanctions that stand on a unit or its projects: what the next rung is measured against. */
export const standingSanctions = (tx: Transaction, unitId: string): Promise<EarlierSanction[]> =>
  tx
    .select({
      id: sanctions.id,
      rung: sanctions.rung,
      state: sanctions.state,
      projectId: sanctions.projectId,
      dueOn: sanctions.dueOn,
    })
    .from(sanctions)
    .where(and(eq(sanctions.unitId, unitId), inArray(sanctions.state, ["standing", "remedied"])))
    .orderBy(asc(sanctions.number));
