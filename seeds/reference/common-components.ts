import type { Transaction } from "@db/client";
import { commonComponents } from "@db/schema";

/** Common components that a new system is expected to reuse. @source domain.md §3 */
const COMPONENTS: readonly (readonly [code: string, name: string])[] = [
  ["identity", "统一身份认证"],
  ["licence", "电子证照"],
  ["seal", "电子印章"],
  ["payment", "非税支付"],
  ["credit", "信用"],
  ["geography", "地理信息"],
  ["service", "智能客服"],
  ["office", "协同办公"],
  ["exchange", "数据共享交换平台"],
];

export async function seedCommonComponents(tx: Transaction): Promise<void> {
  const rows = COMPONENTS.map(([code, name], index) => ({ code, name, position: index + 1 }));
  await tx.insert(commonComponents).values(rows).onConflictDoNothing();
}
