import type { domainEvents } from "@db/schema";

import { demoId } from "./demo-id";
import type { Person } from "./people";

export type EventRow = typeof domainEvents.$inferInsert;

/** Something that happened, as the verbs record it: who did what to what, and when. */
export function eventRow(
  actor: Person,
  event: {
    readonly type: string;
    readonly subject: { readonly type: string; readonly id: string };
    readonly at: Date;
    readonly payload: Readonly<Record<string, unknown>>;
    readonly reason?: string | undefined;
  },
): EventRow {
  const { type, subject, at, payload, reason } = event;
  return {
    id: demoId("event", `${subject.id} ${type} ${at.toISOString()}`, at),
    regionId: actor.unit.regionId,
    type,
    subjectType: subject.type,
    subjectId: subject.id,
    at,
    actorId: actor.id,
    actorName: actor.name,
    actorRole: actor.role,
    unitName: actor.unit.name,
    reason: reason ?? null,
    payload: { ...payload },
  };
}
