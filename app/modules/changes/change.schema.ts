import { z } from "zod";

import { parseAmount, type Fen } from "~/kernel/fen";
import { isLocalDate, localDate } from "~/kernel/local-date";
import { CHANGE_REASONS, keysOf } from "~/kernel/vocabulary";

const version = z.coerce.number().int();
const text = (max: number) => z.string().trim().max(max, `最多 ${max} 个字`).default("");

/** Money typed in 万元, kept in fen. @unit fen out */
const amount = z.string().transform((typed, issues): Fen => {
  const value = parseAmount(typed, "wan");
  if (value !== undefined && value >= 0) return value;
  issues.addIssue({ code: "custom", message: "金额应为不小于 0 的数字，单位万元，例如 128.5" });
  return z.NEVER;
});

/** What a change says while it is drafted: only types are checked; completeness is asked for at submission. */
const draft = {
  reasonKind: z.enum(keysOf(CHANGE_REASONS), "请选择变更理由类别"),
  reason: text(2000),
  content: text(5000),
  moved: amount.optional(),
  newEstimate: amount.optional(),
  newPlannedEndOn: z
    .string()
    .refine(isLocalDate, "日期应为真实的年月日，例如 2027-03-31")
    .transform(localDate)
    .optional(),
  file: z.instanceof(File).optional(),
};

export const draftChangeSchema = z.object(draft);
export type DraftChangeInput = Omit<z.infer<typeof draftChangeSchema>, "file">;

/** An edit of a draft, with the version the form was filled in from. */
export const editChangeSchema = z.object({ version, ...draft });

/** A step of a change taken on its page. */
export const changeStepSchema = z.object({
  version,
  intent: z.enum(["submit", "sign", "decline", "accept", "refuse", "withdraw"]),
  opinion: text(1000),
});
export type ChangeStepInput = z.infer<typeof changeStepSchema>;
