import { useLoaderData } from "@remix-run/react";

import { formatOfficialDate } from "~/kernel/local-date";
import { canEver, scopeFor } from "~/policy";
import {
  DataTable,
  EmptyState,
  Figure,
  LinkButton,
  PageHead,
  Percent,
  QueryBar,
  Section,
  StatGrid,
  StatusTag,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { listComponents, readAsOf } from "../adoption.queries.server";
import { AVAILABILITIES, availability, reuseRate } from "../component.rules";
import { availabilityTone, COMPONENT_RATE } from "../component.words";

export const handle = crumbs(() => [{ label: "统一组件" }]);

export const loader = pageLoader({
  access: "component:read",
  load: async ({ ctx, query }) => {
    const asOf = readAsOf(query, ctx.today);
    const scope = scopeFor(ctx.actor, "project:read");
    return {
      ...(await listComponents(ctx.db, scope, asOf)),
      asOf,
      today: ctx.today,
      search: query.toString(),
      wide: scope.regionIds.length > 0,
      mayEdit: canEver(ctx.actor, "component:edit"),
    };
  },
});

type Page = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Components() {
  const data = useLoaderData<typeof loader>();
  const { rows, total, asOf, today, search, wide, mayEdit } = data;
  const cutoff = formatOfficialDate(asOf);
  const offered = rows.filter((row) => availability(row, asOf) === "offered").length;
  return (
    <>
      <PageHead
        title="统一组件"
        meta={wide ? "新建应用应当复用的共性组件及其复用情况" : "新建应用应当复用的共性组件及本单位项目的复用情况"}
        actions={
          <>
            {mayEdit && <LinkButton href="/components/new">登记组件</LinkButton>}
            <LinkButton href={withQuery("/components/export", search, {})}>导出表格</LinkButton>
          </>
        }
      />
      <QueryBar
        action="/components"
        resetHref="/components"
        filters={[{ name: "asOf", label: "截至日期", value: asOf === today ? "" : asOf, kind: "date" }]}
      />
      <StatGrid>
        <Figure
          label="统一组件利用率"
          value={<Percent share={reuseRate(total)} digits={2} />}
          definition={COMPONENT_RATE}
          cutoff={cutoff}
          href="#units"
          note={`复用 ${total.reuse} 次，适用 ${total.reuse + total.notReused} 次`}
        />
        <Figure
          label="可用组件"
          value={offered}
          unit="个"
          definition="截至日期已开放且未停用的统一组件。"
          cutoff={cutoff}
          href="#components"
        />
        <Figure
          label="适用但不复用"
          value={total.notReused}
          unit="次"
          definition="已批复的新建项目在申报中说明组件适用、但不复用的次数，每次都写有理由。"
          cutoff={cutoff}
          href="#components"
          tone={total.notReused > 0 ? "warn" : "good"}
        />
      </StatGrid>
      <Section title="组件目录" id="components" flush>
        <Register data={data} />
      </Section>
      <Section title="各单位利用率" id="units" note="复用与适用但不复用之和为分母" flush>
        <Units data={data} />
      </Section>
    </>
  );
}

function Register({ data: { rows, total, asOf, search } }: { readonly data: Page }) {
  const hrefOf = (code: string, decision?: string) => withQuery(`/components/${code}`, search, { decision });
  return (
    <DataTable
      caption="组件目录"
      rows={rows}
      rowKey={(row) => row.code}
      empty={<EmptyState title="还没有登记统一组件" explanation="由数据局登记。" />}
      columns={[
        {
          key: "name",
          title: "组件",
          primary: true,
          nowrap: true,
          render: (row) => {
            const state = availability(row, asOf);
            return (
              <>
                <a href={hrefOf(row.code)}>{row.name}</a>{" "}
                {state !== "offered" && <StatusTag tone={availabilityTone(state)}>{AVAILABILITIES[state]}</StatusTag>}
              </>
            );
          },
        },
        { key: "purpose", title: "用途", wideOnly: true, render: (row) => row.purpose },
        { key: "provider", title: "提供单位", render: (row) => row.providerName },
        { key: "from", title: "开放日期", nowrap: true, wideOnly: true, render: (row) => row.availableFrom },
        {
          key: "reuse",
          title: "复用",
          unit: "次",
          align: "right",
          render: (row) => <a href={hrefOf(row.code, "reuse")}>{row.reuse}</a>,
          total: total.reuse,
        },
        {
          key: "notReused",
          title: "适用但不复用",
          unit: "次",
          align: "right",
          render: (row) => <a href={hrefOf(row.code, "notReused")}>{row.notReused}</a>,
          total: total.notReused,
        },
        {
          key: "notFitting",
          title: "不适用",
          unit: "次",
          align: "right",
          render: (row) => <a href={hrefOf(row.code, "notFitting")}>{row.notFitting}</a>,
          total: total.notFitting,
        },
        {
          key: "rate",
          title: "利用率",
          align: "right",
          render: (row) => <Percent share={reuseRate(row)} digits={2} />,
          total: <Percent share={reuseRate(total)} digits={2} />,
        },
      ]}
    />
  );
}

function Units({ data: { units, total } }: { readonly data: Page }) {
  return (
    <DataTable
      caption="各单位利用率"
      rows={units}
      rowKey={(row) => row.unitId}
      empty={<EmptyState title="没有已批复的新建项目" />}
      columns={[
        {
          key: "unit",
          title: "单位",
          primary: true,
          render: (row) => <a href={`/projects?unit=${row.unitId}`}>{row.unitName}</a>,
        },
        { key: "reuse", title: "复用", unit: "次", align: "right", render: (row) => row.reuse, total: total.reuse },
        {
          key: "fits",
          title: "适用",
          unit: "次",
          align: "right",
          render: (row) => row.reuse + row.notReused,
          total: total.reuse + total.notReused,
        },
        {
          key: "rate",
          title: "利用率",
          align: "right",
          render: (row) => <Percent share={reuseRate(row)} digits={2} />,
          total: <Percent share={reuseRate(total)} digits={2} />,
        },
      ]}
    />
  );
}
