import { z } from "zod";

import { isLocalDate, localDate } from "~/kernel/local-date";
import { EXPLAINED, keysOf } from "~/kernel/vocabulary";

/** A draft may lack anything, so a text is optional and only its length is checked. */
const text = z.string().trim().max(2000, "最多 2000 个字").default("");
const version = z.coerce.number().int();

const claim = z
  .object({
    milestoneId: z.uuid(),
    completedOn: z.string().refine(isLocalDate, "完成日期应为真实的年月日，例如 2026-07-10").optional(),
    evidence: z.string().trim().max(200, "最多 200 个字").optional(),
  })
  .superRefine(({ completedOn, evidence }, issues) => {
    if (completedOn && !evidence) {
      issues.addIssue({
        code: "custom",
        path: ["evidence"],
        message: "请写明完成依据，例如验收单、会议纪要的名称或文号",
      });
    }
    if (!completedOn && evidence) {
      issues.addIssue({ code: "custom", path: ["completedOn"], message: "请填写完成日期，或清空完成依据" });
    }
  });

/** What is typed of a month beside its milestones: on the report's page, in a row of the grid, in a row of a sheet. */
export const typingSchema = z.object({
  actualPercent: z
    .string("请填写实际进度")
    .trim()
    .refine(
      (typed) => /^\d{1,3}(?:\.\d\d?|)$/.test(typed) && Number(typed) <= 100,
      "实际进度应为 0 至 100 的数字，最多两位小数",
    ),
  doneThisMonth: text,
  nextMonth: text,
  problems: text,
  mattersToSettle: text,
});

/** What is typed into a month's report; milestones without a date are not claimed. */
export const reportSchema = typingSchema.extend({
  version,
  claims: z
    .array(claim)
    .max(50)
    .default([])
    .transform((rows) =>
      rows.flatMap(({ milestoneId, completedOn, evidence }) =>
        completedOn && evidence ? [{ milestoneId, completedOn: localDate(completedOn), evidence }] : [],
      ),
    ),
});

export const signSchema = z.object({ version });

export const declineSchema = z.object({
  version,
  reason: z.string("请写明退回原因").trim().min(4, "请写明退回原因，至少 4 个字").max(500, "最多 500 个字"),
});

export const explanationSchema = z.object({
  about: z.enum(keysOf(EXPLAINED)),
  text: z.string("请写明原因").trim().min(5, "请写明原因，至少 5 个字").max(500, "最多 500 个字"),
});

/** The reports to be urged, as ticked. */
export const urgeSchema = z.object({
  report: z.array(z.uuid()).min(1, "请至少选择一份月报").max(500, "一次最多催报 500 份"),
});
