import { z } from "zod";

import { isLocalDate, localDate } from "~/kernel/local-date";
import { BLOCK_REASONS, CLOUD_STEPS, keysOf, TEST_RESULTS } from "~/kernel/vocabulary";

const day = (label: string) =>
  z.string(`请填写${label}`).refine(isLocalDate, "日期应为真实的年月日，例如 2026-09-01").transform(localDate);
const needed = (label: string, min: number, max: number) =>
  z.string(`请填写${label}`).trim().min(min, `请写明${label}，至少 ${min} 个字`).max(max, `最多 ${max} 个字`);
const amount = z
  .string()
  .trim()
  .regex(/^\d{1,7}$/, "请填写不超过 7 位的整数")
  .transform(Number)
  .optional();
const version = z.coerce.number().int();

const recordSchema = z.object({
  intent: z.literal("record"),
  version,
  step: z.enum(CLOUD_STEPS, "请选择步骤"),
  completedOn: day("完成日期"),
  evidence: needed("办理依据", 4, 200),
  testResult: z.enum(keysOf(TEST_RESULTS), "请选择结果").optional(),
  file: z.instanceof(File).optional(),
});

const rollBackSchema = z.object({
  intent: z.literal("rollBack"),
  version,
  step: z.enum(CLOUD_STEPS, "请选择要退回的步骤"),
  rollbackReason: needed("退回理由", 4, 500),
});

const reportBlockSchema = z.object({
  intent: z.literal("reportBlock"),
  version,
  blockReason: z.enum(keysOf(BLOCK_REASONS), "请选择受阻原因"),
  detail: needed("受阻情况", 4, 500),
  sinceOn: day("受阻开始日期"),
});

const clearBlockSchema = z.object({
  intent: z.literal("clearBlock"),
  version,
  note: needed("解除说明", 4, 500),
});

const resourcesSchema = z.object({
  intent: z.literal("resources"),
  version,
  asOf: day("截至日期"),
  vcpu_applied: amount,
  vcpu_opened: amount,
  vcpu_used: amount,
  memory_applied: amount,
  memory_opened: amount,
  memory_used: amount,
  storage_applied: amount,
  storage_opened: amount,
  storage_used: amount,
});

/** Everything that can be done on the page of a system's way to the cloud: which of its forms was sent. */
export const cloudWorkSchema = z.discriminatedUnion(
  "intent",
  [recordSchema, rollBackSchema, reportBlockSchema, clearBlockSchema, resourcesSchema],
  "请重新选择要办理的事项",
);

export type CloudStepInput = Omit<z.infer<typeof recordSchema>, "intent" | "file">;
export type RollBackInput = Omit<z.infer<typeof rollBackSchema>, "intent">;
export type ReportBlockInput = Omit<z.infer<typeof reportBlockSchema>, "intent">;
export type ClearBlockInput = Omit<z.infer<typeof clearBlockSchema>, "intent">;
export type CloudResourcesInput = Omit<z.infer<typeof resourcesSchema>, "intent">;
