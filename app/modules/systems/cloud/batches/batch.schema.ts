import { z } from "zod";

import { isLocalDate, localDate } from "~/kernel/local-date";

const name = z.string("请填写批次名称").trim().min(2, "批次名称至少 2 个字").max(40, "最多 40 个字");
const targetOn = z.string("请填写目标日期").refine(isLocalDate, "日期应为真实的年月日").transform(localDate);
const note = z.string().trim().max(500, "最多 500 个字").default("");

export const newBatchSchema = z.object({ intent: z.literal("create"), name, targetOn, note });
export type NewBatchInput = Omit<z.infer<typeof newBatchSchema>, "intent">;

export const editBatchSchema = z.object({
  intent: z.literal("edit"),
  version: z.coerce.number().int(),
  name,
  targetOn,
  note,
});
export type EditBatchInput = Omit<z.infer<typeof editBatchSchema>, "intent">;

/** Systems that a person ticked, each with the version of its row. */
export const assignSchema = z.object({
  intent: z.enum(["assign", "remove"]),
  systemId: z.preprocess(
    (value: unknown): unknown => (value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value]),
    z.array(z.uuid()).min(1, "请至少选择一个系统").max(500, "一次最多选择 500 个系统"),
  ),
});
