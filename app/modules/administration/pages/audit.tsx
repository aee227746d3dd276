import { useLoaderData } from "@remix-run/react";

import { formatInstant } from "~/kernel/local-date";
import { DataTable, EmptyState, LinkButton, Notice, PageHead, QueryBar } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { auditTrail } from "../administration.queries.server";

export const handle = crumbs(() => [{ label: "审计日志" }]);

export const loader = pageLoader({
  access: "audit:read",
  load: async ({ ctx, query }) => {
    const before = Number(query.get("before"));
    const q = (query.get("q") ?? "").trim().slice(0, 100);
    const question = { q, before: Number.isSafeInteger(before) && before > 0 ? before : undefined };
    return { ...(await auditTrail(ctx.db, question)), q, search: query.toString() };
  },
});

export default function Audit() {
  const { entries, sealedBlocks, sealedUpTo, mayBeMore, q, search } = useLoaderData<typeof loader>();
  const last = entries.at(-1);
  return (
    <>
      <PageHead title="审计日志" meta="每一次变更一条，只增不改" />
      <Notice tone="info">
        已封存 {sealedBlocks} 个区块，至第 {sealedUpTo} 条记录；封存后的记录如被改动，运行 npm run audit:verify
        即可查出。
      </Notice>
      <QueryBar
        action="/audit"
        resetHref="/audit"
        search={{ name: "q", value: q, placeholder: "姓名、操作或对象编号" }}
      />
      <DataTable
        caption="审计日志"
        rows={entries}
        rowKey={(row) => row.id}
        empty={<EmptyState title="没有符合条件的记录" />}
        columns={[
          { key: "sequence", title: "序号", align: "right", primary: true, render: (row) => row.sequence },
          { key: "at", title: "时间", nowrap: true, render: (row) => formatInstant(new Date(row.at)) },
          { key: "actor", title: "操作人", render: (row) => row.actorName },
          { key: "address", title: "地址", nowrap: true, render: (row) => row.address },
          { key: "action", title: "操作", nowrap: true, render: (row) => row.action },
          { key: "result", title: "结果", nowrap: true, render: (row) => row.result },
          { key: "object", title: "对象", render: (row) => `${row.objectType} ${row.objectId}` },
          { key: "reason", title: "理由", render: (row) => row.reason },
        ]}
      />
      {mayBeMore && last && (
        <p className="mt-3">
          <LinkButton href={withQuery("/audit", search, { before: last.sequence })}>更早的记录</LinkButton>
        </p>
      )}
    </>
  );
}
