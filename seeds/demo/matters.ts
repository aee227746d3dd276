import { and, asc, eq, inArray } from "drizzle-orm";

import type { Transaction } from "@db/client";
import {
  domainEvents,
  materialProofs,
  materials,
  matterMaterials,
  matterSystems,
  resourceItems,
  resources,
  serviceMatters,
  systems,
} from "@db/schema";
import { addDays, type LocalDate, localDate } from "~/kernel/local-date";
import { keysOf, MATERIAL_KINDS, MATTER_STATES, MATTER_TYPES } from "~/kernel/vocabulary";
import { initialsOf } from "~/platform/initials.server";

import { chance } from "./chance";
import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow, type EventRow } from "./events";
import { insertAll } from "./insert";
import type { Person } from "./people";
import { FOUNDED_AT, readSeedCsv } from "./regions";
import { DEMO_TODAY } from "./today";
import type { UnitRow } from "./units";

type MatterRow = typeof serviceMatters.$inferInsert;
type MaterialRow = typeof materials.$inferInsert;
type ProofRow = typeof materialProofs.$inferInsert;

/** The day from which the units entered their matters, and within how many days they were done. @unit days */
const LIST_BEGUN = localDate("2025-11-17");
const LIST_TOOK = 90;

/** A published resource with its items: what may prove a material. */
interface Provable {
  readonly id: string;
  readonly name: string;
  readonly publishedOn: LocalDate | null;
  readonly items: ReadonlySet<string>;
}

/** The service matters of the city, the materials they ask for, the systems they are handled in, and what data proves. */
export async function writeMatters(tx: Transaction, city: City): Promise<void> {
  const [systemIds, provable] = await Promise.all([systemsOf(tx, city), publishedResources(tx, city)]);
  const papers = cityMaterials(city);
  const proofs = proofsOf(city, papers, provable);
  const matters = cityMatters(city, papers, systemIds);
  await insertAll(tx, serviceMatters, matters.rows);
  await insertAll(tx, matterSystems, matters.systems);
  await insertAll(tx, materials, papers.rows);
  await insertAll(tx, matterMaterials, matters.asked);
  await insertAll(tx, materialProofs, proofs.rows);
  await insertAll(tx, domainEvents, [...matters.events, ...proofs.events]);
}

async function systemsOf(tx: Transaction, city: City): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .select({ id: systems.id, name: systems.name })
    .from(systems)
    .where(eq(systems.regionId, city.regionId));
  return new Map(rows.map(({ id, name }) => [name, id]));
}

/** By name; where several units keep one of the same name, the first that was published. */
async function publishedResources(tx: Transaction, city: City): Promise<ReadonlyMap<string, Provable>> {
  const rows = await tx
    .select({ id: resources.id, name: resources.name, publishedOn: resources.publishedOn })
    .from(resources)
    .where(and(eq(resources.regionId, city.regionId), eq(resources.state, "published")))
    .orderBy(asc(resources.code));
  const items = await tx
    .select({ resourceId: resourceItems.resourceId, name: resourceItems.name })
    .from(resourceItems)
    .where(
      inArray(
        resourceItems.resourceId,
        rows.map(({ id }) => id),
      ),
    );
  const namesOf = new Map(rows.map(({ id }) => [id, new Set<string>()]));
  for (const { resourceId, name } of items) namesOf.get(resourceId)?.add(name);
  const found = new Map<string, Provable>();
  for (const row of rows) {
    if (!found.has(row.name)) found.set(row.name, { ...row, items: namesOf.get(row.id) ?? new Set() });
  }
  return found;
}

interface Papers {
  readonly rows: readonly MaterialRow[];
  readonly byName: ReadonlyMap<string, MaterialRow>;
  readonly records: readonly Readonly<Record<string, string>>[];
}

function cityMaterials(city: City): Papers {
  const records = readSeedCsv("heshan-materials.csv");
  const rows = records.map((record, index): MaterialRow => {
    const { 名称: name = "", 签发单位: issuer = "", 标签: tag } = record;
    return {
      id: demoId("material", name, FOUNDED_AT),
      regionId: city.regionId,
      code: numbered("CL", index),
      name,
      initials: initialsOf(name),
      kind: keysOf(MATERIAL_KINDS).find((kind) => kind === record["类型"]) ?? "other",
      issuerUnitId: city.units.find((unit) => unit.name === issuer)?.id ?? null,
      issuer,
      tags: tag ? [tag] : [],
    };
  });
  return { rows, byName: new Map(rows.map((row) => [row.name, row])), records };
}

function cityMatters(city: City, papers: Papers, systemIds: ReadonlyMap<string, string>) {
  const rows: MatterRow[] = [];
  const handledIn: (typeof matterSystems.$inferInsert)[] = [];
  const asked: (typeof matterMaterials.$inferInsert)[] = [];
  const events: EventRow[] = [];
  readSeedCsv("heshan-matters.csv").forEach((record, index) => {
    const unit = city.unit(record["单位"] ?? "");
    const row = matterRow(city, unit, record, index);
    rows.push(row);
    const own = { matterId: row.id, regionId: city.regionId };
    for (const name of partsOf(record["系统"]))
      handledIn.push({ ...own, systemId: known(systemIds, name, "system named") });
    for (const part of partsOf(record["材料"])) {
      const name = part.replace(/（非必要）$/, "");
      asked.push({ ...own, materialId: known(papers.byName, name, "material named").id, required: name === part });
    }
    events.push(...matterEvents(city, unit, row));
  });
  return { rows, systems: handledIn, asked, events };
}

