import type { ReactNode } from "react";

import { DataTable, EmptyState, type Column } from "~/ui";

import { type AssetNode } from "../graph.types";
import { KindMark } from "./KindMark";

export interface NodeTableProps<Row extends AssetNode> {
  readonly caption: string;
  readonly rows: readonly Row[];
  readonly hrefOf: (key: string) => string;
  readonly more?: readonly Column<Row>[] | undefined;
  readonly empty?: ReactNode;
  /** only what a narrow place has room for */
  readonly narrow?: boolean | undefined;
}

/** Nodes as rows: the picture's equal for whoever does not see or point. */
export function NodeTable<Row extends AssetNode>({
  caption,
  rows,
  hrefOf,
  more = [],
  empty,
  narrow,
}: NodeTableProps<Row>) {
  const wide: Column<Row>[] = narrow
    ? []
    : [
        { key: "code", title: "编号", nowrap: true, render: (row) => row.code },
        { key: "unit", title: "单位", render: (row) => row.unitName },
        { key: "type", title: "类别", wideOnly: true, nowrap: true, render: (row) => row.type },
        { key: "state", title: "状态", nowrap: true, render: (row) => row.state },
        { key: "tags", title: "标签", wideOnly: true, render: (row) => row.tags.join("、") },
      ];
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={(row) => row.key}
      empty={empty ?? <EmptyState title="没有相连的内容" />}
      columns={[
        { key: "kind", title: "类型", nowrap: true, render: (row) => <KindMark kind={row.kind} /> },
        { key: "name", title: "名称", primary: true, render: (row) => <a href={hrefOf(row.key)}>{row.name}</a> },
        ...more,
        ...wide,
      ]}
    />
  );
}
