import { formatOfficialDate, isLocalDate } from "~/kernel/local-date";

import type { Evidence, GateReason, TestState } from "./gate.rules";

const day = (value: string | undefined): string => (value && isLocalDate(value) ? formatOfficialDate(value) : "");

const TEST_STATES: Readonly<Record<TestState, string>> = {
  missing: "没有测评记录",
  failed: "最近一次测评未通过",
  expired: "测评已过有效期",
};

/** Why the gate is closed, and what opens it. */
export function sayGateReason({
  code,
  evidence: { name },
  facts,
}: Omit<GateReason, "evidence"> & { readonly evidence: { readonly name: string } }): string {
  switch (code) {
    case "systemNotInventoried":
      return `项目“${name}”${day(facts.acceptedOn)}终验通过，所建系统未登记系统清单；登记后自动解除。`;
    case "promiseNotPublished":
      return `立项时承诺共享的“${name}”在项目终验（${day(facts.acceptedOn)}）后仍未发布；发布后自动解除。`;
    case "resourceStale":
      return `已发布资源“${name}”应于${day(facts.dueOn)}前更新，逾期已超过一个更新周期；更新后自动解除。`;
    case "demandUnanswered":
      return `其他单位的数据需求“${name}”应于${day(facts.dueOn)}前答复，至今未答复；答复后自动解除。`;
    case "demandUndelivered":
      return `已同意提供的数据“${name}”应于${day(facts.dueOn)}前提供，至今未提供；提供后自动解除。`;
    case "mlpsInvalid":
      return `系统“${name}”网络安全等级保护测评无效：${TEST_STATES[facts.state as TestState]}；登记有效测评后自动解除。`;
    case "cryptoInvalid":
      return `系统“${name}”密码应用安全性评估无效：${TEST_STATES[facts.state as TestState]}；登记有效评估后自动解除。`;
    case "sanctionOpen":
      return `自${day(facts.fromOn)}起受资金处理：${name}；解除处理后自动打开。`;
  }
}

/** Where the proof of a reason is read; null when the reason's own sentence says all there is. */
export function evidenceHref({ kind, id }: Pick<Evidence, "kind" | "id">): string | null {
  switch (kind) {
    case "project":
      return `/projects/${id}`;
    case "resource":
      return `/catalog/${id}`;
    case "demand":
      return `/catalog/demands/${id}`;
    case "system":
      return `/systems/${id}`;
    case "sanction":
      return null;
  }
}
