import { z } from "zod";

import { parseAmount, type Fen } from "~/kernel/fen";
import { FUNDING_SOURCES, keysOf } from "~/kernel/vocabulary";

const version = z.coerce.number().int();
const text = (max: number) => z.string().trim().max(max, `最多 ${max} 个字`).default("");

/** Years that a plan can be made for: what else stands in an address is a slip. */
export const isPlanYear = (year: number): boolean => Number.isInteger(year) && year >= 2000 && year <= 2100;

/** Money typed in 万元, kept in fen. @unit fen out */
const amount = z.string("请填写计划金额").transform((typed, issues): Fen => {
  const value = parseAmount(typed, "wan");
  if (value !== undefined) return value;
  issues.addIssue({ code: "custom", message: "金额应为数字，单位万元，例如 128.5" });
  return z.NEVER;
});

const proposal = { after: amount, reason: text(500), basis: text(100) };

/** The first amount of a plan that does not exist yet. */
export const firstPlanSchema = z.object({
  unitId: z.uuid("请选择单位"),
  year: z.coerce.number("请填写年度").refine(isPlanYear, "年度应为四位数字，例如 2026"),
  source: z.enum(keysOf(FUNDING_SOURCES), "请选择资金来源"),
  ...proposal,
});

/** A new amount for a plan, with the version of the plan that the page showed. */
export const proposeAdjustmentSchema = z.object({ version, ...proposal });

/** A step of the adjustment that waits. */
export const adjustmentStepSchema = z.object({
  adjustmentId: z.uuid(),
  version,
  intent: z.enum(["confirm", "decline", "withdraw"]),
  opinion: text(500),
});
export type AdjustmentStepInput = z.infer<typeof adjustmentStepSchema>;
