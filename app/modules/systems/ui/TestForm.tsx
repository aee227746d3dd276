import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import type { ReactNode } from "react";

import { TEST_KINDS, TEST_RESULTS } from "~/kernel/vocabulary";
import { Columns, DateInput, ErrorSummary, FileInput, FormActions, RadioGroup, Section, Select, TextInput } from "~/ui";
import { optionsOf } from "~/web/options";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import { MLPS_LEVELS } from "../inventory/system-facts";
type Field =
  "kind" | "level" | "filingNumber" | "passed" | "testedOn" | "validUntil" | "agency" | "reportNumber" | "file";

interface TestFormProps {
  readonly title: string;
  readonly note?: string;
  readonly reply: SubmissionResult<string[]> | null;
  readonly defaults: Partial<Record<Exclude<Field, "file">, string>>;
  /** what the verb must be told beside the fields: the system, or the version that is corrected */
  readonly hidden: Readonly<Record<string, string | number>>;
  readonly current?: { readonly name: string; readonly href: string } | undefined;
  /** how long a test is valid at most @unit months */
  readonly validity: { readonly mlpsMonths: number; readonly mlpsLowerMonths: number; readonly cryptoMonths: number };
  readonly today: string;
  readonly actions: ReactNode;
}

const LEVELS = [1, 2, 3, 4, 5].map((level) => ({ value: String(level), label: MLPS_LEVELS[level] ?? "" }));

/** What a unit enters of a test, as its report states it. */
export function TestForm({ title, note, reply, defaults, hidden, current, validity, today, actions }: TestFormProps) {
  const [form, fields] = useForm<Record<Field, string>>({ lastResult: reply, defaultValue: defaults });
  return (
    <form method="post" encType="multipart/form-data" {...getFormProps(form)}>
      <ErrorSummary errors={summaryOf(form)} />
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Section title={title} id="test" note={note}>
        <div className="max-w-3xl space-y-4">
          <Columns>
            <Select
              {...wired(fields.kind)}
              label="测评类型"
              required
              placeholder="请选择"
              options={optionsOf(TEST_KINDS)}
            />
            <RadioGroup
              {...wired(fields.passed)}
              label="测评结论"
              required
              options={optionsOf(TEST_RESULTS)}
              hint="以报告结论为准"
            />
          </Columns>
          <Columns>
            <Select
              {...wired(fields.level)}
              label="等保级别"
              placeholder="请选择"
              hint="等保测评必填，须与系统清单一致"
              options={LEVELS}
            />
            <TextInput
              {...wired(fields.filingNumber)}
              label="备案编号"
              maxLength={60}
              hint="等保测评必填，见公安机关备案证明"
            />
          </Columns>
          <Columns>
            <DateInput {...wired(fields.testedOn)} label="测评日期" required max={today} hint="报告上的测评完成日期" />
            <DateInput
              {...wired(fields.validUntil)}
              label="有效期至"
              hint={`可留空，按最长期限计算：等保三级及以上 ${validity.mlpsMonths} 个月，二级 ${validity.mlpsLowerMonths} 个月，密评 ${validity.cryptoMonths} 个月`}
            />
          </Columns>
          <Columns>
            <TextInput {...wired(fields.agency)} label="测评机构" required maxLength={100} hint="报告上的机构全称" />
            <TextInput {...wired(fields.reportNumber)} label="报告编号" required maxLength={60} />
          </Columns>
          <FileInput
            name="file"
            label="测评报告"
            required={!current}
            hint="PDF、OFD、Word、Excel、WPS 或图片"
            error={fields.file.errors}
            current={current}
          />
        </div>
        <FormActions>{actions}</FormActions>
      </Section>
    </form>
  );
}