function matterRow(
  city: City,
  unit: UnitRow,
  record: Readonly<Record<string, string>>,
  index: number,
): MatterRow & { id: string } {
  const name = record["名称"] ?? "";
  const filer = city.filerOf(unit);
  return {
    id: demoId("matter", name, FOUNDED_AT),
    regionId: city.regionId,
    unitId: unit.id,
    code: numbered("SX", index),
    name,
    initials: initialsOf(name),
    type: keysOf(MATTER_TYPES).find((type) => type === record["类型"]) ?? "publicService",
    state: keysOf(MATTER_STATES).find((state) => state === record["状态"]) ?? "inForce",
    online: record["全程网办"] === "是",
    yearlyCases: record["年办件量"] ? Number(record["年办件量"]) : null,
    updatedBy: filer.id,
    updatedAt: enteredAt(name),
  };
}

const enteredAt = (name: string): Date =>
  officeHours(addDays(LIST_BEGUN, chance("matter", name).between(0, LIST_TOOK)), name, "enter");

const LEFT_BECAUSE = {
  suspended: "许可条件正在修订，暂停受理，待新规定印发后恢复。",
  abolished: "事项已按上级清理证明事项的要求取消，不再要求群众提供。",
} as const;

function matterEvents(city: City, unit: UnitRow, { id, name, code, state = "inForce" }: MatterRow): EventRow[] {
  const filer = city.filerOf(unit);
  const subject = { type: "matter", id };
  const payload = { unitId: unit.id, code, name };
  const added = eventRow(filer, { type: "matterAdded", subject, at: enteredAt(name), payload });
  if (state === "inForce") return [added];
  const on = addDays(DEMO_TODAY, -chance("matter", name, "left").between(20, 60));
  const left = eventRow(filer, {
    type: state === "suspended" ? "matterSuspended" : "matterAbolished",
    subject,
    at: officeHours(on, name, "left"),
    payload: { ...payload, from: "inForce", to: state },
    reason: LEFT_BECAUSE[state],
  });
  return [added, left];
}

/** What the list says of proofs, as far as the resource is published: what is not cannot prove anything yet. */
function proofsOf(city: City, papers: Papers, provable: ReadonlyMap<string, Provable>) {
  const rows: ProofRow[] = [];
  const events: EventRow[] = [];
  papers.records.forEach((record, index) => {
    const material = papers.rows[index];
    if (!material) return;
    for (const part of (record["证明资源"] ?? "").split("；").filter(Boolean)) {
      const [resourceName = "", itemName = ""] = part.split("/");
      const resource = provable.get(resourceName);
      if (!resource?.publishedOn) continue;
      if (itemName && !resource.items.has(itemName)) throw new Error(`${resourceName} has no item ${itemName}`);
      const linked = proofRow(city, material, { ...resource, publishedOn: resource.publishedOn }, itemName);
      rows.push(linked.row);
      events.push(linked.event);
    }
  });
  return { rows, events };
}

function proofRow(
  city: City,
  material: MaterialRow,
  resource: Provable & { readonly publishedOn: LocalDate },
  itemName: string,
): { row: ProofRow; event: EventRow } {
  const person = linkerOf(city, material);
  const words = [material.name, resource.name, itemName];
  const begun = resource.publishedOn > LIST_BEGUN ? resource.publishedOn : LIST_BEGUN;
  const planned = addDays(begun, chance("proof", ...words).between(LIST_TOOK, LIST_TOOK + 60));
  const latest = addDays(DEMO_TODAY, -chance("proof", ...words, "latest").between(1, 20));
  const linkedAt = officeHours(planned < latest ? planned : latest, ...words);
  const { id: resourceId, name: resourceName } = resource;
  return {
    row: {
      id: demoId("proof", words.join(" "), linkedAt),
      materialId: material.id,
      resourceId,
      regionId: city.regionId,
      itemName,
      linkedBy: person.id,
      linkedAt,
    },
    event: eventRow(person, {
      type: "materialProofLinked",
      subject: { type: "material", id: material.id },
      at: linkedAt,
      payload: { code: material.code, name: material.name, resourceId, resourceName, itemName },
    }),
  };
}

/** Who issues a paper knows which data says the same; where nobody of the city does, the bureau found out. */
function linkerOf(city: City, { issuerUnitId }: MaterialRow): Person {
  const issuer = city.units.find(({ id }) => id === issuerUnitId);
  return issuer ? city.filerOf(issuer) : city.person("bureau");
}

const numbered = (prefix: string, index: number): string => `${prefix}-${String(index + 1).padStart(4, "0")}`;

const partsOf = (list: string | undefined): string[] => (list ?? "").split("、").filter(Boolean);

function known<T>(map: ReadonlyMap<string, T>, name: string, what: string): T {
  const found = map.get(name);
  if (found === undefined) throw new Error(`the demonstration has no ${what} ${name}`);
  return found;
}
