import { BLOCK_REASONS, type BlockReason, type CloudStep } from "~/kernel/vocabulary";
import type { Tone } from "~/ui";

interface Happened {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What happened on a system's way to the cloud, as its timeline says it; undefined for what is not of this way. */
export function sayCloudEvent({ type, payload }: Happened): { what: string; tone: Tone } | undefined {
  const step = typeof payload.step === "string" ? payload.step : "";
  const reason = BLOCK_REASONS[payload.blockReason as BlockReason] ?? "";
  switch (type) {
    case "cloudStepCompleted":
      return { what: `完成“${step}”`, tone: "good" };
    case "cloudTestFailed":
      return { what: "安全检测不合格", tone: "bad" };
    case "cloudStepRolledBack":
      return { what: `退回“${step}”${countOf(payload.steps) > 1 ? "及其后各步" : ""}`, tone: "bad" };
    case "cloudBlockReported":
      return { what: `“${step}”受阻：${reason}`, tone: "warn" };
    case "cloudBlockCleared":
      return { what: `解除受阻：${reason}`, tone: "good" };
    case "cloudResourcesRecorded":
      return { what: "登记云资源数量", tone: "info" };
    default:
      return undefined;
  }
}

const countOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0);

/** What proves each step, as the form asks for it. */
export const EVIDENCE_HINTS: Readonly<Record<CloudStep, string>> = {
  方案编制: "如：迁移上云方案及评审意见",
  资源申请: "如：政务云资源申请单编号",
  审核备案: "如：上云审核备案表文号",
  资源开通: "如：云资源开通确认单编号",
  系统部署: "如：部署与数据迁移报告",
  安全检测: "如：上线前安全检测报告编号",
  服务开通: "如：服务开通通知书文号",
};
