import type { Database } from "@db/client";
import {
  maintainedSystems,
  materialProofs,
  materials,
  matterMaterials,
  matterSystems,
  projects,
  resources,
  serviceMatters,
} from "@db/schema";
import type { TestCity } from "@tests/support/factories";
import { makeSystem } from "@tests/support/factories/systems";
import type { AssetKind } from "~/kernel/vocabulary";
import { fen } from "~/kernel/fen";
import { searchGrams } from "~/kernel/names";
import type { NodeRef, Relation } from "~/modules/graph/graph.types";
import { newId } from "~/platform/ids.server";

/** Rows of the graph, written straight into the tables: what is tested is how they are read. */
export interface Planting {
  readonly unitId?: string;
  readonly regionId?: string;
  readonly secret?: boolean;
  readonly tags?: string[];
  readonly state?: "draft" | "published";
}

export async function plant(city: TestCity, kind: AssetKind, name: string, more: Planting = {}): Promise<NodeRef> {
  const { db } = city;
  const { unitId = city.unitId, regionId = city.regionId, secret = false, tags = [] } = more;
  const id = newId();
  const code = id.slice(-12);
  const now = new Date("2026-07-01T01:00:00Z");
  switch (kind) {
    case "project":
      await db.insert(projects).values({
        id,
        regionId,
        unitId,
        code,
        name,
        normalizedName: name,
        comparedName: name,
        initials: "",
        searchGrams: searchGrams(name),
        year: 2026,
        stage: "implementation",
        secret,
        declaredFen: fen(0),
        lightReasons: [],
        createdBy: "filer",
        createdAt: now,
        updatedAt: now,
      });
      break;
    case "system":
      return { kind, id: await makeSystem({ db, regionId, unitId }, name, 0, "2026-05-01", { secret, tags }) };
    case "matter":
      await db.insert(serviceMatters).values({ id, regionId, unitId, code, name, tags });
      break;
    case "material":
      await db.insert(materials).values({ id, regionId, code, name, tags });
      break;
    case "resource":
      await db.insert(resources).values({
        id,
        regionId,
        unitId,
        categoryCode: "101001",
        code,
        name,
        normalizedName: name,
        initials: "",
        searchGrams: searchGrams(name),
        summary: name,
        formatClass: "database",
        sharingType: "unconditional",
        updateCycle: "monthly",
        state: more.state ?? "published",
      });
      break;
  }
  return { kind, id };
}

/** Ties two nodes. Only one project built a system, and only one system produces a resource. */
export async function tie(
  db: Database,
  regionId: string,
  relation: Relation,
  from: NodeRef,
  to: NodeRef,
): Promise<void> {
  switch (relation) {
    case "built":
      await db.execute(`update systems set project_id = '${from.id}' where id = '${to.id}'`);
      break;
    case "maintained":
      await db
        .insert(maintainedSystems)
        .values({ regionId, projectId: from.id, systemId: to.id })
        .onConflictDoNothing();
      break;
    case "handles":
      await db.insert(matterSystems).values({ regionId, systemId: from.id, matterId: to.id }).onConflictDoNothing();
      break;
    case "asks":
      await db.insert(matterMaterials).values({ regionId, matterId: from.id, materialId: to.id }).onConflictDoNothing();
      break;
    case "proves":
      await db
        .insert(materialProofs)
        .values({
          id: newId(),
          regionId,
          materialId: from.id,
          resourceId: to.id,
          linkedBy: "filer",
          linkedAt: new Date("2026-07-01T01:00:00Z"),
        })
        .onConflictDoNothing();
      break;
    case "produces":
      await db.execute(`update resources set system_id = '${from.id}' where id = '${to.id}'`);
      break;
    case "yields":
      await db.execute(`update resources set project_id = '${from.id}' where id = '${to.id}'`);
      break;
  }
}
