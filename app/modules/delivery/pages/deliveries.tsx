import { useLoaderData } from "@remix-run/react";

import { formatInstant, formatOfficialDate } from "~/kernel/local-date";
import { DELIVERY_OCCASIONS, DELIVERY_STATES, type DeliveryState } from "~/kernel/vocabulary";
import { unitFilter } from "~/modules/identity/index.server";
import { scopeFor } from "~/policy";
import { DataTable, EmptyState, Figure, PageHead, Pagination, QueryBar, StatGrid, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { optionsOf } from "~/web/options";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { platformHost } from "../catalog-platform.server";
import { listDeliveries, readDeliveryQuery } from "../deliveries.queries.server";
import { deliveryTone, outcomeWords } from "../delivery.words";
import { PlatformNotice } from "../ui/PlatformNotice";

export const handle = crumbs(() => [{ label: "资源目录", href: "/catalog" }, { label: "目录交付" }]);

const MEANINGS: Readonly<Record<DeliveryState, string>> = {
  waiting: "排队等待首次发送（或人工重发）的交付；同一项目按次序发送，前一次送达后才发下一次。",
  retrying: "发送未成功、等待自动重试的交付，间隔逐次加长，最长 6 小时。",
  delivered: "目录平台已确认收到的交付。",
  dead: "多次发送未成功、已停止自动重试的交付，须查明原因后人工重发；该项目后面的交付一并等待。",
};

export const loader = pageLoader({
  access: "delivery:read",
  load: async ({ ctx, query }) => {
    const { db, actor, today } = ctx;
    const scope = scopeFor(actor, "delivery:read");
    const question = readDeliveryQuery(query);
    const [page, unit] = await Promise.all([listDeliveries(db, scope, question), unitFilter(db, scope, question.unit)]);
    return {
      ...page,
      question,
      unit,
      host: platformHost() ?? null,
      cutoff: formatOfficialDate(today),
      search: query.toString(),
    };
  },
});

export default function Deliveries() {
  const { rows, counts, total, pageSize, question, unit, host, cutoff, search } = useLoaderData<typeof loader>();
  const here = (changes: Record<string, string | number | undefined>) =>
    withQuery("/catalog/deliveries", search, { page: undefined, ...changes });
  return (
    <>
      <PageHead title="目录交付" meta={`共 ${total} 次 · 终验通过后自动向市目录管理系统交付系统和数据资源`} />
      <PlatformNotice host={host} />
      <StatGrid>
        {(Object.keys(MEANINGS) as DeliveryState[]).map((state) => (
          <Figure
            key={state}
            label={DELIVERY_STATES[state]}
            value={counts[state]}
            unit="次"
            definition={MEANINGS[state]}
            cutoff={cutoff}
            href={here({ state })}
            tone={state === "dead" && counts.dead > 0 ? "bad" : "neutral"}
          />
        ))}
      </StatGrid>
      <QueryBar
        action="/catalog/deliveries"
        resetHref="/catalog/deliveries"
        search={{ name: "q", value: question.q, placeholder: "项目名称或编号" }}
        filters={[
          { name: "state", label: "状态", value: question.state ?? "", options: optionsOf(DELIVERY_STATES) },
          ...(unit ? [unit] : []),
        ]}
      />
      <DataTable
        caption="目录交付列表"
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title="没有符合条件的交付" explanation="项目终验通过时自动生成第一次交付。" />}
        columns={[
          {
            key: "project",
            title: "项目",
            primary: true,
            render: (row) => (
              <a href={`/catalog/deliveries/${row.id}`}>
                {row.projectName}（第 {row.number} 次）
              </a>
            ),
          },
          { key: "unit", title: "建设单位", render: (row) => row.unitName },
          { key: "occasion", title: "起因", nowrap: true, render: (row) => DELIVERY_OCCASIONS[row.occasion] },
          {
            key: "state",
            title: "状态",
            nowrap: true,
            render: (row) => <StatusTag tone={deliveryTone(row.state)}>{DELIVERY_STATES[row.state]}</StatusTag>,
          },
          { key: "attempts", title: "发送次数", align: "right", render: (row) => row.attempts },
          { key: "answer", title: "最近一次结果", render: lastWords },
          { key: "next", title: "送达或下次发送", nowrap: true, render: (row) => nextWords(row, host !== null) },
        ]}
      />
      <Pagination
        page={question.page}
        pageSize={pageSize}
        total={total}
        hrefFor={(page) => withQuery("/catalog/deliveries", search, { page })}
      />
    </>
  );
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>["rows"][number];

const lastWords = ({ attempts, lastStatus, lastError }: Row) =>
  attempts === 0 ? "尚未发送" : outcomeWords({ status: lastStatus, error: lastError });

function nextWords(row: Row, sends: boolean): string {
  switch (row.state) {
    case "delivered":
      return row.deliveredAt ? `${formatInstant(new Date(row.deliveredAt))} 送达` : "";
    case "dead":
      return "等待人工重发";
    case "waiting":
    case "retrying":
      if (row.heldBack) return "等前一次送达";
      if (!sends || row.nextAttemptAt === null) return "等配置目录平台";
      return row.attempts === 0 ? "即将发送" : `${formatInstant(new Date(row.nextAttemptAt))} 重试`;
  }
}
