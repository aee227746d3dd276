import { and, eq, inArray, ne } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { catalogCategories, projects, resourceItems, resources, systems } from "@db/schema";
import { foldName, searchGrams } from "~/kernel/names";
import { accept, refuse, type Refusal, type Result } from "~/kernel/result";
import { newId } from "~/platform/ids.server";
import { initialsOf } from "~/platform/initials.server";

import type { EntryRefusalCode } from "./catalog.refusals";
import type { ResourceInput } from "./catalog.schema";
import type { OpenFiling } from "./filing-gate.server";
import {
  resourceProblems,
  splitItems,
  type ResourceEntry,
  type ResourceRefusalCode,
  type ResourceSurroundings,
} from "./resource.rules";

export type WriteRefusalCode = ResourceRefusalCode | EntryRefusalCode;

/** What the rules judge of a typed-in resource. */
export const toEntry = (input: ResourceInput): ResourceEntry => ({
  ...input,
  method: input.method ?? null,
  items: splitItems(input.items),
});

/** The names that a unit's new entries must keep apart from, in one read. */
export async function surroundingsOf(tx: Transaction, unitId: string): Promise<ResourceSurroundings> {
  const [siblings, systemNames, projectNames] = await Promise.all([
    tx
      .select({ name: resources.normalizedName })
      .from(resources)
      .where(and(eq(resources.unitId, unitId), ne(resources.state, "withdrawn"))),
    tx.select({ name: systems.name }).from(systems).where(eq(systems.unitId, unitId)),
    tx.select({ name: projects.name }).from(projects).where(eq(projects.unitId, unitId)),
  ]);
  return {
    siblings: siblings.map((row) => row.name),
    systems: [...systemNames, ...projectNames].map((row) => foldName(row.name)),
  };
}

/**
 * Judges and writes draft resources of a filing, all or none; entries are judged in order, each against those before it.
 * The caller holds the filing's lock and records the change.
 */
export async function writeDraftResources(
  tx: Transaction,
  filing: OpenFiling,
  inputs: readonly ResourceInput[],
): Promise<Result<string[], WriteRefusalCode>> {
  const around = await surroundingsOf(tx, filing.unitId);
  const known = await tx
    .select({ code: catalogCategories.code })
    .from(catalogCategories)
    .where(
      inArray(
        catalogCategories.code,
        inputs.map((input) => input.categoryCode),
      ),
    );
  const siblings = [...around.siblings];
  const problems: Refusal<WriteRefusalCode>[] = [];
  for (const input of inputs) {
    if (!known.some(({ code }) => code === input.categoryCode))
      problems.push({ code: "categoryUnknown", field: "categoryCode" });
    problems.push(...resourceProblems(toEntry(input), { ...around, siblings }));
    siblings.push(foldName(input.name));
  }
  if (problems.length > 0) return refuse(...problems);

  const rows = inputs.map((input) => ({ input, id: newId() }));
  if (rows.length === 0) return accept([]);
  await tx.insert(resources).values(
    rows.map(({ input, id }) => ({
      id,
      regionId: filing.regionId,
      unitId: filing.unitId,
      projectId: filing.id,
      categoryCode: input.categoryCode,
      name: input.name,
      normalizedName: foldName(input.name),
      initials: initialsOf(input.name),
      searchGrams: searchGrams(input.name, initialsOf(input.name)),
      summary: input.summary,
      formatClass: input.formatClass,
      sharingType: input.sharingType,
      legalBasis: input.legalBasis || null,
      conditions: input.conditions || null,
      method: input.sharingType === "none" ? null : (input.method ?? null),
      updateCycle: input.updateCycle,
      state: "draft" as const,
    })),
  );
  await tx.insert(resourceItems).values(
    rows.flatMap(({ input, id }) =>
      splitItems(input.items).map((name, index) => ({
        resourceId: id,
        position: index + 1,
        regionId: filing.regionId,
        name,
        dataType: "字符型",
      })),
    ),
  );
  return accept(rows.map((row) => row.id));
}
