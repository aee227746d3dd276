import { eq, sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { cloudSteps, systems } from "@db/schema";
import { accept, conflict, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, visible, type Action } from "~/policy";

import { standingOf } from "../standing.server";
import type { CloudState } from "./steps.rules";

export type SystemRow = typeof systems.$inferSelect;
export type StepRow = typeof cloudSteps.$inferSelect;

/** Which system, and the version the form was filled in from. */
export interface SystemRef {
  readonly systemId: string;
  readonly version: number;
}

/** A system held for a change, with what the rules ask about it. */
export interface HeldSystem {
  readonly system: SystemRow;
  readonly state: CloudState & { readonly steps: readonly StepRow[] };
}

/** What an act did, as it is recorded. */
export interface CloudDeed {
  /** past tense: `cloudStepCompleted` */
  readonly event: string;
  readonly before?: unknown;
  readonly after: unknown;
  readonly reason?: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Did a system stop running by a day? */
export const isRetiredOn = ({ retiredOn }: Pick<SystemRow, "retiredOn">, today: string): boolean =>
  retiredOn !== null && retiredOn <= today;

/**
 * One act on a system's way to the cloud, in the one order of all its verbs: load in sight, authorize, the version that
 * was read, then `act`, which asks its rule and writes, then the system's version and the record.
 * @throws DomainError notFound, forbidden; conflict when the system was changed meanwhile
 */
export async function actOnCloud<Code extends string>(
  ctx: Ctx,
  { systemId, version }: SystemRef,
  action: Action,
  act: (tx: Transaction, held: HeldSystem) => Promise<Result<CloudDeed, Code>>,
): Promise<Result<null, Code>> {
  return inTransaction<null, Code>(ctx, async (tx) => {
    const [row] = await tx.select().from(systems).where(eq(systems.id, systemId)).for("update");
    const system = visible(ctx.actor, "system:read", row, "system");
    authorize(ctx.actor, action, system);
    if (system.version !== version) throw conflict("system");
    const deed = await act(tx, { system, state: await stateOf(tx, system, ctx) });
    if (!deed.ok) return deed;
    await tx
      .update(systems)
      .set({ version: sql`${systems.version} + 1` })
      .where(eq(systems.id, systemId));
    const { payload, ...told } = deed.value;
    await record(tx, ctx, {
      action,
      object: { type: "system", id: systemId, regionId: system.regionId },
      ...told,
      payload: { name: system.name, ...payload },
    });
    return accept(null);
  });
}

async function stateOf(tx: Transaction, system: SystemRow, { today }: Ctx): Promise<HeldSystem["state"]> {
  const steps = await tx.select().from(cloudSteps).where(eq(cloudSteps.systemId, system.id));
  const standing = await standingOf(tx, system.id);
  return { steps, outOfScope: standing.scope === "out", retired: isRetiredOn(system, today), today };
}
