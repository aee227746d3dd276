import { asc, eq } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { resourceItems, resourceRelations, resources } from "@db/schema";

import type { Resource } from "./load-resource.server";
import type { ResourceContent } from "./resource.content";

/** What a resource says now, as the one content type: for a form, for an edition to keep, for a comparison. */
export async function contentOf(db: DatabaseOrTransaction, resource: Resource): Promise<ResourceContent> {
  const [items, related] = await Promise.all([
    db
      .select({
        name: resourceItems.name,
        dataType: resourceItems.dataType,
        length: resourceItems.length,
        required: resourceItems.required,
        isKey: resourceItems.isKey,
      })
      .from(resourceItems)
      .where(eq(resourceItems.resourceId, resource.id))
      .orderBy(asc(resourceItems.position)),
    db
      .select({ code: resources.code })
      .from(resourceRelations)
      .innerJoin(resources, eq(resources.id, resourceRelations.relatedId))
      .where(eq(resourceRelations.resourceId, resource.id))
      .orderBy(asc(resources.code)),
  ]);
  return {
    name: resource.name,
    categoryCode: resource.categoryCode,
    summary: resource.summary,
    formatClass: resource.formatClass,
    formatType: resource.formatType,
    items,
    sharingType: resource.sharingType,
    legalBasis: resource.legalBasis ?? "",
    conditions: resource.conditions ?? "",
    method: resource.method,
    openToPublic: resource.openToPublic,
    openConditions: resource.openConditions ?? "",
    updateCycle: resource.updateCycle,
    systemId: resource.systemId,
    basicDatabaseCode: resource.basicDatabaseCode,
    matter: resource.matter ?? "",
    material: resource.material ?? "",
    relatedCodes: related.flatMap(({ code }) => code ?? []),
  };
}
