import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";

import { ConfirmSubmit, ErrorSummary, FormActions, Section, SubmitButton, TextArea } from "~/ui";
import { summaryOf } from "~/web/summary";

import type { ProjectStage } from "~/kernel/vocabulary";
import { wired } from "~/web/wired";
import type { StepInput } from "../step.schema";

export interface StepFormProps {
  readonly version: number;
  readonly reply: SubmissionResult<string[]> | null;
}

const useStepForm = (reply: StepFormProps["reply"]) => useForm<StepInput>({ lastResult: reply });

/** The leader's two choices on a submitted filing. */
export function SignForm({ version, reply }: StepFormProps) {
  const [form, fields] = useStepForm(reply);
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title="签批" id="sign" note="签批后报数据局审核；退回后填报人可以修改再提交">
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="version" value={version} />
        <TextArea {...wired(fields.reason)} label="退回意见" hint="退回填报人时必填" rows={3} />
        <FormActions>
          <SubmitButton name="intent" value="sign" pendingLabel="正在签批…">
            签批上报
          </SubmitButton>
          <SubmitButton variant="danger" name="intent" value="declineToSign" pendingLabel="正在退回…">
            退回填报人
          </SubmitButton>
        </FormActions>
      </Section>
    </form>
  );
}

/** What taking a filing back means at each stage at which it may be. */
const WITHDRAWALS: Readonly<Partial<Record<ProjectStage, string>>> = {
  draft: "草稿尚未提交，撤回后不再出现在待办中。",
  submitted: "分管领导不再需要签批。",
  underReview: "数据局停止审核，正在进行的专家评审随之取消；重新申报时审核时限从头计算。",
  returned: "不再需要补正；重新申报时从形式审查开始。",
};

/** Taking a filing back for good, with the reason. */
export function WithdrawForm({ version, reply, stage }: StepFormProps & { readonly stage: ProjectStage }) {
  const [form, fields] = useStepForm(reply);
  const consequence = `${WITHDRAWALS[stage] ?? ""}撤回后不能恢复，已填内容、历次提交和意见保留供查阅；需要时可以复制为新的申报。`;
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title="撤回申报" id="withdraw">
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="version" value={version} />
        <p className="mb-3 text-secondary">{consequence}</p>
        <TextArea {...wired(fields.reason)} id="withdraw-reason" label="撤回理由" required rows={2} />
        <FormActions>
          <ConfirmSubmit
            variant="danger"
            name="intent"
            value="withdraw"
            title="撤回这个项目的申报？"
            consequence={consequence}
            confirmLabel="确认撤回"
          >
            撤回
          </ConfirmSubmit>
        </FormActions>
      </Section>
    </form>
  );
}

/** Declaring the project built; milestones behind their day need a word. */
export function CompleteForm({ version, reply }: StepFormProps) {
  const [form, fields] = useStepForm(reply);
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title="宣布完工" id="completeConstruction" note="宣布完工后可以申请初验，申请终验的期限从今天起计算">
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="version" value={version} />
        <TextArea
          {...wired(fields.reason)}
          id="complete-reason"
          label="未完成里程碑的说明"
          hint="有已到期而没有完成的里程碑时必填"
          rows={2}
        />
        <FormActions>
          <ConfirmSubmit
            name="intent"
            value="completeConstruction"
            title="宣布项目完工？"
            consequence="今天记为完工日期，不能更改；申请终验的期限从今天起计算。"
            confirmLabel="确认完工"
          >
            宣布完工
          </ConfirmSubmit>
        </FormActions>
      </Section>
    </form>
  );
}

/** A step that asks nothing: one button. */
export function StepForm({
  version,
  reply,
  intent,
  title,
  explanation,
  button,
}: StepFormProps & {
  readonly intent: StepInput["intent"];
  readonly title: string;
  readonly explanation: string;
  readonly button: string;
}) {
  const [form] = useStepForm(reply);
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title={title} id={intent}>
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="version" value={version} />
        <p className="mb-3 text-secondary">{explanation}</p>
        <SubmitButton name="intent" value={intent} pendingLabel="正在办理…">
          {button}
        </SubmitButton>
      </Section>
    </form>
  );
}
