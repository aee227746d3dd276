import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";

import { ConfirmSubmit, ErrorSummary, FormActions, Section, SubmitButton, TextArea } from "~/ui";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import { ENTRY_KINDS, type EntryKind } from "../entry.lifecycle";
import type { EntryStepInput } from "../entry.schema";

interface StepProps {
  readonly kind: EntryKind;
  readonly version: number;
  readonly reply: SubmissionResult<string[]> | null;
}

const useStep = (reply: StepProps["reply"]) => useForm<EntryStepInput>({ lastResult: reply });

/** The second person's two choices. */
export function ConfirmForm({ kind, version, reply }: StepProps) {
  const [form, fields] = useStep(reply);
  const what = ENTRY_KINDS[kind];
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title="确认" id="confirm" note="确认后计入各项统计；退回后由登记方更正">
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="version" value={version} />
        <TextArea {...wired(fields.reason)} label="退回理由" hint="退回时必填" rows={2} />
        <FormActions>
          <SubmitButton name="intent" value="confirm" pendingLabel="正在确认…">
            确认{what}
          </SubmitButton>
          <SubmitButton variant="danger" name="intent" value="return" pendingLabel="正在退回…">
            退回更正
          </SubmitButton>
        </FormActions>
      </Section>
    </form>
  );
}

/** Declaring an entry void: by the side that made it before it is confirmed, by finance after. */
export function VoidForm({ kind, version, reply, revoke }: StepProps & { readonly revoke: boolean }) {
  const [form, fields] = useStep(reply);
  const [what, verb] = [ENTRY_KINDS[kind], revoke ? "撤销确认" : "作废"];
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title={`${verb}${what}`} id={revoke ? "revoke" : "withdraw"}>
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="version" value={version} />
        <TextArea {...wired(fields.reason)} label={`${verb}理由`} required rows={2} />
        <FormActions>
          <ConfirmSubmit
            variant="danger"
            name="intent"
            value={revoke ? "revoke" : "withdraw"}
            title={`${verb}这条${what}？`}
            consequence={`${revoke ? "撤销后立即不再计入各项统计，" : ""}记录保留供查阅，不能恢复；需要时请重新登记。`}
            confirmLabel={`确认${verb}`}
          >
            {verb}
          </ConfirmSubmit>
        </FormActions>
      </Section>
    </form>
  );
}
