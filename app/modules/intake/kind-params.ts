import { z } from "zod";

/** The address of a register's intake, and of one sheet in it. */
export const kindParams = z.object({ kind: z.string() });
export const sheetParams = z.object({ kind: z.string(), id: z.uuid() });
