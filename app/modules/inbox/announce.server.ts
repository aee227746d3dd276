import { and, eq, inArray, isNull, or, sql, type SQL } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { outbox, robots, sendings, users } from "@db/schema";
import { absoluteUrl } from "~/platform/env.server";
import { newId } from "~/platform/ids.server";
import { mailIsConfigured } from "~/platform/mail.server";

import { notifyAll, type Notice, type Sender } from "./notify.server";
import { mailText, robotLine } from "./sending.rules";

/** How a message leaves the house, besides the inbox: by mail, to the groups of the unit, to the groups of the region. */
export type Channel = "mail" | "unitRobots" | "regionRobots";

export interface Announcement extends Notice {
  /** names what is told: a person is told of it once, an address and a robot too */
  readonly occasion: string;
  /** whose groups `unitRobots` reaches */
  readonly unitId?: string | undefined;
  readonly channels: readonly Channel[];
}

/** The event that begins the sending. */
export const SENDINGS_QUEUED = "sendingsQueued";

/** Rows of one INSERT: PostgreSQL takes 65,535 parameters. */
const AT_ONCE = 1_000;

type Sending = Omit<typeof sendings.$inferInsert, "nextAttemptAt"> & { readonly nextAttemptAt: SQL };

/**
 * Puts a message into each person's inbox and, in the same transaction, in line for the other channels: a mail for each
 * person with an address, when mail is configured; a message for each robot that is switched on. It is sent after the
 * commit, and none is sent of a change that did not happen. The same occasion reaches a person, an address and a robot
 * once.
 */
export async function announce(tx: Transaction, sender: Sender, announcement: Announcement): Promise<void> {
  await announceAll(tx, sender, [announcement]);
}

/** The same for many messages at once: a handful of statements, however many they are. */
export async function announceAll(
  tx: Transaction,
  sender: Sender,
  announcements: readonly Announcement[],
): Promise<void> {
  await notifyAll(tx, sender, announcements);
  const rows = [...(await mails(tx, sender, announcements)), ...(await robotMessages(tx, sender, announcements))];
  let queued = 0;
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const written = await tx
      .insert(sendings)
      .values(rows.slice(from, from + AT_ONCE))
      .onConflictDoNothing()
      .returning({ id: sendings.id });
    queued += written.length;
  }
  if (queued > 0) await startSending(tx, sender);
}

/** Lets the sender begin as soon as the transaction is committed. */
export async function startSending(tx: Transaction, { actor: { regionId }, now }: Sender): Promise<void> {
  await tx.insert(outbox).values({
    id: newId(),
    regionId,
    topic: SENDINGS_QUEUED,
    subjectId: regionId,
    payload: {},
    createdAt: now,
    // at once, whatever clock asks
    nextAttemptAt: new Date(0),
  });
}

/** What every sending begins as. Its turn comes by the database's clock, which is never a demonstration's. */
export const newSending = (now: Date) => ({
  id: newId(),
  state: "waiting" as const,
  createdAt: now,
  nextAttemptAt: sql`clock_timestamp()`,
});

async function mails(tx: Transaction, sender: Sender, all: readonly Announcement[]) {
  const byMail = all.filter(({ channels }) => channels.includes("mail"));
  const people = [...new Set(byMail.flatMap(({ userIds }) => userIds))];
  if (!mailIsConfigured() || people.length === 0) return [];
  const found = await tx
    .select({ id: users.id, email: users.email, regionId: users.regionId })
    .from(users)
    .where(and(sql`${users.id} = any(${sql.param(people)}::text[])`, isNull(users.disabledAt)));
  const known = new Map(found.map((person) => [person.id, person]));
  return byMail.flatMap(({ userIds, title, href, occasion }) =>
    [...new Set(userIds)].flatMap((userId): Sending[] => {
      const person = known.get(userId);
      if (!person?.email) return [];
      const { regionId, email: address } = person;
      const body = mailText(title, absoluteUrl(href));
      return [{ ...newSending(sender.now), kind: "mail", regionId, userId, address, subject: title, body, occasion }];
    }),
  );
}

async function robotMessages(tx: Transaction, sender: Sender, all: readonly Announcement[]) {
  const unitIds = all.flatMap(({ unitId, channels }) => (unitId && channels.includes("unitRobots") ? [unitId] : []));
  const toRegion = all.some(({ channels }) => channels.includes("regionRobots"));
  if (unitIds.length === 0 && !toRegion) return [];
  const { regionId } = sender.actor;
  const found = await tx
    .select({ id: robots.id, regionId: robots.regionId, unitId: robots.unitId, name: robots.name })
    .from(robots)
    .where(
      and(
        eq(robots.enabled, true),
        or(
          unitIds.length > 0 ? inArray(robots.unitId, [...new Set(unitIds)]) : undefined,
          toRegion ? and(isNull(robots.unitId), eq(robots.regionId, regionId)) : undefined,
        ),
      ),
    );
  return all.flatMap(({ title, href, occasion, unitId, channels }) =>
    found
      .filter((robot) =>
        robot.unitId === null
          ? channels.includes("regionRobots")
          : robot.unitId === unitId && channels.includes("unitRobots"),
      )
      .map((robot): Sending => ({
        ...newSending(sender.now),
        kind: "robot",
        regionId: robot.regionId,
        robotId: robot.id,
        address: robot.name,
        subject: title,
        body: robotLine(title, absoluteUrl(href)),
        // Robots of two regions may bear one name: the robot itself is told once.
        occasion: `${occasion} ${robot.id}`,
      })),
  );
}
