import { eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";

import {
  attachments,
  catalogCategories,
  commonComponents,
  files,
  projectComponents,
  projects,
  resources,
} from "@db/schema";
import { fen } from "~/kernel/fen";
import { localDate } from "~/kernel/local-date";
import { foldName } from "~/kernel/names";
import type { AttachmentKind } from "~/kernel/vocabulary";
import { createProject } from "~/modules/projects/create-project.server";
import { saveBasics } from "~/modules/projects/save-basics.server";
import { saveGoals } from "~/modules/projects/save-goals.server";
import { saveMoney } from "~/modules/projects/save-money.server";
import { saveSecurity } from "~/modules/projects/save-security.server";
import { newId } from "~/platform/ids.server";
import type { Ctx } from "~/platform/transaction.server";

/** The value of a result that a factory relies on. */
export function accepted<T>(result: { ok: true; value: T } | { ok: false; refusals: unknown }): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusals)}`);
  return result.value;
}

/** Two of these are not each other's duplicates. */
const nameLikeNoOther = (): string => `测试${randomUUID()}`;

/** A fresh draft, as its author opened it. */
export async function makeDraft(filer: Ctx, name = nameLikeNoOther()): Promise<string> {
  const { id } = accepted(await createProject(filer, { name, year: 2026, nature: "new", class: "softwareSpecial" }));
  return id;
}

/** The row of a project as it is now. */
export async function projectRow(ctx: Pick<Ctx, "db">, id: string) {
  const [row] = await ctx.db.select().from(projects).where(eq(projects.id, id));
  if (!row) throw new Error("no such project");
  return row;
}

/** A draft with nothing left to ask, filled in through the verbs; only catalog entry, components and file rows are written directly. */
export async function makeCompleteDraft(filer: Ctx, name?: string): Promise<{ id: string; version: number }> {
  const id = await makeDraft(filer, name);
  const { db } = filer;
  const row = await projectRow(filer, id);
  accepted(
    await saveBasics(filer, id, {
      version: 1,
      name: row.name,
      class: "softwareSpecial",
      nature: "new",
      basis: "数字政府建设方案",
      shortcutBasis: "",
      leaderName: "陈明",
      liaisonName: "李华",
      liaisonPhone: "0750-8880000",
      leads: [],
      partners: [],
    }),
  );
  accepted(
    await saveGoals(filer, id, {
      version: 2,
      need: "地下管网底数不清",
      content: "建设管网一张图",
      plannedStartOn: localDate("2026-09-01"),
      plannedEndOn: localDate("2027-06-30"),
      milestones: [{ name: "完成终验", plannedOn: localDate("2027-06-30"), cumulativePercent: 100 }],
      goals: [{ name: "管网入库率", operator: "atLeast", target: "95", measureUnit: "%" }],
    }),
  );
  accepted(
    await saveMoney(filer, id, {
      version: 3,
      declared: fen(300_000_000),
      feasibility: fen(300_000_000),
      lines: [
        { category: "software", name: "管网一张图", quantity: "1", measureUnit: "套", unitPrice: fen(200_000_000) },
        { category: "cloud", name: "云服务", quantity: "2", measureUnit: "年", unitPrice: fen(50_000_000) },
      ],
      years: [{ year: 2026, amount: fen(300_000_000) }],
      sources: [{ source: "cityBudget", amount: fen(300_000_000) }],
    }),
  );
  const { version } = accepted(
    await saveSecurity(filer, id, {
      version: 4,
      secret: "no",
      mlpsLevel: 2,
      hosting: "governmentCloud",
      cryptoPlan: "",
      mlpsFilingNumber: "",
    }),
  );
  const { regionId, unitId } = row;
  const register = await db.select({ code: commonComponents.code }).from(commonComponents);
  await db
    .insert(projectComponents)
    .values(register.map(({ code }) => ({ projectId: id, regionId, componentCode: code, decision: "reuse" as const })));
  await makeProjectResource(filer, { projectId: id, regionId, unitId }, `${row.name}管线信息`);
  for (const kind of ["application", "buildingPlan", "feasibility"] as const)
    await makeAttachment(filer, { id, regionId, unitId }, kind);
  return { id, version };
}

/** A draft resource of a filing. */
export async function makeProjectResource(
  { db }: Pick<Ctx, "db">,
  owner: { projectId: string; regionId: string; unitId: string },
  name: string,
): Promise<void> {
  const [category] = await db.select().from(catalogCategories).limit(1);
  if (!category) throw new Error("no catalog category");
  await db.insert(resources).values({
    ...owner,
    id: newId(),
    categoryCode: category.code,
    name,
    normalizedName: foldName(name),
    initials: "",
    searchGrams: [],
    summary: "地下管线的位置与属性",
    formatClass: "database",
    sharingType: "unconditional",
    method: "interface",
    updateCycle: "monthly",
    state: "draft",
  });
}

/** An attachment without bytes behind it. */
async function makeAttachment(
  { db, actor, now }: Ctx,
  project: { id: string; regionId: string; unitId: string },
  kind: AttachmentKind,
): Promise<void> {
  const { regionId, unitId } = project;
  const fileId = newId();
  await db.insert(files).values({
    id: fileId,
    regionId,
    unitId,
    name: `${kind}.pdf`,
    mediaType: "application/pdf",
    sizeBytes: 1,
    sha256: fileId,
    storageKey: fileId,
    uploadedBy: actor.userId,
    uploadedAt: now,
  });
  await db.insert(attachments).values({ id: newId(), projectId: project.id, regionId, kind, fileId });
}
