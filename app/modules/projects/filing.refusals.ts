import { fen } from "~/kernel/fen";
import { formatOfficialDate, isLocalDate } from "~/kernel/local-date";
import type { Refusal } from "~/kernel/result";
import {
  ATTACHMENT_KINDS,
  BUDGET_CATEGORIES,
  PROJECT_CLASSES,
  PROJECT_NATURES,
  SANCTION_RUNGS,
  type AttachmentKind,
} from "~/kernel/vocabulary";
import { sayGateReason, type GateReason } from "~/modules/compliance";

import type { NoteCode } from "./filing-notes.rules";
import type { FilingCode } from "./filing.rules";
import { HOSTING_EXEMPTIONS, type HostingExemption } from "./hosting.rules";
import { wanText } from "./money-words";

/** What each field of the filing is called on screen. */
export const FILING_FIELDS: Readonly<Record<string, string>> = {
  name: "项目名称",
  shortcut: "申报程序",
  shortcutBasis: "简易程序依据",
  feasibility: "可研估算",
  feasibilityFen: "可研估算",
  nature: "建设性质",
  maintained: "所运维的系统",
  class: "项目类别",
  basis: "立项依据",
  leaderName: "项目负责人",
  liaisonName: "联络员",
  liaisonPhone: "联络电话",
  need: "建设必要性",
  content: "建设内容",
  plannedStartOn: "计划开工日期",
  plannedEndOn: "计划完工日期",
  declared: "申报总额",
  declaredFen: "申报总额",
  secret: "是否涉密",
  mlpsLevel: "等级保护级别",
  hosting: "部署方式",
  cryptoPlan: "密码应用方案",
  mlpsFilingNumber: "等级保护备案号",
};

const wan = (value: unknown): string => wanText(fen(Number(value)));
const day = (value: unknown): string =>
  typeof value === "string" && isLocalDate(value) ? formatOfficialDate(value) : "";

const word = (words: Readonly<Record<string, string>>, key: unknown): string => words[String(key)] ?? "";

/** What is worth knowing before submission, and what follows from it. */
export function sayFilingNote({ code, facts = {} }: Refusal<NoteCode>): string {
  switch (code) {
    case "overFeasibility":
      return `申报总额超过可研估算 ${wan(facts.overFen)} 万元（${facts.percent}%），超出 ${facts.limit}% 的须书面报告审批部门，可能需要重新报批可研。`;
    case "securityTestUnbudgeted":
      return `等级保护${facts.level}级的系统验收前须做等保测评和密评，概算明细中没有“${BUDGET_CATEGORIES.securityTest}”费用，请确认是否另有安排。`;
  }
}

