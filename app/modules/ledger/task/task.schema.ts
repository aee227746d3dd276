import { z } from "zod";

import { isLocalDate, localDate } from "~/kernel/local-date";
import { isPeriod, period } from "~/kernel/period";
import { DEADLINE_KINDS, keysOf } from "~/kernel/vocabulary";

const version = z.coerce.number().int();
const words = (what: string, max: number) =>
  z.string(`请填写${what}`).trim().min(4, `请填写${what}，至少 4 个字`).max(max, `${what}最多 ${max} 个字`);
const day = (what: string) =>
  z.string(`请填写${what}`).refine(isLocalDate, `${what}应为真实的年月日，例如 2026-06-30`).transform(localDate);
const files = z.array(z.instanceof(File)).max(5, "一次最多上传 5 个文件").default([]);

export const updateSchema = z.object({
  /** of the month's text that the form showed; 0: none was written */
  version,
  period: z.string("请选择月份").refine(isPeriod, "请选择月份").transform(period),
  progress: words("本月进展", 2000),
  difficulty: z.string().trim().max(1000, "存在困难最多 1000 个字").default(""),
  files,
});
export type UpdateInput = Omit<z.infer<typeof updateSchema>, "files">;

export const momentSchema = z.object({
  version,
  position: z.coerce.number("请选择节点").int().min(0).max(999),
  metOn: day("完成日期"),
  evidence: words("完成情况和依据", 1000),
  files,
});
export type MomentInput = Omit<z.infer<typeof momentSchema>, "files">;

export const closingSchema = z.object({ version, statement: words("办结说明", 2000), files });
export const stepSchema = z.object({ version });
export const reasonSchema = z.object({ version, reason: words("原因", 500) });
export const superviseSchema = z.object({
  version,
  unitId: z.uuid("请选择承办单位"),
  requirement: words("办理要求", 1000),
  dueOn: day("办理期限").optional(),
});
export type SuperviseInput = z.infer<typeof superviseSchema>;

const mentionRow = z.object({
  /** as the plan writes it */
  mention: z.string().trim().max(60, "名称最多 60 个字").default(""),
  /** name of the unit or group it means; blank: none of the region */
  means: z.string().trim().max(60, "名称最多 60 个字").default(""),
});
const mentions = z.array(mentionRow).max(100, "最多 100 个单位").default([]);

export const editSchema = z.object({
  version,
  title: z.string().trim().max(300, "任务标题最多 300 个字").default(""),
  content: z.string().trim().max(5000, "任务内容最多 5000 个字").default(""),
  section: z.string().trim().max(200, "所属部分最多 200 个字").default(""),
  deadlineKind: z.enum(keysOf(DEADLINE_KINDS), "请选择时限类型"),
  lead: mentions,
  responsible: mentions,
  deadlines: z
    .array(
      z.object({
        on: day("日期"),
        what: z.string().trim().max(300, "内容最多 300 个字").default(""),
        mode: z.enum(["by", "from"]).default("by"),
      }),
    )
    .max(24, "最多 24 个节点")
    .default([]),
});
export type EditInput = z.infer<typeof editSchema>;
