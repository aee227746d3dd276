import type { IntakeColumn } from "~/platform/intake/intake.types";
import { CLOUD_STEPS } from "~/kernel/vocabulary";

import { needsEvidenceFile } from "./steps.rules";

/** The steps that a sheet can report: the others need an uploaded proof each. */
export const SHEET_STEPS = CLOUD_STEPS.filter((step) => !needsEvidenceFile(step));

/** The columns of the sheet of cloud steps. */
export const CLOUD_STEP_COLUMNS = [
  {
    key: "code",
    title: "系统编号",
    hint: "与系统清单一致；不知道编号的可留空，按名称查找",
    synonyms: ["编号", "系统代码"],
    example: "XT-0007",
    width: 14,
  },
  {
    key: "name",
    title: "系统名称",
    hint: "与系统清单一致；已填编号的可留空",
    synonyms: ["信息系统名称", "应用系统名称", "名称"],
    example: "道路运输业务管理系统",
    width: 32,
  },
  {
    key: "step",
    title: "步骤",
    required: true,
    hint: "从下拉中选择；安全检测和服务开通须上传证明文件，请在系统页面登记",
    synonyms: ["上云步骤", "完成步骤"],
    choices: SHEET_STEPS,
    example: "资源申请",
    width: 14,
  },
  {
    key: "completedOn",
    title: "完成日期",
    required: true,
    hint: "年-月-日，不晚于今天",
    synonyms: ["完成时间", "办结日期"],
    example: "2026-07-01",
    width: 14,
  },
  {
    key: "evidence",
    title: "办理依据",
    required: true,
    hint: "文件名称或文号，至少 4 个字",
    synonyms: ["依据", "文号", "证明材料"],
    example: "政务云资源申请单（鹤云〔2026〕18号）",
    width: 40,
  },
] as const satisfies readonly IntakeColumn[];
