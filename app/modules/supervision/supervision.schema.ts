import { z } from "zod";

import { isLocalDate, localDate } from "~/kernel/local-date";
import { keysOf, SUPERVISION_ORIGINS } from "~/kernel/vocabulary";

const version = z.coerce.number().int();
const words = (label: string, max: number) =>
  z.string(`请填写${label}`).trim().min(4, `请填写${label}，至少 4 个字`).max(max, `最多 ${max} 个字`);

const day = z.string("请填写日期").refine(isLocalDate, "日期应为真实的年月日，例如 2026-09-01").transform(localDate);

export const registerSchema = z.object({
  /** its id, or its name where the units are too many to list */
  unitId: z.string("请选择承办单位").trim().min(1, "请选择承办单位").max(60, "最多 60 个字"),
  origin: z.enum(keysOf(SUPERVISION_ORIGINS), "请选择来源"),
  title: words("事项名称", 100),
  requirement: words("办理要求", 1000),
  dueOn: day.optional(),
});

export const stepSchema = z.object({ version });
export const replySchema = z.object({ version, reply: words("办理情况", 2000) });
export const reasonSchema = z.object({ version, reason: words("原因", 500) });
export const proofSchema = z.object({ version, proof: words("销号依据", 500) });
export const extendSchema = z.object({ version, dueOn: day, reason: words("延长原因", 500) });
