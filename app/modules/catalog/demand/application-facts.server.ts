import { and, eq, isNotNull, ne, notInArray } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { demands, resources, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { accept, notFound, refuse, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";
import { can } from "~/policy";

import { refuseApplication, type ApplicationRefusalCode } from "./demand.rules";
import type { ApplicationInput } from "./demand.schema";

/** An application whose provider and resource are known to exist. */
type AdmittedApplication = Omit<ApplicationInput, "resourceId" | "providerUnitId"> & {
  readonly resourceId: string | null;
  readonly providerUnitId: string;
};

/**
 * What an application says once its resource is looked up: the entry of the catalog names provider and data. Refuses as
 * refuseApplication does.
 * @throws DomainError notFound when the resource is out of sight
 */
export async function admitApplication(
  tx: Transaction,
  ctx: Ctx,
  unitId: string,
  input: ApplicationInput,
  except?: string,
): Promise<Result<AdmittedApplication, ApplicationRefusalCode>> {
  const resource = input.resourceId ? await findResource(tx, ctx.actor, input.resourceId) : null;
  const named = resource ? { ...input, providerUnitId: resource.unitId, wanted: resource.name } : input;
  const provider = await findProvider(tx, named.providerUnitId);
  const open = await tx
    .select({ providerUnitId: demands.providerUnitId, resourceId: demands.resourceId, wanted: demands.wanted })
    .from(demands)
    .where(
      and(
        eq(demands.unitId, unitId),
        isNotNull(demands.appliedAt),
        notInArray(demands.state, ["ended", "withdrawn"]),
        except ? ne(demands.id, except) : undefined,
      ),
    );
  const found = refuseApplication({ ...named, unitId, providerUnitId: provider }, resource, open, ctx.today);
  const [first, ...others] = found;
  if (first) return refuse(first, ...others);
  return accept({ ...named, resourceId: resource?.id ?? null, providerUnitId: provider ?? "" });
}

async function findResource(tx: Transaction, actor: Actor, id: string) {
  const [resource] = await tx
    .select({
      id: resources.id,
      unitId: resources.unitId,
      regionId: resources.regionId,
      name: resources.name,
      state: resources.state,
      sharingType: resources.sharingType,
      method: resources.method,
    })
    .from(resources)
    .where(eq(resources.id, id));
  if (!resource || !can(actor, "catalog:read", resource)) throw notFound("resource");
  return resource;
}

async function findProvider(tx: Transaction, unitId: string | undefined): Promise<string | null> {
  if (!unitId) return null;
  const [unit] = await tx.select({ id: units.id, closedOn: units.closedOn }).from(units).where(eq(units.id, unitId));
  return unit && unit.closedOn === null ? unit.id : null;
}
