import type { StepRefusal, Transition } from "~/kernel/lifecycle";
import type { ExemptionState } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

/** What can happen to an exemption; each event's words for timelines and buttons. */
export const EXEMPTION_EVENTS = {
  edit: "修改申请",
  submit: "提交签批",
  sign: "签批上报",
  decline: "退回填报人",
  approve: "批准豁免",
  refuse: "不予批准",
  withdraw: "撤回申请",
  revoke: "收回豁免",
} as const;
export type ExemptionEvent = keyof typeof EXEMPTION_EVENTS;

/** The domain event that each of them is recorded as. */
export const EXEMPTION_EVENT_FACTS = {
  edit: "exemptionEdited",
  submit: "exemptionSubmitted",
  sign: "exemptionSigned",
  decline: "exemptionDeclined",
  approve: "exemptionApproved",
  refuse: "exemptionRefused",
  withdraw: "exemptionWithdrawn",
  revoke: "exemptionRevoked",
} as const satisfies Record<ExemptionEvent, string>;

/** Names of the conditions that the verbs resolve before asking the lifecycle. */
export type ExemptionGuard = "complete" | "otherPersonThanBefore" | "reasonGiven" | "opinionGiven" | "notOver";

export type ExemptionTransition = Transition<ExemptionState, ExemptionEvent, Action, ExemptionGuard>;
export type ExemptionStepRefusal = StepRefusal<ExemptionTransition>;

/**
 * The life of an exemption from the sharing gate: asked for, signed, approved — three hands. Approved, it holds between
 * its days and ends by itself.
 * @source domain.md §1 (two persons), §5
 */
export const EXEMPTION_LIFECYCLE = [
  { from: "draft", on: "edit", to: "draft", action: "exemption:request" },
  { from: "draft", on: "submit", to: "signing", action: "exemption:request", guards: ["complete"] },
  { from: "draft", on: "withdraw", to: "withdrawn", action: "exemption:request" },
  { from: "signing", on: "sign", to: "open", action: "exemption:sign", guards: ["otherPersonThanBefore"] },
  { from: "signing", on: "decline", to: "draft", action: "exemption:sign", guards: ["reasonGiven"] },
  { from: "signing", on: "withdraw", to: "withdrawn", action: "exemption:request" },
  {
    from: "open",
    on: "approve",
    to: "approved",
    action: "exemption:decide",
    guards: ["otherPersonThanBefore", "opinionGiven", "notOver"],
  },
  {
    from: "open",
    on: "refuse",
    to: "refused",
    action: "exemption:decide",
    guards: ["otherPersonThanBefore", "reasonGiven"],
  },
  { from: "open", on: "withdraw", to: "withdrawn", action: "exemption:request" },
  { from: "approved", on: "revoke", to: "revoked", action: "exemption:decide", guards: ["reasonGiven", "notOver"] },
] as const satisfies readonly ExemptionTransition[];
