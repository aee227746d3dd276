import { RESOURCE_STATES, type ResourceState } from "~/kernel/vocabulary";
import { DataTable, EmptyState, Section, StatusTag } from "~/ui";

import { resourceTone } from "../resource-words";

interface Item {
  readonly position: number;
  readonly name: string;
  readonly dataType: string;
  readonly length: number | null;
  readonly required: boolean;
  readonly isKey: boolean;
}

/** The information items of a resource, in their order. */
export function ItemsTable({ items }: { items: readonly Item[] }) {
  return (
    <Section title="信息项" note={`${items.length} 个`} flush>
      <DataTable
        caption="信息项"
        rows={items}
        rowKey={(row) => String(row.position)}
        empty={<EmptyState title="没有信息项" />}
        columns={[
          { key: "position", title: "序号", align: "right", render: (row) => row.position },
          { key: "name", title: "名称", primary: true, render: (row) => row.name },
          { key: "type", title: "数据类型", nowrap: true, render: (row) => row.dataType },
          { key: "length", title: "长度", align: "right", render: (row) => row.length },
          { key: "required", title: "必填", nowrap: true, render: (row) => (row.required ? "是" : "否") },
          { key: "key", title: "主键", nowrap: true, render: (row) => (row.isKey ? "是" : "否") },
        ]}
      />
    </Section>
  );
}

interface Related {
  readonly id: string;
  readonly code: string | null;
  readonly name: string;
  readonly unitName: string;
  readonly state: ResourceState;
}

/** Resources that belong together with this one. */
export function RelatedTable({ related }: { related: readonly Related[] }) {
  return (
    <Section title="关联资源" flush>
      <DataTable
        caption="关联资源"
        rows={related}
        rowKey={(row) => row.id}
        empty={<EmptyState title="没有关联资源" explanation="修订时可以填写关联资源的代码。" />}
        columns={[
          { key: "code", title: "资源代码", nowrap: true, render: (row) => row.code },
          {
            key: "name",
            title: "资源名称",
            primary: true,
            render: (row) => <a href={`/catalog/${row.id}`}>{row.name}</a>,
          },
          { key: "unit", title: "提供单位", render: (row) => row.unitName },
          {
            key: "state",
            title: "状态",
            nowrap: true,
            render: (row) => <StatusTag tone={resourceTone(row.state)}>{RESOURCE_STATES[row.state]}</StatusTag>,
          },
        ]}
      />
    </Section>
  );
}
