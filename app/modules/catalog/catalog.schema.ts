import { z } from "zod";

import { FORMAT_CLASSES, keysOf, SHARING_METHODS, SHARING_TYPES, UPDATE_CYCLES } from "~/kernel/vocabulary";

const optionalText = (label: string, max: number) =>
  z.string().trim().max(max, `${label}最多 ${max} 个字`).optional().default("");

/** One data resource as a person types it in. */
export const resourceSchema = z.object({
  name: z.string("请填写资源名称").trim().min(2, "资源名称至少 2 个字").max(100, "资源名称最多 100 个字"),
  categoryCode: z.string("请选择资源分类").regex(/^\d{6,}$/, "请选择到“目”一级的资源分类"),
  summary: z.string("请填写资源摘要").trim().min(4, "资源摘要至少 4 个字").max(500, "资源摘要最多 500 个字"),
  formatClass: z.enum(keysOf(FORMAT_CLASSES), "请选择资源格式"),
  items: z.string("请填写信息项，多个用顿号隔开").trim().max(2000, "信息项过长"),
  sharingType: z.enum(keysOf(SHARING_TYPES), "请选择共享类型"),
  legalBasis: optionalText("不予共享依据", 300),
  conditions: optionalText("共享条件", 300),
  method: z.enum(keysOf(SHARING_METHODS)).optional(),
  updateCycle: z.enum(keysOf(UPDATE_CYCLES), "请选择更新周期"),
});
export type ResourceInput = z.infer<typeof resourceSchema>;

/** One demand for another unit's data. */
export const demandSchema = z.object({
  wanted: z.string("请填写需要的数据").trim().min(2, "请写明需要的数据，至少 2 个字").max(200, "最多 200 个字"),
  providerUnitId: z.uuid("请选择数据提供单位"),
  legalBasis: z.string("请填写需求依据").trim().min(4, "请写明依据，至少 4 个字").max(300, "最多 300 个字"),
  scene: z.string("请填写应用场景").trim().min(4, "请写明应用场景，至少 4 个字").max(300, "最多 300 个字"),
  method: z.enum(keysOf(SHARING_METHODS), "请选择共享方式"),
  frequency: z.enum(keysOf(UPDATE_CYCLES), "请选择更新频率"),
});
export type DemandInput = z.infer<typeof demandSchema>;
