import { z } from "zod";

import { isPeriod, period } from "~/kernel/period";

const month = z.string("请选择考核期").refine(isPeriod, "请选择有效的月份").transform(period);

/** A period in an address. */
export const periodParam = z.string().refine(isPeriod).transform(period);

/** What the cockpit's buttons send; a period that is not frozen yet has neither key nor version. */
export const periodStepSchema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("freeze"), period: month }),
  z.object({ intent: z.literal("publish"), periodId: z.uuid(), version: z.coerce.number().int() }),
  z.object({ intent: z.literal("confirm"), periodId: z.uuid(), version: z.coerce.number().int() }),
  z.object({ intent: z.literal("recompute"), periodId: z.uuid() }),
]);
