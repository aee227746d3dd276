import { z } from "zod";

/** Stopping a project for a while, letting it go on, or ending it. */
export const haltSchema = z.object({
  version: z.coerce.number().int(),
  intent: z.enum(["suspend", "resume", "terminate"]),
  reason: z.string().trim().max(1000, "最多 1000 个字").default(""),
  basis: z.string().trim().max(200, "最多 200 个字").default(""),
});
export type HaltInput = z.infer<typeof haltSchema>;
