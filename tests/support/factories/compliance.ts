import { max } from "drizzle-orm";

import { catalogCategories, resources, sanctions } from "@db/schema";
import { localDate } from "~/kernel/local-date";
import { newId } from "~/platform/ids.server";

import type { TestCity } from "../factories";

/** A sanction as it stands in the database; 暂缓投资, standing since July, unless said otherwise. */
export async function makeSanction(
  { db, regionId, unitId }: TestCity,
  more: Partial<typeof sanctions.$inferInsert> = {},
): Promise<string> {
  const [last] = await db.select({ number: max(sanctions.number) }).from(sanctions);
  const id = newId();
  await db.insert(sanctions).values({
    id,
    regionId,
    unitId,
    number: (last?.number ?? 0) + 1,
    rung: "postpone",
    reason: "未按要求共享数据",
    demand: "限期完成共享",
    state: "standing",
    fromOn: localDate("2026-07-01"),
    proposedBy: "proposer",
    proposedAt: new Date("2026-07-01T01:00:00Z"),
    imposedBy: "imposer",
    imposedAt: new Date("2026-07-01T02:00:00Z"),
    ...more,
  });
  return id;
}

/** A published resource that is shared by file, up to date. */
export async function makeSharedResource(
  { db, regionId }: TestCity,
  unitId: string,
  more: Partial<typeof resources.$inferInsert> = {},
): Promise<string> {
  const [category] = await db.select({ code: catalogCategories.code }).from(catalogCategories).limit(1);
  const id = newId();
  await db.insert(resources).values({
    id,
    regionId,
    unitId,
    categoryCode: category?.code ?? "",
    name: `资源${id}`,
    normalizedName: id,
    initials: "",
    searchGrams: [],
    summary: "",
    formatClass: "database",
    sharingType: "unconditional",
    updateCycle: "irregular",
    state: "published",
    lastUpdatedOn: localDate("2026-07-01"),
    publishedOn: localDate("2026-07-01"),
    ...more,
  });
  return id;
}
