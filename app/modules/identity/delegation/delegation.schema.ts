import { z } from "zod";

import { ROLES } from "~/kernel/actor";
import { isLocalDate, localDate } from "~/kernel/local-date";

const day = (label: string) =>
  z.string(`请选择${label}`).refine(isLocalDate, `${label}应为真实的年月日，例如 2026-08-03`).transform(localDate);

export const grantDelegationSchema = z.object({
  role: z.enum(ROLES, "请选择要委托的岗位"),
  toUserId: z.string("请选择受托人").min(1, "请选择受托人").max(100, "请选择受托人"),
  fromOn: day("开始日期"),
  untilOn: day("结束日期"),
  reason: z.string("请填写委托事由").trim().min(2, "请填写委托事由，例如：外出学习").max(200, "最多 200 个字"),
});
export type GrantDelegation = z.infer<typeof grantDelegationSchema>;

export const revokeDelegationSchema = z.object({
  delegationId: z.uuid("请刷新页面后重试"),
  version: z.coerce.number().int(),
});
