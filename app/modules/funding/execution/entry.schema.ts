import { z } from "zod";

import { isCreditCode, normalCreditCode } from "~/kernel/credit-code";
import { parseAmount, type Fen } from "~/kernel/fen";
import { isLocalDate, localDate } from "~/kernel/local-date";
import { FUNDING_SOURCES, keysOf, PROCUREMENT_METHODS } from "~/kernel/vocabulary";

const version = z.coerce.number().int().optional();
const text = (max: number) => z.string().trim().max(max, `最多 ${max} 个字`).default("");
const needed = (what: string, max: number) =>
  z.string(`请填写${what}`).trim().min(1, `请填写${what}`).max(max, `${what}最多 ${max} 个字`);
const day = (what: string) =>
  z.string(`请填写${what}`).refine(isLocalDate, `${what}应为真实的年月日，例如 2026-03-31`).transform(localDate);

/** Money typed in yuan, as contracts and vouchers state it; above nothing. @unit fen out */
const amount = z.string("请填写金额").transform((typed, issues): Fen => {
  const value = parseAmount(typed, "yuan");
  if (value !== undefined && value > 0) return value;
  issues.addIssue({ code: "custom", message: "金额应为大于 0 的数字，单位元，最多两位小数，例如 1285000.50" });
  return z.NEVER;
});

const creditCode = text(30)
  .transform(normalCreditCode)
  .refine((code) => code === "" || isCreditCode(code), "统一社会信用代码应为 18 位且校验位正确，请对照营业执照核对");

const file = z.instanceof(File).optional();

export const contractSchema = z.object({
  version,
  number: needed("合同编号", 60),
  name: needed("合同名称", 200),
  supplier: needed("供应商名称", 200),
  supplierCreditCode: creditCode,
  procurementMethod: z.enum(keysOf(PROCUREMENT_METHODS), "请选择采购方式"),
  amount,
  signedOn: day("签订日期"),
  endsOn: day("履约截止日期").optional(),
  operatorUnitId: z.uuid("请选择列表中的运营单位").optional(),
  file,
});
export type ContractInput = Omit<z.infer<typeof contractSchema>, "version" | "file">;

export const changeSchema = z.object({
  version,
  contractId: z.uuid("请选择要变更的合同"),
  amount,
  endsOn: day("履约截止日期").optional(),
  reason: needed("变更理由", 1000),
  file,
});
export type ChangeInput = Omit<z.infer<typeof changeSchema>, "version" | "file">;

export const arrivalSchema = z.object({
  version,
  amount,
  arrivedOn: day("到位日期"),
  source: z.enum(keysOf(FUNDING_SOURCES), "请选择资金来源"),
  documentNumber: needed("指标文号", 100),
});
export type ArrivalInput = Omit<z.infer<typeof arrivalSchema>, "version">;

export const paymentSchema = z.object({
  version,
  contractId: z.uuid("请选择付款的合同"),
  amount,
  paidOn: day("支付日期"),
  voucher: needed("支付凭证号", 60),
});
export type PaymentInput = Omit<z.infer<typeof paymentSchema>, "version">;

/** A step on the page of an entry. */
export const entryStepSchema = z.object({
  version: z.coerce.number().int(),
  intent: z.enum(["confirm", "return", "withdraw", "revoke"]),
  reason: text(1000),
});
export type EntryStepInput = z.infer<typeof entryStepSchema>;
