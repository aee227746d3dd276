import { z } from "zod";

import { keysOf, SHARING_METHODS, UPDATE_CYCLES } from "~/kernel/vocabulary";

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
