import { z } from "zod";

import { isLocalDate, localDate } from "~/kernel/local-date";
import { ACCEPTANCE_DOCUMENTS, ARCHIVE_RESULTS, keysOf } from "~/kernel/vocabulary";

const version = z.coerce.number().int();
const text = (max: number) => z.string().trim().max(max, `最多 ${max} 个字`).default("");

/** Beginning an application asks nothing but the button. */
export const draftSchema = z.object({ intent: z.literal("draft") });

export const statementSchema = z.object({ acceptanceId: z.uuid(), version, statement: text(5000) });

export const paperSchema = z.object({
  acceptanceId: z.uuid(),
  kind: z.enum(keysOf(ACCEPTANCE_DOCUMENTS), "请选择材料类别"),
});
export const removePaperSchema = z.object({ acceptanceId: z.uuid(), paperId: z.uuid() });

/** A step of an application taken on its page. */
export const acceptanceStepSchema = z.object({
  acceptanceId: z.uuid(),
  version,
  intent: z.enum(["submit", "sign", "decline", "returnForSupplement", "fail", "pass", "withdraw"]),
  opinion: text(1000),
});
export type AcceptanceStepInput = z.infer<typeof acceptanceStepSchema>;

export const archiveSchema = z.object({
  result: z.enum(keysOf(ARCHIVE_RESULTS), "请选择档案验收结果"),
  remark: text(1000),
  /** which check of the project this is going to be */
  number: z.coerce.number().int(),
});
export type ArchiveInput = z.infer<typeof archiveSchema>;

export const requestExtensionSchema = z.object({
  untilOn: z
    .string("请填写延期后的日期")
    .refine(isLocalDate, "日期应为真实的年月日，例如 2027-03-31")
    .transform(localDate),
  extensionReason: text(2000),
  file: z.instanceof(File).optional(),
});

/** A step of a request for a later limit. */
export const extensionStepSchema = z.object({
  extensionId: z.uuid(),
  version,
  intent: z.enum(["signExtension", "declineExtension", "grantExtension", "refuseExtension", "withdrawExtension"]),
  extensionOpinion: text(1000),
});
export type ExtensionStepInput = z.infer<typeof extensionStepSchema>;
