import { and, asc, eq, inArray, isNull } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { materials, matterMaterials, matterSystems, serviceMatters, systems, units } from "@db/schema";
import { foldName } from "~/kernel/names";
import { keysOf, MATTER_TYPES } from "~/kernel/vocabulary";
import type { IntakeKind, IntakeProblem, JudgedRow } from "~/platform/intake/intake.types";
import { newId } from "~/platform/ids.server";
import { initialsOf } from "~/platform/initials.server";
import { recordAll, type Ctx } from "~/platform/transaction.server";
import type { TableRow } from "~/platform/xlsx/table-reader";
import { can } from "~/policy";

import { isLinkable } from "../linkable-systems.server";
import { matterFacts, type Matter } from "../load-matter.server";
import { factChanges } from "../matter-facts";
import { MOST_CASES } from "../matter.schema";
import { holdNumbering, nextCodes } from "../numbering.server";
import { MATTER_COLUMNS, namesIn, NOT_REQUIRED } from "./register.columns";

interface Paper {
  readonly name: string;
  readonly required: boolean;
}

/** What a row would write. */
interface MatterRow {
  readonly before: Matter | undefined;
  readonly unitId: string;
  readonly facts: Pick<Matter, "code" | "name" | "type" | "online" | "yearlyCases" | "tags">;
  /** undefined: the row does not say */
  readonly systemIds: readonly string[] | undefined;
  readonly papers: readonly Paper[] | undefined;
}

type Known = Awaited<ReturnType<typeof readKnown>>;

async function readKnown(tx: Transaction, ctx: Ctx) {
  const { regionId } = ctx.actor;
  const inRegion = { unitId: ctx.actor.unitId, regionId };
  const [unitRows, matters, systemRows, open, handled, asked] = await Promise.all([
    tx
      .select({ id: units.id, name: units.name })
      .from(units)
      .where(and(eq(units.regionId, regionId), isNull(units.closedOn))),
    tx.select().from(serviceMatters).where(eq(serviceMatters.regionId, regionId)),
    tx
      .select({ id: systems.id, name: systems.name, code: systems.code, secret: systems.secret, state: systems.state })
      .from(systems)
      .where(eq(systems.regionId, regionId)),
    tx.select({ id: systems.id }).from(systems).where(isLinkable(ctx, inRegion)),
    tx.select().from(matterSystems).where(eq(matterSystems.regionId, regionId)),
    tx
      .select({ matterId: matterMaterials.matterId, name: materials.name, required: matterMaterials.required })
      .from(matterMaterials)
      .innerJoin(materials, eq(materials.id, matterMaterials.materialId))
      .where(eq(matterMaterials.regionId, regionId))
      .orderBy(asc(materials.code)),
  ]);
  return { unitRows, matters, systemRows, open: new Set(open.map(({ id }) => id)), handled, asked };
}

async function judge(tx: Transaction, ctx: Ctx, rows: readonly TableRow[]): Promise<JudgedRow<MatterRow>[]> {
  const known = await readKnown(tx, ctx);
  const seen = new Set<string>();
  return rows.map((row) => judgeRow(ctx, known, seen, row));
}

function judgeRow(ctx: Ctx, known: Known, seen: Set<string>, { rowNumber, values }: TableRow): JudgedRow<MatterRow> {
  const { code = "", name = "" } = values;
  const problems: IntakeProblem[] = [];
  const wrong = (column: string, message: string) => problems.push({ column, message });
  const unit = known.unitRows.find((each) => each.name === values.unit);
  const before = code
    ? known.matters.find((matter) => matter.code === code)
    : known.matters.find((matter) => matter.unitId === unit?.id && foldName(matter.name) === foldName(name));
  const type = keysOf(MATTER_TYPES).find((key) => MATTER_TYPES[key] === values.type);
  if (!name) wrong("name", "请填写事项名称。");
  if (name.length > 100) wrong("name", "事项名称最多 100 个字，请改短。");
  if (code.length > 40) wrong("code", "事项编码最多 40 个字符，请核对。");
  if (!type) wrong("type", "请从下拉列表中选择事项类型。");
  if (!unit) wrong("unit", "没有这个单位，请填写单位全称。");
  else if (!can(ctx.actor, "matter:edit", { unitId: unit.id, regionId: ctx.actor.regionId }))
    wrong("unit", "只能导入本单位的事项，请删去这一行。");
  if (before && unit && before.unitId !== unit.id) wrong("code", "这个编码是其他单位的事项，请核对编码和单位。");
  if (before?.state === "abolished") wrong("name", "事项已取消，请先在事项页恢复办理。");
  const key = before?.id ?? `${unit?.id ?? ""} ${foldName(name)}`;
  if (seen.has(key) || (code && seen.has(code))) wrong("name", "表中有另一行是同一个事项，请合并为一行。");
  seen.add(key).add(code || key);
  const twin = known.matters.find(
    (matter) => matter.id !== before?.id && matter.unitId === unit?.id && foldName(matter.name) === foldName(name),
  );
  if (twin) wrong("name", `本单位已有同名事项（${twin.code}），请填写该编码或改名。`);
  const cases = casesOf(values.yearlyCases ?? "", before, wrong);
  const systemIds = systemsOf(known, before, values.systems ?? "", wrong);
  const papers = papersOf(values.materials ?? "");
  if (papers?.some((paper) => paper.name.length > 100))
    wrong("materials", "材料名称最多 100 个字，请用顿号分开多个材料。");
  const label = [before?.code ?? code, name].filter(Boolean).join(" ");
  if (problems.length > 0 || !unit || !type) return { rowNumber, label, outcome: "problem", changes: [], problems };
  const data: MatterRow = {
    before,
    unitId: unit.id,
    facts: {
      code: before?.code ?? code,
      name,
      type,
      online: values.online ? values.online === "是" : (before?.online ?? false),
      yearlyCases: cases,
      tags: before?.tags ?? [],
    },
    systemIds,
    papers,
  };
  const changes = changesOf(known, data);
  const outcome = !before ? "add" : changes.length > 0 ? "change" : "same";
  return { rowNumber, label, outcome, changes, problems, data };
}

