import { formatOfficialDate, type LocalDate } from "~/kernel/local-date";
import { RESOURCE_STATES, SHARING_TYPES } from "~/kernel/vocabulary";
import { DataTable, Section } from "~/ui";

import type { EntryFacts } from "../acceptance.rules";

const on = (day: LocalDate | null, shared: boolean): string => {
  if (day) return formatOfficialDate(day);
  return shared ? "未办理" : "不要求";
};

/** The data of a project on their way into the catalog. */
export function EntriesTable({ entries }: { readonly entries: readonly EntryFacts[] }) {
  if (entries.length === 0) return null;
  return (
    <Section title="数据资源" id="entries" note="共享的资源须发布、挂接并通过测试共享" flush>
      <DataTable
        caption="项目的数据资源"
        rows={entries}
        rowKey={(row) => row.id}
        empty={null}
        columns={[
          { key: "name", title: "资源", primary: true, render: (row) => <a href={`/catalog/${row.id}`}>{row.name}</a> },
          { key: "sharing", title: "共享类型", nowrap: true, render: (row) => SHARING_TYPES[row.sharingType] },
          { key: "state", title: "状态", nowrap: true, render: (row) => RESOURCE_STATES[row.state] },
          {
            key: "connected",
            title: "挂接",
            nowrap: true,
            render: (row) => on(row.connectedOn, row.sharingType !== "none"),
          },
          {
            key: "tested",
            title: "测试共享",
            nowrap: true,
            render: (row) => on(row.testSharedOn, row.sharingType !== "none"),
          },
        ]}
      />
    </Section>
  );
}