/** What each problem of a filing means and what to do about it. */
export function sayFilingProblem({ code, field = "", facts = {} }: Refusal<FilingCode>): string {
  switch (code) {
    case "missing":
      return `请填写${FILING_FIELDS[field] ?? field}。`;
    case "scheduleReversed":
      return "计划完工日期早于开工日期，请改正。";
    case "milestonesMissing":
      return "请至少填写一个里程碑（计划日期与累计进度）。";
    case "milestonesOutOfOrder":
      return `里程碑“${facts.name}”的日期或累计进度没有晚于前一个，请按先后顺序填写。`;
    case "milestoneOutsideSchedule":
      return `里程碑“${facts.name}”的日期不在计划开工与完工日期之间，请改正其中之一。`;
    case "milestonesNotComplete":
      return `最后一个里程碑的累计进度是 ${facts.percent}%，应为 100%。`;
    case "goalsMissing":
      return "请至少填写一个绩效目标。";
    case "goalTargetNotNumber":
      return `绩效目标“${facts.name}”的目标值“${facts.target}”不是数字；定性目标请把比较方式改为“定性”。`;
    case "goalUnitMissing":
      return `绩效目标“${facts.name}”没有计量单位，请填写（例如 %、个、天）。`;
    case "classContradictsNature":
      return `建设性质“${word(PROJECT_NATURES, facts.nature)}”与项目类别“${word(PROJECT_CLASSES, facts.class)}”不相符，请改正其中之一。`;
    case "categoryContradictsNature":
      return `概算明细“${facts.name}”属于${word(BUDGET_CATEGORIES, facts.category)}费用，${word(PROJECT_NATURES, facts.nature)}项目不能列支，请移出或更正类别。`;
    case "categoryContradictsClass":
      return `概算明细“${facts.name}”属于${word(BUDGET_CATEGORIES, facts.category)}费用，${word(PROJECT_CLASSES, facts.class)}项目不能列支，请移出或更正类别。`;
    case "yearOutsideSchedule":
      return `${facts.year} 年安排的资金不在计划工期内（${facts.from} 至 ${facts.until} 年，含质保尾款），请改正年度或工期。`;
    case "linesMissing":
      return "请填写概算明细，至少一行。";
    case "lineNotProduct":
      return `概算明细“${facts.name}”的金额 ${wan(facts.declaredFen)} 万元不等于数量×单价 ${wan(facts.productFen)} 万元，请重新保存该行。`;
    case "linesNotTotal":
      return `概算明细合计 ${wan(facts.partsFen)} 万元，与申报总额 ${wan(facts.totalFen)} 万元不一致，请核对。`;
    case "yearsNotTotal":
      return `分年度安排合计 ${wan(facts.partsFen)} 万元，与申报总额 ${wan(facts.totalFen)} 万元不一致，请核对。`;
    case "sourcesNotTotal":
      return `资金来源合计 ${wan(facts.partsFen)} 万元，与申报总额 ${wan(facts.totalFen)} 万元不一致，请核对。`;
    case "catalogMissing":
      return "没有挂接数据目录，不能提交。请逐条填报或导入本项目将产生的数据资源、需要的数据；确实不涉及数据的，请填写“不产生数据”的说明，由数据局审查。";
    case "noDataContradicted":
      return `已填报 ${facts.entries} 条数据目录，又写了“不产生数据”的说明，请保留其中一种。`;
    case "hostingNeedsReason":
      return "不部署在政务云上的，请从豁免清单中选择理由。";
    case "secretOnCloud":
      return "涉密系统不得部署在云上，请改选自建机房或上级统建，或更正“是否涉密”。";
    case "levelTooHighForOtherCloud":
      return `等级保护${facts.level}级的系统不得部署在政务云以外的云上，请改选部署方式。`;
    case "exemptionContradicted":
      return `豁免理由“${HOSTING_EXEMPTIONS[facts.exemption as HostingExemption] ?? ""}”与本项目填报的涉密、等级或部署方式不符，请更正。`;
    case "componentsUndecided":
      return `还有 ${facts.count} 个统一组件没有说明是否复用。`;
    case "componentReasonMissing":
      return `统一组件“${facts.name}”适用而不复用，请写明理由。`;
    case "attachmentMissing":
      return `请上传${ATTACHMENT_KINDS[facts.kind as AttachmentKind] ?? "附件"}。`;
    case "earlierEvaluationMissing":
      return "升级改造项目须上传前期项目评价报告。";
    case "unitSanctioned":
      return `本单位自${day(facts.fromOn)}起${word(SANCTION_RUNGS, facts.rung)}（${facts.reason}），解除前不能申报新建或升级改造项目。请先整改并申请解除。`;
    case "gateBlocksFiling":
      return `共享闸口：${sayGateReason({
        code: facts.cause as GateReason["code"],
        evidence: { name: String(facts.name) },
        facts: facts as GateReason["facts"],
      })}此前不能申报新建或升级改造项目。`;
    case "maintainedMissing":
      return "请选择本项目所运维的系统；清单中没有的，请先在“系统清单”登记。";
    case "maintainedNotInUse":
      return `所运维的系统“${facts.name}”已停用或不在本单位的系统清单中，请取消选择或先更正系统清单。`;
    case "noSystemInInventory":
      return "本单位在系统清单中没有在用的系统，不能申报运维项目。请先在“系统清单”登记所运维的系统。";
    case "partUnsigned":
      return `${facts.unitName}负责的部分“${facts.name}”尚未经其分管领导签批，牵头单位不能提交。请联系该单位办理，或由其撤回。`;
    case "differenceMissing":
      return `有 ${facts.count} 个项目或系统与本项目疑似重复（首个：“${facts.name}”），请在“查重”中逐个核对并填写差异说明。`;
  }
}
