import { and, asc, count, desc, eq, inArray, isNull, ne, or } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database } from "@db/client";
import {
  assessmentPeriods,
  bulletins,
  domainEvents,
  instructions,
  readReceipts,
  supervisionItems,
  units,
  users,
} from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { scopeFor } from "~/policy";

import { contentOf, findBulletin, seesDrafts } from "./load-bulletin.server";

const drafters = alias(users, "drafters");
const signers = alias(users, "signers");

/** The bulletins an actor may see, newest first; drafts only for those who draft or sign. */
export async function listBulletins(db: Database, actor: Actor) {
  const scope = scopeFor(actor, "bulletin:read");
  return db
    .select({
      id: bulletins.id,
      number: bulletins.number,
      title: bulletins.title,
      period: assessmentPeriods.period,
      edition: bulletins.edition,
      state: bulletins.state,
      draftedBy: bulletins.draftedBy,
      drafterName: drafters.name,
      signerName: signers.name,
      signedOn: bulletins.signedOn,
      readAt: readReceipts.readAt,
    })
    .from(bulletins)
    .innerJoin(assessmentPeriods, eq(assessmentPeriods.id, bulletins.periodId))
    .innerJoin(drafters, eq(drafters.id, bulletins.draftedBy))
    .leftJoin(signers, eq(signers.id, bulletins.signedBy))
    .leftJoin(readReceipts, and(eq(readReceipts.bulletinId, bulletins.id), eq(readReceipts.userId, actor.userId)))
    .where(
      and(
        inArray(bulletins.regionId, [...scope.regionIds]),
        seesDrafts(actor) ? undefined : eq(bulletins.state, "published"),
      ),
    )
    .orderBy(desc(assessmentPeriods.period), desc(bulletins.edition), desc(bulletins.sequence));
}

/** Assessed months of the actor's own region whose facts are frozen and of which no bulletin was written yet. */
export async function periodsWithoutBulletin(db: Database, actor: Actor) {
  return db
    .select({ id: assessmentPeriods.id, period: assessmentPeriods.period, state: assessmentPeriods.state })
    .from(assessmentPeriods)
    .leftJoin(bulletins, eq(bulletins.periodId, assessmentPeriods.id))
    .where(
      and(eq(assessmentPeriods.regionId, actor.regionId), ne(assessmentPeriods.state, "open"), isNull(bulletins.id)),
    )
    .orderBy(desc(assessmentPeriods.period));
}

/** What a drafter said when a bulletin of the region was last drafted: what the next form begins with. */
export async function lastDraftInput(
  db: Database,
  regionId: string,
): Promise<{ basis: string[]; contactName: string; contactPhone: string } | undefined> {
  const [row] = await db
    .select({ payload: domainEvents.payload })
    .from(domainEvents)
    .where(
      and(
        eq(domainEvents.subjectType, "bulletin"),
        eq(domainEvents.regionId, regionId),
        or(eq(domainEvents.type, "bulletinDrafted"), eq(domainEvents.type, "bulletinRedrafted")),
      ),
    )
    .orderBy(desc(domainEvents.at), desc(domainEvents.id))
    .limit(1);
  return row?.payload.input as { basis: string[]; contactName: string; contactPhone: string } | undefined;
}

/** One bulletin with its proven content, people, receipts and instructions. @throws DomainError notFound */
export async function readBulletin(db: Database, actor: Actor, bulletinId: string) {
  const bulletin = await findBulletin(db, actor, bulletinId);
  const people = [bulletin.draftedBy, bulletin.signedBy].filter((id) => id !== null);
  const [names, [period], [receipts], given] = await Promise.all([
    db
      .select({ id: users.id, name: users.name, unitName: units.name })
      .from(users)
      .innerJoin(units, eq(units.id, users.unitId))
      .where(inArray(users.id, people)),
    db
      .select({ id: assessmentPeriods.id, period: assessmentPeriods.period })
      .from(assessmentPeriods)
      .where(eq(assessmentPeriods.id, bulletin.periodId)),
    db.select({ n: count() }).from(readReceipts).where(eq(readReceipts.bulletinId, bulletinId)),
    listInstructions(db, bulletinId),
  ]);
  const nameOf = (userId: string | null) => names.find(({ id }) => id === userId);
  const { content: _, ...row } = bulletin;
  return {
    bulletin: row,
    content: contentOf(bulletin),
    period: period?.period,
    drafter: nameOf(bulletin.draftedBy),
    signer: nameOf(bulletin.signedBy),
    receipts: receipts?.n ?? 0,
    instructions: given,
  };
}

function listInstructions(db: Database, bulletinId: string) {
  return db
    .select({
      id: instructions.id,
      text: instructions.text,
      givenAt: instructions.givenAt,
      leaderName: users.name,
      itemId: supervisionItems.id,
      itemNumber: supervisionItems.number,
      itemState: supervisionItems.state,
      dueOn: supervisionItems.dueOn,
      unitId: supervisionItems.unitId,
      unitName: units.name,
    })
    .from(instructions)
    .innerJoin(users, eq(users.id, instructions.leaderId))
    .leftJoin(supervisionItems, eq(supervisionItems.id, instructions.itemId))
    .leftJoin(units, eq(units.id, supervisionItems.unitId))
    .where(eq(instructions.bulletinId, bulletinId))
    .orderBy(asc(instructions.givenAt), asc(instructions.id));
}
