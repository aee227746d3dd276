import { fen, formatWan } from "~/kernel/fen";
import { formatOfficialDate, localDateOf } from "~/kernel/local-date";
import {
  ACCEPTANCE_DOCUMENTS,
  ACCEPTANCE_KINDS,
  ACCEPTANCE_STATES,
  ARCHIVE_RESULTS,
  EXPERT_VERDICTS,
} from "~/kernel/vocabulary";
import type { TableForm } from "~/platform/pdf/table-form.types";

import type { OpinionSheet } from "./acceptance.queries.server";
import { acceptanceTitle } from "./acceptance.words";

/**
 * The opinion on an acceptance (验收意见书): the project, its papers, archive, experts, the decision and who signed. Strings
 * only, ready for the renderer.
 * @source domain.md §2
 */
export function opinionForm(
  { project, unitName, acceptance, papers, archive, trialRunSince, money, names }: OpinionSheet,
  demonstration: boolean,
): TableForm {
  const { kind, number, state, panel, statement, opinion, signedBy, decidedBy, decidedAt, signedAt } = acceptance;
  const day = (value: Date | null): string => (value ? formatOfficialDate(localDateOf(value)) : "");
  const nameOf = (id: string | null): string => (id === null ? "" : (names[id] ?? ""));
  const wan = (amount: number): string => `${formatWan(fen(amount))} 万元`;
  const rows: [string, string][] = [
    ["项目名称", `${project.name}（${project.code}）`],
    ["建设单位", unitName],
    ["验收类别", acceptanceTitle(kind, number)],
    ["批复金额", project.approvedFen === null ? "—" : wan(project.approvedFen)],
    ["合同与支付", `已签合同 ${wan(money.contractedFen)}，已支付 ${wan(money.paidFen)}`],
    [
      "开工、完工",
      [project.startedOn, project.completedOn].map((on) => (on ? formatOfficialDate(on) : "—")).join(" 至 "),
    ],
    ...(kind === "final" && trialRunSince
      ? [["试运行", `${formatOfficialDate(trialRunSince)}开始`] satisfies [string, string]]
      : []),
    ["申请说明", statement],
    [
      "验收材料",
      papers.map((paper, index) => `${index + 1}. ${ACCEPTANCE_DOCUMENTS[paper.kind]}（${paper.name}）`).join("；"),
    ],
    ...(kind === "final"
      ? [
          [
            "档案验收",
            archive
              ? `第${archive.number}次，${ARCHIVE_RESULTS[archive.result]}，${formatOfficialDate(archive.checkedOn)}，${nameOf(archive.checkedBy)}${archive.remark && `；${archive.remark}`}`
              : "—",
          ] satisfies [string, string],
        ]
      : []),
    ["专家评审", panel?.verdict ? `${EXPERT_VERDICTS[panel.verdict]}。${panel.summary ?? ""}` : "未组织专家评审"],
    ["验收结论", `${ACCEPTANCE_KINDS[kind]}${ACCEPTANCE_STATES[state]}`],
    ["验收意见", opinion ?? "—"],
  ];
  return {
    title: "信息化项目验收意见书",
    left: unitName,
    right: `${day(decidedAt)}办理`,
    table: {
      columns: [
        { title: "事项", align: "left", widthShare: 14 },
        { title: "内容", align: "left", widthShare: 86 },
      ],
      rows,
    },
    signatures: [
      `建设单位负责人：${nameOf(signedBy)}（${day(signedAt)}）`,
      `数据局经办人：${nameOf(decidedBy)}（${day(decidedAt)}）`,
    ],
    emptyText: "",
    note: [`提交人：${nameOf(acceptance.submittedBy)}`, ...(demonstration ? ["演示数据"] : [])].join("；"),
    properties: {
      title: `信息化项目验收意见书：${project.name}`,
      author: nameOf(decidedBy),
      subject: project.code,
      createdAt: (decidedAt ?? acceptance.draftedAt).toISOString(),
    },
  };
}
