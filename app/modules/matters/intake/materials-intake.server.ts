import { sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { materialProofs, materials } from "@db/schema";
import { conflict } from "~/kernel/result";
import type { IntakeKind, JudgedRow } from "~/platform/intake/intake.types";
import { newId } from "~/platform/ids.server";
import { initialsOf } from "~/platform/initials.server";
import { recordAll, type Change, type Ctx } from "~/platform/transaction.server";

import type { Material } from "../load-material.server";
import { enterMaterials } from "./enter-materials.server";
import { inChunks } from "./in-chunks.server";
import { judgeMaterials, type MaterialFacts, type MaterialRow } from "./judge-materials.server";
import { MATERIAL_COLUMNS } from "./register.columns";

type Row = MaterialRow & Pick<JudgedRow, "changes">;

/** The rows of one material together. */
interface Group {
  readonly before: Material | undefined;
  readonly said: Partial<MaterialFacts>;
  readonly rows: readonly Row[];
}

/** Columns that a sheet can change. */
const WRITABLE = [
  "name",
  "initials",
  "kind",
  "issuer",
  "issuerUnitId",
  "updatedBy",
  "updatedAt",
  "version",
] as const satisfies readonly (keyof Material)[];

/** Judging held the materials and their numbering; a material is nevertheless written only over the version that was judged. */
async function apply(tx: Transaction, ctx: Ctx, judged: readonly JudgedRow<MaterialRow>[]): Promise<void> {
  const groups = groupsOf(judged.flatMap(({ data, changes }) => (data ? [{ ...data, changes }] : [])));
  const fresh = groups.filter(({ before }) => !before);
  const entered = await enterMaterials(
    tx,
    ctx,
    fresh.map(({ said }) => ({ name: "", ...said })),
  );
  await changeMaterials(tx, ctx, groups);
  const enteredAs = new Map(fresh.map((group, index) => [group, entered[index]]));
  await addProofs(
    tx,
    ctx,
    groups.flatMap((group) => {
      const material = group.before ?? enteredAs.get(group);
      return material ? [{ ...group, id: material.id, code: material.code }] : [];
    }),
  );
}

function groupsOf(rows: readonly Row[]): Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const known = groups.get(row.key);
    groups.set(row.key, {
      before: row.before,
      said: { ...known?.said, ...row.said },
      rows: [...(known?.rows ?? []), row],
    });
  }
  return [...groups.values()];
}

/** Writes known materials: what is said of them, and that they changed when only a proof was added. */
async function changeMaterials(tx: Transaction, ctx: Ctx, groups: readonly Group[]): Promise<void> {
  const written = groups.flatMap(({ before, said, rows }) => {
    if (!before) return [];
    const facts = { ...before, ...said };
    const after: Material = {
      ...facts,
      initials: initialsOf(facts.name),
      updatedBy: ctx.actor.userId,
      updatedAt: ctx.now,
      version: before.version + 1,
    };
    const changes = rows.flatMap((row) => row.changes).filter(({ title }) => title !== "证明数据");
    return [{ before, after, changes }];
  });
  const excluded = WRITABLE.map((column) => [column, sql.raw(`excluded."${materials[column].name}"`)] as const);
  await inChunks(written, async (some) => {
    const changed = await tx
      .insert(materials)
      .values(some.map(({ after }) => after))
      .onConflictDoUpdate({
        target: materials.id,
        set: Object.fromEntries(excluded),
        setWhere: sql`${materials.version} = excluded.version - 1`,
      })
      .returning({ id: materials.id });
    if (changed.length < some.length) throw conflict("material");
  });
  await recordAll(
    tx,
    ctx,
    written
      .filter(({ changes }) => changes.length > 0)
      .map(({ before, after, changes }) => ({
        action: "matter:edit",
        event: "materialEdited",
        object: { type: "material", id: after.id, regionId: after.regionId },
        before,
        after,
        payload: {
          code: after.code,
          name: after.name,
          changes,
          changed: changes.map(({ title }) => title),
          fromSheet: true,
        },
      })),
  );
}

async function addProofs(
  tx: Transaction,
  ctx: Ctx,
  groups: readonly (Group & Pick<Material, "id" | "code">)[],
): Promise<void> {
  const { regionId, userId } = ctx.actor;
  const added = groups.flatMap(({ id: materialId, code, before, said, rows }) =>
    rows.flatMap(({ proof }) => {
      if (!proof) return [];
      const { resource, itemName } = proof;
      const row = { id: newId(), materialId, resourceId: resource.id, regionId, itemName };
      return [
        {
          row: { ...row, linkedBy: userId, linkedAt: ctx.now },
          told: { code, name: said.name ?? before?.name ?? "", resourceName: resource.name },
        },
      ];
    }),
  );
  await inChunks(added, (some) => tx.insert(materialProofs).values(some.map(({ row }) => row)));
  await recordAll(
    tx,
    ctx,
    added.map(({ row, told }): Change => ({
      action: "matter:edit",
      event: "materialProofLinked",
      object: { type: "material", id: row.materialId, regionId },
      after: row,
      payload: { ...told, resourceId: row.resourceId, itemName: row.itemName, fromSheet: true },
    })),
  );
}

/** Materials and the data that prove them, from a sheet with a row for each proof. Proofs that it does not name stay. */
export const materialsIntake: IntakeKind<MaterialRow> = {
  key: "materials",
  action: "matter:edit",
  title: "事项材料",
  counter: "行",
  listHref: "/matters/materials",
  columns: MATERIAL_COLUMNS,
  judge: judgeMaterials,
  apply,
};
