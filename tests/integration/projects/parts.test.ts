import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { messages, projects, projectUnits } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { accepted, makeCompleteDraft, projectRow } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { DomainError } from "~/kernel/result";
import type { ProjectStage } from "~/kernel/vocabulary";
import { invitePart } from "~/modules/projects/invite-part.server";
import { readProject } from "~/modules/projects/load-project.server";
import { partnersToInvite, readFamily } from "~/modules/projects/parts.queries.server";
import { submitProject } from "~/modules/projects/submit-project.server";
import { withdrawProject } from "~/modules/projects/withdraw-project.server";
import type { Ctx } from "~/platform/transaction.server";

const db = testDatabase();
let city: TestCity;
let lead: Ctx;
let partner: Ctx;

beforeAll(async () => {
  city = await makeCity(db);
  lead = city.ctx(await city.as("filer"));
  partner = city.ctx(await city.as("filer", city.otherUnitId));
});

const kindOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "no error",
    (error: unknown) => (error instanceof DomainError ? error.kind : error),
  );

async function leadWithPartner() {
  const { id, version } = await makeCompleteDraft(lead);
  await db.insert(projectUnits).values({
    projectId: id,
    regionId: city.regionId,
    role: "co",
    mention: "市水利局",
    unitId: city.otherUnitId,
  });
  const { name } = await projectRow(lead, id);
  return { id, version, invitation: { unitId: city.otherUnitId, name: `${name}水务部分` } };
}

const setStage = (id: string, stage: ProjectStage) => db.update(projects).set({ stage }).where(eq(projects.id, id));

describe("a cross-department project", () => {
  it("a named partner gets a draft of its own and is told; both see the family, each links only what it may read", async () => {
    const { id, invitation } = await leadWithPartner();
    const { id: partId } = accepted(await invitePart(lead, id, invitation));
    expect(await projectRow(lead, partId)).toMatchObject({
      parentId: id,
      unitId: city.otherUnitId,
      stage: "draft",
      name: invitation.name,
      year: 2026,
      basis: "数字政府建设方案",
    });
    const told = await db.$count(
      messages,
      and(eq(messages.userId, partner.actor.userId), eq(messages.href, `/projects/${partId}/check`)),
    );
    expect(told).toBe(1);
    const seenByLead = await readFamily(db, lead.actor, await readProject(db, lead.actor, id));
    expect(seenByLead?.members.map(({ role, linked, here }) => [role, linked, here])).toEqual([
      ["lead", true, true],
      ["part", false, false],
    ]);
    expect(seenByLead?.totalFen).toBe(300_000_000);
    const seenByPart = await readFamily(db, partner.actor, await readProject(db, partner.actor, partId));
    expect(seenByPart?.members.map(({ linked }) => linked)).toEqual([false, true]);
    expect(await partnersToInvite(db, await readProject(db, lead.actor, id))).toEqual([]);
  });

  it("refuses a unit that is not named, a second part, a part of a part, and two invitations at once leave one", async () => {
    const { id, invitation } = await leadWithPartner();
    expect(await invitePart(lead, id, { ...invitation, unitId: city.financeUnitId })).toMatchObject({
      refusals: [{ code: "notPartner" }],
    });
    const both = await Promise.all([1, 2].map(() => invitePart(lead, id, invitation)));
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(await db.$count(projects, eq(projects.parentId, id))).toBe(1);
    const [part] = await db.select().from(projects).where(eq(projects.parentId, id));
    const further = { unitId: city.unitId, name: "再分一层的部分" };
    expect(await invitePart(partner, part?.id ?? "", further)).toMatchObject({ refusals: [{ code: "partOfAnother" }] });
  });

  it("other units get 404, the leader 403, and a filing that was handed in invites nobody", async () => {
    const { id, invitation } = await leadWithPartner();
    const leader = city.ctx(await city.as("unitLead"));
    expect(await kindOf(invitePart(partner, id, invitation))).toBe("notFound");
    expect(await kindOf(invitePart(leader, id, invitation))).toBe("forbidden");
    await setStage(id, "submitted");
    expect(await invitePart(lead, id, invitation)).toMatchObject({ refusals: [{ code: "notEditable" }] });
  });

  it.each<[ProjectStage, boolean]>([
    ["draft", false],
    ["submitted", false],
    ["underReview", true],
    ["returned", true],
    ["withdrawn", true],
  ])("while the part is %s the lead may submit: %s", async (stage, submits) => {
    const { id, version, invitation } = await leadWithPartner();
    const { id: partId } = accepted(await invitePart(lead, id, invitation));
    await setStage(partId, stage);
    const result = await submitProject(lead, { projectId: id, version });
    const codes = result.ok ? [] : result.refusals.map(({ code }) => code);
    expect(codes).toEqual(submits ? [] : ["partUnsigned"]);
  });

  it("a part is taken back by its own unit only while it is a draft; then another may be invited", async () => {
    const { id, invitation } = await leadWithPartner();
    const { id: partId } = accepted(await invitePart(lead, id, invitation));
    const ref = { projectId: partId, version: 1, reason: "由牵头单位统一建设" };
    expect(await kindOf(withdrawProject(lead, ref))).toBe("notFound");
    await setStage(partId, "submitted");
    expect(await withdrawProject(partner, ref)).toMatchObject({ refusals: [{ code: "notInThisStage" }] });
    await setStage(partId, "draft");
    accepted(await withdrawProject(partner, ref));
    accepted(await invitePart(lead, id, { ...invitation, name: `${invitation.name}（重新）` }));
  });
});
