import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import type { ReactNode } from "react";

import { Columns, DateInput, ErrorSummary, FileInput, FormActions, Section, TextArea } from "~/ui";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

type Field = "reason" | "fromOn" | "untilOn" | "file";

interface ExemptionFormProps {
  readonly reply: SubmissionResult<string[]> | null;
  readonly defaults: Partial<Record<Exclude<Field, "file">, string>>;
  readonly version?: number;
  readonly current?: { readonly name: string; readonly href: string } | undefined;
  /** longest that one exemption may last @unit months */
  readonly months: number;
  readonly actions: ReactNode;
}

/** A request for an exemption as it is drafted. */
export function ExemptionForm({ reply, defaults, version, current, months, actions }: ExemptionFormProps) {
  const [form, fields] = useForm<Record<Field, string>>({ lastResult: reply, defaultValue: defaults });
  return (
    <form method="post" encType="multipart/form-data" {...getFormProps(form)}>
      <ErrorSummary errors={summaryOf(form)} />
      {version !== undefined && <input type="hidden" name="version" value={version} />}
      <Section title="豁免申请" note="可随时保存；提交前须补齐理由和证明材料">
        <div className="max-w-3xl space-y-4">
          <TextArea
            {...wired(fields.reason)}
            label="申请理由"
            rows={4}
            hint="写明为何须先行拨付、原因何时消除、整改安排"
          />
          <Columns>
            <DateInput {...wired(fields.fromOn)} label="豁免开始日期" required />
            <DateInput
              {...wired(fields.untilOn)}
              label="豁免结束日期"
              required
              hint={`一次最长 ${months} 个月，到期自动失效`}
            />
          </Columns>
          <FileInput
            name="file"
            label="证明材料"
            hint="会议纪要、上级通知或整改计划；PDF、OFD、Word、Excel、WPS 或图片"
            error={fields.file.errors}
            current={current}
          />
        </div>
        <FormActions>{actions}</FormActions>
      </Section>
    </form>
  );
}
