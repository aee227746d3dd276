import { z } from "zod";

import { isLocalDate, localDate } from "~/kernel/local-date";
import { HOSTINGS, keysOf, OWNERSHIPS } from "~/kernel/vocabulary";

import { MLPS_LEVELS, splitTags } from "./system-facts";

const text = (max: number) => z.string().trim().max(max, `最多 ${max} 个字`).default("");
const day = z.string().refine(isLocalDate, "日期应为真实的年月日，例如 2026-07-01").transform(localDate);
const optionalDay = day.optional().transform((value) => value ?? null);
const optionalId = (message: string) =>
  z
    .uuid(message)
    .optional()
    .transform((value) => value ?? null);
const yesNo = z.enum(["yes", "no"], "请选择").transform((value) => value === "yes");
const PHONE = /^[0-9０-９+()（）\-—、,，/ 转]*$/;
const MOST_TAGS = 10;

/** What the form says of a system. Ownership and secrecy are left out where they are not the person's to say. */
export const factsSchema = z.object({
  name: z.string("请填写系统名称").trim().min(1, "请填写系统名称").max(100, "最多 100 个字"),
  purpose: text(500),
  ownership: z.enum(keysOf(OWNERSHIPS), "请选择建设层级").optional(),
  secret: yesNo.optional(),
  mlpsLevel: z
    .enum(keysOf(MLPS_LEVELS), "请选择等保级别")
    .optional()
    .transform((value) => (value === undefined ? null : Number(value))),
  mlpsFilingNumber: text(50),
  mlpsFiledOn: optionalDay,
  hosting: z.enum(keysOf(HOSTINGS), "请选择部署方式"),
  location: text(200),
  backedUp: yesNo.default(false),
  builder: text(100),
  contactName: text(50),
  contactPhone: text(50).refine((value) => PHONE.test(value), "电话只能写数字和分隔符号，例如 0750-8888888"),
  launchedOn: optionalDay,
  tags: text(200)
    .transform(splitTags)
    .refine((tags) => tags.length <= MOST_TAGS, `最多 ${MOST_TAGS} 个标签`),
  operatorUnitId: optionalId("请从列表中选择运营单位"),
  projectId: optionalId("请从列表中选择项目"),
});
export const registerSchema = factsSchema.extend({
  unitId: z.uuid("请选择主管单位").optional(),
  ownership: z.enum(keysOf(OWNERSHIPS), "请选择建设层级"),
  secret: yesNo,
});
export type RegisterInput = z.infer<typeof registerSchema>;

const versionField = z.coerce.number("版本号缺失，请刷新页面").int();
export const editSchema = factsSchema.extend({ version: versionField });
export type EditInput = z.infer<typeof editSchema>;

const reason = z.string("请填写理由").trim().min(1, "请填写理由").max(500, "最多 500 个字");

/** What is done with a system on its own page. */
export const systemStepSchema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("transfer"), version: versionField, unitId: z.uuid("请选择接收单位"), reason }),
  z.object({
    intent: z.literal("retire"),
    version: versionField,
    retiredOn: z.string("请填写下线日期").pipe(day),
    reason,
  }),
  z.object({ intent: z.literal("suspend"), version: versionField, reason }),
  z.object({ intent: z.literal("resume"), version: versionField, reason }),
]);
export type SystemStep = z.infer<typeof systemStepSchema>;
type StepInput<I extends SystemStep["intent"]> = Omit<Extract<SystemStep, { intent: I }>, "intent">;
export type TransferInput = StepInput<"transfer">;
export type RetireInput = StepInput<"retire">;

export const confirmSchema = z.object({
  /** digest of the list that was on the page */
  seen: z.string("请刷新页面后再确认").min(1, "请刷新页面后再确认"),
  statement: text(500),
});
export type ConfirmInput = z.infer<typeof confirmSchema>;
