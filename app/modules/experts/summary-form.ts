import { formatOfficialDate, localDateOf } from "~/kernel/local-date";
import { EXPERT_VERDICTS, PANEL_STATES } from "~/kernel/vocabulary";
import type { TableForm } from "~/platform/pdf/table-form.types";

import { CRITERIA, MARK_KEYS, MARKS } from "./criteria";
import { SEAT_STATES } from "./opinion.lifecycle";
import type { PanelSheet } from "./panel.queries.server";

const WIDTHS = { mark: 8, verdict: 9, opinion: 30 } as const;

/**
 * The summary sheet of a panel (专家评审意见汇总表): one row for each expert who was invited, the means, and what the bureau
 * made of it. Strings only, ready for the renderer.
 * @source domain.md §1
 */
export function summaryForm({ project, unitName, panel }: PanelSheet, demonstration: boolean): TableForm {
  const { members, figures, standing } = panel;
  const criteria = figures.map(({ criterion }) => criterion);
  const rows = members.map(({ name, title, employer, state, marks, verdict, opinion, avoidReason }, index) => [
    String(index + 1),
    name,
    [title, employer].filter(Boolean).join("，"),
    ...criteria.map((criterion) => marks?.[criterion].mark ?? "—"),
    verdict ? EXPERT_VERDICTS[verdict] : SEAT_STATES[state],
    state === "avoided" ? `回避理由：${avoidReason}` : (opinion ?? ""),
  ]);
  const means = ["", "平均分", "", ...figures.map(({ average }) => average ?? "—"), "", `共 ${standing.given} 份意见`];
  const blank = criteria.map(() => "");
  const verdictRow = panel.verdict && [
    "",
    "评审结论",
    "",
    ...blank,
    EXPERT_VERDICTS[panel.verdict],
    [panel.summary, panel.deviationReason && `与多数意见不一致的理由：${panel.deviationReason}`]
      .filter(Boolean)
      .join("　"),
  ];
  const until = panel.concludedAt ?? panel.convenedAt;
  return {
    title: "专家评审意见汇总表",
    left: `${project.name}（${project.code}）　${unitName}`,
    right: panel.concludedAt
      ? `${formatOfficialDate(localDateOf(panel.concludedAt))}形成意见`
      : `${PANEL_STATES[panel.state]}，意见期限 ${formatOfficialDate(panel.dueOn)}`,
    table: {
      columns: [
        { title: "序号", align: "center", widthShare: 5 },
        { title: "专家", align: "left", widthShare: 9 },
        { title: "职称、单位", align: "left", widthShare: 18 },
        ...criteria.map((criterion) => ({
          title: CRITERIA[criterion].label,
          align: "center" as const,
          widthShare: WIDTHS.mark,
        })),
        { title: "结论", align: "center", widthShare: WIDTHS.verdict },
        { title: "综合意见", align: "left", widthShare: WIDTHS.opinion },
      ],
      rows: [...rows, means, ...(verdictRow ? [verdictRow] : [])],
    },
    emptyText: "没有邀请专家",
    note: [
      `评分：${MARK_KEYS.map((mark) => `${mark} ${MARKS[mark]}`).join("、")}`,
      `组织人：${panel.convenerName}`,
      ...(panel.concluderName ? [`汇总人：${panel.concluderName}`] : []),
      ...(demonstration ? ["演示数据"] : []),
    ].join("；"),
    properties: {
      title: `专家评审意见汇总表：${project.name}`,
      author: panel.concluderName ?? panel.convenerName,
      subject: project.code,
      createdAt: until.toISOString(),
    },
  };
}
