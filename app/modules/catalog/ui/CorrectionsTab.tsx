import { CORRECTION_STATES, type CorrectionState } from "~/kernel/vocabulary";
import { DataTable, EmptyState, Section, Select, StatusTag, SubmitButton, TextArea } from "~/ui";

import { correctionTone } from "../resource-words";
import type { StepReply } from "./StepForm";

export interface CorrectionsTabProps {
  readonly corrections: readonly {
    readonly id: string;
    readonly item: string;
    readonly description: string;
    readonly state: CorrectionState;
    readonly reporterName: string;
    readonly dueOn: string;
  }[];
  readonly items: readonly string[];
  readonly mayReport: boolean;
  readonly reply: StepReply | undefined;
}

/** Error reports on a resource, and the form that makes one. */
export function CorrectionsTab({ corrections, items, mayReport, reply }: CorrectionsTabProps) {
  return (
    <>
      <Section title="数据纠错" note="只列出与本单位有关的" flush>
        <DataTable
          caption="数据纠错"
          rows={corrections}
          rowKey={(row) => row.id}
          empty={<EmptyState title="没有数据纠错" />}
          columns={[
            {
              key: "what",
              title: "问题",
              primary: true,
              render: (row) => (
                <a href={`/catalog/corrections/${row.id}`}>
                  {row.item ? `${row.item}：` : ""}
                  {row.description}
                </a>
              ),
            },
            { key: "reporter", title: "反映单位", render: (row) => row.reporterName },
            {
              key: "state",
              title: "状态",
              nowrap: true,
              render: (row) => <StatusTag tone={correctionTone(row.state)}>{CORRECTION_STATES[row.state]}</StatusTag>,
            },
            { key: "due", title: "办理期限", nowrap: true, render: (row) => row.dueOn },
          ]}
        />
      </Section>
      {mayReport && <ReportForm items={items} reply={reply} />}
    </>
  );
}

function ReportForm({ items, reply }: { items: readonly string[]; reply: StepReply | undefined }) {
  const mine = reply?.initialValue?.["intent"] === "report" ? reply : undefined;
  const field = (name: string) => {
    const value = mine?.initialValue?.[name];
    return { name, defaultValue: typeof value === "string" ? value : "", error: [...(mine?.error?.[name] ?? [])] };
  };
  return (
    <Section title="反映数据有误">
      <form method="post" className="max-w-2xl space-y-3">
        <Select
          {...field("item")}
          label="哪个信息项"
          placeholder="整个资源"
          options={items.map((item) => ({ value: item, label: item }))}
        />
        <TextArea
          {...field("description")}
          label="有什么问题"
          required
          rows={3}
          hint="写明哪条数据、现在是什么、应该是什么"
        />
        <SubmitButton variant="secondary" name="intent" value="report" pendingLabel="正在提交…">
          提交纠错
        </SubmitButton>
      </form>
    </Section>
  );
}
