import { beforeEach, describe, expect, it } from "vitest";

import { gateExemptions, gateStates, recollections } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { makeSanction, makeSharedResource } from "@tests/support/factories/compliance";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import type { ExemptionState, RecollectionState } from "~/kernel/vocabulary";
import { readMyWork } from "~/modules/desk/read-my-work.server";
import { newId } from "~/platform/ids.server";

const db = testDatabase();
const at = new Date("2026-07-10T01:00:00Z");
let city: TestCity;
let filer: Actor;
let lead: Actor;
let bureau: Actor;
let bureau2: Actor;
beforeEach(async () => {
  city = await makeCity(db);
  filer = await city.as("filer");
  lead = await city.as("unitLead");
  bureau = await city.as("bureauReviewer");
  bureau2 = await city.as("bureauReviewer");
});

const workOf = async (actor: Actor) =>
  (await readMyWork(city.ctx(actor)))
    .filter(({ kind }) => kind === "闸口" || kind === "惩戒")
    .map(({ what, title }) => `${what}：${title}`);

const makeExemption = (state: ExemptionState, hands: { requestedBy: string; signedBy?: string }) =>
  db.insert(gateExemptions).values({
    id: newId(),
    regionId: city.regionId,
    unitId: city.unitId,
    number: 1,
    state,
    reason: "应急项目",
    requestedAt: at,
    fromOn: localDate("2026-07-20"),
    untilOn: localDate("2026-08-20"),
    ...hands,
  });

async function makeRecollection(state: RecollectionState, hands: { reportedBy: string; remediedBy?: string }) {
  const resourceId = await makeSharedResource(city, city.otherUnitId, { name: "人口基础信息" });
  await db.insert(recollections).values({
    id: newId(),
    regionId: city.regionId,
    unitId: city.unitId,
    resourceId,
    where: "入户登记表",
    finding: "重复填报姓名和住址",
    state,
    reportedAt: at,
    ...hands,
  });
}

describe("the gate on the desk", () => {
  it("tells a unit's people that their own gate is closed, nobody else", async () => {
    await db.insert(gateStates).values({
      unitId: city.unitId,
      regionId: city.regionId,
      open: false,
      exempted: false,
      reasonCount: 3,
      sinceOn: localDate("2026-07-01"),
      checkedAt: at,
    });
    const closed = ["消除共享闸口关闭的原因：共享闸口已关闭（原因 3 项）"];
    expect(await workOf(filer)).toEqual(closed);
    expect(await workOf(lead)).toEqual(closed);
    expect(await workOf(await city.as("filer", city.otherUnitId))).toEqual([]);
    expect(await workOf(bureau)).toEqual([]);
    await db.update(gateStates).set({ open: true });
    expect(await workOf(filer)).toEqual([]);
  });

  it("leads an exemption from hand to hand, never back to one's own", async () => {
    await makeExemption("draft", { requestedBy: filer.userId });
    expect(await workOf(filer)).toEqual(["完成豁免申请并提交：共享闸口豁免（第 1 次）"]);
    await db.update(gateExemptions).set({ state: "signing" });
    expect(await workOf(filer)).toEqual([]);
    expect(await workOf(lead)).toEqual(["签批豁免申请：共享闸口豁免（第 1 次）"]);
    await db.update(gateExemptions).set({ requestedBy: lead.userId });
    expect(await workOf(lead)).toEqual([]);
    await db.update(gateExemptions).set({ state: "open", signedBy: bureau.userId });
    expect(await workOf(bureau)).toEqual([]);
    expect(await workOf(bureau2)).toEqual(["审批豁免申请：共享闸口豁免（第 1 次）"]);
    await db.update(gateExemptions).set({ state: "approved" });
    expect(await workOf(bureau2)).toEqual([]);
  });

  it("offers a finding to a second person of the bureau, then to the unit, then to the bureau", async () => {
    await makeRecollection("reported", { reportedBy: bureau.userId });
    const title = "入户登记表（已共享：人口基础信息）";
    expect(await workOf(bureau)).toEqual([]);
    expect(await workOf(bureau2)).toEqual([`复核重复采集：${title}`]);
    expect(await workOf(filer)).toEqual([]);
    await db.update(recollections).set({ state: "standing" });
    expect(await workOf(filer)).toEqual([`整改重复采集：${title}`]);
    await db.update(recollections).set({ state: "remedied", remediedBy: filer.userId });
    expect(await workOf(filer)).toEqual([]);
    expect(await workOf(bureau)).toEqual([`核实重复采集整改：${title}`]);
  });
});

describe("sanctions on the desk", () => {
  it("wait for a second person, not for who proposed them, and are unknown to the unit", async () => {
    await makeSanction(city, { number: 7, state: "proposed", proposedBy: bureau.userId });
    expect(await workOf(bureau)).toEqual([]);
    expect(await workOf(bureau2)).toEqual(["复核惩戒：惩戒7号（暂缓投资）"]);
    expect(await workOf(filer)).toEqual([]);
  });

  it("wait for the unit with the day by which the demand must be met, then for the bureau", async () => {
    await makeSanction(city, { number: 8, dueOn: localDate("2026-08-01") });
    const [item] = await readMyWork(city.ctx(filer));
    expect(item).toMatchObject({ what: "整改并报告惩戒要求事项", dueOn: "2026-08-01" });
    await makeSanction(
      { ...city, unitId: city.otherUnitId },
      { number: 9, state: "remedied", remediedBy: filer.userId },
    );
    expect(await workOf(bureau)).toEqual(["核实整改、解除惩戒：惩戒9号（暂缓投资）"]);
  });
});
