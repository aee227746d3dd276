import type { LedgerDoubt } from "./ledger.rules";

type Facts = Readonly<Record<string, string | number>>;

const listOf = (facts: Facts): string => (facts.list === "lead" ? "牵头单位" : "责任单位");

/** The sentence of what the import was unsure of, for the person who confirms it. */
export function sayLedgerDoubt({ code, facts = {} }: { readonly code: string; readonly facts?: Facts }): string {
  const known = code as LedgerDoubt["code"];
  switch (known) {
    case "numberUnclear":
      return `序号“${facts.text}”不是数字，已按行次编号`;
    case "titleMissing":
      return "没有任务标题，只有内容";
    case "titleIsWholeText":
      return "全文只有一句，作为标题";
    case "strayPunctuation":
      return `标题末尾多余的“${facts.text}”已去掉`;
    case "quotesUnbalanced":
      return `${facts.field === "deadline" ? "完成时限" : "任务内容"}的引号不成对，可能缺字`;
    case "leadMissing":
      return "没有牵头单位";
    case "responsibleMissing":
      return "没有责任单位";
    case "unitsRunTogether":
      return `${listOf(facts)}“${facts.text}”没有分隔，拆分为：${facts.units}`;
    case "openList":
      return `${listOf(facts)}以“${facts.text}”结尾，除已列名的之外可能还有其他单位`;
    case "vagueGroup":
      return `${listOf(facts)}“${facts.name}”没有固定成员，请明确具体单位`;
    case "nameIncomplete":
      return `${listOf(facts)}“${facts.name}”不像完整的单位名称`;
    case "deadlineUnclear":
      return `完成时限“${facts.text}”没有完整日期，暂按无固定期限处理`;
    case "dateInvalid":
      return `完成时限中的“${facts.text}”不是真实日期`;
    case "startAssumed":
      return `“${facts.text}”按启动时间理解（${facts.on}）`;
    case "monthEndAssumed":
      return `“${facts.text}”按当月最后一天理解（${facts.on}）`;
    case "scopeBeforeDate":
      return `日期前的“${facts.text}”按对全部日期的限定理解`;
    case "ongoingAfterDate":
      return `到期后还要“${facts.text}”`;
    case "superiorScheduleToo":
      return `同时受上级安排约束：“${facts.text}”`;
  }
}
