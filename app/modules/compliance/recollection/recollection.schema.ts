import { z } from "zod";

const text = (label: string, max: number) =>
  z.string(`请填写${label}`).trim().min(1, `请填写${label}`).max(max, `最多 ${max} 个字`);

export const recollectionSchema = z.object({
  resourceId: z.uuid("请选择已共享的资源"),
  systemId: z.uuid().optional(),
  where: text("重复采集的环节", 200),
  finding: text("发现的情况", 2000),
});
export type RecollectionInput = z.infer<typeof recollectionSchema>;

/** A step of a recollection taken on its page. */
export const recollectionStepSchema = z.object({
  version: z.coerce.number().int(),
  intent: z.enum(["confirm", "dismiss", "remedy", "settle", "sendBack"]),
  opinion: z.string().trim().max(2000, "最多 2000 个字").default(""),
});
export type RecollectionStepInput = z.infer<typeof recollectionStepSchema>;
