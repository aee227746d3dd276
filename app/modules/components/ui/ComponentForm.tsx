import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import type { ReactNode } from "react";

import { Columns, DateInput, ErrorSummary, FormActions, Section, Select, TextArea, TextInput, type Option } from "~/ui";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

type Field = "name" | "purpose" | "access" | "providerUnitId" | "availableFrom";

interface ComponentFormProps {
  readonly title: string;
  readonly reply: SubmissionResult<string[]> | null;
  readonly defaults: Partial<Record<Field, string>>;
  readonly version?: number;
  readonly units: readonly Option[];
  readonly actions: ReactNode;
}

/** What the register says of a component. */
export function ComponentForm({ title, reply, defaults, version, units, actions }: ComponentFormProps) {
  const [form, fields] = useForm<Record<Field, string>>({ lastResult: reply, defaultValue: defaults });
  return (
    <form method="post" {...getFormProps(form)}>
      <ErrorSummary errors={summaryOf(form)} />
      {version !== undefined && <input type="hidden" name="version" value={version} />}
      <Section title={title} id="edit">
        <div className="max-w-3xl space-y-4">
          <Columns>
            <TextInput {...wired(fields.name)} label="组件名称" required maxLength={60} />
            <DateInput {...wired(fields.availableFrom)} label="开放日期" hint="从这天起，新的申报会询问是否复用" />
          </Columns>
          <Select
            {...wired(fields.providerUnitId)}
            label="提供单位"
            placeholder="未确定"
            hint="负责建设和答复接入问题的单位"
            options={units}
          />
          <TextArea
            {...wired(fields.purpose)}
            label="用途"
            required
            rows={3}
            maxLength={1000}
            hint="能做什么、适合哪些应用，供申报单位判断是否适用"
          />
          <TextArea
            {...wired(fields.access)}
            label="接入方式"
            rows={3}
            maxLength={1000}
            hint="接口规范、申请渠道、联系电话"
          />
        </div>
        <FormActions>{actions}</FormActions>
      </Section>
    </form>
  );
}
