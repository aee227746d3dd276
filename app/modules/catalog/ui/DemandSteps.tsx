import type { SubmissionResult } from "@conform-to/react";
import type { ReactNode } from "react";

import { keysOf, SHARING_METHODS } from "~/kernel/vocabulary";
import { LinkButton, RadioGroup, Section, SubmitButton, TextArea, TextInput } from "~/ui";

import { DEMAND_EVENTS, type DemandEvent } from "../demand/demand.lifecycle";
import { RATINGS } from "../demand/demand-words";

interface StepProps {
  readonly event: DemandEvent;
  readonly demandId: string;
  readonly version: number;
  readonly method: string;
  /** the refusal cites a rule, so it cannot be overruled */
  readonly basisCited: boolean;
  readonly reply: SubmissionResult<string[]> | null;
}

export interface DemandStepsProps extends Omit<StepProps, "event"> {
  /** what this reader may do now */
  readonly offered: readonly DemandEvent[];
}

/** Steps that set back or end a demand: offered, but behind a fold. */
const SETBACKS: ReadonlySet<DemandEvent> = new Set(["decline", "returnDemand", "refuse", "overrule", "withdraw"]);

/** The forms of the steps that a reader may take on a demand, the expected ones open, the others folded. */
export function DemandSteps({ offered, ...step }: DemandStepsProps) {
  const shown = offered.filter((event) => event !== "overrule" || !step.basisCited);
  if (shown.length === 0) return null;
  const isOpen = (event: DemandEvent) =>
    !SETBACKS.has(event) || step.reply?.initialValue?.["intent"] === event || shown.every((each) => SETBACKS.has(each));
  return (
    <Section title="办理">
      <div className="space-y-4">
        {shown.map((event) =>
          isOpen(event) ? (
            <div key={event} className="border-b border-line pb-4 last:border-0 last:pb-0">
              <StepForm event={event} {...step} />
            </div>
          ) : (
            <details key={event} className="border-b border-line pb-4 last:border-0 last:pb-0">
              <summary className="cursor-pointer text-primary">{DEMAND_EVENTS[event]}</summary>
              <div className="mt-3">
                <StepForm event={event} {...step} />
              </div>
            </details>
          ),
        )}
      </div>
    </Section>
  );
}

function StepForm(props: StepProps) {
  const { event, demandId, version } = props;
  if (event === "reapply") {
    return (
      <LinkButton href={`/catalog/demands/${demandId}/mend`} variant="primary">
        修改并重新提交
      </LinkButton>
    );
  }
  return (
    <form method="post" className="max-w-2xl space-y-3">
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="intent" value={event} />
      <StepFields {...props} />
      <SubmitButton variant={SETBACKS.has(event) ? "danger" : "primary"} pendingLabel="正在办理…">
        {DEMAND_EVENTS[event]}
      </SubmitButton>
    </form>
  );
}

const REASONS: Readonly<Partial<Record<DemandEvent, { label: string; hint?: string; required: boolean }>>> = {
  decline: { label: "退回原因", hint: "写明要改什么", required: true },
  returnDemand: { label: "退回原因", hint: "写明哪里不合规、怎样补充", required: true },
  refuse: { label: "不同意的原因", required: true },
  overrule: { label: "责令重新答复的理由", hint: "提供方没有引用规定；责令后将扣减其共享积分", required: true },
  uphold: { label: "说明", hint: "可不填；认可后这条需求办结", required: false },
  withdraw: { label: "撤回说明", hint: "可不填", required: false },
};

function StepFields({ event, method, reply }: StepProps): ReactNode {
  const isMine = reply?.initialValue?.["intent"] === event;
  const field = (name: string) => {
    const typed = isMine ? reply.initialValue?.[name] : undefined;
    return {
      name,
      id: stepFieldId(event, name),
      defaultValue: typeof typed === "string" ? typed : "",
      error: isMine ? reply.error?.[name] : undefined,
    };
  };
  const reason = REASONS[event];
  if (event === "deliver") {
    return (
      <>
        <RadioGroup
          label="提供方式"
          required
          inline
          {...field("method")}
          defaultValue={field("method").defaultValue || method}
          options={keysOf(SHARING_METHODS).map((value) => ({ value, label: SHARING_METHODS[value] }))}
        />
        <TextArea
          label="提供说明"
          required
          rows={3}
          hint="接口地址与授权方式、库表名称或文件交接情况、联系人"
          {...field("note")}
        />
      </>
    );
  }
  if (event === "rate") {
    return (
      <>
        <RadioGroup
          label="评分"
          required
          inline
          {...field("rating")}
          options={keysOf(RATINGS)
            .reverse()
            .map((value) => ({ value, label: RATINGS[value] }))}
        />
        <TextArea label="评价意见" rows={2} hint="是否完整、准确、及时，可不填" {...field("comment")} />
      </>
    );
  }
  return (
    <>
      {reason && (
        <TextArea
          label={reason.label}
          rows={2}
          {...(reason.hint && { hint: reason.hint })}
          required={reason.required}
          {...field("reason")}
        />
      )}
      {event === "refuse" && (
        <TextInput
          label="依据"
          hint="引用法律、法规或文件的名称、文号和条款；没有依据的，数据局可责令重新答复并扣减共享积分"
          {...field("basis")}
        />
      )}
    </>
  );
}

/** Several forms on a page ask for a reason: each has its own. */
export const stepFieldId = (event: string, name: string): string => `${event}-${name}`;
