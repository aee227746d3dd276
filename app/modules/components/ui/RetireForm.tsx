import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";

import { ConfirmSubmit, DateInput, ErrorSummary, FormActions, Section, TextArea } from "~/ui";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

interface RetireFormProps {
  readonly version: number;
  readonly today: string;
  readonly reply: SubmissionResult<string[]> | null;
}

/** From when on a component is no longer offered, and why. */
export function RetireForm({ version, today, reply }: RetireFormProps) {
  const [form, fields] = useForm<{ retiredOn: string; reason: string }>({
    lastResult: reply,
    defaultValue: { retiredOn: today },
  });
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title="停用组件" id="retire" note="停用后新的申报不再询问，以前的决定保留">
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="version" value={version} />
        <div className="max-w-3xl space-y-4">
          <DateInput {...wired(fields.retiredOn)} label="停用日期" required min={today} hint="从这天起不再提供" />
          <TextArea {...wired(fields.reason)} label="停用理由" required rows={2} maxLength={500} />
        </div>
        <FormActions>
          <ConfirmSubmit
            name="intent"
            value="retire"
            variant="danger"
            title="停用组件？"
            consequence="停用日期起，新的申报不再询问是否复用；以前的决定和利用率不变。"
            confirmLabel="确认停用"
          >
            停用
          </ConfirmSubmit>
        </FormActions>
      </Section>
    </form>
  );
}