type Wrong = (column: string, message: string) => unknown;

function casesOf(text: string, before: Matter | undefined, wrong: Wrong): number | null {
  if (!text) return before?.yearlyCases ?? null;
  const cases = Number(text.replaceAll(/[,，]/g, ""));
  if (Number.isInteger(cases) && cases >= 0 && cases <= MOST_CASES) return cases;
  wrong("yearlyCases", "年办件量应为不小于 0 的整数，请改正。");
  return null;
}

/** Systems that the matter has already stay whoever owns them; a new one must be open to the person. */
function systemsOf(known: Known, before: Matter | undefined, cell: string, wrong: Wrong): string[] | undefined {
  if (!cell) return undefined;
  const has = new Set(known.handled.filter(({ matterId }) => matterId === before?.id).map(({ systemId }) => systemId));
  return namesIn(cell).flatMap((name) => {
    const found = known.systemRows.filter(
      (system) => (system.code === name || system.name === name) && (has.has(system.id) || !system.secret),
    );
    const [system] = found;
    if (!system) wrong("systems", `没有系统“${name}”，请填写系统清单中的名称或编号。`);
    else if (found.length > 1) wrong("systems", `有多个系统叫“${name}”，请改填系统编号。`);
    else if (!has.has(system.id) && (!known.open.has(system.id) || system.state === "retired"))
      wrong("systems", `不能关联“${name}”：只能关联在用的本单位系统或数据局的公共平台。`);
    return system ? [system.id] : [];
  });
}

function papersOf(cell: string): Paper[] | undefined {
  if (!cell) return undefined;
  const papers = namesIn(cell).map((part) => {
    const name = part.replace(/[（(]非必要[）)]$/, "").trim();
    return { name, required: name === part };
  });
  const byName = new Map(papers.map((paper) => [foldName(paper.name), paper]));
  return [...byName.values()];
}

const sayPapers = (papers: readonly Paper[]): string =>
  papers
    .map(({ name, required }) => (required ? name : `${name}${NOT_REQUIRED}`))
    .sort()
    .join("、");

function changesOf(known: Known, { before, facts, systemIds, papers }: MatterRow) {
  const blank = { code: "", name: "", type: facts.type, online: false, yearlyCases: null, tags: [] };
  const nameOf = (id: string) => {
    const system = known.systemRows.find((each) => each.id === id);
    return system?.secret ? system.code : (system?.name ?? "");
  };
  const listed = (ids: readonly string[]) => ids.map(nameOf).sort().join("、");
  const had = known.handled.filter(({ matterId }) => matterId === before?.id).map(({ systemId }) => systemId);
  const asked = known.asked.filter(({ matterId }) => matterId === before?.id);
  // The same paper may be written a little differently: it keeps the name it has.
  const wanted = papers?.map((paper) => ({
    ...paper,
    name: asked.find(({ name }) => foldName(name) === foldName(paper.name))?.name ?? paper.name,
  }));
  return [
    ...factChanges(before ?? blank, facts),
    { title: "系统", before: listed(had), after: listed(systemIds ?? had) },
    { title: "材料名称", before: sayPapers(asked), after: sayPapers(wanted ?? asked) },
  ].filter((change) => change.before !== change.after);
}

