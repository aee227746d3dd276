import { accept, refuse, type Result } from "~/kernel/result";

/**
 * What a person looks at in the form check, because no rule can: the papers themselves. Each with the rule that asks for it.
 * @source domain.md §2 (form check), §3
 */
export const FORM_CHECKS = {
  legible: { title: "附件清晰可辨、能够打开，页数齐全", cites: "本平台填报规则" },
  namesMatch: {
    title: "附件中的项目名称、申报单位、金额与填报内容一致",
    cites: "《国家政务信息化项目建设管理办法》（国办发〔2019〕57号）",
  },
  signed: {
    title: "申报书、资金来源意见已签字盖章",
    cites: "《国家政务信息化项目建设管理办法》（国办发〔2019〕57号）",
  },
  basisValid: {
    title: "立项依据真实有效，文号可查",
    cites: "《国家政务信息化项目建设管理办法》（国办发〔2019〕57号）",
  },
  catalogPresent: {
    title: "数据目录与建设内容相称，“不产生数据”的说明成立",
    cites: "《政务信息资源共享管理暂行办法》（国发〔2016〕51号）",
  },
  secretsKept: { title: "填报内容和附件不含涉密信息", cites: "《中华人民共和国保守国家秘密法》" },
} as const satisfies Readonly<Record<string, { title: string; cites: string }>>;
export type FormCheck = keyof typeof FORM_CHECKS;
export const FORM_CHECK_KEYS = Object.keys(FORM_CHECKS) as [FormCheck, ...FormCheck[]];

/**
 * A filing passes the form check only when every item was ticked off. Refuses with checksOpen and how many are left.
 * @source domain.md §2
 */
export function decideFormCheck(ticked: readonly FormCheck[]): Result<readonly FormCheck[], "checksOpen"> {
  const open = FORM_CHECK_KEYS.filter((key) => !ticked.includes(key));
  if (open.length === 0) return accept(FORM_CHECK_KEYS);
  return refuse({ code: "checksOpen", field: "checks", facts: { count: open.length } });
}
