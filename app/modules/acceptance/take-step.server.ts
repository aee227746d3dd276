import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { acceptances } from "@db/schema";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { ACCEPTANCE_KINDS } from "~/kernel/vocabulary";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, samePerson } from "~/policy";

import { ACCEPTANCE_EVENT_FACTS, type AcceptanceEvent, type AcceptanceTransition } from "./acceptance.lifecycle";
import {
  acceptanceAction,
  decideAcceptance,
  isAcceptanceEventPossible,
  standsStill,
  type AcceptanceStepRefusal,
} from "./acceptance.rules";
import { loadAcceptance, type Acceptance, type AcceptanceRef, type LoadedAcceptance } from "./load-acceptance.server";

type Guard = NonNullable<AcceptanceTransition["guards"]>[number];

/** What a verb finds out before the lifecycle is asked: the guards that hold and the columns that change with the state. */
interface Prepared {
  readonly guards?: readonly Guard[];
  readonly set?: Partial<Acceptance>;
}

interface Step<Code extends string> extends AcceptanceRef {
  readonly event: AcceptanceEvent;
  /** the guard reasonGiven follows from it */
  readonly reason?: string;
  readonly prepare?: (tx: Transaction, loaded: LoadedAcceptance) => Promise<Result<Prepared, Code>>;
  /** what else the step brings about, in its transaction: whom it tells, what it changes on the project */
  readonly follow?: (tx: Transaction, loaded: LoadedAcceptance) => Promise<Result<null, Code>>;
}

/**
 * Moves an application along its lifecycle, in the one order of all its verbs: load in sight, authorize, the version that
 * was read, prepare, decide, write, record, follow. Whoever drafted, submitted or signed it takes no later step of another.
 * Refuses with notInThisState, projectStandsStill, the guards that do not hold, or what the verb's own questions refuse with.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export async function takeStep<Code extends string = never>(
  ctx: Ctx,
  step: Step<Code>,
): Promise<Result<{ id: string }, Code | AcceptanceStepRefusal>> {
  const { acceptanceId, version, event } = step;
  const action = acceptanceAction(event);
  return inTransaction<{ id: string }, Code | AcceptanceStepRefusal>(ctx, async (tx) => {
    const loaded = await loadAcceptance(tx, ctx, acceptanceId);
    const { acceptance, project } = loaded;
    authorize(ctx.actor, action, project);
    if (acceptance.version !== version) throw conflict("acceptance");
    if (isAcceptanceEventPossible(acceptance.state, event) && standsStill(project.stage, event))
      return refuse({ code: "projectStandsStill", facts: { stage: project.stage } });
    const prepared = step.prepare ? await step.prepare(tx, loaded) : accept<Prepared>({});
    if (!prepared.ok) return prepared;
    const reason = step.reason?.trim() ?? "";
    const decided = decideAcceptance(acceptance.state, event, [
      ...(prepared.value.guards ?? []),
      ...(isOtherPerson(ctx, acceptance) ? (["otherPersonThanBefore"] as const) : []),
      ...(reason ? (["reasonGiven"] as const) : []),
    ]);
    if (!decided.ok) return decided;
    const [after] = await tx
      .update(acceptances)
      .set({ ...prepared.value.set, state: decided.value.to, version: version + 1 })
      .where(and(eq(acceptances.id, acceptanceId), eq(acceptances.version, version)))
      .returning();
    if (!after) throw conflict("acceptance");
    await record(tx, ctx, {
      action,
      event: ACCEPTANCE_EVENT_FACTS[event],
      object: { type: "acceptance", id: acceptanceId, regionId: acceptance.regionId },
      before: acceptance,
      after,
      ...(reason && { reason }),
      payload: payloadOf(after, project),
    });
    const followed = step.follow ? await step.follow(tx, { acceptance: after, project }) : accept(null);
    return followed.ok ? accept({ id: acceptanceId }) : followed;
  });
}

/** Is the actor somebody who had no hand in handing this application in? */
const isOtherPerson = ({ actor }: Ctx, { draftedBy, submittedBy, signedBy, state }: Acceptance): boolean =>
  // Who signed an earlier round may sign the next one.
  [draftedBy, submittedBy, ...(state === "signing" ? [] : [signedBy])].every((id) => !samePerson(actor, id));

/** What every event of an application tells its listeners and timelines. */
export const payloadOf = (
  { kind, number }: Pick<Acceptance, "kind" | "number">,
  project: { readonly id: string; readonly name: string },
) => ({ projectId: project.id, projectName: project.name, kind, kindName: ACCEPTANCE_KINDS[kind], number });
