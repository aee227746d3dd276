import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { assessmentPeriods, bulletins, regions } from "@db/schema";
import { formatPeriod } from "~/kernel/period";
import { accept, type Result } from "~/kernel/result";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import { digestOf } from "~/platform/audit/digest";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, visible } from "~/policy";

import { decideDraft, type DraftRefusalCode } from "./bulletin.rules";
import type { DraftInput } from "./bulletin.schema";
import type { BulletinContent } from "./bulletin.types";
import { composeBulletin } from "./compose-bulletin.rules";
import { seriesOf } from "./issuer";
import { regional } from "./load-bulletin.server";
import { readBulletinFacts } from "./read-bulletin-facts.server";

/** Corrections of a signed bulletin are later editions. */
const FIRST_EDITION = 1;

/**
 * Drafts the bulletin of an assessed month from its frozen facts. While it is a draft, drafting again takes the figures
 * anew (re-snapshot) and replaces the text; there is one draft per period, series and edition.
 * Refuses with the codes of decideDraft.
 * @throws DomainError notFound, forbidden
 * @source domain.md §10
 */
export async function draftBulletin(ctx: Ctx, input: DraftInput): Promise<Result<{ id: string }, DraftRefusalCode>> {
  return inTransaction(ctx, async (tx) => {
    // The period's row is the lock: two people who draft at once do so one after the other.
    const [row] = await tx
      .select({ period: assessmentPeriods, region: regions })
      .from(assessmentPeriods)
      .innerJoin(regions, eq(regions.id, assessmentPeriods.regionId))
      .where(eq(assessmentPeriods.id, input.periodId))
      .for("update", { of: assessmentPeriods });
    const { period, region } = visible(
      ctx.actor,
      "assessment:read",
      row && { ...row, ...regional(row.period) },
      "period",
    );
    authorize(ctx.actor, "bulletin:draft", regional(period));

    const series = seriesOf(region.name);
    const existing = await findEdition(tx, period.id, series);
    const decided = decideDraft({
      periodState: period.state,
      existing: existing?.state,
      rectifyBy: input.rectifyBy,
      today: ctx.today,
    });
    if (!decided.ok) return decided;

    const content = composeBulletin(await readBulletinFacts(tx, ctx, period.id, input));
    const after = existing
      ? await redraft(tx, ctx, existing, content)
      : await insertDraft(tx, ctx, { regionId: period.regionId, periodId: period.id, series }, content);
    await record(tx, ctx, {
      action: "bulletin:draft",
      event: existing ? "bulletinRedrafted" : "bulletinDrafted",
      object: { type: "bulletin", id: after.id, regionId: after.regionId },
      ...(existing && { before: existing }),
      after,
      payload: { name: after.title, period: period.period, contentHash: after.contentHash, input },
    });
    if (!existing) {
      const signers = await usersWithRole(tx, { role: "leader", regionId: period.regionId });
      await notify(tx, ctx, {
        userIds: signers.map(({ id }) => id),
        title: `${formatPeriod(period.period)}通报已起草，请审阅签发`,
        href: `/bulletins/${after.id}`,
      });
    }
    return accept({ id: after.id });
  });
}

type Row = typeof bulletins.$inferSelect;

async function findEdition(tx: Transaction, periodId: string, series: string): Promise<Row | undefined> {
  const [row] = await tx
    .select()
    .from(bulletins)
    .where(and(eq(bulletins.periodId, periodId), eq(bulletins.series, series), eq(bulletins.edition, FIRST_EDITION)))
    .for("update");
  return row;
}

const composed = (ctx: Ctx, content: BulletinContent) => ({
  title: content.title,
  content,
  contentHash: digestOf(content),
  draftedBy: ctx.actor.userId,
  draftedAt: ctx.now,
});

async function insertDraft(
  tx: Transaction,
  ctx: Ctx,
  key: { regionId: string; periodId: string; series: string },
  content: BulletinContent,
): Promise<Row> {
  const [row] = await tx
    .insert(bulletins)
    .values({ id: newId(), ...key, edition: FIRST_EDITION, state: "draft", ...composed(ctx, content) })
    .returning();
  if (!row) throw new Error("the draft was not written");
  return row;
}

async function redraft(tx: Transaction, ctx: Ctx, draft: Row, content: BulletinContent): Promise<Row> {
  const [row] = await tx
    .update(bulletins)
    .set({ ...composed(ctx, content), version: draft.version + 1 })
    .where(and(eq(bulletins.id, draft.id), eq(bulletins.version, draft.version), eq(bulletins.state, "draft")))
    .returning();
  if (!row) throw new Error("a locked draft was changed");
  return row;
}
