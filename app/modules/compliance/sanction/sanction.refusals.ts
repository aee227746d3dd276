import type { Refusal } from "~/kernel/result";
import {
  PROJECT_STAGES,
  SANCTION_RUNGS,
  SANCTION_STATES,
  type ProjectStage,
  type SanctionRung,
  type SanctionState,
} from "~/kernel/vocabulary";

import { sayPaperRefusal, type PaperRefusal } from "../paper.refusals";
import { SANCTION_EVENTS, type SanctionEvent, type SanctionStepRefusal } from "./sanction.lifecycle";
import type { LadderCode } from "./sanction.rules";

export type SanctionRefusal = SanctionStepRefusal | LadderCode | PaperRefusal | "projectNotOfUnit";

/** Why a step of a sanction was not taken, and what to do. */
export function saySanctionRefusal(refusal: Refusal<SanctionRefusal>): string {
  const { code, facts } = refusal;
  switch (code) {
    case "notInThisState":
      return `本件现处于“${SANCTION_STATES[facts?.state as SanctionState] ?? ""}”状态，不能办理“${SANCTION_EVENTS[facts?.event as SanctionEvent] ?? "这项操作"}”。请刷新页面，按最新状态办理。`;
    case "otherPersonThanBefore":
      return "办理人与上一步办理人是同一人。按照双人原则，请由另一位同志办理。";
    case "reasonGiven":
      return "请写明理由或核实情况。";
    case "remedyGiven":
      return "请写明整改情况，并上传证明材料。";
    case "projectMissing":
      return `${SANCTION_RUNGS[facts?.rung as SanctionRung]}须针对一个项目，请选择项目。`;
    case "projectNotStoppable":
      return `所选项目现处于“${PROJECT_STAGES[facts?.stage as ProjectStage] ?? "未知"}”阶段，不能${SANCTION_RUNGS[facts?.rung as SanctionRung]}，请另选项目或措施。`;
    case "projectNotOfUnit":
      return "所选项目不是该单位的项目，请重新选择。";
    case "dueMissing":
      return "限期整改须写明整改期限。";
    case "duePassed":
      return "整改期限须晚于今天，请改正。";
    case "basisMissing":
      return "终止项目须写明依据文件。";
    case "rungSkipped":
      return `没有逾期未整改的“${SANCTION_RUNGS[facts?.below as SanctionRung] ?? ""}”，越级实施须写明理由。`;
    case "fileEmpty":
    case "fileTooLarge":
    case "fileTypeNotAllowed":
      return sayPaperRefusal({ ...refusal, code });
  }
}
