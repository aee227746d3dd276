import { and, desc, eq } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { domainEvents } from "@db/schema";
import { localDateOf, type LocalDate } from "~/kernel/local-date";
import type { ProjectStage } from "~/kernel/vocabulary";

import { PROJECT_EVENT_FACTS } from "./project.lifecycle";

const HALTS: Readonly<Partial<Record<ProjectStage, string>>> = {
  suspended: PROJECT_EVENT_FACTS.suspend,
  terminated: PROJECT_EVENT_FACTS.terminate,
  lapsed: PROJECT_EVENT_FACTS.lapse,
};

/** Since when and why a project stands still, and by whose word. */
export interface Halt {
  readonly since: LocalDate;
  readonly by: string;
  readonly reason: string;
  /** the document a termination rests on */
  readonly basis: string;
}

/** Why a suspended, terminated or lapsed project stands still; null for any other. */
export async function haltOf(
  db: DatabaseOrTransaction,
  { id, stage }: { readonly id: string; readonly stage: ProjectStage },
): Promise<Halt | null> {
  const type = HALTS[stage];
  if (!type) return null;
  const [event] = await db
    .select()
    .from(domainEvents)
    .where(and(eq(domainEvents.subjectType, "project"), eq(domainEvents.subjectId, id), eq(domainEvents.type, type)))
    .orderBy(desc(domainEvents.at), desc(domainEvents.id))
    .limit(1);
  if (!event) return null;
  const { basis } = event.payload;
  return {
    since: localDateOf(event.at),
    by: `${event.unitName} ${event.actorName}`,
    reason: event.reason ?? "",
    basis: typeof basis === "string" ? basis : "",
  };
}
