import { and, eq, gt, isNull, ne, or, sql } from "drizzle-orm";
import { createHash } from "node:crypto";

import type { Transaction } from "@db/client";
import { commonComponents, units } from "@db/schema";
import { conflict, notFound, type Refusal } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { ComponentRefusal } from "./component.refusals";
import type { ComponentInput } from "./component.schema";

export type Component = typeof commonComponents.$inferSelect;

/** Whoever changes the register holds this: names and numbers are given one at a time. */
const REGISTER = 7_311;

/** The register is one for all regions: changes of it come one after the other. */
export async function lockRegister(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${REGISTER})`);
}

/**
 * A component under the version that was read.
 * @throws DomainError notFound; conflict when another edit came first
 */
export async function loadComponent(tx: Transaction, code: string, version: number): Promise<Component> {
  const [found] = await tx.select().from(commonComponents).where(eq(commonComponents.code, code)).for("update");
  if (!found) throw notFound("component");
  if (found.version !== version) throw conflict("component");
  return found;
}

/** What stands against the words of a component. Refusals nameTaken, providerUnknown. */
export async function inputProblems(
  tx: Transaction,
  { today }: Ctx,
  { name, providerUnitId }: ComponentInput,
  own?: string,
): Promise<Refusal<ComponentRefusal>[]> {
  const same = await tx.$count(
    commonComponents,
    and(
      eq(commonComponents.name, name),
      or(isNull(commonComponents.retiredOn), gt(commonComponents.retiredOn, today)),
      own ? ne(commonComponents.code, own) : undefined,
    ),
  );
  const provider = providerUnitId ? await tx.$count(units, eq(units.id, providerUnitId)) : 1;
  return [
    ...(same > 0 ? [{ code: "nameTaken", field: "name" } as const] : []),
    ...(provider === 0 ? [{ code: "providerUnknown", field: "providerUnitId" } as const] : []),
  ];
}

/** The id under which events know a component: the register knows it by its code, events ask for a uuid. */
export function subjectOf(code: string): string {
  const hex = createHash("sha256").update(`component ${code}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
