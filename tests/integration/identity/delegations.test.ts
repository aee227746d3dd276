import { desc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { auditEntries, delegations, domainEvents, messages, userRoles, users } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { accepted, makeCompleteDraft, projectRow } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import type { Result } from "~/kernel/result";
import { delegationsInForce, delegationsOf } from "~/modules/identity/delegation/delegations.queries.server";
import { grantDelegation } from "~/modules/identity/delegation/grant-delegation.server";
import { revokeDelegation } from "~/modules/identity/delegation/revoke-delegation.server";
import { signProject } from "~/modules/projects/sign-project.server";
import { submitProject } from "~/modules/projects/submit-project.server";
import { readActor } from "~/platform/sessions.server";

const db = testDatabase();
const today = localDate("2026-07-20");
const lastDay = localDate("2026-07-24");
let city: TestCity;
beforeAll(async () => {
  city = await makeCity(db);
});

const codes = (result: Result<unknown>) => (result.ok ? [] : result.refusals.map(({ code }) => code));
const leave = (to: Actor, more: Partial<Parameters<typeof grantDelegation>[1]> = {}) => ({
  role: "unitLead" as const,
  toUserId: to.userId,
  fromOn: today,
  untilOn: lastDay,
  reason: "外出学习",
  ...more,
});
/** A leader with a colleague, in force from today until Friday. */
async function delegated() {
  const [lead, colleague] = [await city.as("unitLead"), await city.as("filer")];
  const { delegationId } = accepted(await grantDelegation(city.ctx(lead), leave(colleague)));
  return { lead, colleague, delegationId };
}
const rolesOn = async (person: Actor, day: string) => (await readActor(db, person.userId, localDate(day)))?.roles;
const again = async (person: Actor) => (await readActor(db, person.userId, today)) ?? expect.fail("the person is gone");

describe("a delegation takes effect and ends by date", () => {
  it.each([
    ["2026-07-19", ["filer"]],
    ["2026-07-20", ["filer", "unitLead"]],
    ["2026-07-24", ["filer", "unitLead"]],
    ["2026-07-25", ["filer"]],
  ])("on %s the colleague holds %j", async (day, roles) => {
    const { colleague } = await delegated();
    expect(await rolesOn(colleague, day)).toEqual(roles);
  });
  it("names for whom the role is held", async () => {
    const { lead, colleague } = await delegated();
    expect((await again(colleague)).delegations).toEqual([
      { role: "unitLead", fromUserId: lead.userId, fromName: lead.name },
    ]);
    expect((await again(lead)).delegations).toBeUndefined();
    expect(await delegationsInForce(db, colleague.userId, today)).toMatchObject([
      { given: false, fromName: lead.name },
    ]);
  });
  it("ends at once when it is revoked", async () => {
    const { lead, colleague, delegationId } = await delegated();
    accepted(await revokeDelegation(city.ctx(lead), { delegationId, version: 1 }));
    expect(await rolesOn(colleague, "2026-07-20")).toEqual(["filer"]);
    expect(await delegationsOf(db, lead.userId, today)).toMatchObject([{ given: true, state: "revoked" }]);
    expect(codes(await revokeDelegation(city.ctx(lead), { delegationId, version: 2 }))).toEqual(["notStanding"]);
  });
  it("ends at once when the grantor is disabled", async () => {
    const { lead, colleague } = await delegated();
    await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, lead.userId));
    expect(await rolesOn(colleague, "2026-07-20")).toEqual(["filer"]);
  });
  it("ends at once when the grantor loses the role", async () => {
    const { lead, colleague } = await delegated();
    await db.delete(userRoles).where(eq(userRoles.userId, lead.userId));
    expect(await rolesOn(colleague, "2026-07-20")).toEqual(["filer"]);
  });
  it("ends at once when the grantor moves to another unit", async () => {
    const { lead, colleague } = await delegated();
    await db.update(users).set({ unitId: city.otherUnitId }).where(eq(users.id, lead.userId));
    expect(await rolesOn(colleague, "2026-07-20")).toEqual(["filer"]);
  });
  it("ends at once when the colleague becomes an administrator, and lets nobody in who is disabled", async () => {
    const { colleague } = await delegated();
    await db.insert(userRoles).values({ userId: colleague.userId, role: "auditAdmin" });
    expect(await rolesOn(colleague, "2026-07-20")).toEqual(["auditAdmin", "filer"]);
    await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, colleague.userId));
    expect(await rolesOn(colleague, "2026-07-20")).toBeUndefined();
  });
});

