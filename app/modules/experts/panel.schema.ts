import { z } from "zod";

import { EXPERT_VERDICTS, keysOf } from "~/kernel/vocabulary";

import { CRITERION_KEYS, MARK_KEYS, type Criterion, type Marks } from "./criteria";

const version = z.coerce.number().int();
const userId = z.string().min(1).max(100);
const text = (max: number) => z.string().trim().max(max, `最多 ${max} 个字`).default("");
const verdict = z.enum(keysOf(EXPERT_VERDICTS), "请选择评审结论");

export const conveneSchema = z.object({
  version,
  expertIds: z.array(userId).default([]),
  questions: z.string("请写明请专家评审的问题").trim().min(4, "请写明请专家评审的问题").max(1000, "最多 1000 个字"),
});
export type ConveneInput = z.infer<typeof conveneSchema>;

export const replaceSchema = z.object({
  version,
  opinionId: z.uuid("请刷新页面后重试"),
  expertId: z.string("请选择补邀的专家").min(1, "请选择补邀的专家").max(100),
  reason: text(200),
});
export type ReplaceInput = z.infer<typeof replaceSchema>;

export const concludeSchema = z.object({ version, verdict, summary: text(4000), deviationReason: text(500) });
export type ConcludeInput = z.infer<typeof concludeSchema>;

export const cancelSchema = z.object({ version, reason: text(500) });
export type CancelInput = z.infer<typeof cancelSchema>;

export const declareSchema = z.object({
  version,
  avoids: z.enum(["no", "yes"], "请声明是否需要回避"),
  avoidReason: text(500),
});
export type DeclareInput = z.infer<typeof declareSchema>;

/** Lets a draft be saved as far as it is written; completeness is a rule. */
const mark = z.enum(MARK_KEYS as [(typeof MARK_KEYS)[number]], "请在 1 至 5 之间评分").optional();
const remark = text(500);

export const opinionSchema = z.object({
  version,
  necessityMark: mark,
  necessityRemark: remark,
  feasibilityMark: mark,
  feasibilityRemark: remark,
  moneyMark: mark,
  moneyRemark: remark,
  dataSharingMark: mark,
  dataSharingRemark: remark,
  securityMark: mark,
  securityRemark: remark,
  tasksDoneMark: mark,
  tasksDoneRemark: remark,
  effectMark: mark,
  effectRemark: remark,
  catalogSharingMark: mark,
  catalogSharingRemark: remark,
  securityCryptoMark: mark,
  securityCryptoRemark: remark,
  papersMark: mark,
  papersRemark: remark,
  verdict: verdict.optional(),
  opinion: text(4000),
});
export type OpinionInput = z.infer<typeof opinionSchema>;

/** The typed marks, by criterion. */
export function typedMarks(input: OpinionInput): Marks {
  const entries = CRITERION_KEYS.map((criterion) => [
    criterion,
    { mark: input[`${criterion}Mark`] ?? null, remark: input[`${criterion}Remark`] },
  ]);
  return Object.fromEntries(entries) as Record<Criterion, Marks[Criterion]>;
}
