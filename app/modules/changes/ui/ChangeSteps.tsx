import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";

import { ConfirmSubmit, ErrorSummary, FormActions, Section, SubmitButton, TextArea } from "~/ui";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import type { ChangeStepInput } from "../change.schema";

interface StepProps {
  readonly version: number;
  readonly reply: SubmissionResult<string[]> | null;
}

const useStep = (reply: StepProps["reply"]) => useForm<ChangeStepInput>({ lastResult: reply });

/** Handing a finished draft to the unit's leader. */
export function SubmitForm({ version, reply }: StepProps) {
  const [form] = useStep(reply);
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title="提交签批" id="submit" note="提交后不能再改；两项判定按当天的规则存档">
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="version" value={version} />
        <SubmitButton name="intent" value="submit" pendingLabel="正在提交…">
          提交签批
        </SubmitButton>
      </Section>
    </form>
  );
}

/** The unit leader's two choices. */
export function SignForm({ version, reply }: StepProps) {
  const [form, fields] = useStep(reply);
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title="签批" id="sign" note="签批后报数据局办理；退回后填报人可以修改再提交">
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="version" value={version} />
        <TextArea {...wired(fields.opinion)} label="退回意见" hint="退回填报人时必填" rows={3} />
        <FormActions>
          <SubmitButton name="intent" value="sign" pendingLabel="正在签批…">
            签批上报
          </SubmitButton>
          <SubmitButton variant="danger" name="intent" value="decline" pendingLabel="正在退回…">
            退回填报人
          </SubmitButton>
        </FormActions>
      </Section>
    </form>
  );
}

/** The bureau's two choices. */
export function DecideForm({
  version,
  reply,
  filed,
  opinionNeeded,
}: StepProps & { readonly filed: boolean; readonly opinionNeeded: boolean }) {
  const [form, fields] = useStep(reply);
  const word = filed ? "予以备案" : "批准变更";
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title={filed ? "办理备案" : "重新审批"} id="decide">
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="version" value={version} />
        <TextArea
          {...wired(fields.opinion)}
          label="办理意见"
          hint={opinionNeeded ? "必填：写明审批或报告情况；不同意时写明理由" : "不同意时必填"}
          rows={3}
        />
        <FormActions>
          <ConfirmSubmit
            name="intent"
            value="accept"
            title={`${word}？`}
            consequence="变更后的概算和计划完工日期立即写入项目，不能撤销；需要再调整时须另行申请变更。"
            confirmLabel={`确认${word}`}
          >
            {word}
          </ConfirmSubmit>
          <SubmitButton variant="danger" name="intent" value="refuse" pendingLabel="正在办理…">
            不同意
          </SubmitButton>
        </FormActions>
      </Section>
    </form>
  );
}

/** Taking a change back. */
export function WithdrawForm({ version, reply }: StepProps) {
  const [form] = useStep(reply);
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title="撤回变更" id="withdraw">
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="version" value={version} />
        <p className="mb-3 text-secondary">撤回后本件作废，需要时请重新申请。</p>
        <ConfirmSubmit
          variant="danger"
          name="intent"
          value="withdraw"
          title="撤回这件变更？"
          consequence="撤回后不能恢复，已填内容只供查阅；需要时请重新申请。"
          confirmLabel="确认撤回"
        >
          撤回变更
        </ConfirmSubmit>
      </Section>
    </form>
  );
}
