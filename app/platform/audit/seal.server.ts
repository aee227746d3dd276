import { and, asc, desc, gt, gte, lt, lte } from "drizzle-orm";

import type { Database, DatabaseOrTransaction } from "@db/client";
import { auditBlocks, auditEntries } from "@db/schema";

import type { ScheduledJob } from "../jobs.server";
import { sealBlock, verifyBlock, type Block, type Finding, type SealedRow } from "./seal.rules";

const BLOCK_ROWS = 1_000;
/** Sequence numbers are taken before the commit: rows this young may still have neighbours to come. @unit ms */
const SETTLE_MS = 60_000;

type Entry = typeof auditEntries.$inferSelect;
const toSealed = (entry: Entry): SealedRow => ({ sequence: entry.sequence, content: entry });

async function lastBlock(db: DatabaseOrTransaction): Promise<Block | undefined> {
  const [block] = await db.select().from(auditBlocks).orderBy(desc(auditBlocks.sequence)).limit(1);
  return block;
}

/** Seals all settled audit entries into blocks; returns how many blocks were made. Run by one job at a time. */
export async function sealAudit(db: Database, sealedAt: Date, settledBefore: Date): Promise<number> {
  for (let made = 0; ; made++) {
    const sealed = await db.transaction(async (tx) => {
      const previous = await lastBlock(tx);
      const rows = await tx
        .select()
        .from(auditEntries)
        .where(and(gt(auditEntries.sequence, previous?.lastEntry ?? 0), lt(auditEntries.at, settledBefore)))
        .orderBy(asc(auditEntries.sequence))
        .limit(BLOCK_ROWS);
      if (rows.length === 0) return false;
      const block = sealBlock(previous, rows.map(toSealed));
      // The primary key lets only one of two sealers take this place in the chain.
      await tx
        .insert(auditBlocks)
        .values({ ...block, rowSequences: [...block.rowSequences], rowDigests: [...block.rowDigests], sealedAt });
      return true;
    });
    if (!sealed) return made;
  }
}

export interface Verification {
  readonly blocks: number;
  readonly entries: number;
  readonly finding: Finding | undefined;
}

/** Walks the whole chain and stops at the first thing that is not as sealed. Memory stays at one block. */
export async function verifyAudit(db: Database): Promise<Verification> {
  let previous: Block | undefined;
  let [blocks, entries] = [0, 0];
  for (;;) {
    const [block] = await db
      .select()
      .from(auditBlocks)
      .where(gt(auditBlocks.sequence, previous?.sequence ?? 0))
      .orderBy(asc(auditBlocks.sequence))
      .limit(1);
    if (!block) return { blocks, entries, finding: undefined };
    const { sealedAt: _, ...sealed } = block;
    const rows = await db
      .select()
      .from(auditEntries)
      .where(
        and(gte(auditEntries.sequence, (previous?.lastEntry ?? 0) + 1), lte(auditEntries.sequence, block.lastEntry)),
      );
    const finding = verifyBlock(previous, sealed, rows.map(toSealed));
    if (finding) return { blocks, entries, finding };
    blocks++;
    entries += rows.length;
    previous = sealed;
  }
}

export const auditJobs: readonly ScheduledJob[] = [
  {
    name: "audit-seal",
    cron: "*/10 * * * *",
    run: async (db) => {
      const host = new Date();
      await sealAudit(db, host, new Date(host.getTime() - SETTLE_MS));
    },
  },
];
