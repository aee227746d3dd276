import type { Transaction } from "@db/client";
import { foldName } from "~/kernel/names";
import { keysOf, MATERIAL_KINDS } from "~/kernel/vocabulary";
import type { IntakeProblem, JudgedRow } from "~/platform/intake/intake.types";
import type { Ctx } from "~/platform/transaction.server";
import type { TableRow } from "~/platform/xlsx/table-reader";
import { can } from "~/policy";

import { governedMaterial, type Material } from "../load-material.server";
import { itemKey, proofKey, readMaterialGround, type MaterialGround, type Resource } from "./material-ground.server";

export type MaterialFacts = Pick<Material, "name" | "kind" | "issuer" | "issuerUnitId">;

/** What a row would write: rows of one material, one for each proof, share its key. */
export interface MaterialRow {
  /** the id of a known material, the folded name of a new one */
  readonly key: string;
  readonly before: Material | undefined;
  /** what the row says of the material itself */
  readonly said: Partial<MaterialFacts>;
  /** what the row adds: a proof that is not known yet */
  readonly proof: { readonly resource: Resource; readonly itemName: string } | undefined;
}

type Wrong = (column: string, message: string) => unknown;

/** What rows above said: of each material by its key, and which proofs. */
interface Above {
  readonly facts: Map<string, { readonly facts: MaterialFacts; readonly said: Partial<MaterialFacts> }>;
  readonly proofs: Set<string>;
  /** keys by folded name */
  readonly names: Map<string, string>;
}

/** Judges rows of a list of materials: matched by code, otherwise by name. */
export async function judgeMaterials(
  tx: Transaction,
  ctx: Ctx,
  rows: readonly TableRow[],
): Promise<JudgedRow<MaterialRow>[]> {
  const ground = await readMaterialGround(tx, ctx, rows);
  const above: Above = { facts: new Map(), proofs: new Set(), names: new Map() };
  return rows.map((row) => judgeRow(ctx, ground, above, row));
}

function judgeRow(
  ctx: Ctx,
  ground: MaterialGround,
  above: Above,
  { rowNumber, values }: TableRow,
): JudgedRow<MaterialRow> {
  const { code = "", name = "" } = values;
  const problems: IntakeProblem[] = [];
  const wrong: Wrong = (column, message) => problems.push({ column, message });
  const namesake = ground.byName.get(foldName(name));
  const before = code ? ground.byCode.get(code) : namesake;
  const key = before?.id ?? foldName(name);
  const label = [before?.code ?? code, name].filter(Boolean).join(" ");
  if (code && !before) wrong("code", `本地区没有编码为“${code}”的材料，请核对编码；新材料请留空，由系统编号。`);
  if (!name || foldName(name) === "") wrong("name", "请填写材料名称。");
  if (name.length > 100) wrong("name", "材料名称最多 100 个字，请改短。");
  if (namesake && before && namesake.id !== before.id)
    wrong("name", `已有同名材料（${namesake.code}），请填写该编码或改名。`);
  if ((above.names.get(foldName(name)) ?? key) !== key)
    wrong("name", "表中上面另一材料已用这个名称，请核对编码和名称。");
  const said = factsSaid(ground, before, values, wrong);
  const proof = proofOf(ground, values, wrong);
  const earlier = above.facts.get(key);
  checkAgreement(earlier?.said, said, wrong);
  const known = earlier?.facts ?? before ?? { name, kind: "other", issuer: "", issuerUnitId: null };
  const facts: MaterialFacts = { ...pickFacts(known), ...said };
  const isNew = !before && !earlier;
  const changes = [
    ...(isNew ? [{ title: "材料名称", before: "", after: name }] : []),
    ...factChanges(isNew ? { ...facts, kind: known.kind, issuer: "" } : pickFacts(known), facts),
  ];
  const proves = proof && proofKey(key, proof.resource.id, proof.itemName);
  const addsProof = proves !== undefined && !ground.proofs.has(proves);
  if (addsProof && above.proofs.has(proves)) wrong("resource", "表中有另一行是同一项证明，请删去重复的行。");
  const tellsProof = addsProof && proof ? [{ title: "证明数据", before: "", after: sayProof(proof) }] : [];
  checkRight(ctx, ground, before, { changesFacts: changes.length > 0, proof: addsProof ? proof : undefined }, wrong);
  if (problems.length > 0) return { rowNumber, label, outcome: "problem", changes: [], problems };
  above.facts.set(key, { facts, said: { ...earlier?.said, ...said } });
  above.names.set(foldName(name), key);
  if (addsProof) above.proofs.add(proves);
  const all = [...changes, ...tellsProof];
  const outcome = isNew ? "add" : all.length > 0 ? "change" : "same";
  const data: MaterialRow = { key, before, said, proof: addsProof ? proof : undefined };
  return { rowNumber, label, outcome, changes: all, problems, data };
}

