import { and, eq } from "drizzle-orm";

import { recollections } from "@db/schema";

import type { StepKind } from "../take-step.server";
import {
  RECOLLECTION_EVENT_FACTS,
  RECOLLECTION_LIFECYCLE,
  type RecollectionTransition,
} from "./recollection.lifecycle";

export type Recollection = typeof recollections.$inferSelect;

/** What only one person of the bureau has said, and what another found untrue. */
export const UNCONFIRMED_RECOLLECTIONS = ["reported", "dismissed"] as const;

export const RECOLLECTION: StepKind<Recollection, RecollectionTransition> = {
  type: "recollection",
  lifecycle: RECOLLECTION_LIFECYCLE,
  facts: RECOLLECTION_EVENT_FACTS,
  unconfirmed: UNCONFIRMED_RECOLLECTIONS,
  load: async (tx, id) => (await tx.select().from(recollections).where(eq(recollections.id, id)).for("update"))[0],
  write: async (tx, { id, version }, set) =>
    (
      await tx
        .update(recollections)
        .set(set)
        .where(and(eq(recollections.id, id), eq(recollections.version, version)))
        .returning()
    )[0],
  payload: ({ resourceId, where }) => ({ resourceId, where }),
};
