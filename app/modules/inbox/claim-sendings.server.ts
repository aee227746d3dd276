import { and, asc, eq, exists, inArray, isNull, lt, lte, notInArray, or, sql } from "drizzle-orm";

import type { Database, DatabaseOrTransaction } from "@db/client";
import { robots, sendings } from "@db/schema";
import { newId } from "~/platform/ids.server";

export type Sending = typeof sendings.$inferSelect;
export type Robot = typeof robots.$inferSelect;

/** Sendings that this process alone may send now, as one message. */
export interface Claimed {
  readonly batchId: string;
  /** oldest first; never empty */
  readonly rows: readonly Sending[];
}

/** More of what waits for a robot goes with its next message. */
const MOST_OF_A_BATCH = 200;

/** Times are the database's, so that the clocks of several nodes need not agree, nor stand at a demonstration's day. */
const now = sql`clock_timestamp()`;

const isDue = and(
  inArray(sendings.state, ["waiting", "retrying"]),
  lte(sendings.nextAttemptAt, now),
  or(isNull(sendings.leasedUntil), lt(sendings.leasedUntil, now)),
);

/** Takes the mail that is due longest, for as long as the lease; undefined when none is due. @unit leaseMs ms */
export async function claimMail(db: Database, leaseMs: number): Promise<Claimed | undefined> {
  const due = db
    .select({ id: sendings.id })
    .from(sendings)
    .where(and(eq(sendings.kind, "mail"), isDue))
    .orderBy(asc(sendings.nextAttemptAt), asc(sendings.id))
    .limit(1)
    .for("update", { skipLocked: true });
  // "=" asks once; "in" might be asked again for every row, and take more than one
  return take(db, sql`${sendings.id} = (${due})`, leaseMs);
}

export interface ClaimedForRobot extends Claimed {
  readonly robot: Robot;
}

/**
 * Takes all that is due for one robot, to be sent as one message, unless the robot has had as many messages within the
 * last minute as it takes: whatever process sent them, since the rows of the database are counted while the robot is
 * held. Undefined when nothing is due, or all robots have had enough.
 * @unit leaseMs ms
 */
export async function claimForRobot(
  db: Database,
  { leaseMs, perMinute }: { readonly leaseMs: number; readonly perMinute: number },
): Promise<ClaimedForRobot | undefined> {
  const full: string[] = [];
  for (;;) {
    const outcome = await db.transaction(async (tx) => {
      const robot = await holdRobot(tx, full);
      if (!robot) return undefined;
      if ((await sentWithinMinute(tx, robot.id)) >= perMinute) return robot.id;
      const due = tx
        .select({ id: sendings.id })
        .from(sendings)
        .where(and(eq(sendings.robotId, robot.id), isDue))
        .orderBy(asc(sendings.id))
        .limit(MOST_OF_A_BATCH);
      const claimed = await take(tx, sql`${sendings.id} = any(array(${due}))`, leaseMs);
      return claimed ? { ...claimed, robot } : robot.id;
    });
    if (typeof outcome !== "string") return outcome;
    full.push(outcome);
  }
}

/** The robot that something waits for longest, held against every other sender until the transaction ends. */
async function holdRobot(tx: DatabaseOrTransaction, except: readonly string[]): Promise<Robot | undefined> {
  const waiting = tx
    .select({ one: sql`1` })
    .from(sendings)
    .where(and(eq(sendings.robotId, robots.id), isDue));
  const [robot] = await tx
    .select()
    .from(robots)
    .where(
      and(
        eq(robots.enabled, true),
        exists(waiting),
        except.length > 0 ? notInArray(robots.id, [...except]) : undefined,
      ),
    )
    .orderBy(asc(robots.id))
    .limit(1)
    // Whoever writes a sending refers to the robot, and need not wait.
    .for("no key update", { skipLocked: true });
  return robot;
}

/**
 * Messages that a robot was sent within the last minute, or is being sent now. A lease that ended tells when; what failed
 * is not tried again within the minute, so that each message is counted as long as it must be.
 */
async function sentWithinMinute(tx: DatabaseOrTransaction, robotId: string): Promise<number> {
  const [counted] = await tx
    .select({ n: sql<number>`count(distinct ${sendings.batchId})::int` })
    .from(sendings)
    .where(and(eq(sendings.robotId, robotId), sql`${sendings.leasedUntil} > ${now} - interval '1 minute'`));
  return counted?.n ?? 0;
}

async function take(
  db: DatabaseOrTransaction,
  which: ReturnType<typeof sql>,
  leaseMs: number,
): Promise<Claimed | undefined> {
  const batchId = newId();
  const rows = await db
    .update(sendings)
    .set({
      batchId,
      attempts: sql`${sendings.attempts} + 1`,
      leasedUntil: sql`${now} + ${leaseMs} * interval '1 millisecond'`,
    })
    .where(which)
    .returning();
  return rows.length === 0 ? undefined : { batchId, rows: rows.sort((a, b) => (a.id < b.id ? -1 : 1)) };
}
