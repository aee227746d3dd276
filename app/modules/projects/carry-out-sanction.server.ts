import { eq } from "drizzle-orm";

import type { Database } from "@db/client";
import { projects } from "@db/schema";
import { newId } from "~/platform/ids.server";
import { businessTime } from "~/platform/installation.server";
import type { Listener, Listeners } from "~/platform/outbox.server";
import { systemActor } from "~/platform/system-actor";

import { isPossible } from "./stage.rules";
import { suspendProject } from "./suspend-project.server";
import { terminateProject } from "./terminate-project.server";

interface Imposed {
  readonly projectId: string;
  readonly rung: string;
  readonly reason: string;
  readonly basis: string;
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/**
 * Stops the project that a sanction halts or ends, through the project's own lifecycle. A project that stands still
 * already, or was ended meanwhile, is left as it is: the same event may come twice.
 * @throws DomainError conflict when somebody works on the project at this moment; the event then comes again
 * @source 国办发〔2019〕57号
 */
async function carryOut(db: Database, regionId: string, { projectId, rung, reason, basis }: Imposed): Promise<void> {
  const event = rung === "halt" ? "suspend" : rung === "terminate" ? "terminate" : null;
  if (!event) return;
  const [project] = await db.select().from(projects).where(eq(projects.id, projectId));
  if (!project || !isPossible(project.stage, event)) return;
  const actor = systemActor("bureauReviewer", regionId);
  const ctx = { db, actor, ...(await businessTime(db)), requestId: newId(), address: "" };
  const step = { projectId, version: project.version, reason };
  const done = await (event === "suspend" ? suspendProject(ctx, step) : terminateProject(ctx, { ...step, basis }));
  if (!done.ok)
    throw new Error(`the sanction was not carried out: ${done.refusals.map(({ code }) => code).join(", ")}`);
}

const onImposed: Listener = async ({ regionId, payload }, db) => {
  const { projectId, rung, reason, basis } = payload;
  if (typeof projectId !== "string") return;
  await carryOut(db, regionId, { projectId, rung: text(rung), reason: text(reason), basis: text(basis) });
};

/** What a sanction on a project brings about. */
export const sanctionListeners: Listeners = { sanctionImposed: [onImposed] };
