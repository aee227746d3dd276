import { z } from "zod";

import { fen, parseAmount } from "~/kernel/fen";
import { isLocalDate, localDate } from "~/kernel/local-date";
import {
  ATTACHMENT_KINDS,
  BUDGET_CATEGORIES,
  FUNDING_SOURCES,
  GOAL_OPERATORS,
  HOSTINGS,
  keysOf,
  PROJECT_CLASSES,
  PROJECT_NATURES,
  SHORTCUTS,
} from "~/kernel/vocabulary";

import { newProjectSchema } from "./draft.schema";
import { HOSTING_EXEMPTIONS } from "./hosting.rules";

/** A draft may lack anything, so a text is optional and only its length is checked. */
const text = (max: number) => z.string().trim().max(max, `最多 ${max} 个字`).default("");
const rowText = (label: string, max: number) =>
  z.string(`请填写${label}`).trim().min(1, `请填写${label}`).max(max, `最多 ${max} 个字`);
const day = z.string("请填写日期").refine(isLocalDate, "日期应为真实的年月日，例如 2026-09-01").transform(localDate);
const version = z.coerce.number().int();

/** Money typed in 万元, kept in fen. @unit fen out */
const amount = z.string("请填写金额（万元）").transform((typed, issues) => {
  const value = parseAmount(typed, "wan");
  if (value !== undefined && value >= 0) return value;
  issues.addIssue({ code: "custom", message: "金额应为不小于 0 的数字，单位万元，例如 128.5" });
  return z.NEVER;
});

/** One unit per line, or separated by 、;, as people paste them. */
const unitList = text(2000).transform((typed) => [
  ...new Set(
    typed
      .split(/[\n、；;，,]+/u)
      .map((name) => name.trim())
      .filter(Boolean),
  ),
]);

/** Chosen systems, one line or one value each, as their code and name; the code is what counts. */
const systemCodes = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((chosen) => [
    ...new Set(
      [chosen]
        .flat()
        .flatMap((lines) => lines.split("\n"))
        .flatMap((line) => line.trim().split(" ")[0] ?? [])
        .filter(Boolean),
    ),
  ])
  .refine((codes) => codes.length <= 500, "一个项目最多选择 500 个系统");

export const basicsSchema = z.object({
  version,
  name: newProjectSchema.shape.name,
  class: z.enum(keysOf(PROJECT_CLASSES)).optional(),
  nature: z.enum(keysOf(PROJECT_NATURES)).optional(),
  basis: text(1000),
  shortcut: z.enum(keysOf(SHORTCUTS)).optional(),
  shortcutBasis: text(1000),
  leaderName: text(50),
  liaisonName: text(50),
  liaisonPhone: text(30).refine((typed) => /^[\d\s()（）+-]*$/.test(typed), "电话只能含数字、空格、括号和横线"),
  leads: unitList,
  partners: unitList,
  maintained: systemCodes,
});
/** Only upkeep maintains anything: what is left out is nothing. */
export type BasicsInput = Omit<z.infer<typeof basicsSchema>, "maintained"> & {
  readonly maintained?: string[] | undefined;
};

export const goalsSchema = z.object({
  version,
  need: text(5000),
  content: text(5000),
  plannedStartOn: day.optional(),
  plannedEndOn: day.optional(),
  milestones: z
    .array(
      z.object({
        name: rowText("里程碑名称", 100),
        plannedOn: day,
        cumulativePercent: z.coerce
          .number("累计进度应为 0 至 100 的整数")
          .int("累计进度应为整数")
          .min(0, "累计进度应为 0 至 100 的整数")
          .max(100, "累计进度应为 0 至 100 的整数"),
      }),
    )
    .max(50, "最多 50 个里程碑")
    .default([]),
  goals: z
    .array(
      z.object({
        name: rowText("指标名称", 100),
        operator: z.enum(keysOf(GOAL_OPERATORS), "请选择比较方式"),
        target: rowText("目标值", 100),
        measureUnit: text(20),
      }),
    )
    .max(50, "最多 50 个绩效目标")
    .default([]),
});
export type GoalsInput = z.infer<typeof goalsSchema>;

export const moneySchema = z.object({
  version,
  declared: amount.default(fen(0)),
  feasibility: amount.optional(),
  lines: z
    .array(
      z.object({
        category: z.enum(keysOf(BUDGET_CATEGORIES), "请选择类别"),
        name: rowText("明细名称", 200),
        quantity: z
          .string("请填写数量")
          .trim()
          .regex(/^\d{1,9}$|^\d{1,9}\.\d{1,2}$/, "数量应为数字，最多两位小数"),
        measureUnit: text(20),
        unitPrice: amount,
      }),
    )
    .max(300, "最多 300 行明细")
    .default([]),
  years: z
    .array(
      z.object({
        year: z.coerce
          .number("请填写年度")
          .int("请填写年度")
          .min(2020, "年度应在 2020 至 2040 之间")
          .max(2040, "年度应在 2020 至 2040 之间"),
        amount,
      }),
    )
    .max(10, "最多 10 个年度")
    .refine((rows) => new Set(rows.map((row) => row.year)).size === rows.length, "同一年度只能填一行")
    .default([]),
  sources: z
    .array(z.object({ source: z.enum(keysOf(FUNDING_SOURCES), "请选择资金来源"), amount }))
    .max(keysOf(FUNDING_SOURCES).length, "资金来源过多")
    .refine((rows) => new Set(rows.map((row) => row.source)).size === rows.length, "同一资金来源只能填一行")
    .default([]),
});
export type MoneyInput = z.infer<typeof moneySchema>;

export const noDataSchema = z.object({ version, noDataStatement: text(1000) });
export type NoDataInput = z.infer<typeof noDataSchema>;

export const securitySchema = z.object({
  version,
  secret: z.enum(["yes", "no"]).optional(),
  mlpsLevel: z.coerce.number().int().min(1).max(5).optional(),
  hosting: z.enum(keysOf(HOSTINGS)).optional(),
  exemption: z.enum(keysOf(HOSTING_EXEMPTIONS)).optional(),
  cryptoPlan: text(2000),
  mlpsFilingNumber: text(50),
});
export type SecurityInput = z.infer<typeof securitySchema>;

export const componentsSchema = z.object({
  version,
  components: z
    .array(
      z.object({
        code: z.string(),
        decision: z.enum(["reuse", "notFitting", "notReused"]).optional(),
        reason: text(500),
      }),
    )
    .default([]),
});
export type ComponentsInput = z.infer<typeof componentsSchema>;

/** The kind under which files are attached; the files themselves are looked at one by one. */
export const attachmentSchema = z.object({ kind: z.enum(keysOf(ATTACHMENT_KINDS), "请选择附件类别") });

/** An invitation to another unit to file its part of a cross-department project. */
export const invitationSchema = z.object({
  unitId: z.uuid("请选择要邀请的单位"),
  name: newProjectSchema.shape.name,
});
export type InvitationInput = z.infer<typeof invitationSchema>;

/** The check page: save the difference statement, or submit. */
export const checkSchema = z.object({
  version,
  intent: z.enum(["difference", "submit"]),
  differenceStatement: text(2000),
});