const pickFacts = ({ name, kind, issuer, issuerUnitId }: MaterialFacts): MaterialFacts => ({
  name,
  kind,
  issuer,
  issuerUnitId,
});

function factsSaid(
  { units }: MaterialGround,
  before: Material | undefined,
  { name = "", kind = "", issuer = "" }: TableRow["values"],
  wrong: Wrong,
): Partial<MaterialFacts> {
  const found = keysOf(MATERIAL_KINDS).find((each) => MATERIAL_KINDS[each] === kind);
  if (kind && !found) wrong("kind", "请从下拉列表中选择材料类型，或留空。");
  if (issuer.length > 100) wrong("issuer", "签发单位最多 100 个字，请改短。");
  // A paper that is only written a little differently keeps the name it has.
  const isRenamed = !before || foldName(before.name) !== foldName(name);
  return {
    ...(isRenamed && { name }),
    ...(found && { kind: found }),
    ...(issuer && { issuer, issuerUnitId: units.get(issuer) ?? null }),
  };
}

/** Two rows of one material say the same of it, or one says nothing. */
function checkAgreement(earlier: Partial<MaterialFacts> = {}, said: Partial<MaterialFacts>, wrong: Wrong): void {
  const differs = (key: "name" | "kind" | "issuer") => {
    const [a, b] = [earlier[key], said[key]];
    return a !== undefined && b !== undefined && foldName(a) !== foldName(b);
  };
  if (differs("name")) wrong("name", "与表中上面同一编码的行名称不一致，请改为一致。");
  if (differs("kind")) wrong("kind", "与表中上面同一材料的行类型不一致，请改为一致。");
  if (differs("issuer")) wrong("issuer", "与表中上面同一材料的行签发单位不一致，请改为一致。");
}

function proofOf(
  { resources, items }: MaterialGround,
  { resource: named = "", item: itemName = "" }: TableRow["values"],
  wrong: Wrong,
): MaterialRow["proof"] {
  if (!named) {
    if (itemName) wrong("resource", "填写信息项时，请一并填写它所属的数据资源。");
    return undefined;
  }
  const found = resources.get(named) ?? [];
  const coded = found.filter(({ code }) => code === named);
  const candidates = coded.length > 0 ? coded : found;
  const inForce = candidates.filter(({ state }) => state === "published");
  const [resource] = inForce;
  if (candidates.length === 0) wrong("resource", `没有数据资源“${named}”，请填写资源目录中的编码或名称。`);
  else if (!resource) wrong("resource", `数据资源“${named}”没有发布或已暂停，请改填已发布的资源。`);
  else if (inForce.length > 1) wrong("resource", `有多个数据资源叫“${named}”，请改填资源编码。`);
  else if (itemName && !items.has(itemKey(resource.id, itemName)))
    wrong("item", `资源没有信息项“${itemName}”，请填写该资源的信息项，或留空表示整个资源。`);
  return resource && { resource, itemName };
}

const sayProof = ({ resource, itemName }: NonNullable<MaterialRow["proof"]>): string =>
  itemName ? `${resource.name}：${itemName}` : resource.name;

const factChanges = (before: MaterialFacts, after: MaterialFacts) =>
  [
    { title: "材料名称", before: before.name, after: after.name },
    { title: "类型", before: MATERIAL_KINDS[before.kind], after: MATERIAL_KINDS[after.kind] },
    { title: "签发单位", before: before.issuer, after: after.issuer },
  ].filter((change) => change.before !== change.after);

/** As on the pages: who issues a paper or asks for it, and the bureau; a proof also who provides its data. */
function checkRight(
  { actor }: Ctx,
  { askedByUnit }: MaterialGround,
  before: Material | undefined,
  { changesFacts, proof }: { changesFacts: boolean; proof: MaterialRow["proof"] },
  wrong: Wrong,
): void {
  const own = { unitId: actor.unitId, regionId: actor.regionId };
  const isOwn = !before || askedByUnit.has(before.id);
  if (can(actor, "matter:edit", isOwn ? own : governedMaterial(before))) return;
  if (changesFacts) wrong("name", "只能修改本单位签发、或本单位事项要求提交的材料，请删去这一行。");
  else if (proof && !(proof.resource.unitId === actor.unitId && can(actor, "matter:edit", own)))
    wrong("resource", "只能为本单位签发、本单位事项要求提交，或由本单位数据证明的材料登记证明，请删去这一行。");
}
