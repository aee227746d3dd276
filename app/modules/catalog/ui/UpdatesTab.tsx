import { DataTable, DateInput, EmptyState, Section, StatusTag, SubmitButton, TextInput } from "~/ui";

import type { StepReply } from "./StepForm";

export interface UpdatesTabProps {
  readonly resource: { readonly version: number; readonly nextUpdateDueOn: string | null };
  readonly updates: readonly {
    readonly id: string;
    readonly updatedOn: string;
    readonly dueOn: string | null;
    readonly rows: number | null;
    readonly note: string;
    readonly recordedBy: string | null;
  }[];
  readonly mayRecord: boolean;
  readonly today: string;
  readonly reply: StepReply | undefined;
}

/** When the data were updated, on time or not, and the form that records the next update. */
export function UpdatesTab({ resource, updates, mayRecord, today, reply }: UpdatesTabProps) {
  return (
    <>
      {mayRecord && <UpdateForm version={resource.version} today={today} reply={reply} />}
      <Section
        title="更新记录"
        note={resource.nextUpdateDueOn ? `下次更新期限 ${resource.nextUpdateDueOn}` : "没有更新期限"}
        flush
      >
        <DataTable
          caption="更新记录"
          rows={updates}
          rowKey={(row) => row.id}
          empty={<EmptyState title="还没有更新记录" explanation="每次更新数据后在这里登记，更新期限随之顺延。" />}
          columns={[
            { key: "on", title: "更新日期", primary: true, nowrap: true, render: (row) => row.updatedOn },
            { key: "due", title: "期限", nowrap: true, render: (row) => row.dueOn },
            {
              key: "onTime",
              title: "是否按期",
              nowrap: true,
              render: (row) =>
                row.dueOn !== null && (
                  <StatusTag tone={row.updatedOn <= row.dueOn ? "good" : "bad"}>
                    {row.updatedOn <= row.dueOn ? "按期" : "逾期"}
                  </StatusTag>
                ),
            },
            {
              key: "rows",
              title: "数据量",
              unit: "条",
              align: "right",
              render: (row) => row.rows?.toLocaleString("zh-CN"),
            },
            { key: "note", title: "说明", render: (row) => row.note },
            { key: "by", title: "登记人", nowrap: true, render: (row) => row.recordedBy },
          ]}
        />
      </Section>
    </>
  );
}

function UpdateForm({ version, today, reply }: { version: number; today: string; reply: StepReply | undefined }) {
  const mine = reply?.initialValue?.["intent"] === "recordUpdate" ? reply : undefined;
  const field = (name: string, otherwise = "") => {
    const value = mine?.initialValue?.[name];
    return {
      name,
      defaultValue: typeof value === "string" ? value : otherwise,
      error: [...(mine?.error?.[name] ?? [])],
    };
  };
  return (
    <Section title="登记一次更新">
      <form method="post" className="flex flex-wrap items-end gap-4">
        <input type="hidden" name="version" value={version} />
        <DateInput {...field("updatedOn", today)} label="更新日期" required max={today} className="w-44" />
        <TextInput {...field("rows")} label="数据量（条）" inputMode="numeric" className="w-32" />
        <TextInput {...field("note")} label="说明" className="min-w-48 flex-1" />
        <SubmitButton variant="secondary" name="intent" value="recordUpdate" pendingLabel="正在登记…">
          登记更新
        </SubmitButton>
      </form>
    </Section>
  );
}
