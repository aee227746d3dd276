import { z } from "zod";

import { isLocalDate, localDate } from "~/kernel/local-date";
import { keysOf, SHARING_METHODS, UPDATE_CYCLES } from "~/kernel/vocabulary";

const version = z.coerce.number().int();
const words = (label: string, least: number, most: number) =>
  z
    .string(`请填写${label}`)
    .trim()
    .min(least, `请填写${label}，至少 ${least} 个字`)
    .max(most, `${label}最多 ${most} 个字`);
const optionalWords = (label: string, most: number) =>
  z.string().trim().max(most, `${label}最多 ${most} 个字`).optional().default("");
const day = (label: string) =>
  z.string(`请填写${label}`).refine(isLocalDate, `${label}应为真实的年月日，例如 2026-09-01`).transform(localDate);

/** An application for data that is bound to no project. */
export const applicationSchema = z.object({
  resourceId: z.uuid().optional(),
  providerUnitId: z.uuid("请选择数据提供单位").optional(),
  wanted: words("需要的数据", 2, 200),
  items: optionalWords("需要的信息项", 500),
  legalBasis: words("需求依据", 4, 300),
  scene: words("应用场景", 4, 300),
  expectedSource: optionalWords("预计来源", 200),
  method: z.enum(keysOf(SHARING_METHODS), "请选择共享方式"),
  frequency: z.enum(keysOf(UPDATE_CYCLES), "请选择使用频率"),
  usedFromOn: day("开始日期"),
  usedUntilOn: day("结束日期"),
  safety: words("安全保护措施", 4, 500),
});
export type ApplicationInput = z.infer<typeof applicationSchema>;

export const reapplySchema = applicationSchema.extend({ version });

export const demandStepSchema = z.object({ version });
export const demandReasonSchema = z.object({ version, reason: words("原因", 4, 500) });
export const demandNoteSchema = z.object({ version, reason: optionalWords("说明", 500) });
export const demandRefusalSchema = demandReasonSchema.extend({ basis: optionalWords("依据", 300) });
export const deliverySchema = z.object({
  version,
  method: z.enum(keysOf(SHARING_METHODS), "请选择提供方式"),
  note: words("提供说明", 4, 500),
});
export const ratingSchema = z.object({
  version,
  rating: z.coerce
    .number("请选择 1 至 5 分")
    .int("请选择 1 至 5 分")
    .min(1, "请选择 1 至 5 分")
    .max(5, "请选择 1 至 5 分"),
  comment: optionalWords("评价意见", 500),
});

/** One use of another unit's data, on one day. */
export const useSchema = z.object({
  /** given with the form: the same form sent twice is one use */
  id: z.uuid(),
  resourceId: z.uuid(),
  demandId: z.uuid().optional(),
  basis: words("使用依据", 4, 300),
  usedOn: day("使用日期"),
  times: z.coerce
    .number("请填写使用次数")
    .int("使用次数应为整数")
    .min(1, "使用次数至少为 1")
    .max(1_000_000_000, "使用次数过大，请核对"),
});
export type UseInput = z.infer<typeof useSchema>;