describe("granting", () => {
  it("tells the colleague and keeps the trail", async () => {
    const { lead, colleague, delegationId } = await delegated();
    const told = await db.select().from(messages).where(eq(messages.userId, colleague.userId));
    expect(told.map(({ title }) => title)).toEqual([`${lead.name}委托您代办“分管领导”，2026-07-20 至 2026-07-24`]);
    expect(await db.select().from(auditEntries).where(eq(auditEntries.objectId, delegationId))).toMatchObject([
      { action: "delegation:grant", result: "delegationGranted", reason: "外出学习" },
    ]);
  });
  it("of a borrowed role is refused, of one longer than the figure too", async () => {
    const { colleague } = await delegated();
    const third = await city.as("filer");
    expect(codes(await grantDelegation(city.ctx(await again(colleague)), leave(third)))).toEqual(["notOwnRole"]);
    const lead = await city.as("unitLead");
    const long = leave(third, { untilOn: localDate("2026-09-18") });
    expect(codes(await grantDelegation(city.ctx(lead), long))).toEqual(["tooLong"]);
    accepted(await grantDelegation(city.ctx(lead), { ...long, untilOn: localDate("2026-09-17") }));
  });
  it("sent twice stands once", async () => {
    const [lead, colleague] = [await city.as("unitLead"), await city.as("filer")];
    const both = await Promise.all([
      grantDelegation(city.ctx(lead), leave(colleague)),
      grantDelegation(city.ctx(lead), leave(colleague)),
    ]);
    expect(both.flatMap(codes)).toEqual(["overlapping"]);
    expect(await db.$count(delegations, eq(delegations.fromUserId, lead.userId))).toBe(1);
  });
  it("knows nobody of another unit (404), and asks the permission (403)", async () => {
    const [lead, stranger] = [await city.as("unitLead"), await city.as("filer", city.otherUnitId)];
    await expect(grantDelegation(city.ctx(lead), leave(stranger))).rejects.toMatchObject({ kind: "notFound" });
    const [filer, other] = [await city.as("filer"), await city.as("filer")];
    await expect(grantDelegation(city.ctx(filer), leave(other, { role: "filer" }))).rejects.toMatchObject({
      kind: "forbidden",
    });
  });
  it("is taken back by the grantor alone, on the page's version", async () => {
    const { lead, colleague, delegationId } = await delegated();
    const ref = { delegationId, version: 1 };
    await expect(revokeDelegation(city.ctx(await again(colleague)), ref)).rejects.toMatchObject({ kind: "notFound" });
    await expect(revokeDelegation(city.ctx(lead), { ...ref, version: 7 })).rejects.toMatchObject({ kind: "conflict" });
    expect(await rolesOn(colleague, "2026-07-20")).toEqual(["filer", "unitLead"]);
  });
});

describe("acting for somebody", () => {
  const submitted = async (filer: Actor) => {
    const { id } = await makeCompleteDraft(city.ctx(filer));
    const { version } = await projectRow({ db }, id);
    accepted(await submitProject(city.ctx(filer), { projectId: id, version }));
    return { projectId: id, version: version + 1 };
  };
  const lastEvent = async (projectId: string) => {
    const [event] = await db
      .select()
      .from(domainEvents)
      .where(eq(domainEvents.subjectId, projectId))
      .orderBy(desc(domainEvents.id))
      .limit(1);
    return event;
  };

  it("signs, and the trail names both", async () => {
    const { lead, colleague } = await delegated();
    const ref = await submitted(await city.as("filer"));
    accepted(await signProject(city.ctx(await again(colleague)), ref));
    const name = `${colleague.name}（代${lead.name}）`;
    const event = { type: "projectSigned", actorId: colleague.userId, actorName: name, actorRole: "unitLead" };
    const events = await db.select().from(domainEvents).where(eq(domainEvents.subjectId, ref.projectId));
    expect(events.find(({ type }) => type === "projectSigned")).toMatchObject(event);
    const entries = await db.select().from(auditEntries).where(eq(auditEntries.objectId, ref.projectId));
    expect(entries.find(({ result }) => result === "projectSigned")?.actorName).toBe(name);
  });
  it("what the own role permits is done in the own name", async () => {
    const { colleague } = await delegated();
    const { projectId } = await submitted(await again(colleague));
    expect(await lastEvent(projectId)).toMatchObject({ actorName: colleague.name, actorRole: "filer" });
  });
  it("who submitted does not sign for the leader either", async () => {
    const { colleague } = await delegated();
    const actor = await again(colleague);
    const ref = await submitted(actor);
    expect(codes(await signProject(city.ctx(actor), ref))).toEqual(["otherPersonThanBefore"]);
  });
  it("what the leader submitted himself, nobody signs in his name", async () => {
    const { lead, colleague } = await delegated();
    await db.insert(userRoles).values({ userId: lead.userId, role: "filer" });
    const ref = await submitted(await again(lead));
    expect(codes(await signProject(city.ctx(await again(colleague)), ref))).toEqual(["otherPersonThanBefore"]);
    const another = await city.as("unitLead");
    accepted(await signProject(city.ctx(another), ref));
  });
});
