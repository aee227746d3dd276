import { z } from "zod";

import { keysOf } from "~/kernel/vocabulary";

import { REVIEW_TEMPLATES } from "./review.templates";

/** The bureau's opinion on a project; whether a reason is needed is the lifecycle's business. */
export const reviewSchema = z.object({
  version: z.coerce.number().int(),
  intent: z.enum(["pass", "returnForSupplement", "reject", "approve"], "请选择办理意见"),
  templates: z.array(z.enum(keysOf(REVIEW_TEMPLATES))).default([]),
  opinion: z.string().trim().max(2000, "最多 2000 个字").default(""),
});
export type ReviewInput = z.infer<typeof reviewSchema>;
