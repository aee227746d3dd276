import type { SheetColumn } from "~/platform/xlsx/header-match";

/** The column that the list of unmatched rows adds: no part of the table when the list is uploaded again. */
export const PROBLEM_TITLE = "未匹配原因";

/** The columns of a treasury's payment sheet, in the words that real sheets use for them. */
export const PAYMENT_COLUMNS = [
  {
    key: "amount",
    title: "支付金额",
    synonyms: ["金额", "付款金额", "实付金额", "实际支付金额", "本次支付金额", "支出金额", "清算金额", "交易金额"],
    required: true,
  },
  {
    key: "paidOn",
    title: "支付日期",
    synonyms: ["付款日期", "支付时间", "付款时间", "清算日期", "入账日期", "记账日期", "凭证日期", "交易日期", "日期"],
    required: true,
  },
  {
    key: "voucher",
    title: "支付凭证号",
    synonyms: [
      "凭证号",
      "凭证编号",
      "凭证号码",
      "支付凭证编号",
      "支付令号",
      "支付令编号",
      "支付申请编号",
      "支付申请号",
      "单据号",
      "单据编号",
      "交易流水号",
    ],
  },
  { key: "contractNumber", title: "合同编号", synonyms: ["合同号", "采购合同编号", "采购合同号", "合同备案号"] },
  { key: "projectCode", title: "项目编号", synonyms: ["项目编码", "项目代码", "项目号"], fillMerged: true },
  {
    key: "projectName",
    title: "项目名称",
    synonyms: ["项目", "预算项目", "预算项目名称", "支出项目"],
    fillMerged: true,
  },
  {
    key: "unitName",
    title: "预算单位",
    synonyms: ["单位", "单位名称", "预算单位名称", "用款单位", "付款单位", "付款人", "付款人名称", "付款人全称"],
    fillMerged: true,
  },
  {
    key: "payee",
    title: "收款人",
    synonyms: ["收款人名称", "收款人全称", "收款单位", "收款方", "收款方名称", "供应商", "供应商名称"],
  },
  { key: "purpose", title: "用途", synonyms: ["摘要", "支付用途", "资金用途", "款项用途"] },
] as const satisfies readonly SheetColumn[];

export type PaymentColumn = (typeof PAYMENT_COLUMNS)[number]["key"];
