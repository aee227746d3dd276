import { eq, inArray, sql, type SQL } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { materialProofs, materials, matterMaterials, resources, serviceMatters } from "@db/schema";

import { REPLACEABILITIES, type Replaceability } from "./replaceability.rules";

/** What replaceability finds of one proof, as a rank, the best first; a test holds the two against each other. */
const rankOfProof = sql<number>`case
  when ${resources.state} <> 'published' then 4
  when ${resources.sharingType} = 'none' then 3
  when ${resources.interfaceAttachedOn} is null or ${resources.testSharedOn} is null then 2
  when ${resources.sharingType} = 'conditional' then 1
  else 0 end`;

const BY_RANK = Object.keys(REPLACEABILITIES) as Replaceability[];

/** Which of its materials' proofs is the best, for every material with one. */
const bestRank = sql`(select min(${rankOfProof}) from ${materialProofs}
  join ${resources} on ${resources.id} = ${materialProofs.resourceId}
  where ${materialProofs.materialId} = ${materials.id})`;

/** How a material of the row stands, in a select. */
export const standingOf = sql<Replaceability>`(array[${sql.raw(BY_RANK.map((each) => `'${each}'`).join(", "))}])[coalesce(${bestRank}, 4) + 1]`;

/** The condition that a material of the row stands so. */
export const standsAs = (standing: Replaceability): SQL => sql`coalesce(${bestRank}, 4) = ${BY_RANK.indexOf(standing)}`;

/** The materials that data replace at once: asked for as a whole, so that a page asks once and not for each row. */
const replaceableIds = (db: DatabaseOrTransaction) =>
  db
    .select({ id: materialProofs.materialId })
    .from(materialProofs)
    .innerJoin(resources, eq(resources.id, materialProofs.resourceId))
    .where(sql`${rankOfProof} = 0`);

/** Of the required materials of a matter of the row, how many data replace. */
export const relievedPapers = (db: DatabaseOrTransaction): SQL<number> =>
  sql<number>`(select count(*)::int from ${matterMaterials} where ${matterMaterials.matterId} = ${serviceMatters.id}
    and ${matterMaterials.required} and ${inArray(matterMaterials.materialId, replaceableIds(db))})`;

/** The condition that a link of a matter to a material is one that data make needless. */
export const isRelieved = (db: DatabaseOrTransaction): SQL =>
  sql`(${matterMaterials.required} and ${inArray(matterMaterials.materialId, replaceableIds(db))})`;
