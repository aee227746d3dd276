import { z } from "zod";

/** A step of the lifecycle taken on a project's page. */
export const stepSchema = z.object({
  version: z.coerce.number().int(),
  intent: z.enum([
    "sign",
    "declineToSign",
    "withdraw",
    "startProcurement",
    "startImplementation",
    "completeConstruction",
    "startTrialRun",
    "startOperation",
  ]),
  reason: z.string().trim().max(1000, "最多 1000 个字").default(""),
});
export type StepInput = z.infer<typeof stepSchema>;
