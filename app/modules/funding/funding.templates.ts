import { composeSentences } from "~/kernel/sentences";

/** What finance most often writes when it returns a filing; each is the whole sentence that the applicant reads. */
export const RETURN_TEMPLATES = {
  quotesMissing: "概算明细缺少测算依据，请补充询价材料（不少于三家）或同类项目成交价格。",
  quantityUnfounded: "人月数、设备数量没有测算过程，请按建设内容逐项说明工作量和数量的来源。",
  lumpSum: "明细按“项”打包，无法核定单价，请拆分到可计量的数量和单价。",
  priceAboveSimilar: "单价明显高于同类项目，请说明原因或按同类项目价格调整。",
  splitDiffers: "年度安排与建设进度、合同付款节点不一致，请调整分年资金。",
  sourceUnfounded: "资金来源没有落实，请补充资金来源意见或上级补助文件。",
  reusable: "部分内容已有公共能力可以复用，请改为复用并相应核减。",
  maintenanceMixed: "建设费与运维费混列，请分开填报；质保期内不另列运维费。",
} as const;
export type ReturnTemplate = keyof typeof RETURN_TEMPLATES;
export const RETURN_TEMPLATE_KEYS = Object.keys(RETURN_TEMPLATES) as [ReturnTemplate, ...ReturnTemplate[]];

/** The reason that is sent: the chosen sentences and what was written. */
export const composeReturnReason = (templates: readonly ReturnTemplate[], written: string): string =>
  composeSentences(
    templates.map((key) => RETURN_TEMPLATES[key]),
    written,
  );
