import { DataTable, EmptyState, StatusTag } from "~/ui";

import { isUnchanged, type ContentDifferences } from "../content-differences";

const KINDS = {
  added: { word: "新增", tone: "good" },
  removed: { word: "删除", tone: "bad" },
  changed: { word: "修改", tone: "warn" },
} as const;

/** What differs between two contents of an entry: its fields, then its items. */
export function DifferenceTables({ differences }: { differences: ContentDifferences }) {
  const { fields, items, reordered } = differences;
  if (isUnchanged(differences)) return <EmptyState title="两个版本的内容相同" />;
  return (
    <div className="space-y-4">
      {fields.length > 0 && (
        <DataTable
          caption="字段的差别"
          rows={fields}
          rowKey={(row) => row.label}
          empty={null}
          columns={[
            { key: "field", title: "字段", primary: true, nowrap: true, render: (row) => row.label },
            {
              key: "before",
              title: "原来",
              render: (row) => <del className="text-secondary">{row.before || "空"}</del>,
            },
            { key: "after", title: "现在", render: (row) => <ins className="no-underline">{row.after || "空"}</ins> },
          ]}
        />
      )}
      {items.length > 0 && (
        <DataTable
          caption="信息项的差别"
          rows={items}
          rowKey={(row) => `${row.kind} ${row.name}`}
          empty={null}
          columns={[
            { key: "item", title: "信息项", primary: true, render: (row) => row.name },
            {
              key: "kind",
              title: "差别",
              nowrap: true,
              render: (row) => <StatusTag tone={KINDS[row.kind].tone}>{KINDS[row.kind].word}</StatusTag>,
            },
            { key: "before", title: "原来", render: (row) => row.before },
            { key: "after", title: "现在", render: (row) => row.after },
          ]}
        />
      )}
      {reordered && <p className="text-secondary">信息项的顺序有调整。</p>}
    </div>
  );
}
