import { useLoaderData } from "@remix-run/react";

import { formatInstant } from "~/kernel/local-date";
import { DEMAND_STATES } from "~/kernel/vocabulary";
import { scopeFor } from "~/policy";
import { DataTable, EmptyState, PageHead, Section, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";

import { listDemands } from "../catalog.queries.server";
import { demandTone } from "../resource-words";

export const handle = crumbs(() => [{ label: "数据需求" }]);

export const loader = pageLoader({
  access: "demand:read",
  load: async ({ ctx }) => {
    const demands = await listDemands(ctx.db, ctx.actor, scopeFor(ctx.actor, "demand:read"));
    return { demands, today: ctx.today };
  },
});

type Demand = ReturnType<typeof useLoaderData<typeof loader>>["demands"][number];

export default function Demands() {
  const { demands, today } = useLoaderData<typeof loader>();
  const duties = demands.filter((demand) => demand.mustAnswer);
  const others = demands.filter((demand) => !demand.mustAnswer);
  return (
    <>
      <PageHead title="数据需求" meta="需求清单：本单位需要谁的数据；责任清单：本单位要向谁提供数据" />
      {duties.length > 0 && (
        <Section title="责任清单" flush>
          <DemandTable caption="责任清单" rows={duties} today={today} />
        </Section>
      )}
      <Section title="需求清单" flush>
        <DemandTable caption="需求清单" rows={others} today={today} />
      </Section>
    </>
  );
}

function DemandTable({ caption, rows, today }: { caption: string; rows: readonly Demand[]; today: string }) {
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={(row) => row.id}
      empty={<EmptyState title="没有数据需求" explanation="数据需求在项目申报的“数据目录”部分登记。" />}
      columns={[
        { key: "wanted", title: "需要的数据", primary: true, render: (row) => row.wanted },
        { key: "unit", title: "需求单位", render: (row) => row.unitName },
        { key: "provider", title: "提供单位", render: (row) => row.providerName ?? "待明确" },
        { key: "scene", title: "应用场景", render: (row) => row.scene },
        {
          key: "applied",
          title: "提出时间",
          nowrap: true,
          render: (row) => row.appliedAt && formatInstant(new Date(row.appliedAt)).slice(0, 10),
        },
        {
          key: "due",
          title: "提供期限",
          nowrap: true,
          render: (row) =>
            row.dueOn && (
              <>
                {row.dueOn} {!row.deliveredAt && row.dueOn < today && <StatusTag tone="bad">已逾期</StatusTag>}
              </>
            ),
        },
        {
          key: "state",
          title: "状态",
          nowrap: true,
          render: (row) => <StatusTag tone={demandTone(row.state)}>{DEMAND_STATES[row.state]}</StatusTag>,
        },
      ]}
    />
  );
}
