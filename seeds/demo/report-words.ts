import { addPeriods, lastDay, type Period } from "~/kernel/period";
import type { LightReason } from "~/modules/progress/index";

import { chance } from "./chance";
import type { CityProject } from "./projects";

const DONE = [
  (milestone: string) => `按计划推进“${milestone}”阶段工作，召开项目例会2次，完成阶段成果内部评审。`,
  (milestone: string) => `围绕“${milestone}”组织建设单位和监理单位集中办公，完成本阶段主要任务清单的核对。`,
  (milestone: string) => `推进“${milestone}”，与相关部门对接数据接口和业务规则，形成会议纪要并跟踪落实。`,
] as const;
const NEXT = [
  (milestone: string) => `继续推进“${milestone}”，完成阶段成果确认。`,
  (milestone: string) => `集中力量完成“${milestone}”，同步准备下一阶段工作。`,
] as const;
const LAG_CAUSES = [
  "外部数据接口提供时间晚于计划，影响联调进度",
  "建设单位关键岗位人员变动，投入不足",
  "需求在评审后发生调整，部分功能需要返工",
  "前端点位施工受天气和报批影响，进场时间推迟",
] as const;
const MATTERS = [
  (partner: string) => `请领导小组协调${partner}尽快确认数据共享接口规范并提供测试数据。`,
  (partner: string) => `请领导小组协调${partner}明确专人参与联合测试，按周通报进展。`,
] as const;

/** What the unit wrote in its report of a month: the milestone it works on, and why it is behind when it is. */
export function reportWords(project: CityProject, month: Period, reasons: readonly LightReason[]) {
  const { facts, milestones, partners, unit } = project;
  const { pick, between } = chance("words", facts.name, month);
  const open = (on: Period) =>
    milestones.find(({ completedOn }) => !completedOn || completedOn > lastDay(on)) ?? milestones.at(-1);
  const behind = reasons.filter(({ code }) => code !== "madeUpAfterRed");
  const partner = partners.find(({ unitId }) => unitId && unitId !== unit.id)?.mention ?? "相关部门";
  const isRed = behind.some(({ code }) => code === "lagRed" || code === "milestoneLongOverdue");
  return {
    doneThisMonth: pick(DONE)(open(addPeriods(month, -1))?.name ?? ""),
    nextMonth: pick(NEXT)(open(month)?.name ?? ""),
    problems: behind.length > 0 ? `${pick(LAG_CAUSES)}。已制定赶工计划，按周调度。` : "",
    mattersToSettle: isRed || (behind.length > 0 && between(1, 4) === 1) ? pick(MATTERS)(partner) : "",
  };
}
