import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { expertOpinions } from "@db/schema";
import { conflict } from "~/kernel/result";

import { onlyMarks, type Criterion } from "./criteria";
import type { Seat } from "./load-panel.server";
import type { OpinionDraft } from "./opinion.rules";

/**
 * Writes what an expert typed, the marks that his panel asks for, under the version that was read, as a draft or, with `givenAt`, for good.
 * @throws DomainError conflict when the seat changed meanwhile
 */
export async function writeOpinion(
  tx: Transaction,
  seat: Seat,
  { marks, verdict, opinion, criteria }: OpinionDraft & { readonly criteria: readonly Criterion[] },
  givenAt: Date | null,
): Promise<Seat> {
  const [after] = await tx
    .update(expertOpinions)
    .set({ marks: onlyMarks(marks, criteria), verdict, opinion, givenAt, version: seat.version + 1 })
    .where(and(eq(expertOpinions.id, seat.id), eq(expertOpinions.version, seat.version)))
    .returning();
  if (!after) throw conflict("expertOpinion");
  return after;
}
