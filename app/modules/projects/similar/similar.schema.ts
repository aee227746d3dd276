import { z } from "zod";

import { keysOf, PROJECT_STAGES } from "~/kernel/vocabulary";

import type { SimilarHit } from "./similar.rules";

const reason = z.discriminatedUnion("code", [
  z.object({ code: z.enum(["name", "content"]), percent: z.number(), demands: z.boolean() }),
  z.object({ code: z.literal("sharedResources"), names: z.array(z.string()), demands: z.boolean() }),
  z.object({ code: z.enum(["sameClass", "sameUnit"]), demands: z.literal(false) }),
]);

/** What 查重 found on the day of a submission, as `project_submissions.similar` keeps it. */
export const frozenHitsSchema: z.ZodType<SimilarHit[]> = z.array(
  z.object({
    kind: z.enum(["project", "system"]),
    id: z.string(),
    code: z.string(),
    name: z.string(),
    unitId: z.string(),
    unitName: z.string(),
    stage: z.enum(keysOf(PROJECT_STAGES)).nullable(),
    statementDue: z.boolean(),
    reasons: z.array(reason),
  }),
);
