import type { milestones } from "@db/schema";
import { addDays, addMonths, daysBetween, type LocalDate } from "~/kernel/local-date";
import { rational, toFixed } from "~/kernel/rational";
import { onOrNextWorkday } from "~/kernel/work-calendar";

import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import type { Course, ProjectFacts } from "./project-facts";
import { DEMO_TODAY } from "./today";

export type MilestoneRow = typeof milestones.$inferInsert;

/** Milestones: what, at which share of the planned time, and how much is done then. @unit percent of time, percent */
const COURSES: Readonly<Record<Course, readonly (readonly [name: string, time: number, done: number])[]>> = {
  software: [
    ["需求调研完成", 6, 8],
    ["需求规格确认", 14, 18],
    ["总体设计评审", 26, 30],
    ["核心功能开发完成", 46, 50],
    ["数据接入与接口联调", 62, 68],
    ["系统集成测试", 74, 80],
    ["初验", 84, 90],
    ["终验", 100, 100],
  ],
  infrastructure: [
    ["施工方案审定", 8, 10],
    ["设备到货验收", 28, 30],
    ["设备安装部署", 50, 55],
    ["联调测试", 66, 72],
    ["割接上线", 76, 82],
    ["初验", 84, 90],
    ["终验", 100, 100],
  ],
  service: [
    ["服务方案确认", 8, 10],
    ["服务团队与资源到位", 20, 25],
    ["首批服务上线", 40, 45],
    ["中期服务评估", 60, 65],
    ["全部服务上线", 76, 82],
    ["初验", 84, 90],
    ["终验", 100, 100],
  ],
};

/** The milestones of a project that starts on a day, each reached as late as the facts say, none in the future. */
export function milestonePlan(city: City, projectId: string, facts: ProjectFacts, start: LocalDate): MilestoneRow[] {
  const days = daysBetween(start, addMonths(start, facts.months));
  return COURSES[facts.course].map(([name, time, done], index) => {
    const plannedOn =
      time === 100
        ? addMonths(start, facts.months)
        : onOrNextWorkday(city.calendar, addDays(start, Math.round((days * time) / 100)));
    const delay = facts.delays[index];
    const reached = delay === undefined ? undefined : onOrNextWorkday(city.calendar, addDays(plannedOn, delay));
    const completedOn = reached !== undefined && reached <= DEMO_TODAY ? reached : null;
    return {
      id: demoId("milestone", `${facts.name} ${index}`, officeHours(start, facts.name, "plan")),
      projectId,
      regionId: city.regionId,
      position: index + 1,
      name,
      plannedOn,
      cumulativePercent: done,
      completedOn,
      evidence: completedOn ? `${name}会议纪要及确认单` : null,
    };
  });
}

/**
 * What was really done by a day: it grows evenly from one milestone reached to the next; towards a milestone that is
 * still ahead it follows the delay that the facts foresee.
 * @unit percent, as text with one decimal
 */
export function actualPercent(
  plan: readonly MilestoneRow[],
  delays: readonly number[],
  start: LocalDate,
  on: LocalDate,
): string {
  let [day, done] = [start, 0];
  for (const [index, { plannedOn, completedOn, cumulativePercent }] of plan.entries()) {
    const reached = completedOn ?? addDays(plannedOn, Math.max(delays[index] ?? 0, 5));
    if (reached > on) {
      const share = Math.max(0, daysBetween(day, on)) / Math.max(1, daysBetween(day, reached));
      // a milestone that is not reached is not counted in full
      const part = Math.min(Math.round((cumulativePercent - done) * share * 10), (cumulativePercent - done) * 10 - 1);
      return toFixed(rational(done * 10 + part, 10), 1);
    }
    [day, done] = [reached, cumulativePercent];
  }
  return toFixed(rational(done), 1);
}
