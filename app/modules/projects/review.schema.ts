import { z } from "zod";

import { REVIEW_TEMPLATE_KEYS } from "./review.templates";
import { FORM_CHECK_KEYS } from "./review/form-check.rules";

/** The bureau's opinion on a project; whether a reason is needed is the lifecycle's business. */
export const reviewSchema = z.object({
  version: z.coerce.number().int(),
  intent: z.enum(
    ["passFormCheck", "passShortcut", "pass", "returnForSupplement", "reject", "approve", "takeOverTemplates"],
    "请选择办理意见",
  ),
  checks: z.array(z.enum(FORM_CHECK_KEYS)).default([]),
  templates: z.array(z.enum(REVIEW_TEMPLATE_KEYS)).default([]),
  opinion: z.string().trim().max(2000, "最多 2000 个字").default(""),
});
export type ReviewInput = z.infer<typeof reviewSchema>;
