import { z } from "zod";

import { isLocalDate, localDate } from "~/kernel/local-date";
import { CLOUD_STEPS } from "~/kernel/vocabulary";

export const cloudStepSchema = z.object({
  step: z.enum(CLOUD_STEPS, "请选择步骤"),
  completedOn: z.string("请填写完成日期").refine(isLocalDate, "请填写有效的日期").transform(localDate),
  evidence: z.string("请填写办理依据").trim().min(4, "请写明文件名称或文号，至少 4 个字").max(200, "最多 200 个字"),
  version: z.coerce.number().int(),
});

export type CloudStepInput = z.infer<typeof cloudStepSchema>;
