import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";

import { EXPERT_VERDICTS, keysOf, type ExpertVerdict } from "~/kernel/vocabulary";
import {
  ConfirmSubmit,
  ErrorSummary,
  Fields,
  FormActions,
  Notice,
  RadioGroup,
  Section,
  SubmitButton,
  TextArea,
} from "~/ui";
import { summaryOf } from "~/web/summary";

import type { CancelInput, ConcludeInput } from "../panel.schema";

type LastResult = SubmissionResult<string[]> | null;

export interface Standing {
  readonly active: number;
  readonly given: number;
  readonly waiting: number;
  readonly toInvite: number;
}

/** The bureau's summary; what still stands in its way is said instead while opinions are missing. */
export function ConcludeForm({
  panelId,
  version,
  standing,
  proposed,
  lastResult,
}: {
  panelId: string;
  version: number;
  standing: Standing;
  proposed: ExpertVerdict | null;
  lastResult: LastResult;
}) {
  const [form, fields] = useForm<ConcludeInput>({ id: "conclude", lastResult });
  const ready = standing.waiting === 0 && standing.toInvite === 0;
  return (
    <Section title="形成评审意见" id="conclude">
      {!ready && (
        <Notice tone="warn">
          {standing.toInvite > 0 && <p>还须补邀 {standing.toInvite} 位专家，使人数为单数并达到最低人数。</p>}
          {standing.waiting > 0 && <p>还有 {standing.waiting} 位专家没有出具意见。</p>}
        </Notice>
      )}
      <form method="post" {...getFormProps(form)}>
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="panelId" value={panelId} />
        <input type="hidden" name="version" value={version} />
        <Fields>
          <RadioGroup
            name="verdict"
            label="评审结论"
            required
            inline
            hint={proposed ? `多数专家意见：${EXPERT_VERDICTS[proposed]}` : "意见收齐后按多数意见给出建议"}
            options={keysOf(EXPERT_VERDICTS).map((value) => ({ value, label: EXPERT_VERDICTS[value] }))}
            defaultValue={fields.verdict.initialValue ?? proposed}
            error={fields.verdict.errors}
          />
          <TextArea
            name="deviationReason"
            label="与多数意见不一致的理由"
            hint="结论与多数专家意见一致的不必填写"
            rows={2}
            defaultValue={fields.deviationReason.initialValue}
            error={fields.deviationReason.errors}
          />
          <TextArea
            name="summary"
            label="评审意见汇总"
            required
            rows={6}
            defaultValue={fields.summary.initialValue}
            error={fields.summary.errors}
          />
        </Fields>
        <FormActions>
          <ConfirmSubmit
            name="intent"
            value="conclude"
            title="形成评审意见？"
            consequence="形成后不能修改，作为审核和验收的依据存档。"
            confirmLabel="确认形成"
          >
            形成意见
          </ConfirmSubmit>
        </FormActions>
      </form>
    </Section>
  );
}

/** Ends a panel without a conclusion. */
export function CancelForm({
  panelId,
  version,
  lastResult,
}: {
  panelId: string;
  version: number;
  lastResult: LastResult;
}) {
  const [form, fields] = useForm<CancelInput>({ id: "cancel", lastResult });
  return (
    <Section title="取消评审">
      <details open={lastResult !== null}>
        <summary className="cursor-pointer text-primary">不再需要本次专家评审</summary>
        <form method="post" className="mt-3" {...getFormProps(form)}>
          <ErrorSummary errors={summaryOf(form)} />
          <input type="hidden" name="panelId" value={panelId} />
          <input type="hidden" name="version" value={version} />
          <TextArea
            name="reason"
            label="取消理由"
            required
            rows={2}
            defaultValue={fields.reason.initialValue}
            error={fields.reason.errors}
          />
          <FormActions note="已出具的意见留存，未出具意见的专家会收到消息">
            <SubmitButton name="intent" value="cancel" variant="danger">
              取消评审
            </SubmitButton>
          </FormActions>
        </form>
      </details>
    </Section>
  );
}
