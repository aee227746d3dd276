/** What reviewers most often write; a template is the whole sentence that the applicant reads. */
export const REVIEW_TEMPLATES = {
  needUnclear: "建设必要性论证不充分，请补充业务现状、存在问题和量化的建设目标。",
  catalogIncomplete: "数据目录不完整，请补充本项目将产生的数据资源及可共享的信息项。",
  demandsUnsupported: "数据需求缺少法定依据或使用场景，请逐条补充。",
  noDataUnfounded: "“不产生数据”的说明理由不足，请补充数据目录，或说明业务数据的来源与去向。",
  reuseInsufficient: "未充分复用统一组件，请改为复用，或补充不复用的具体理由。",
  hostingUnfounded: "部署方式不符合集约上云要求，请改为政务云，或补充豁免依据。",
  budgetUnfounded: "概算明细缺少测算依据，请补充数量、单价的来源或询价材料。",
  overlaps: "与已有项目或系统存在重复建设的可能，请补充差异说明或并入已有系统。",
  attachmentsLacking: "附件材料不齐或与填报内容不一致，请补齐后重新提交。",
} as const;
export type ReviewTemplate = keyof typeof REVIEW_TEMPLATES;

/** The reason that is sent: the chosen templates, one a line, then what was written freely. */
export function composeReason(templates: readonly ReviewTemplate[], written: string): string {
  return [...templates.map((key) => REVIEW_TEMPLATES[key]), written.trim()].filter(Boolean).join("\n");
}
