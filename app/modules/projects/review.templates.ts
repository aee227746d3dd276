import { composeSentences } from "~/kernel/sentences";

/** The two steps at the bureau, which ask different things of a filing. */
export type ReviewStep = "formCheck" | "approval";

interface Template {
  readonly steps: readonly ReviewStep[];
  /** what the sentence is a reason for */
  readonly use: "return" | "reject";
  /** the whole sentence that the applicant reads */
  readonly text: string;
}

const BOTH = ["formCheck", "approval"] as const;

/** What reviewers most often write, by step and by what it is a reason for. */
export const REVIEW_TEMPLATES = {
  attachmentsIllegible: { steps: ["formCheck"], use: "return", text: "附件扫描不清或缺页，请重新扫描后上传。" },
  namesDiffer: {
    steps: ["formCheck"],
    use: "return",
    text: "附件中的项目名称、金额与填报内容不一致，请核对后统一。",
  },
  signatureMissing: { steps: ["formCheck"], use: "return", text: "申报书或资金来源意见未签字盖章，请补签后上传。" },
  basisUnclear: { steps: ["formCheck"], use: "return", text: "立项依据未写明文号或无法查证，请补充依据文件。" },
  attachmentsLacking: {
    steps: BOTH,
    use: "return",
    text: "附件材料不齐或与填报内容不一致，请补齐后重新提交。",
  },
  catalogIncomplete: {
    steps: BOTH,
    use: "return",
    text: "数据目录不完整，请补充本项目将产生的数据资源及可共享的信息项。",
  },
  noDataUnfounded: {
    steps: BOTH,
    use: "return",
    text: "“不产生数据”的说明理由不足，请补充数据目录，或说明业务数据的来源与去向。",
  },
  needUnclear: {
    steps: ["approval"],
    use: "return",
    text: "建设必要性论证不充分，请补充业务现状、存在问题和量化的建设目标。",
  },
  goalsUnmeasurable: {
    steps: ["approval"],
    use: "return",
    text: "绩效目标不够量化，请补充可以衡量的指标、目标值和计量单位。",
  },
  demandsUnsupported: { steps: ["approval"], use: "return", text: "数据需求缺少法定依据或使用场景，请逐条补充。" },
  reuseInsufficient: {
    steps: ["approval"],
    use: "return",
    text: "未充分复用统一组件，请改为复用，或补充不复用的具体理由。",
  },
  hostingUnfounded: {
    steps: ["approval"],
    use: "return",
    text: "部署方式不符合集约上云要求，请改为政务云，或补充豁免依据。",
  },
  budgetUnfounded: {
    steps: ["approval"],
    use: "return",
    text: "概算明细缺少测算依据，请补充数量、单价的来源或询价材料。",
  },
  overlaps: {
    steps: ["approval"],
    use: "return",
    text: "与已有项目或系统存在重复建设的可能，请补充差异说明或并入已有系统。",
  },
  secretsFound: {
    steps: ["formCheck"],
    use: "reject",
    text: "填报内容涉及国家秘密，不得在本平台办理，请按保密规定另行申报。",
  },
  outsideScope: { steps: BOTH, use: "reject", text: "不属于政务信息化项目管理范围，请按其他渠道办理。" },
  duplicate: { steps: ["approval"], use: "reject", text: "与已有项目重复建设，所需功能由已有系统扩展实现。" },
  catalogRefused: {
    steps: ["approval"],
    use: "reject",
    text: "经退回仍未提供数据目录或共享承诺，不符合立项的必要条件。",
  },
  notNeeded: { steps: ["approval"], use: "reject", text: "经论证建设必要性不足，本年度不予立项。" },
} as const satisfies Readonly<Record<string, Template>>;
export type ReviewTemplate = keyof typeof REVIEW_TEMPLATES;
export const REVIEW_TEMPLATE_KEYS = Object.keys(REVIEW_TEMPLATES) as [ReviewTemplate, ...ReviewTemplate[]];

/** The templates that a step offers for a use, in their order. */
export const templatesFor = (step: ReviewStep, use: Template["use"]): ReviewTemplate[] =>
  REVIEW_TEMPLATE_KEYS.filter((key) => {
    const template: Template = REVIEW_TEMPLATES[key];
    return template.use === use && template.steps.includes(step);
  });

/** The reason that is sent: the chosen sentences and what was written. */
export const composeReason = (templates: readonly ReviewTemplate[], written: string): string =>
  composeSentences(
    templates.map((key) => REVIEW_TEMPLATES[key].text),
    written,
  );
