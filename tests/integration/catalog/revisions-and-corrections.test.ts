import { and, asc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { corrections, domainEvents, messages, resourceRevisions } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import {
  aResource,
  makePublishedResource,
  makeRegisteredResource,
  resourceRow,
  type CatalogHands,
} from "@tests/support/factories/catalog";
import { accepted } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { closeCorrection } from "~/modules/catalog/correction/close-correction.server";
import { confirmCorrection } from "~/modules/catalog/correction/confirm-correction.server";
import {
  listCorrections,
  readCorrection,
  readCorrectionQuery,
} from "~/modules/catalog/correction/corrections.queries.server";
import { fixCorrection } from "~/modules/catalog/correction/fix-correction.server";
import { rejectCorrection } from "~/modules/catalog/correction/reject-correction.server";
import { reopenCorrection } from "~/modules/catalog/correction/reopen-correction.server";
import { reportCorrection } from "~/modules/catalog/correction/report-correction.server";
import { declineRevision } from "~/modules/catalog/revision/decline-revision.server";
import { dropRevision } from "~/modules/catalog/revision/drop-revision.server";
import { publishRevision } from "~/modules/catalog/revision/publish-revision.server";
import { registerRevision } from "~/modules/catalog/revision/register-revision.server";
import { readResourceForm } from "~/modules/catalog/revision/revision-form.queries.server";
import { saveRevision } from "~/modules/catalog/revision/save-revision.server";
import { sendBackRevision } from "~/modules/catalog/revision/send-back-revision.server";
import { readVersions } from "~/modules/catalog/revision/versions.queries.server";
import type { Ctx } from "~/platform/transaction.server";
import { scopeFor } from "~/policy";

const db = testDatabase();
let city: TestCity;
let hands: CatalogHands;
let stranger: Ctx;
let third: Ctx;

beforeAll(async () => {
  city = await makeCity(db);
  hands = {
    filer: city.ctx(await city.as("filer")),
    lead: city.ctx(await city.as("unitLead")),
    bureau: city.ctx(await city.as("bureauReviewer")),
  };
  stranger = city.ctx(await city.as("filer", city.otherUnitId));
  third = city.ctx(await city.as("filer", city.financeUnitId));
});

const codesOf = (result: { ok: true } | { ok: false; refusals: readonly { code: string }[] }) =>
  result.ok ? [] : result.refusals.map(({ code }) => code);

describe("a change of a published entry", () => {
  it("leaves edition 1 in force until it is edition 2, and edition 1 as it was afterwards", async () => {
    const id = await makePublishedResource(hands, "道路信息");
    const changed = aResource("道路设施信息", { updateCycle: "weekly" });
    accepted(await saveRevision(hands.filer, { resourceId: id, version: 0 }, changed, "改名并加快更新"));
    expect((await resourceRow(hands.filer, id)).name).toBe("道路信息");
    accepted(await registerRevision(hands.lead, { resourceId: id, version: 1 }));
    accepted(await publishRevision(hands.bureau, { resourceId: id, version: 2 }));
    expect(await resourceRow(hands.filer, id)).toMatchObject({
      name: "道路设施信息",
      edition: 2,
      nextUpdateDueOn: "2026-07-27",
    });
    const editions = await db
      .select()
      .from(resourceRevisions)
      .where(eq(resourceRevisions.resourceId, id))
      .orderBy(asc(resourceRevisions.edition));
    expect(editions.map(({ edition, state, content }) => [edition, state, (content as { name: string }).name])).toEqual(
      [
        [1, "published", "道路信息"],
        [2, "published", "道路设施信息"],
      ],
    );
    await expect(publishRevision(hands.bureau, { resourceId: id, version: 2 })).rejects.toMatchObject({
      kind: "notFound",
    });
  });

  it("is one at a time: two drafters conflict, a registered one is closed to changes", async () => {
    const id = await makePublishedResource(hands, "隧道信息");
    const draft = (name: string) => saveRevision(hands.filer, { resourceId: id, version: 0 }, aResource(name), "改名");
    const both = await Promise.allSettled([draft("隧道设施信息"), draft("隧道工程信息")]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    accepted(await saveRevision(hands.filer, { resourceId: id, version: 1 }, aResource("隧道结构信息"), "再改"));
    accepted(await registerRevision(hands.lead, { resourceId: id, version: 2 }));
    const late = await saveRevision(hands.filer, { resourceId: id, version: 3 }, aResource("隧道"), "又改");
    expect(codesOf(late)).toEqual(["revisionUnderWay"]);
    expect((await readResourceForm(db, hands.filer.actor, id, null)).mode).toBe("closed");
  });

  it.each<[string, Parameters<typeof aResource>[1], string, string[]]>([
    ["nothing changed", {}, "涵洞信息甲", ["nothingChanged"]],
    ["another category", { categoryCode: "101002" }, "涵洞信息乙", ["categoryFixed"]],
    ["against the rules", { items: [] }, "涵洞信息丙", ["itemsMissing"]],
  ])("is refused: %s", async (_name, more, name, expected) => {
    const id = await makePublishedResource(hands, name);
    const result = await saveRevision(hands.filer, { resourceId: id, version: 0 }, aResource(name, more), "试");
    expect(codesOf(result)).toEqual(expected);
  });

  it("sent back, declined or dropped it stays in the history of the own unit, and may be taken up again", async () => {
    const id = await makePublishedResource(hands, "边坡信息");
    const ref = (version: number) => ({ resourceId: id, version });
    accepted(await saveRevision(hands.filer, ref(0), aResource("边坡监测信息"), "一"));
    expect(codesOf(await sendBackRevision(hands.lead, { ...ref(1), reason: "" }))).toEqual(["reasonGiven"]);
    accepted(await sendBackRevision(hands.lead, { ...ref(1), reason: "说明太短" }));
    accepted(await saveRevision(hands.filer, ref(0), aResource("边坡巡查信息"), "二"));
    accepted(await registerRevision(hands.lead, ref(1)));
    accepted(await declineRevision(hands.bureau, { ...ref(2), reason: "与监测重复" }));
    accepted(await saveRevision(hands.filer, ref(0), aResource("边坡防护信息"), "三"));
    accepted(await dropRevision(hands.filer, ref(1)));
    const own = await readVersions(db, hands.filer.actor, id);
    expect(own.versions.map(({ state }) => state).sort()).toEqual(["declined", "declined", "dropped", "published"]);
    expect((await readVersions(db, stranger.actor, id)).versions.map(({ edition }) => edition)).toEqual([1]);
    const declined = own.versions.find(({ note }) => note === "二");
    const form = await readResourceForm(db, hands.filer.actor, id, declined?.id ?? "");
    expect([form.mode, form.content.name, form.version]).toEqual(["revise", "边坡巡查信息", 0]);
  });

  it("is nothing to other units, and needs an entry in force", async () => {
    const id = await makePublishedResource(hands, "挡墙信息");
    const change = saveRevision(stranger, { resourceId: id, version: 0 }, aResource("挡墙工程信息"), "改名");
    await expect(change).rejects.toMatchObject({ kind: "forbidden" });
    const registered = await makeRegisteredResource(hands, "护坡信息");
    const early = saveRevision(stranger, { resourceId: registered, version: 0 }, aResource("护坡甲信息"), "改名");
    await expect(early).rejects.toMatchObject({ kind: "notFound" });
    const own = await saveRevision(hands.filer, { resourceId: registered, version: 0 }, aResource("护坡乙信息"), "改");
    expect(codesOf(own)).toEqual(["notInThisState"]);
  });
});

describe("an error report", () => {
  const report = async (name: string) => {
    const resourceId = await makePublishedResource(hands, name);
    const { id } = accepted(await reportCorrection(stranger, resourceId, { item: "编号", description: "编号有重复" }));
    return { id, resourceId };
  };

  it("is confirmed, fixed and closed, each side told of its turn", async () => {
    const { id, resourceId } = await report("门牌信息");
    const [row] = await db.select().from(corrections).where(eq(corrections.id, id));
    expect(row).toMatchObject({ state: "reported", dueOn: "2026-08-03", reporterUnitId: city.otherUnitId });
    await expect(confirmCorrection(stranger, { id, version: 1 })).rejects.toMatchObject({ kind: "forbidden" });
    accepted(await confirmCorrection(hands.filer, { id, version: 1 }));
    const [event] = await db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectId, id), eq(domainEvents.type, "correctionConfirmed")));
    expect(event?.payload).toMatchObject({ resourceId, unitId: city.unitId });
    expect(codesOf(await fixCorrection(hands.filer, { id, version: 2, reason: "" }))).toEqual(["reasonGiven"]);
    accepted(await fixCorrection(hands.filer, { id, version: 2, reason: "已去重" }));
    expect(await db.$count(messages, eq(messages.userId, stranger.actor.userId))).toBeGreaterThan(1);
    await expect(closeCorrection(hands.filer, { id, version: 3 })).rejects.toMatchObject({ kind: "forbidden" });
    accepted(await closeCorrection(stranger, { id, version: 3 }));
    expect((await readCorrection(db, hands.bureau.actor, id)).correction).toMatchObject({
      state: "closed",
      fixNote: "已去重",
    });
  });

  it("is reopened under a new limit, from fixed and from rejected", async () => {
    const { id } = await report("楼栋信息");
    accepted(await rejectCorrection(hands.filer, { id, version: 1, reason: "核对无误" }));
    const later = city.ctx(stranger.actor, "2026-07-27");
    accepted(await reopenCorrection(later, { id, version: 2, reason: "附上两条样例" }));
    const [row] = await db.select().from(corrections).where(eq(corrections.id, id));
    expect(row).toMatchObject({ state: "reported", dueOn: "2026-08-10" });
    accepted(await confirmCorrection(hands.filer, { id, version: 3 }));
    accepted(await fixCorrection(hands.filer, { id, version: 4, reason: "已修正" }));
    accepted(await reopenCorrection(later, { id, version: 5, reason: "仍有一条" }));
    expect((await readCorrection(db, stranger.actor, id)).correction.state).toBe("confirmed");
  });

  it("sent twice is one; stale steps conflict; third units get 404", async () => {
    const { id, resourceId } = await report("地块信息");
    const again = await reportCorrection(stranger, resourceId, { item: "编号", description: "编号有重复" });
    expect(codesOf(again)).toEqual(["reportedAlready"]);
    expect(codesOf(await reportCorrection(stranger, resourceId, { item: "面积", description: "面积为负" }))).toEqual([
      "itemUnknown",
    ]);
    accepted(await confirmCorrection(hands.filer, { id, version: 1 }));
    await expect(confirmCorrection(hands.filer, { id, version: 1 })).rejects.toMatchObject({ kind: "conflict" });
    await expect(confirmCorrection(third, { id, version: 2 })).rejects.toMatchObject({ kind: "notFound" });
    await expect(readCorrection(db, third.actor, id)).rejects.toMatchObject({ kind: "notFound" });
  });

  it("is listed on both sides", async () => {
    const list = async (ctx: Ctx, side: string) => {
      const query = readCorrectionQuery(new URLSearchParams({ side }));
      return (await listCorrections(db, ctx.actor, scopeFor(ctx.actor, "demand:read"), query)).total;
    };
    const all = await db.$count(corrections);
    expect([await list(stranger, "reported"), await list(stranger, "answer")]).toEqual([all, 0]);
    expect([await list(hands.filer, "answer"), await list(third, "")]).toEqual([all, 0]);
  });
});
