import { z } from "zod";

import { isLocalDate, localDate } from "~/kernel/local-date";

const version = z.coerce.number().int();
const text = (max: number) => z.string().trim().max(max, `最多 ${max} 个字`).default("");
const day = (label: string) =>
  z.string(`请填写${label}`).refine(isLocalDate, "日期应为真实的年月日，例如 2026-09-01").transform(localDate);

/** What an exemption says while it is drafted: only types are checked; completeness is asked for at submission. */
const draft = {
  reason: text(2000),
  fromOn: day("豁免开始日期"),
  untilOn: day("豁免结束日期"),
  file: z.instanceof(File).optional(),
};

export const draftExemptionSchema = z.object(draft);
export type DraftExemptionInput = Omit<z.infer<typeof draftExemptionSchema>, "file">;

export const editExemptionSchema = z.object({ version, ...draft });

/** A step of an exemption taken on its page. */
export const exemptionStepSchema = z.object({
  version,
  intent: z.enum(["submit", "sign", "decline", "approve", "refuse", "withdraw", "revoke"]),
  opinion: text(1000),
});
export type ExemptionStepInput = z.infer<typeof exemptionStepSchema>;
