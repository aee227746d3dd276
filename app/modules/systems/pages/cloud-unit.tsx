import { useLoaderData } from "@remix-run/react";

import { rational } from "~/kernel/rational";
import { PageHead, Pagination, Percent, QueryBar, Section, SideLayout, DataTable, EmptyState, Notice } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { idParams, pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { CLOUD_DEFINITIONS, sayTarget } from "../cloud/rates/cloud.words";
import { readCloudQuery } from "../cloud/rates/cloud-list.queries.server";
import { missingToTarget } from "../cloud/rates/rates.rules";
import { readCloudUnit } from "../cloud/rates/unit.queries.server";
import { CloudTable } from "../ui/CloudTable";
import { CloudTiles } from "../ui/CloudTiles";

export const handle = crumbs<{ unit: { name: string } }>((data) => [
  { label: "上云迁移", href: "/cloud" },
  { label: "单位", href: "/cloud/units" },
  { label: data.unit.name },
]);

export const loader = pageLoader({
  access: "system:read",
  params: idParams,
  load: async ({ ctx, params, query }) => {
    const question = readCloudQuery(query, ctx.today);
    const read = await readCloudUnit(ctx.db, ctx.actor, params.id, question);
    return { ...read, question, today: ctx.today, search: query.toString() };
  },
});

export default function CloudUnit() {
  const { unit, summary, targets, page, history, question, today, search } = useLoaderData<typeof loader>();
  const past = question.asOf === today ? undefined : question.asOf;
  const address = `/cloud/units/${unit.id}`;
  const missing = targets.all === null ? 0 : missingToTarget(summary, targets.all);
  const listHref = (questions: Readonly<Record<string, string>>) =>
    withQuery("/cloud/list", "", { unit: unit.id, ...questions, ...(past && { asOf: past }) });
  return (
    <>
      <PageHead title={`${unit.name}：上云`} meta={`数据截至 ${question.asOf}；${CLOUD_DEFINITIONS.unit}`} />
      <QueryBar
        action={address}
        resetHref={address}
        filters={[{ name: "asOf", label: "截至日期", value: past ?? "", kind: "date" }]}
      />
      <CloudTiles summary={summary} targets={targets} asOf={question.asOf} listHref={listHref} />
      {missing > 0 && targets.all !== null && (
        <Notice tone="warn" title={`再有 ${missing} 个系统上云即达到目标 ${sayTarget(targets.all)}`}>
          {summary.blocked > 0
            ? `其中 ${summary.blocked} 个系统受阻，请先解除受阻原因。`
            : "请按下列系统所待的步骤逐个推进；通过安全检测并开通服务后计入。"}
        </Notice>
      )}
      <SideLayout sideLabel="各月上云率" side={<History rows={history} />}>
        <Section title="应上云系统" note="逾期的在前，其次按批次目标日期" flush>
          <CloudTable rows={page.rows} asOf={question.asOf} hideUnit />
        </Section>
        <Pagination
          page={question.page}
          pageSize={page.pageSize}
          total={page.total}
          hrefFor={(to) => withQuery(address, search, { page: to })}
        />
      </SideLayout>
    </>
  );
}

type Months = ReturnType<typeof useLoaderData<typeof loader>>["history"];

function History({ rows }: { readonly rows: Months }) {
  return (
    <Section title="各月上云率" note="每月最后一天，本月为截至日" flush>
      <DataTable
        caption="各月上云率"
        rows={rows}
        rowKey={(row) => row.day}
        empty={<EmptyState title="没有可比的月份" />}
        columns={[
          {
            key: "day",
            title: "截至",
            primary: true,
            nowrap: true,
            render: (row) => <a href={`?asOf=${row.day}`}>{row.day}</a>,
          },
          {
            key: "count",
            title: "已上/应上",
            align: "right",
            render: (row) => `${row.numerator}/${row.denominator}`,
          },
          {
            key: "rate",
            title: "上云率",
            align: "right",
            render: (row) => <Percent share={row.denominator > 0 ? rational(row.numerator, row.denominator) : null} />,
          },
        ]}
      />
    </Section>
  );
}
