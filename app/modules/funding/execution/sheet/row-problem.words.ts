import { fen, formatYuan } from "~/kernel/fen";
import { formatOfficialDate, isLocalDate } from "~/kernel/local-date";
import { ENTRY_STATES, PROJECT_STAGES, type EntryState, type ProjectStage } from "~/kernel/vocabulary";

import type { RowCode, RowProblem } from "./match.types";

const yuan = (amount: string | number | undefined): string => `${formatYuan(fen(Number(amount ?? 0)))} 元`;

/** Why a row matches nothing, what was found and what to do. */
export function sayRowProblem({ code, facts = {} }: RowProblem): string {
  return SENTENCES[code](facts);
}

const SENTENCES: Readonly<Record<RowCode, (facts: NonNullable<RowProblem["facts"]>) => string>> = {
  amountUnreadable: () => "金额不是数字，或超过两位小数（元），请改正。",
  amountNotPositive: () => "金额不大于 0；退款、冲销请由单位和财政在系统中撤销原支付。",
  dayUnreadable: () => "支付日期不是完整的年月日，请改为如 2026-03-31。",
  dayInFuture: () => "支付日期晚于今天，请核对。",
  duplicateInSheet: ({ row }) => `与本表第 ${row} 行是同一笔支付，只按前一行办理。`,
  nothingToMatch: () => "凭证号在系统中没有登记，且没有合同编号、项目编号或项目名称，无法查找。请补上任一项。",
  voucherMissing: () => "系统中没有对应的登记；补录需要支付凭证号，请补上。",
  voucherConfirmed: () => "该凭证号的支付已确认，无需重复入账。",
  voucherNotOpen: ({ state }) =>
    `该凭证号的登记${ENTRY_STATES[state as EntryState] ?? ""}，不能确认。请单位更正后再上传。`,
  amountDiffers: ({ enteredFen, differenceFen }) =>
    `金额与登记不一致：登记 ${yuan(enteredFen)}，明细表${Number(differenceFen) > 0 ? "多" : "少"} ${yuan(Math.abs(Number(differenceFen)))}。请核对后由单位更正登记或改正本行。`,
  contractDiffers: ({ number }) => `该凭证号登记在合同“${number}”上，与本行合同编号不一致，请核对。`,
  contractUnknown: ({ number }) => `系统中没有合同编号“${number}”，请核对，或请单位先登记合同。`,
  contractNotConfirmed: ({ state }) => `该合同${ENTRY_STATES[state as EntryState] ?? ""}，确认之前不能入账。`,
  projectUnknown: ({ name }) => `系统中没有项目“${name}”，请核对项目编号或名称。`,
  projectAmbiguous: ({ count }) => `有 ${count} 个同名项目，请填写项目编号或预算单位。`,
  contractUnclear: () => "项目没有或不止一份已确认的合同，无法判断付的是哪一份。请填写合同编号或收款人。",
  twoCandidates: ({ count }) => `有 ${count} 笔登记与本行相符，无法判断是哪一笔。请填写支付凭证号。`,
  sameAsConfirmed: ({ voucher }) =>
    `同一合同在相近日期已有同额支付（凭证号 ${voucher}）并已确认，疑为重复。确属另一笔的，请单位登记后再上传。`,
  paidBeforeSigned: ({ signedOn }) =>
    `支付日期早于合同签订日期${typeof signedOn === "string" && isLocalDate(signedOn) ? `（${formatOfficialDate(signedOn)}）` : ""}，请核对。`,
  exceedsContract: ({ limitFen, othersFen, amountFen }) =>
    `超过合同金额：合同 ${yuan(limitFen)}，该合同其他支付 ${yuan(othersFen)}，本行 ${yuan(amountFen)}。`,
  exceedsArrivals: ({ limitFen, othersFen, amountFen }) =>
    `超过到位资金：已到位 ${yuan(limitFen)}，已确认及本表在前的支付 ${yuan(othersFen)}，本行 ${yuan(amountFen)}。`,
  stageNotSpending: ({ stage }) => `项目处于“${PROJECT_STAGES[stage as ProjectStage] ?? ""}”阶段，不能登记支付。`,
  projectSuspended: () => "项目已暂停，恢复之前不能确认支付。",
  gateClosed: () => "单位共享闸口关闭，不能确认支付；原因消除后自动打开。",
  otherPerson: () => "这笔支付由您本人登记。按照双人原则，请由另一位财政同志确认。",
};
