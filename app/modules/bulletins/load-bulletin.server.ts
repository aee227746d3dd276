import { eq } from "drizzle-orm";

import type { DatabaseOrTransaction, Transaction } from "@db/client";
import { bulletins } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { notFound } from "~/kernel/result";
import { digestOf } from "~/platform/audit/digest";
import { can, canEver, visible, type Governed } from "~/policy";

import type { BulletinContent } from "./bulletin.types";

export type Bulletin = typeof bulletins.$inferSelect;

/** A bulletin or a period belongs to a region and to no unit: only permissions that reach regions reach it. */
export const regional = (row: { readonly regionId: string }): Governed => ({ unitId: "", regionId: row.regionId });

/** Drafts are seen by those who draft or sign; everybody else learns of a bulletin when it is published. */
export const seesDrafts = (actor: Actor): boolean =>
  canEver(actor, "bulletin:draft") || canEver(actor, "bulletin:sign");

/**
 * The bulletin, if the actor may see it.
 * @throws DomainError notFound
 */
function seen(actor: Actor, row: Bulletin | undefined): Bulletin {
  const bulletin = visible(actor, "bulletin:read", row && { ...row, ...regional(row) }, "bulletin");
  const object = regional(bulletin);
  const seesDraft = can(actor, "bulletin:draft", object) || can(actor, "bulletin:sign", object);
  if (bulletin.state !== "published" && !seesDraft) throw notFound("bulletin");
  return bulletin;
}

/** Locks a bulletin for a verb. @throws DomainError notFound */
export async function loadBulletin(tx: Transaction, actor: Actor, id: string): Promise<Bulletin> {
  const [row] = await tx.select().from(bulletins).where(eq(bulletins.id, id)).for("update");
  return seen(actor, row);
}

/** A bulletin for a page. @throws DomainError notFound */
export async function findBulletin(db: DatabaseOrTransaction, actor: Actor, id: string): Promise<Bulletin> {
  const [row] = await db.select().from(bulletins).where(eq(bulletins.id, id));
  return seen(actor, row);
}

/**
 * The content of a bulletin, proven by its hash: what was stored is what was composed.
 * Throws when somebody changed the one without the other.
 */
export function contentOf(bulletin: Pick<Bulletin, "id" | "content" | "contentHash">): BulletinContent {
  if (digestOf(bulletin.content) !== bulletin.contentHash) {
    throw new Error(`the content of bulletin ${bulletin.id} does not match its hash`);
  }
  return bulletin.content as BulletinContent;
}
