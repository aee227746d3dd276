import { eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { commonComponents } from "@db/schema";
import { localDate } from "~/kernel/local-date";

import type { City } from "./city";

/** Who provides each common component in this city, since when, and how it is connected. */
const PROVIDED: readonly (readonly [code: string, unit: string, since: string, access: string])[] = [
  [
    "identity",
    "市政务服务数据管理局",
    "2023-03-01",
    "按省统一身份认证平台接口规范接入，向市政务服务数据管理局提交接入申请表。",
  ],
  ["licence", "市政务服务数据管理局", "2023-03-01", "通过电子证照共享服务接口调用，提供应用备案信息和证照目录清单。"],
  ["seal", "市政务服务数据管理局", "2023-06-01", "签章服务接口或浏览器控件接入，印章由本单位制章管理员授权。"],
  ["payment", "市财政局", "2023-06-01", "接入非税收入收缴平台统一支付接口，执收项目编码向市财政局申请。"],
  ["credit", "市发展和改革局", "2024-01-01", "调用公共信用信息查询和联合奖惩接口，按用途申请授权。"],
  ["geography", "市自然资源局", "2023-09-01", "在“数字鹤山”地理空间框架申请地图服务，内外网各有服务地址。"],
  ["service", "市政务服务数据管理局", "2024-06-01", "嵌入智能客服组件，知识条目由业务单位维护。"],
  ["office", "市政府办公室", "2023-01-01", "通过协同办公平台待办、消息接口集成，向市政府办公室申请应用标识。"],
  ["exchange", "市政务服务数据管理局", "2022-10-01", "在数据共享交换平台注册前置机或接口，按资源目录订阅和发布。"],
];

/** What the city adds to the register of components. */
export async function writeComponents(tx: Transaction, city: City): Promise<void> {
  for (const [code, unit, since, access] of PROVIDED) {
    await tx
      .update(commonComponents)
      .set({ access, providerUnitId: city.unit(unit).id, availableFrom: localDate(since) })
      .where(eq(commonComponents.code, code));
  }
}
