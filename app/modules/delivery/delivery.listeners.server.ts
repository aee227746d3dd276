import { eq } from "drizzle-orm";

import { resources, systems } from "@db/schema";
import { newId } from "~/platform/ids.server";
import { businessTime } from "~/platform/installation.server";
import type { Listener, Listeners } from "~/platform/outbox.server";
import { systemActor } from "~/platform/system-actor";

import { queueChanges } from "./queue-delivery.server";

/** Something of a project changed that its platform was told of. Called twice for one event it queues once. */
const changeOf =
  (table: typeof resources | typeof systems): Listener =>
  async ({ subjectId, regionId }, db) => {
    const [row] = await db.select({ projectId: table.projectId }).from(table).where(eq(table.id, subjectId));
    if (!row?.projectId) return;
    const { now, today } = await businessTime(db);
    const actor = systemActor("bureauReviewer", regionId);
    await queueChanges({ db, actor, now, today, requestId: newId(), address: "" }, row.projectId);
  };

const resourceChanged = [changeOf(resources)];
const systemChanged = [changeOf(systems)];

export const deliveryListeners: Listeners = {
  resourcePublished: resourceChanged,
  revisionPublished: resourceChanged,
  resourceSuspended: resourceChanged,
  resourceResumed: resourceChanged,
  resourceWithdrawn: resourceChanged,
  resourceConnected: resourceChanged,
  resourceConnectionTested: resourceChanged,
  resourceDisconnected: resourceChanged,
  systemRegistered: systemChanged,
  systemLinked: systemChanged,
  systemEdited: systemChanged,
  systemStateChanged: systemChanged,
  systemRetired: systemChanged,
  systemTransferred: systemChanged,
};
