import { z } from "zod";

import { isLocalDate, localDate } from "~/kernel/local-date";

/** A new value of a rule figure, as the form gives it; whether the value fits the figure is decided by the catalogue. */
export const newVersionSchema = z.object({
  value: z.string("请填写新的数值").trim().min(1, "请填写新的数值").max(20, "最多 20 个字"),
  inForceFrom: z.string("请选择生效日期").refine(isLocalDate, "请选择有效的日期").transform(localDate),
  source: z.string("请填写依据文件和文号").trim().min(1, "请填写依据文件和文号").max(200, "最多 200 个字"),
  reason: z.string("请写明调整理由").trim().min(1, "请写明调整理由").max(500, "最多 500 个字"),
});
export type NewVersionInput = z.infer<typeof newVersionSchema>;

export const withdrawVersionSchema = z.object({
  versionId: z.uuid(),
  withdrawReason: z.string("请写明撤回理由").trim().min(1, "请写明撤回理由").max(500, "最多 500 个字"),
});
