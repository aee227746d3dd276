import { inArray, sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { matterMaterials, matterSystems, serviceMatters } from "@db/schema";
import { foldName } from "~/kernel/names";
import { conflict } from "~/kernel/result";
import type { IntakeKind, JudgedRow } from "~/platform/intake/intake.types";
import { newId } from "~/platform/ids.server";
import { initialsOf } from "~/platform/initials.server";
import { recordAll, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { matterFacts, type Matter } from "../load-matter.server";
import { nextCodes } from "../numbering.server";
import { materialsNamed } from "./enter-materials.server";
import { inChunks } from "./in-chunks.server";
import { judgeMatters, type MatterRow } from "./judge-matters.server";
import { MATTER_COLUMNS } from "./register.columns";

interface Written extends MatterRow {
  readonly changes: JudgedRow["changes"];
  readonly after: Matter;
}

/** Columns that a sheet can change. */
const WRITABLE = [
  "name",
  "initials",
  "type",
  "online",
  "yearlyCases",
  "updatedBy",
  "updatedAt",
] as const satisfies readonly (keyof Matter)[];

/** Judging held the matters and both numberings; a row is nevertheless written only over the version that was judged. */
async function apply(tx: Transaction, ctx: Ctx, rows: readonly JudgedRow<MatterRow>[]): Promise<void> {
  const entries = rows.flatMap(({ data, changes }) => (data ? [{ ...data, changes }] : []));
  const { regionId } = ctx.actor;
  for (const { unitId } of entries) authorize(ctx.actor, "matter:edit", { unitId, regionId });
  const codes = await nextCodes(tx, "SX", regionId, entries.filter(({ facts }) => !facts.code).length);
  const written: Written[] = entries.map((entry) => ({ ...entry, after: matterOf(ctx, entry, codes) }));
  await addMatters(tx, written);
  await changeMatters(tx, written);
  await writeSystems(tx, written);
  await writePapers(tx, ctx, written);
  await recordAll(
    tx,
    ctx,
    written.map(({ before, after, changes }) => ({
      action: "matter:edit",
      event: before ? "matterEdited" : "matterAdded",
      object: { type: "matter", id: after.id, regionId },
      ...(before && { before }),
      after,
      payload: {
        ...matterFacts(after),
        changes,
        fromSheet: true,
        ...(before && { changed: changes.map(({ title }) => title) }),
      },
    })),
  );
}

/** @param codes those to be given, taken from the front */
function matterOf(ctx: Ctx, { before, unitId, facts }: MatterRow, codes: string[]): Matter {
  return {
    ...(before ?? { id: newId(), regionId: ctx.actor.regionId, state: "inForce", version: 0 }),
    ...facts,
    unitId,
    code: facts.code || (codes.shift() ?? ""),
    initials: initialsOf(facts.name),
    updatedBy: ctx.actor.userId,
    updatedAt: ctx.now,
    version: (before?.version ?? 0) + 1,
  };
}

const addMatters = (tx: Transaction, written: readonly Written[]) =>
  inChunks(
    written.filter(({ before }) => !before),
    (some) => tx.insert(serviceMatters).values(some.map(({ after }) => after)),
  );

const changeMatters = (tx: Transaction, written: readonly Written[]) =>
  inChunks(
    written.filter(({ before }) => before),
    async (some) => {
      const excluded = [...WRITABLE, "version" as const].map(
        (column) => [column, sql.raw(`excluded."${serviceMatters[column].name}"`)] as const,
      );
      const changed = await tx
        .insert(serviceMatters)
        .values(some.map(({ after }) => after))
        .onConflictDoUpdate({
          target: serviceMatters.id,
          set: Object.fromEntries(excluded),
          setWhere: sql`${serviceMatters.version} = excluded.version - 1`,
        })
        .returning({ id: serviceMatters.id });
      if (changed.length < some.length) throw conflict("matter");
    },
  );

/** Replaces the systems of those rows that say them. */
async function writeSystems(tx: Transaction, written: readonly Written[]): Promise<void> {
  const telling = written.filter(({ systemIds }) => systemIds);
  await inChunks(telling, (some) =>
    tx.delete(matterSystems).where(
      inArray(
        matterSystems.matterId,
        some.map(({ after }) => after.id),
      ),
    ),
  );
  const links = telling.flatMap(({ after, systemIds = [] }) =>
    systemIds.map((systemId) => ({ matterId: after.id, systemId, regionId: after.regionId })),
  );
  await inChunks(links, (some) => tx.insert(matterSystems).values(some));
}

/** Replaces the materials of those rows that say them; a name that nobody knows becomes a material. */
async function writePapers(tx: Transaction, ctx: Ctx, written: readonly Written[]): Promise<void> {
  const telling = written.filter(({ papers }) => papers);
  await inChunks(telling, (some) =>
    tx.delete(matterMaterials).where(
      inArray(
        matterMaterials.matterId,
        some.map(({ after }) => after.id),
      ),
    ),
  );
  const ids = await materialsNamed(
    tx,
    ctx,
    telling.flatMap(({ papers = [] }) => papers.map(({ name }) => name)),
  );
  const links = telling.flatMap(({ after, papers = [] }) =>
    papers.flatMap(({ name, required }) => {
      const materialId = ids.get(foldName(name));
      return materialId ? [{ matterId: after.id, materialId, regionId: after.regionId, required }] : [];
    }),
  );
  await inChunks(links, (some) => tx.insert(matterMaterials).values(some));
}

/** Service matters with their systems and materials, from a sheet. */
export const mattersIntake: IntakeKind<MatterRow> = {
  key: "matters",
  action: "matter:edit",
  title: "政务服务事项",
  counter: "个事项",
  listHref: "/matters",
  columns: MATTER_COLUMNS,
  judge: judgeMatters,
  apply,
};
