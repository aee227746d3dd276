import { z } from "zod";

import { isLocalDate, localDate } from "~/kernel/local-date";

const day = (missing: string) => z.string(missing).refine(isLocalDate, "请填写有效的日期").transform(localDate);

/** What a drafter says; every figure comes from the frozen facts. */
export const draftSchema = z.object({
  periodId: z.uuid("请选择考核期"),
  basis: z
    .string()
    .optional()
    .default("")
    .transform((text) => text.split(/\r?\n/).map((line) => line.trim().replace(/^《|》$/g, "")))
    .transform((lines) => lines.filter((line) => line !== ""))
    .refine((lines) => lines.length <= 5, "依据文件最多 5 份")
    .refine((lines) => lines.every((line) => line.length <= 80), "文件名称最多 80 个字"),
  rectifyBy: day("请填写整改期限"),
  contactName: z.string("请填写联系人").trim().min(2, "请填写联系人姓名").max(20, "联系人最多 20 个字"),
  contactPhone: z
    .string("请填写联系电话")
    .trim()
    .regex(/^[\d-]{7,20}$/, "请填写联系电话，例如 0750-8933000"),
});
export type DraftInput = z.infer<typeof draftSchema>;

export const signSchema = z.object({ version: z.coerce.number().int() });

/** A leader's instruction and what is to become of it. */
export const instructSchema = z.object({
  text: z.string("请填写批示内容").trim().min(4, "批示内容至少 4 个字").max(500, "批示内容最多 500 个字"),
  unitId: z.uuid("请选择承办单位"),
  dueOn: day("请填写办理期限"),
});
export type InstructInput = z.infer<typeof instructSchema>;
