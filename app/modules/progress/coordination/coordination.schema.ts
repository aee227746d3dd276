import { z } from "zod";

import { isLocalDate, localDate } from "~/kernel/local-date";

const version = z.coerce.number().int();
const words = (label: string, max: number) =>
  z.string(`请填写${label}`).trim().min(4, `请填写${label}，至少 4 个字`).max(max, `最多 ${max} 个字`);

export const adviceSchema = z.object({ version, advice: words("意见", 1000) });
export const answerSchema = z.object({ version, answer: words("答复", 1000) });
export const settleSchema = z.object({ version, reason: words("解决情况", 500) });
export const itemiseSchema = z.object({
  version,
  answer: words("答复", 1000),
  /** its id, or its name where the units are too many to list */
  unitId: z.string("请选择承办单位").trim().min(1, "请选择承办单位").max(60, "最多 60 个字"),
  requirement: words("办理要求", 1000),
  dueOn: z.string().refine(isLocalDate, "日期应为真实的年月日，例如 2026-09-01").transform(localDate).optional(),
});
