import { getFormProps, useForm } from "@conform-to/react";

import { sumFen } from "~/kernel/fen";
import { BUDGET_CATEGORIES, FUNDING_SOURCES } from "~/kernel/vocabulary";
import { Amount, AmountInput, Columns, ErrorSummary, RowTable, Section, Select, TextInput } from "~/ui";
import { summaryOf } from "~/web/summary";
import { optionsOf } from "~/web/options";
import { wired } from "~/web/wired";

import { moneyValues } from "../filing.form-values";
import type { SectionFormProps } from "./section-form";
import { VersionInputs } from "./VersionInputs";

const BLANK_LINE = { category: "software", name: "", quantity: "", measureUnit: "", unitPrice: "" };

/** What it costs, when the money is needed and where it comes from. Typed in 万元. */
export function MoneyForm({ filing, version, opened, reply, actions }: SectionFormProps) {
  const { basics, money } = filing;
  const saved = moneyValues(filing);
  const [form, fields] = useForm<typeof saved>({
    lastResult: reply,
    defaultValue: {
      ...saved,
      lines: saved.lines.length > 0 ? saved.lines : [BLANK_LINE],
      years: saved.years.length > 0 ? saved.years : [{ year: String(basics.year), amount: "" }],
      sources: saved.sources.length > 0 ? saved.sources : [{ source: "cityBudget", amount: "" }],
    },
  });
  return (
    <form method="post" {...getFormProps(form)}>
      <ErrorSummary errors={summaryOf(form)} />
      <VersionInputs version={version} opened={opened} />
      <Section
        title="申报总额"
        note={
          <>
            已保存的明细合计 <Amount fen={sumFen(money.lines.map((line) => line.declaredFen))} unit />
          </>
        }
      >
        <Columns>
          <AmountInput
            {...wired(fields.declared)}
            label="申报总额"
            required
            hint="提交时须等于明细合计、分年度合计和资金来源合计"
          />
          <AmountInput
            {...wired(fields.feasibility)}
            label="可研估算"
            hint="一般程序的新建、升级改造项目必填；申报总额超出较多时须报告"
          />
        </Columns>
      </Section>
      <RowTable
        name="lines"
        title="概算明细"
        note="金额 = 数量 × 单价，保存时计算"
        adds={3}
        rows={fields.lines.getFieldList().map((row) => row.getFieldset())}
        errors={fields.lines.errors}
        columns={[
          {
            key: "category",
            title: "类别",
            render: (row, index) => (
              <Select
                {...wired(row.category)}
                label={`明细 ${index + 1} 类别`}
                labelHidden
                className="w-28"
                options={optionsOf(BUDGET_CATEGORIES)}
              />
            ),
          },
          {
            key: "name",
            title: "名称",
            render: (row, index) => <TextInput {...wired(row.name)} label={`明细 ${index + 1} 名称`} labelHidden />,
          },
          {
            key: "quantity",
            title: "数量",
            render: (row, index) => (
              <TextInput
                {...wired(row.quantity)}
                label={`明细 ${index + 1} 数量`}
                labelHidden
                inputMode="decimal"
                className="w-24"
              />
            ),
          },
          {
            key: "unit",
            title: "计量单位",
            render: (row, index) => (
              <TextInput
                {...wired(row.measureUnit)}
                label={`明细 ${index + 1} 计量单位`}
                labelHidden
                className="w-20"
              />
            ),
          },
          {
            key: "price",
            title: "单价",
            render: (row, index) => (
              <AmountInput
                {...wired(row.unitPrice)}
                label={`明细 ${index + 1} 单价（万元）`}
                labelHidden
                className="w-36"
              />
            ),
          },
        ]}
      />
      <RowTable
        name="years"
        title="分年度安排"
        rows={fields.years.getFieldList().map((row) => row.getFieldset())}
        errors={fields.years.errors}
        columns={[
          {
            key: "year",
            title: "年度",
            render: (row, index) => (
              <TextInput
                {...wired(row.year)}
                label={`第 ${index + 1} 个年度`}
                labelHidden
                inputMode="numeric"
                className="w-24"
              />
            ),
          },
          {
            key: "amount",
            title: "金额",
            render: (row, index) => (
              <AmountInput
                {...wired(row.amount)}
                label={`第 ${index + 1} 个年度金额（万元）`}
                labelHidden
                className="w-32"
              />
            ),
          },
        ]}
      />
      <RowTable
        name="sources"
        title="资金来源"
        rows={fields.sources.getFieldList().map((row) => row.getFieldset())}
        errors={fields.sources.errors}
        columns={[
          {
            key: "source",
            title: "来源",
            render: (row, index) => (
              <Select
                {...wired(row.source)}
                label={`资金来源 ${index + 1}`}
                labelHidden
                className="w-36"
                options={optionsOf(FUNDING_SOURCES)}
              />
            ),
          },
          {
            key: "amount",
            title: "金额",
            render: (row, index) => (
              <AmountInput
                {...wired(row.amount)}
                label={`资金来源 ${index + 1} 金额（万元）`}
                labelHidden
                className="w-32"
              />
            ),
          },
        ]}
      />
      {actions}
    </form>
  );
}
