import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { catalogDeliveries } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { makePublishedResource, resourceRow, type CatalogHands } from "@tests/support/factories/catalog";
import { deliveriesOf, makeAccepted } from "@tests/support/factories/delivery";
import { accepted } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { connectResource } from "~/modules/catalog/connection/connect-resource.server";
import { testConnection } from "~/modules/catalog/connection/test-connection.server";
import { readMyWork } from "~/modules/desk/read-my-work.server";

const db = testDatabase();
let city: TestCity;
let hands: CatalogHands;
beforeAll(async () => {
  city = await makeCity(db);
  hands = {
    filer: city.ctx(await city.as("filer")),
    lead: city.ctx(await city.as("unitLead")),
    bureau: city.ctx(await city.as("bureauReviewer")),
  };
});

const workOf = async (who: keyof CatalogHands) =>
  (await readMyWork(hands[who])).map(({ what, title }) => [what, title]);

describe("the desk", () => {
  it("tells the filer what is to be connected, the bureau what is to be tested, the filer what failed", async () => {
    const id = await makePublishedResource(hands, "管线信息");
    expect(await workOf("filer")).toContainEqual(["挂接数据资源", "1 项已发布、尚未挂接"]);
    const ref = async () => ({ id, version: (await resourceRow(hands.filer, id)).version });
    accepted(await connectResource(hands.filer, await ref(), { address: "https://a.gov.cn/x", reason: "" }));
    expect(await workOf("bureau")).toContainEqual(["测试资源挂接", "1 个单位已挂接 1 项"]);
    expect((await workOf("filer")).map(([what]) => what)).not.toContain("挂接数据资源");
    accepted(await testConnection(hands.bureau, await ref(), { result: "failed", remark: "超时" }));
    expect(await workOf("filer")).toContainEqual(["改正未通过测试的挂接", "管线信息"]);
    expect((await workOf("bureau")).map(([what]) => what)).not.toContain("测试资源挂接");
  });

  it("tells the bureau of a delivery that was given up, nobody else", async () => {
    const projectId = await makeAccepted(city, hands.bureau);
    const [delivery] = await deliveriesOf({ db }, projectId);
    await db
      .update(catalogDeliveries)
      .set({ state: "dead" })
      .where(eq(catalogDeliveries.id, delivery?.id ?? ""));
    expect(await workOf("bureau")).toContainEqual(["查明未送达原因并重新发送", "智慧管网系统（第 1 次交付）"]);
    expect((await workOf("filer")).map(([what]) => what)).not.toContain("查明未送达原因并重新发送");
  });
});
