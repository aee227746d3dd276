import { and, eq, sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { assessmentPeriods, bulletins, bulletinSequences } from "@db/schema";
import { accept, conflict, type Result } from "~/kernel/result";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { decideSign, documentNumber, type SignRefusalCode } from "./bulletin.rules";
import { contentOf, loadBulletin, regional, type Bulletin } from "./load-bulletin.server";

/** Whose domain event makes the PDF. */
export const BULLETIN_SIGNED = "bulletinSigned";

/**
 * Signs (签发) a draft: it gets the next number of its series and year, is published, and is write-once from then on.
 * Refuses with the codes of decideSign.
 * @throws DomainError notFound, forbidden; conflict when the draft was taken anew since it was read
 * @source domain.md §10
 */
export async function signBulletin(
  ctx: Ctx,
  bulletinId: string,
  version: number,
): Promise<Result<{ number: string }, SignRefusalCode>> {
  return inTransaction(ctx, async (tx) => {
    const draft = await loadBulletin(tx, ctx.actor, bulletinId);
    authorize(ctx.actor, "bulletin:sign", regional(draft));
    const [period] = await tx
      .select({ periodState: assessmentPeriods.state })
      .from(assessmentPeriods)
      .where(eq(assessmentPeriods.id, draft.periodId));
    if (!period) throw new Error(`no period ${draft.periodId}`);
    const decided = decideSign({ ...draft, ...period }, ctx.actor.userId);
    if (!decided.ok) return decided;
    if (draft.version !== version) throw conflict("bulletin");
    contentOf(draft);

    const year = Number(ctx.today.slice(0, 4));
    const sequence = await nextSequence(tx, draft, year);
    const number = documentNumber(draft.series, year, sequence);
    const [after] = await tx
      .update(bulletins)
      .set({
        state: "published",
        year,
        sequence,
        number,
        signedBy: ctx.actor.userId,
        signedOn: ctx.today,
        publishedAt: ctx.now,
        version: draft.version + 1,
      })
      .where(and(eq(bulletins.id, bulletinId), eq(bulletins.version, version)))
      .returning();
    if (!after) throw conflict("bulletin");
    await record(tx, ctx, {
      action: "bulletin:sign",
      event: BULLETIN_SIGNED,
      object: { type: "bulletin", id: bulletinId, regionId: draft.regionId },
      before: draft,
      after,
      payload: { name: draft.title, number, contentHash: draft.contentHash },
    });
    await tellUnits(tx, ctx, after, number);
    return accept({ number });
  });
}

/** The next number of a series and year. Its row stays locked until the commit, so numbers have neither gaps nor twins. */
async function nextSequence(tx: Transaction, { regionId, series }: Bulletin, year: number): Promise<number> {
  const [row] = await tx
    .insert(bulletinSequences)
    .values({ regionId, series, year, last: 1 })
    .onConflictDoUpdate({
      target: [bulletinSequences.regionId, bulletinSequences.series, bulletinSequences.year],
      set: { last: sql`${bulletinSequences.last} + 1` },
    })
    .returning();
  if (!row) throw new Error("no number was given");
  return row.last;
}

async function tellUnits(tx: Transaction, ctx: Ctx, bulletin: Bulletin, number: string): Promise<void> {
  const roles = ["filer", "unitLead"] as const;
  const people = await Promise.all(roles.map((role) => usersWithRole(tx, { role, regionId: bulletin.regionId })));
  await notify(tx, ctx, {
    userIds: people.flat().map(({ id }) => id),
    title: `${number}已印发：${bulletin.title}`,
    href: `/bulletins/${bulletin.id}`,
  });
}
