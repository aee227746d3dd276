import { z } from "zod";

import { isLocalDate, localDate } from "~/kernel/local-date";
import { keysOf, SANCTION_RUNGS } from "~/kernel/vocabulary";

const text = (max: number) => z.string().trim().max(max, `最多 ${max} 个字`).default("");
const needed = (label: string, max: number) =>
  z.string(`请填写${label}`).trim().min(1, `请填写${label}`).max(max, `最多 ${max} 个字`);

export const proposeSanctionSchema = z.object({
  unitId: z.uuid("请选择单位"),
  projectId: z.uuid().optional(),
  rung: z.enum(keysOf(SANCTION_RUNGS), "请选择措施"),
  reason: needed("事由", 2000),
  demand: needed("整改要求", 2000),
  basis: text(500),
  dueOn: z.string().refine(isLocalDate, "日期应为真实的年月日，例如 2026-09-01").transform(localDate).optional(),
  skipReason: text(1000),
});
export type ProposeSanctionInput = z.infer<typeof proposeSanctionSchema>;

/** A step of a sanction taken on its page. */
export const sanctionStepSchema = z.object({
  version: z.coerce.number().int(),
  intent: z.enum(["impose", "decline", "remedy", "lift", "sendBack"]),
  opinion: text(2000),
  file: z.instanceof(File).optional(),
});
export type SanctionStepInput = z.infer<typeof sanctionStepSchema>;
