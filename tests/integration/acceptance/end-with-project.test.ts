import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";

import { acceptanceExtensions, acceptances, domainEvents, expertPanels, messages, projects } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import {
  acceptanceRow,
  INITIAL_PAPERS,
  makeAcceptancePeople,
  makeBuilt,
  makeReported,
  paperFile,
  type AcceptancePeople,
} from "@tests/support/factories/acceptance";
import { makeSanction } from "@tests/support/factories/compliance";
import { makeExpert } from "@tests/support/factories/experts";
import { accepted, projectRow } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { localDate } from "~/kernel/local-date";
import { decideOnExtension } from "~/modules/acceptance/decide-extension.server";
import { acceptanceListeners } from "~/modules/acceptance/index.server";
import { requestExtension } from "~/modules/acceptance/request-extension.server";
import { signExtension } from "~/modules/acceptance/sign-extension.server";
import { convenePanel } from "~/modules/experts/convene-panel.server";
import { expertListeners } from "~/modules/experts/index.server";
import { sanctionListeners } from "~/modules/projects/index.server";
import { terminateProject } from "~/modules/projects/terminate-project.server";
import { mergeListeners, relayOutbox } from "~/platform/outbox.server";

const db = testDatabase();
const LISTENERS = mergeListeners(expertListeners, acceptanceListeners, sanctionListeners);
let city: TestCity;
let people: AcceptancePeople;
beforeEach(async () => {
  city = await makeCity(db);
  people = await makeAcceptancePeople(city);
});

const codes = (result: { ok: true } | { ok: false; refusals: readonly { code: string }[] }) =>
  result.ok ? ["ok"] : result.refusals.map(({ code }) => code);

async function ask(projectId: string) {
  const input = { untilOn: localDate("2026-12-10"), reason: "测评排期推迟", file: paperFile("会议纪要") };
  return accepted(await requestExtension(city.ctx(people.filer), projectId, input)).id;
}
const extensionRow = async (id: string) => {
  const [row] = await db.select().from(acceptanceExtensions).where(eq(acceptanceExtensions.id, id));
  return row ?? expect.fail("no such extension");
};
async function terminate(projectId: string) {
  const { version } = await projectRow({ db }, projectId);
  const step = { projectId, version, reason: "不再建设", basis: "测试办〔2026〕9号" };
  accepted(await terminateProject(city.ctx(people.bureau), step));
  await relayOutbox(db, LISTENERS);
}

describe("a project that is terminated", () => {
  it("ends its application and the panel on it, in the name of who terminated it", async () => {
    const projectId = await makeBuilt(city);
    const { acceptanceId, version } = await makeReported(city, people, projectId, INITIAL_PAPERS);
    const three = await Promise.all([makeExpert(city), makeExpert(city), makeExpert(city)]);
    accepted(
      await convenePanel(city.ctx(people.bureau), {
        projectId,
        version: (await projectRow({ db }, projectId)).version,
        expertIds: three.map(({ userId }) => userId),
        questions: "是否具备验收条件",
      }),
    );
    await terminate(projectId);
    expect(await acceptanceRow(db, acceptanceId)).toMatchObject({ state: "withdrawn", version: version + 1 });
    const [panel] = await db.select().from(expertPanels).where(eq(expertPanels.projectId, projectId));
    expect(panel).toMatchObject({ state: "cancelled", cancelReason: "项目已终止" });
    const withdrawn = and(eq(domainEvents.subjectId, acceptanceId), eq(domainEvents.type, "acceptanceWithdrawn"));
    expect(await db.select().from(domainEvents).where(withdrawn)).toMatchObject([
      { actorId: people.bureau.userId, reason: "项目已终止" },
    ]);
    const told = await db.select().from(messages).where(eq(messages.userId, people.lead.userId));
    expect(told.map(({ title }) => title)).toContain("项目已终止，未办结的验收和延期申请已撤回：智慧管网系统");
  });

  it("ends its request for a later limit; told twice, it happens once", async () => {
    const projectId = await makeBuilt(city);
    const id = await ask(projectId);
    await terminate(projectId);
    expect(await extensionRow(id)).toMatchObject({ state: "withdrawn", opinion: "项目已终止", version: 2 });
    const [cause] = await db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectId, projectId), eq(domainEvents.type, "projectTerminated")));
    const again = { topic: "projectTerminated", subjectId: projectId, regionId: city.regionId };
    for (const listen of acceptanceListeners.projectTerminated ?? [])
      await listen({ ...again, payload: { eventId: cause?.id } }, db);
    expect((await extensionRow(id)).version).toBe(2);
  });

  it("ends them also when a sanction terminated it, which nobody did in person", async () => {
    const projectId = await makeBuilt(city);
    const { acceptanceId } = await makeReported(city, people, projectId, INITIAL_PAPERS);
    const sanctionId = await makeSanction(city, { projectId, rung: "terminate" });
    for (const listen of sanctionListeners.sanctionImposed ?? []) {
      const payload = { projectId, rung: "terminate", reason: "拒不整改", basis: "测试办〔2026〕9号" };
      await listen({ topic: "sanctionImposed", subjectId: sanctionId, regionId: city.regionId, payload }, db);
    }
    await relayOutbox(db, LISTENERS);
    expect((await projectRow({ db }, projectId)).stage).toBe("terminated");
    expect((await acceptanceRow(db, acceptanceId)).state).toBe("withdrawn");
  });

  it("leaves what was decided before as it is", async () => {
    const projectId = await makeBuilt(city);
    const { acceptanceId } = await makeReported(city, people, projectId, INITIAL_PAPERS);
    await db.update(acceptances).set({ state: "failed" }).where(eq(acceptances.id, acceptanceId));
    await terminate(projectId);
    expect((await acceptanceRow(db, acceptanceId)).state).toBe("failed");
  });
});

describe("a project that is suspended", () => {
  it("has no request for a later limit signed or decided meanwhile", async () => {
    const projectId = await makeBuilt(city);
    const extensionId = await ask(projectId);
    const stop = (stage: "suspended" | "implementation") =>
      db.update(projects).set({ stage }).where(eq(projects.id, projectId));
    const sign = () => signExtension(city.ctx(people.lead), { extensionId, version: 1, event: "sign", opinion: "" });
    await stop("suspended");
    expect(codes(await sign())).toEqual(["projectStandsStill"]);
    await stop("implementation");
    accepted(await sign());
    await stop("suspended");
    for (const event of ["grant", "refuse"] as const) {
      const decided = await decideOnExtension(city.ctx(people.bureau), {
        extensionId,
        version: 2,
        event,
        opinion: "同意",
      });
      expect(codes(decided)).toEqual(["projectStandsStill"]);
    }
    expect((await extensionRow(extensionId)).state).toBe("open");
  });
});
