import type { Transaction } from "@db/client";
import { commonComponents } from "@db/schema";

/** Common components that a new system is expected to reuse. @source domain.md §3 */
const COMPONENTS: readonly (readonly [code: string, name: string, purpose: string])[] = [
  ["identity", "统一身份认证", "自然人、法人和工作人员统一登录、实名核验，各应用不再自建用户体系。"],
  ["licence", "电子证照", "签发、查询、核验电子证照，办事时免交纸质证照。"],
  ["seal", "电子印章", "公文、证照、批文的电子签章和验章。"],
  ["payment", "非税支付", "行政事业性收费、罚没等非税收入的线上缴款和电子票据。"],
  ["credit", "信用", "信用信息查询、信用承诺和联合奖惩。"],
  ["geography", "地理信息", "电子地图、影像、地名地址和空间分析服务。"],
  ["service", "智能客服", "面向办事群众和企业的咨询问答与工单转办。"],
  ["office", "协同办公", "公文流转、待办、消息和通讯录。"],
  ["exchange", "数据共享交换平台", "部门之间数据资源的目录、订阅、交换和接口调用。"],
];

export async function seedCommonComponents(tx: Transaction): Promise<void> {
  const rows = COMPONENTS.map(([code, name, purpose], index) => ({ code, name, purpose, position: index + 1 }));
  await tx.insert(commonComponents).values(rows).onConflictDoNothing();
}
