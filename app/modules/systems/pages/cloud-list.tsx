import { useLoaderData } from "@remix-run/react";

import { unitFilter } from "~/modules/identity/index.server";
import { canEver, scopeFor } from "~/policy";
import { LinkButton, PageHead, Pagination, QueryBar, Section } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { batchOptions, listCloudSystems, readCloudQuery } from "../cloud/rates/cloud-list.queries.server";
import { CLOUD_COLUMNS, columnName } from "../cloud/rates/rates.rules";
import { CloudTable } from "../ui/CloudTable";
import { CloudTabs } from "../ui/CloudTabs";

export const handle = crumbs(() => [{ label: "上云迁移", href: "/cloud" }, { label: "清单" }]);

export const loader = pageLoader({
  access: "system:read",
  load: async ({ ctx, query }) => {
    const scope = scopeFor(ctx.actor, "system:read");
    const question = readCloudQuery(query, ctx.today);
    const [page, unit, batches] = await Promise.all([
      listCloudSystems(ctx.db, scope, question),
      unitFilter(ctx.db, scope, question.unit),
      batchOptions(ctx.db, ctx.actor.regionId),
    ]);
    return {
      ...page,
      question,
      unit,
      batches,
      today: ctx.today,
      search: query.toString(),
      mayRecord: canEver(ctx.actor, "cloud:record"),
    };
  },
});

const YES = [{ value: "yes", label: "是" }];

export default function CloudList() {
  const { rows, total, pageSize, question, unit, batches, today, search, mayRecord } = useLoaderData<typeof loader>();
  const past = question.asOf === today ? undefined : question.asOf;
  return (
    <>
      <PageHead
        title={question.overdue ? "批次逾期清单" : "上云清单"}
        meta={`数据截至 ${question.asOf}，共 ${total} 个应上云系统符合条件`}
        actions={
          <>
            {mayRecord && <LinkButton href="/intake/cloud-steps">导入</LinkButton>}
            <LinkButton href={withQuery("/cloud/export", search, { page: undefined })}>导出 Excel</LinkButton>
          </>
        }
      />
      <CloudTabs active={question.overdue ? "overdue" : "list"} asOf={past} />
      <QueryBar
        action="/cloud/list"
        resetHref={question.overdue ? "/cloud/list?overdue=yes" : "/cloud/list"}
        filters={[
          ...(unit ? [unit] : []),
          { name: "batch", label: "批次", value: question.batch ?? "", options: batches },
          {
            name: "step",
            label: "进展",
            value: question.step ?? "",
            options: CLOUD_COLUMNS.map((value) => ({ value, label: columnName(value) })),
          },
          { name: "blocked", label: "受阻", value: question.blocked ? "yes" : "", options: YES },
          { name: "overdue", label: "批次逾期", value: question.overdue ? "yes" : "", options: YES },
          { name: "new", label: "当年新增", value: question.fresh ? "yes" : "", options: YES },
          { name: "asOf", label: "截至日期", value: past ?? "", kind: "date" },
        ]}
      />
      <Section flush>
        <CloudTable rows={rows} asOf={question.asOf} />
      </Section>
      <Pagination
        page={question.page}
        pageSize={pageSize}
        total={total}
        hrefFor={(page) => withQuery("/cloud/list", search, { page })}
      />
    </>
  );
}
