import { REQUESTED_STEPS, type RequestedStep } from "~/kernel/vocabulary";
import { Notice, Section, Select, SubmitButton, TextArea } from "~/ui";

import { RESOURCE_EVENTS, type ResourceEvent } from "../resource.lifecycle";
import { StepForm, type StepReply } from "./StepForm";

/** What each step asks for in words; register and publish need none. */
const ASKS: Readonly<Partial<Record<ResourceEvent, string>>> = {
  sendBack: "退回原因",
  abandon: "作废原因",
  decline: "退回原因",
  suspend: "暂停原因",
  resume: "恢复原因",
  withdraw: "撤销原因",
};

export interface StepsPanelProps {
  readonly resource: {
    readonly version: number;
    readonly requestedStep: RequestedStep | null;
    readonly requestReason: string | null;
    readonly requestedOn: string | null;
  };
  readonly steps: readonly ResourceEvent[];
  readonly requestable: readonly RequestedStep[];
  readonly reply: StepReply | undefined;
}

/** What can be done with the entry now: the steps of its life, and what the unit may ask of the bureau. */
export function StepsPanel({ resource, steps, requestable, reply }: StepsPanelProps) {
  const { version, requestedStep } = resource;
  if (steps.length + requestable.length === 0 && requestedStep === null) return null;
  const decides = steps.some((step) => step === "withdraw");
  return (
    <Section title="办理">
      {requestedStep !== null && (
        <Notice title={`${resource.requestedOn ?? ""} 单位${REQUESTED_STEPS[requestedStep]}`}>
          {resource.requestReason}
        </Notice>
      )}
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        {steps.map((event) => (
          <StepForm
            key={`${event} ${version}`}
            intent={event}
            label={RESOURCE_EVENTS[event]}
            version={version}
            asks={ASKS[event]}
            variant={event === "withdraw" || event === "abandon" ? "danger" : "primary"}
            reply={reply}
          />
        ))}
        {requestedStep !== null && decides && (
          <StepForm
            intent="declineRequest"
            label="不同意申请"
            version={version}
            asks="不同意的原因"
            variant="secondary"
            reply={reply}
          />
        )}
        {requestable.length > 0 && <RequestForm version={version} steps={requestable} reply={reply} />}
      </div>
    </Section>
  );
}

function RequestForm({
  version,
  steps,
  reply,
}: {
  version: number;
  steps: readonly RequestedStep[];
  reply: StepReply | undefined;
}) {
  const mine = reply?.initialValue?.["intent"] === "request" ? reply : undefined;
  const typed = (name: string): string => {
    const value = mine?.initialValue?.[name];
    return typeof value === "string" ? value : "";
  };
  return (
    <details open={mine !== undefined} className="min-w-0 basis-full">
      <summary className="inline-block cursor-pointer py-1.5 text-primary">向数据局申请暂停、恢复或撤销…</summary>
      <form method="post" className="mt-1 max-w-2xl space-y-2">
        <input type="hidden" name="version" value={version} />
        <Select
          name="step"
          label="申请事项"
          required
          placeholder="请选择"
          options={steps.map((value) => ({ value, label: REQUESTED_STEPS[value] }))}
          defaultValue={typed("step")}
          error={[...(mine?.error?.["step"] ?? [])]}
        />
        <TextArea
          name="reason"
          label="申请原因"
          required
          rows={2}
          defaultValue={typed("reason")}
          error={[...(mine?.error?.["reason"] ?? [])]}
        />
        <SubmitButton variant="secondary" name="intent" value="request" pendingLabel="正在提交…">
          提交申请
        </SubmitButton>
      </form>
    </details>
  );
}
