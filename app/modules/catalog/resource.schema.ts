import { z } from "zod";

import { localDate } from "~/kernel/local-date";
import { keysOf, REQUESTED_STEPS } from "~/kernel/vocabulary";

const version = z.coerce.number().int();
const reason = z.string().trim().max(500, "最多 500 个字").optional().default("");

/** A button that asks for nothing but the version it was shown with, and perhaps for words. */
export const stepSchema = z.object({ version, reason });

/** What a unit asks of the bureau. */
export const requestSchema = z.object({
  version,
  step: z.enum(keysOf(REQUESTED_STEPS), "请选择要申请的事项"),
  reason: z.string("请写明原因").trim().min(2, "请写明原因").max(500, "原因最多 500 个字"),
});

/** An update of the data themselves. */
export const updateSchema = z.object({
  version,
  updatedOn: z.iso.date("请选择更新日期").transform(localDate),
  rows: z.coerce
    .number("条数请填数字")
    .int("条数请填整数")
    .min(0, "条数不能为负")
    .max(2_000_000_000, "条数过大，请核对")
    .nullish()
    .transform((rows) => rows ?? null),
  note: z.string().trim().max(300, "说明最多 300 个字").optional().default(""),
});

/** Why a further edition is needed; the entry itself is parsed by `resourceSchema`. */
export const revisionNoteSchema = z.object({
  version,
  note: z.string("请写明修订说明").trim().min(2, "请写明修订说明").max(300, "修订说明最多 300 个字"),
});

/** An error that a unit found. */
export const reportSchema = z.object({
  item: z.string().trim().max(100).optional().default(""),
  description: z
    .string("请写明问题")
    .trim()
    .min(4, "请写明哪条数据有什么问题，至少 4 个字")
    .max(1000, "问题描述最多 1000 个字"),
});
