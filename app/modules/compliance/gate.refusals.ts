import { formatOfficialDate, isLocalDate } from "~/kernel/local-date";

import { GATE_BLOCKS, SANCTION_RUNGS, type SanctionRung } from "~/kernel/vocabulary";

import type { Evidence, GateReason, TestState } from "./gate.types";

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
}: Pick<GateReason, "code" | "facts"> & { readonly evidence: { readonly name: string } }): string {
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
    case "resourceNotConnected":
      return `已发布资源“${name}”应于${day(facts.dueOn)}前挂接接口或库表，至今未挂接；挂接后自动解除。`;
    case "recollection":
      return `“${facts.where ?? ""}”重复采集已共享的“${name}”；整改并经核实后自动解除。`;
    case "sanctionOpen":
      return `自${day(facts.fromOn)}起${SANCTION_RUNGS[facts.rung as SanctionRung]}：${name.replace(/。$/u, "")}；解除后自动打开。`;
  }
}

/** What a reason stops, as the end of a line; empty when it stops nothing today. */
export const sayBlocks = ({ blocks }: Pick<GateReason, "blocks">): string =>
  blocks.length > 0 ? `停办：${blocks.map((block) => GATE_BLOCKS[block]).join("、")}` : "";

/** Where the proof of a reason is read. */
export function evidenceHref({ kind, id }: Pick<Evidence, "kind" | "id">): string {
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
      return `/sanctions/${id}`;
    case "recollection":
      return `/gates/recollections/${id}`;
  }
}
