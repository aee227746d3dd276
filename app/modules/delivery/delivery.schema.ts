import { z } from "zod";

/** The button that sends a delivery again, with the version that its page showed. */
export const resendSchema = z.object({ version: z.coerce.number().int() });
