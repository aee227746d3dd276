import { getFormProps, useForm } from "@conform-to/react";

import { DataTable, EmptyState, ErrorSummary, fieldId, Section, Select, TextInput } from "~/ui";
import { summaryOf } from "~/web/summary";
import { optionsOf } from "~/web/options";
import { wired } from "~/web/wired";

import { componentsValues } from "../filing.form-values";
import { COMPONENT_DECISIONS } from "./FilingView";
import type { SectionFormProps } from "./section-form";
import { VersionInputs } from "./VersionInputs";

/** Which common components are reused, do not fit, or fit and are not reused for a reason. */
export function ComponentsForm({ filing, version, opened, reply, actions }: SectionFormProps) {
  const { components } = filing;
  const [form, fields] = useForm<ReturnType<typeof componentsValues>>({
    lastResult: reply,
    defaultValue: componentsValues(filing),
  });
  const rows = fields.components.getFieldList().map((field, index) => ({
    field: field.getFieldset(),
    code: components[index]?.code ?? "",
    name: components[index]?.name ?? "",
  }));
  return (
    <form method="post" {...getFormProps(form)}>
      <ErrorSummary errors={summaryOf(form)} />
      <VersionInputs version={version} opened={opened} />
      <Section id={fieldId("components")} title="统一组件" note="适用而不复用的须写明理由" flush>
        <DataTable
          caption="统一组件"
          rows={rows}
          rowKey={(row) => row.code}
          empty={<EmptyState title="没有登记统一组件" />}
          columns={[
            { key: "name", title: "统一组件", primary: true, render: (row) => row.name },
            {
              key: "decision",
              title: "处理",
              render: ({ field, code, name }) => (
                <>
                  <input type="hidden" name={field.code.name} value={code} />
                  <Select
                    {...wired(field.decision)}
                    label={`${name}的处理`}
                    labelHidden
                    placeholder="请选择"
                    options={optionsOf(COMPONENT_DECISIONS)}
                  />
                </>
              ),
            },
            {
              key: "reason",
              title: "理由",
              render: ({ field, name }) => <TextInput {...wired(field.reason)} label={`${name}的理由`} labelHidden />,
            },
          ]}
        />
        <div className="px-4 pb-4">{actions}</div>
      </Section>
    </form>
  );
}
