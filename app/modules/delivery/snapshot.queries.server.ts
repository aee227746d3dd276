import { and, asc, eq, gt, inArray, isNull } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { resourceConnections, resourceItems, resources, systems, units } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import type { Project } from "~/modules/projects/index.server";

import type { DeliveredItem, DeliveredResource, DeliveredSystem, DeliveryPayload } from "./payload";

/** What the platform would be told of a project now. */
export async function snapshotOf(tx: Transaction, project: Project, acceptedOn: LocalDate): Promise<DeliveryPayload> {
  const [unit] = await tx
    .select({ unitName: units.name, unitCreditCode: units.creditCode })
    .from(units)
    .where(eq(units.id, project.unitId));
  if (!unit) throw new Error("the project has no unit");
  return {
    project: { code: project.code, name: project.name, ...unit, acceptedOn },
    systems: await systemsOf(tx, project.id),
    resources: await resourcesOf(tx, project.id),
  };
}

/** Secret systems are under another regime: nothing outside is told of them. */
async function systemsOf(tx: Transaction, projectId: string): Promise<DeliveredSystem[]> {
  return tx
    .select({
      code: systems.code,
      name: systems.name,
      ownership: systems.ownership,
      mlpsLevel: systems.mlpsLevel,
      hosting: systems.hosting,
      registeredOn: systems.registeredOn,
      retiredOn: systems.retiredOn,
    })
    .from(systems)
    .where(and(eq(systems.projectId, projectId), eq(systems.secret, false)))
    .orderBy(asc(systems.code));
}

/** What was published once is told of for good, with the state it is in: the platform learns of a withdrawal too. */
async function resourcesOf(tx: Transaction, projectId: string): Promise<DeliveredResource[]> {
  const rows = await tx
    .select({ resource: resources, connection: resourceConnections })
    .from(resources)
    .leftJoin(
      resourceConnections,
      and(eq(resourceConnections.resourceId, resources.id), isNull(resourceConnections.removedOn)),
    )
    .where(and(eq(resources.projectId, projectId), gt(resources.edition, 0)))
    .orderBy(asc(resources.code), asc(resources.id));
  const items = await itemsOf(
    tx,
    rows.map(({ resource }) => resource.id),
  );
  return rows.map(({ resource, connection }) => ({
    code: resource.code ?? "",
    name: resource.name,
    categoryCode: resource.categoryCode,
    summary: resource.summary,
    formatClass: resource.formatClass,
    formatType: resource.formatType,
    sharingType: resource.sharingType,
    legalBasis: resource.legalBasis,
    conditions: resource.conditions,
    method: resource.method,
    openToPublic: resource.openToPublic,
    openConditions: resource.openConditions,
    updateCycle: resource.updateCycle,
    state: resource.state,
    edition: resource.edition,
    publishedOn: resource.publishedOn,
    connection: connection && {
      method: connection.method,
      address: connection.address,
      connectedOn: connection.connectedOn,
      testedOn: connection.testResult === "passed" ? connection.testedOn : null,
    },
    items: items.get(resource.id) ?? [],
  }));
}

async function itemsOf(tx: Transaction, resourceIds: readonly string[]): Promise<Map<string, DeliveredItem[]>> {
  const found = new Map<string, DeliveredItem[]>();
  if (resourceIds.length === 0) return found;
  const rows = await tx
    .select()
    .from(resourceItems)
    .where(inArray(resourceItems.resourceId, [...resourceIds]))
    .orderBy(asc(resourceItems.resourceId), asc(resourceItems.position));
  for (const { resourceId, name, dataType, length, required, isKey } of rows) {
    found.set(resourceId, [...(found.get(resourceId) ?? []), { name, dataType, length, required, isKey }]);
  }
  return found;
}
