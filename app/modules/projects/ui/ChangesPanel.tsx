import { fen } from "~/kernel/fen";
import {
  CHANGE_REASONS,
  CHANGE_ROUTES,
  CHANGE_STATES,
  type ChangeReason,
  type ChangeRoute,
  type ChangeState,
} from "~/kernel/vocabulary";
import { Amount, DataTable, EmptyState, LinkButton, Section } from "~/ui";

export interface ChangeRow {
  readonly id: string;
  readonly number: number;
  readonly reasonKind: ChangeReason;
  readonly route: ChangeRoute | null;
  readonly state: ChangeState;
  readonly estimateFen: number;
  readonly newEstimateFen: number;
}

/** One change at a time. */
const isOneOpen = (rows: readonly ChangeRow[]): boolean =>
  rows.some(({ state }) => state === "draft" || state === "signing" || state === "open");

/** What was changed about a project after its approval, and where to ask for a change. */
export function ChangesPanel({
  rows,
  newHref,
}: {
  readonly rows: readonly ChangeRow[];
  readonly newHref?: string | undefined;
}) {
  if (rows.length === 0 && !newHref) return null;
  return (
    <Section
      title="项目变更"
      id="changes"
      flush
      actions={newHref && !isOneOpen(rows) && <LinkButton href={newHref}>申请变更</LinkButton>}
    >
      <DataTable
        caption="项目变更"
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title="没有变更" explanation="批复后需要调整内容、概算或工期时，在这里申请变更。" />}
        columns={[
          {
            key: "number",
            title: "变更",
            primary: true,
            render: (row) => <a href={`/changes/${row.id}`}>变更{row.number}</a>,
          },
          { key: "reason", title: "理由", render: (row) => CHANGE_REASONS[row.reasonKind] },
          { key: "route", title: "方式", nowrap: true, render: (row) => row.route && CHANGE_ROUTES[row.route] },
          {
            key: "before",
            title: "变更前概算",
            unit: "万元",
            align: "right",
            render: (row) => <Amount fen={fen(row.estimateFen)} />,
          },
          {
            key: "after",
            title: "变更后概算",
            unit: "万元",
            align: "right",
            render: (row) => <Amount fen={fen(row.newEstimateFen)} />,
          },
          { key: "state", title: "状态", nowrap: true, render: (row) => CHANGE_STATES[row.state] },
        ]}
      />
    </Section>
  );
}
