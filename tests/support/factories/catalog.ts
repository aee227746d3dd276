import { eq } from "drizzle-orm";

import { resources } from "@db/schema";
import { resourceSchema, type ResourceContent } from "~/modules/catalog/resource.content";
import { createResource } from "~/modules/catalog/create-resource.server";
import { publishResource } from "~/modules/catalog/publish-resource.server";
import { registerResource } from "~/modules/catalog/register-resource.server";
import type { Ctx } from "~/platform/transaction.server";

import { accepted } from "./projects";

/** What an entry says when nothing about it matters. */
export const aResource = (name: string, more: Partial<ResourceContent> = {}): ResourceContent => ({
  ...resourceSchema.parse({
    name,
    categoryCode: "101001",
    summary: `${name}的主要内容`,
    formatClass: "database",
    items: [
      { name: "编号", dataType: "字符型", length: 64, required: true, isKey: true },
      { name: "名称", dataType: "字符型", length: 200 },
    ],
    sharingType: "unconditional",
    method: "interface",
    updateCycle: "monthly",
  }),
  ...more,
});

/** The row of a resource as it is now. */
export async function resourceRow(ctx: Pick<Ctx, "db">, id: string) {
  const [row] = await ctx.db.select().from(resources).where(eq(resources.id, id));
  if (!row) throw new Error("no such resource");
  return row;
}

/** The people through whose hands an entry goes. */
export interface CatalogHands {
  readonly filer: Ctx;
  readonly lead: Ctx;
  readonly bureau: Ctx;
}

/** A draft outside projects that waits for the leader. */
export async function makeDraftResource({ filer }: CatalogHands, name: string, more: Partial<ResourceContent> = {}) {
  return accepted(await createResource(filer, aResource(name, more))).id;
}

/** An entry that the unit has registered. */
export async function makeRegisteredResource(hands: CatalogHands, name: string, more: Partial<ResourceContent> = {}) {
  const id = await makeDraftResource(hands, name, more);
  accepted(await registerResource(hands.lead, { id, version: 1 }));
  return id;
}

/** An entry in force: edition 1, version 3. */
export async function makePublishedResource(hands: CatalogHands, name: string, more: Partial<ResourceContent> = {}) {
  const id = await makeRegisteredResource(hands, name, more);
  accepted(await publishResource(hands.bureau, { id, version: 2 }));
  return id;
}
