import { z } from "zod";

import { isLocalDate, localDate } from "~/kernel/local-date";

const version = z.coerce.number().int();

/** What a person tells of a plan whose sheet is uploaded. */
export const importPlanSchema = z.object({
  title: z
    .string("请填写方案名称")
    .trim()
    .min(4, "请填写方案名称，至少 4 个字")
    .max(100, "最多 100 个字")
    .transform((title) => title.replace(/\s+/g, " ")),
  documentNumber: z.string().trim().max(60, "最多 60 个字").default(""),
  issuedOn: z
    .string("请填写印发日期")
    .refine(isLocalDate, "印发日期应为真实的年月日，例如 2026-02-10")
    .transform(localDate),
  // A browser sends a nameless file where none was chosen.
  file: z.instanceof(File, { message: "请选择任务台账文件" }).refine(({ name }) => name !== "", "请选择任务台账文件"),
});
export type PlanFacts = Omit<z.infer<typeof importPlanSchema>, "file">;

/** A step on the page of a plan. */
export const planStepSchema = z.object({
  intent: z.enum(["confirmAll", "putInForce", "discard"]),
  version,
});
export const endPlanSchema = z.object({
  version,
  reason: z.string("请填写结束原因").trim().min(4, "请填写结束原因，至少 4 个字").max(500, "最多 500 个字"),
});