async function apply(tx: Transaction, ctx: Ctx, rows: readonly JudgedRow<MatterRow>[]): Promise<void> {
  const { regionId, userId } = ctx.actor;
  await holdNumbering(tx, "SX", regionId);
  const entries = rows.flatMap(({ data, changes }) => (data ? [{ ...data, changes }] : []));
  const codes = await nextCodes(tx, "SX", regionId, entries.filter(({ facts }) => !facts.code).length);
  const written = entries.map(({ before, unitId, facts, systemIds, papers, changes }) => ({
    before,
    systemIds,
    papers,
    changes,
    after: {
      ...(before ?? { id: newId(), regionId, state: "inForce" as const, version: 0 }),
      ...facts,
      unitId,
      code: facts.code || (codes.shift() ?? ""),
      initials: initialsOf(facts.name),
      updatedBy: userId,
      updatedAt: ctx.now,
      version: (before?.version ?? 0) + 1,
    },
  }));
  const added = written.filter(({ before }) => !before).map(({ after }) => after);
  if (added.length > 0) await tx.insert(serviceMatters).values(added);
  for (const { before, after } of written)
    if (before) await tx.update(serviceMatters).set(after).where(eq(serviceMatters.id, after.id));
  await writeLinks(tx, ctx, written);
  await recordAll(
    tx,
    ctx,
    written.map(({ before, after, changes }) => ({
      action: "matter:edit" as const,
      event: before ? "matterEdited" : "matterAdded",
      object: { type: "matter", id: after.id, regionId },
      before,
      after,
      payload: { ...matterFacts(after), changes, ...(before && { changed: changes.map(({ title }) => title) }) },
    })),
  );
}

interface Written {
  readonly after: { readonly id: string };
  readonly systemIds: readonly string[] | undefined;
  readonly papers: readonly Paper[] | undefined;
}

/** Replaces the lists of those rows that say them. */
async function writeLinks(tx: Transaction, ctx: Ctx, written: readonly Written[]): Promise<void> {
  const { regionId } = ctx.actor;
  const idsWith = (key: "systemIds" | "papers") => written.filter((row) => row[key]).map(({ after }) => after.id);
  await tx.delete(matterSystems).where(inArray(matterSystems.matterId, idsWith("systemIds")));
  await tx.delete(matterMaterials).where(inArray(matterMaterials.matterId, idsWith("papers")));
  const handled = written.flatMap(({ after, systemIds = [] }) =>
    [...new Set(systemIds)].map((systemId) => ({ matterId: after.id, systemId, regionId })),
  );
  if (handled.length > 0) await tx.insert(matterSystems).values(handled);
  const materialIds = await materialsNamed(tx, ctx, [
    ...new Set(written.flatMap(({ papers = [] }) => papers.map(({ name }) => name))),
  ]);
  const asked = written.flatMap(({ after, papers = [] }) =>
    papers.map(({ name, required }) => ({
      matterId: after.id,
      materialId: materialIds.get(foldName(name)) ?? "",
      regionId,
      required,
    })),
  );
  if (asked.length > 0) await tx.insert(matterMaterials).values(asked);
}

/** The materials of these names by folded name; what nobody knows yet is entered. */
async function materialsNamed(
  tx: Transaction,
  ctx: Ctx,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { regionId, userId } = ctx.actor;
  await holdNumbering(tx, "CL", regionId);
  const known = await tx
    .select({ id: materials.id, name: materials.name })
    .from(materials)
    .where(eq(materials.regionId, regionId));
  const ids = new Map(known.map(({ id, name }) => [foldName(name), id]));
  const missing = [
    ...new Map(names.filter((name) => !ids.has(foldName(name))).map((name) => [foldName(name), name])).values(),
  ];
  if (missing.length === 0) return ids;
  const codes = await nextCodes(tx, "CL", regionId, missing.length);
  const added = missing.map((name, index) => ({
    id: newId(),
    regionId,
    code: codes[index] ?? "",
    name,
    initials: initialsOf(name),
    updatedBy: userId,
    updatedAt: ctx.now,
  }));
  await tx.insert(materials).values(added);
  await recordAll(
    tx,
    ctx,
    added.map((material) => ({
      action: "matter:edit" as const,
      event: "materialAdded",
      object: { type: "material", id: material.id, regionId },
      after: material,
      payload: { code: material.code, name: material.name, issuer: "" },
    })),
  );
  for (const { id, name } of added) ids.set(foldName(name), id);
  return ids;
}

/** Service matters with their systems and materials, from a sheet. */
export const mattersIntake: IntakeKind<MatterRow> = {
  key: "matters",
  action: "matter:edit",
  title: "政务服务事项",
  counter: "个事项",
  listHref: "/matters",
  columns: MATTER_COLUMNS,
  judge,
  apply,
};
