import { getFormProps, useForm } from "@conform-to/react";

import { GOAL_OPERATORS } from "~/kernel/vocabulary";
import { Columns, DateInput, ErrorSummary, Fields, RowTable, Section, Select, TextArea, TextInput } from "~/ui";
import { summaryOf } from "~/web/summary";
import { optionsOf } from "~/web/options";
import { wired } from "~/web/wired";

import { goalsValues } from "../filing.form-values";
import type { SectionFormProps } from "./section-form";
import { VersionInputs } from "./VersionInputs";
import { SimilarWhileTyping } from "./SimilarHits";

const BLANK_MILESTONE = { name: "", plannedOn: "", cumulativePercent: "" };
const BLANK_GOAL = { name: "", operator: "atLeast", target: "", measureUnit: "" };

/** Why, what, when, and by what it will be measured. */
export function GoalsForm({ filing, projectId, version, opened, reply, actions }: SectionFormProps) {
  const saved = goalsValues(filing);
  const [form, fields] = useForm<typeof saved>({
    lastResult: reply,
    defaultValue: {
      ...saved,
      milestones: saved.milestones.length > 0 ? saved.milestones : [BLANK_MILESTONE],
      goals: saved.goals.length > 0 ? saved.goals : [BLANK_GOAL],
    },
  });
  return (
    <form method="post" {...getFormProps(form)}>
      <ErrorSummary errors={summaryOf(form)} />
      <VersionInputs version={version} opened={opened} />
      <Section title="需求与内容">
        <Fields>
          <TextArea {...wired(fields.need)} label="建设必要性" required hint="现状、问题、不建的后果" rows={5} />
          <TextArea {...wired(fields.content)} label="建设内容" required hint="建什么、覆盖哪些业务和单位" rows={6} />
          <SimilarWhileTyping projectId={projectId} fields={["need", "content"]} />
          <Columns>
            <DateInput {...wired(fields.plannedStartOn)} label="计划开工日期" required />
            <DateInput {...wired(fields.plannedEndOn)} label="计划完工日期" required />
          </Columns>
        </Fields>
      </Section>
      <RowTable
        name="milestones"
        title="里程碑"
        note="按先后填写，最后一个应为 100%；月报的计划进度由此推算"
        rows={fields.milestones.getFieldList().map((row) => row.getFieldset())}
        errors={fields.milestones.errors}
        columns={[
          {
            key: "name",
            title: "里程碑",
            render: (row, index) => <TextInput {...wired(row.name)} label={`里程碑 ${index + 1} 名称`} labelHidden />,
          },
          {
            key: "plannedOn",
            title: "计划日期",
            render: (row, index) => (
              <DateInput {...wired(row.plannedOn)} label={`里程碑 ${index + 1} 计划日期`} labelHidden />
            ),
          },
          {
            key: "percent",
            title: "累计进度",
            unit: "%",
            render: (row, index) => (
              <TextInput
                {...wired(row.cumulativePercent)}
                label={`里程碑 ${index + 1} 累计进度（%）`}
                labelHidden
                inputMode="numeric"
                className="w-24"
              />
            ),
          },
        ]}
      />
      <RowTable
        name="goals"
        title="绩效目标"
        note="能量化的写数值；不能量化的选“定性”"
        rows={fields.goals.getFieldList().map((row) => row.getFieldset())}
        errors={fields.goals.errors}
        columns={[
          {
            key: "name",
            title: "指标",
            render: (row, index) => <TextInput {...wired(row.name)} label={`目标 ${index + 1} 指标`} labelHidden />,
          },
          {
            key: "operator",
            title: "比较",
            render: (row, index) => (
              <Select
                {...wired(row.operator)}
                label={`目标 ${index + 1} 比较方式`}
                labelHidden
                className="w-24"
                options={optionsOf(GOAL_OPERATORS)}
              />
            ),
          },
          {
            key: "target",
            title: "目标值",
            render: (row, index) => <TextInput {...wired(row.target)} label={`目标 ${index + 1} 目标值`} labelHidden />,
          },
          {
            key: "unit",
            title: "单位",
            render: (row, index) => (
              <TextInput {...wired(row.measureUnit)} label={`目标 ${index + 1} 单位`} labelHidden className="w-20" />
            ),
          },
        ]}
      />
      {actions}
    </form>
  );
}
