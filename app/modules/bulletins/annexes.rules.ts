import { formatOfficialDate } from "~/kernel/local-date";
import { formatPeriod } from "~/kernel/period";
import { parseRational, subtract, toFixed } from "~/kernel/rational";

import { groupsOf } from "./achievements.rules";
import type { AnnexColumn, BulletinAnnex, BulletinFacts, BulletinFigure, LitProject } from "./bulletin.types";
import { formatCutoff } from "./cutoff";
import { official, titled } from "./paragraph";

/** Where the text points to. */
export interface AnnexLabels {
  readonly sharing: string;
  readonly lights: string;
  readonly reports: string;
  readonly overdue: string;
}

type Unlabelled = Omit<BulletinAnnex, "label">;

/** The labels of the annexes that the text names, known before the text is written. */
export function annexLabels(facts: BulletinFacts): AnnexLabels {
  const first = groupsOf(facts.ranking).length + 1;
  const label = (offset: number) => `附件${first + offset}`;
  return { lights: label(0), reports: label(1), overdue: label(2), sharing: label(3) };
}

/**
 * The annexes: ranking per group, red and yellow projects, late and missing reports, overdue items, sharing still
 * outstanding, and the definitions of the figures that the text used. A list without entries says 无.
 * @source domain.md §10
 */
export function annexes(facts: BulletinFacts, used: readonly BulletinFigure[]): BulletinAnnex[] {
  return [
    ...rankings(facts),
    lights(facts),
    reports(facts),
    overdue(facts),
    sharing(facts),
    definitions(facts, used),
  ].map((annex, index) => ({
    label: `附件${index + 1}`,
    ...annex,
    rows: annex.rows.length > 0 ? annex.rows : [none(annex.columns)],
  }));
}

const none = (columns: readonly AnnexColumn[]): string[] => columns.map((_, i) => (i === 1 ? "无" : ""));

const left = (title: string, widthShare: number): AnnexColumn => ({ title, align: "left", widthShare });
const centre = (title: string, widthShare: number): AnnexColumn => ({ title, align: "center", widthShare });
const right = (title: string, widthShare: number): AnnexColumn => ({ title, align: "right", widthShare });
const numbered = (rows: readonly (readonly string[])[]): string[][] => rows.map((row, i) => [String(i + 1), ...row]);

function rankings(facts: BulletinFacts): Unlabelled[] {
  return groupsOf(facts.ranking).map(({ name, rows }) => ({
    title: `${formatPeriod(facts.period)}${name}考核得分和位次`,
    columns: [
      centre("位次", 2),
      left("单位", 7),
      right("得分", 3),
      centre("等次", 2),
      centre("上期位次", 3),
      centre("位次变化", 3),
    ],
    rows: rows.map((row) => [
      String(row.place),
      official(row.unitName),
      row.score,
      row.grade,
      row.previousPlace === null ? "—" : String(row.previousPlace),
      placeChange(row.place, row.previousPlace),
    ]),
  }));
}

/** ▲2, ▼1 or –; a dash of its own when there was no last period */
function placeChange(place: number, previous: number | null): string {
  if (previous === null) return "—";
  const change = previous - place;
  if (change === 0) return "–";
  return change > 0 ? `▲${change}` : `▼${-change}`;
}

function lights(facts: BulletinFacts): Unlabelled {
  const row = (light: string) => (project: LitProject) => [
    light,
    official(project.projectName),
    official(project.unitName),
    percentOrDash(project.plannedPercent),
    percentOrDash(project.actualPercent),
    gapOrDash(project),
    official(project.reason),
  ];
  return {
    title: "红灯、黄灯项目清单",
    columns: [
      centre("序号", 2),
      centre("进度灯", 3),
      left("项目", 6),
      left("单位", 5),
      right("计划（%）", 3),
      right("实际（%）", 3),
      right("落后（百分点）", 3),
      left("亮灯原因", 5),
    ],
    rows: numbered([...facts.redProjects.items.map(row("红灯")), ...facts.yellowProjects.items.map(row("黄灯"))]),
  };
}

const percentOrDash = (percent: string | null): string => (percent === null ? "—" : toFixed(parseRational(percent), 2));

function gapOrDash({ plannedPercent, actualPercent }: LitProject): string {
  if (plannedPercent === null || actualPercent === null) return "—";
  return toFixed(subtract(parseRational(plannedPercent), parseRational(actualPercent)), 2);
}

function reports(facts: BulletinFacts): Unlabelled {
  const { late, missing } = facts.reports;
  return {
    title: "月报迟报、缺报清单",
    columns: [centre("序号", 2), left("单位", 6), left("项目", 9), centre("情形", 3)],
    rows: numbered([
      ...late.items.map((item) => [official(item.unitName), official(item.projectName), "迟报"]),
      ...missing.items.map((item) => [official(item.unitName), official(item.projectName), "缺报"]),
    ]),
  };
}

function overdue(facts: BulletinFacts): Unlabelled {
  const row = (kind: string) => (item: BulletinFacts["overdueTasks"]["items"][number]) => [
    kind,
    item.number,
    official(item.title),
    item.unitNames.map(official).join("、") || "—",
    formatOfficialDate(item.dueOn),
    String(item.overdueDays),
  ];
  return {
    title: "逾期任务和督办事项清单",
    columns: [
      centre("序号", 2),
      centre("类别", 2),
      left("编号", 3),
      left("事项", 8),
      left("责任单位", 5),
      left("完成时限", 4),
      right("逾期天数", 2),
    ],
    rows: numbered([
      ...facts.overdueTasks.items.map(row("台账任务")),
      ...facts.overdueSupervision.items.map(row("督办事项")),
    ]),
  };
}

function sharing(facts: BulletinFacts): Unlabelled {
  return {
    title: "未按计划落实数据共享的单位清单",
    columns: [centre("序号", 2), left("单位", 8), right("应落实（项）", 4), right("未落实（项）", 4)],
    rows: numbered(
      facts.sharingShortfalls.items.map((item) => [
        official(item.unitName),
        String(item.due),
        String(item.outstanding),
      ]),
    ),
  };
}

function definitions(facts: BulletinFacts, used: readonly BulletinFigure[]): Unlabelled {
  const meanings = new Map(used.map((figure) => [figure.name, figure.definition]));
  const own: [string, string][] = [
    ["数据截止时间", formatCutoff(facts.cutoffAt)],
    ["考核方案", `${titled(facts.schemeName)}第${facts.schemeVersion}版`],
  ];
  return {
    title: "指标口径说明",
    columns: [centre("序号", 2), left("指标", 5), left("口径", 13)],
    rows: numbered([...own, ...meanings].map((pair) => [...pair])),
  };
}
