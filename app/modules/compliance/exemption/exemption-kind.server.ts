import { and, eq, inArray } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { gateExemptions } from "@db/schema";

import type { StepKind } from "../take-step.server";
import { EXEMPTION_EVENT_FACTS, EXEMPTION_LIFECYCLE, type ExemptionTransition } from "./exemption.lifecycle";

export type Exemption = typeof gateExemptions.$inferSelect;

/** The exemption of a unit that is not decided yet; there is at most one. */
export async function undecidedExemption(db: DatabaseOrTransaction, unitId: string) {
  const [row] = await db
    .select({ id: gateExemptions.id, number: gateExemptions.number, state: gateExemptions.state })
    .from(gateExemptions)
    .where(and(eq(gateExemptions.unitId, unitId), inArray(gateExemptions.state, ["draft", "signing", "open"])));
  return row;
}

export const EXEMPTION: StepKind<Exemption, ExemptionTransition> = {
  type: "exemption",
  lifecycle: EXEMPTION_LIFECYCLE,
  facts: EXEMPTION_EVENT_FACTS,
  load: async (tx, id) => (await tx.select().from(gateExemptions).where(eq(gateExemptions.id, id)).for("update"))[0],
  write: async (tx, { id, version }, set) =>
    (
      await tx
        .update(gateExemptions)
        .set(set)
        .where(and(eq(gateExemptions.id, id), eq(gateExemptions.version, version)))
        .returning()
    )[0],
  payload: ({ number, fromOn, untilOn }) => ({ number, fromOn, untilOn }),
};
