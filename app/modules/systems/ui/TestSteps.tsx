import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import type { ReactNode } from "react";

import { ConfirmSubmit, ErrorSummary, FormActions, Section, SubmitButton, TextArea } from "~/ui";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import { SECURITY_TEST_EVENTS } from "../security/security-test.lifecycle";

interface TestStepsProps {
  readonly test: { readonly version: number; readonly fileId: string | null };
  readonly may: { readonly confirm: boolean; readonly withdraw: boolean; readonly annul: boolean };
  readonly reply: { readonly form: SubmissionResult<string[]> } | undefined;
}

/** What the person who looks may do now, a form for each hand. */
export function TestSteps({ test, may, reply }: TestStepsProps) {
  const said = reply?.form.initialValue?.intent;
  const replyFor = (...intents: string[]) =>
    reply && typeof said === "string" && intents.includes(said) ? reply.form : null;
  return (
    <>
      {may.confirm && (
        <StepForm
          id="confirm"
          title="核对确认"
          note={test.fileId ? "与测评报告核对一致后确认" : "由表格导入，没有报告文件：确认时须写明核对情况"}
          label="核对意见"
          hint={test.fileId ? "退回时必填" : "写明在何处核对了报告，或退回补传"}
          version={test.version}
          reply={replyFor("confirm", "return")}
        >
          <SubmitButton name="intent" value="confirm" pendingLabel="正在确认…">
            {SECURITY_TEST_EVENTS.confirm}
          </SubmitButton>
          <SubmitButton name="intent" value="return" variant="danger" pendingLabel="正在退回…">
            {SECURITY_TEST_EVENTS.return}
          </SubmitButton>
        </StepForm>
      )}
      {may.withdraw && (
        <StepForm
          id="withdraw"
          title="撤销登记"
          note="登记有误又不再需要时撤销，记录保留备查"
          label="撤销理由"
          hint="必填"
          version={test.version}
          reply={replyFor("withdraw")}
        >
          <ConfirmSubmit
            name="intent"
            value="withdraw"
            variant="danger"
            title="撤销登记？"
            consequence="撤销后不能恢复，需要时请重新登记。"
            confirmLabel="确认撤销"
          >
            {SECURITY_TEST_EVENTS.withdraw}
          </ConfirmSubmit>
        </StepForm>
      )}
      {may.annul && (
        <StepForm
          id="annul"
          title="作废"
          note="发现报告不实或登记有误时作废，由单位重新登记"
          label="作废理由"
          hint="必填"
          version={test.version}
          reply={replyFor("annul")}
        >
          <ConfirmSubmit
            name="intent"
            value="annul"
            variant="danger"
            title="作废这条测评？"
            consequence="作废后不再计入，以前一次测评为准；共享闸口随即重新判断。"
            confirmLabel="确认作废"
          >
            {SECURITY_TEST_EVENTS.annul}
          </ConfirmSubmit>
        </StepForm>
      )}
    </>
  );
}

interface StepFormProps {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly label: string;
  readonly hint: string;
  readonly version: number;
  readonly reply: SubmissionResult<string[]> | null;
  readonly children: ReactNode;
}

function StepForm({ id, title, note, label, hint, version, reply, children }: StepFormProps) {
  const [form, fields] = useForm<{ opinion: string }>({ lastResult: reply });
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title={title} id={id} note={note}>
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="version" value={version} />
        <div className="max-w-3xl">
          <TextArea {...wired(fields.opinion)} label={label} hint={hint} rows={3} maxLength={1000} />
        </div>
        <FormActions>{children}</FormActions>
      </Section>
    </form>
  );
}
