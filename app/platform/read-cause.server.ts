import { eq } from "drizzle-orm";

import type { Database } from "@db/client";
import { domainEvents, users } from "@db/schema";
import { ROLES } from "~/kernel/actor";
import { localDateOf } from "~/kernel/local-date";

import type { Delivered } from "./outbox.server";
import { systemActor } from "./system-actor";
import type { Ctx } from "./transaction.server";

/**
 * Who did what a listener is told of, and when: what follows from it by itself is told as their doing. Undefined when the
 * event is not on record.
 */
export async function readCause(db: Database, { payload }: Delivered): Promise<Ctx | undefined> {
  if (typeof payload.eventId !== "string") return undefined;
  const [row] = await db
    .select({ event: domainEvents, username: users.username, unitId: users.unitId, regionId: users.regionId })
    .from(domainEvents)
    .leftJoin(users, eq(users.id, domainEvents.actorId))
    .where(eq(domainEvents.id, payload.eventId));
  if (!row) return undefined;
  const { event, username, unitId, regionId } = row;
  const roles = ROLES.filter((role) => role === event.actorRole);
  const [role = "bureauReviewer"] = roles;
  const actor =
    username === null || unitId === null || regionId === null
      ? // The calendar or a sanction did it, nobody in person.
        systemActor(role, event.regionId)
      : {
          username,
          unitId,
          regionId,
          userId: event.actorId,
          name: event.actorName,
          roles,
          unitName: event.unitName,
          regionIds: [regionId],
        };
  return { db, actor, now: event.at, today: localDateOf(event.at), requestId: event.id, address: "" };
}
