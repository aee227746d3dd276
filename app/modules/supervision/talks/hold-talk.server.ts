import { and, eq } from "drizzle-orm";

import { supervisionTalks } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { accept, conflict, type Result } from "~/kernel/result";
import { announce } from "~/modules/inbox/index.server";
import type { AcceptedFile, MadeFile } from "~/platform/files.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, visible } from "~/policy";

import { storePapers } from "../papers/store-papers.server";
import { peopleToTell } from "../tell-unit.server";
import { decideHeld, type TalkRefusal } from "./talk.rules";

export interface HeldTalk {
  readonly id: string;
  readonly version: number;
  readonly heldOn: LocalDate;
  readonly attendees: string;
  readonly conclusion: string;
  readonly minutes: readonly (AcceptedFile | MadeFile)[];
}

/**
 * The bureau records that a talk was held: when, with whom, what came of it, with its minutes (约谈纪要).
 * Refuses with talkHeldAlready, heldInFuture, heldBeforeCalled, minutesMissing.
 * @throws DomainError notFound, forbidden; conflict when the talk changed after this page was opened
 * @source domain.md §8
 */
export async function holdTalk(ctx: Ctx, held: HeldTalk): Promise<Result<null, TalkRefusal>> {
  return inTransaction<null, TalkRefusal>(ctx, async (tx) => {
    const [row] = await tx.select().from(supervisionTalks).where(eq(supervisionTalks.id, held.id)).for("update");
    const talk = visible(ctx.actor, "supervision:read", row, "supervisionTalk");
    authorize(ctx.actor, "supervision:talk", talk);
    if (talk.version !== held.version) throw conflict("supervisionTalk");
    const decision = decideHeld(talk, { on: held.heldOn, hasMinutes: held.minutes.length > 0 }, ctx.today);
    if (!decision.ok) return decision;
    const { id, regionId, unitId, number, version } = talk;
    const [after] = await tx
      .update(supervisionTalks)
      .set({
        state: decision.value,
        heldOn: held.heldOn,
        attendees: held.attendees,
        conclusion: held.conclusion,
        heldBy: ctx.actor.userId,
        version: version + 1,
      })
      .where(and(eq(supervisionTalks.id, id), eq(supervisionTalks.version, version)))
      .returning();
    if (!after) throw conflict("supervisionTalk");
    const papers = await storePapers(tx, ctx, { talkId: id, regionId, unitId }, "talk", held.minutes);
    await record(tx, ctx, {
      action: "supervision:talk",
      event: "supervisionTalkHeld",
      object: { type: "supervisionTalk", id, regionId },
      before: talk,
      after,
      reason: held.conclusion,
      payload: { number, unitId, title: number, heldOn: held.heldOn, papers },
    });
    const people = await peopleToTell(tx, regionId, [unitId]);
    await announce(tx, ctx, {
      userIds: [...people.leads(unitId), ...people.leaders],
      title: `约谈已记录（${number}）：请按约谈要求落实整改`,
      href: `/supervision/talks/${id}`,
      occasion: `supervision-talk-held ${id}`,
      unitId,
      channels: ["mail"],
    });
    return accept(null);
  });
}
