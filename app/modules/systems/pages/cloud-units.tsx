import { useLoaderData } from "@remix-run/react";

import { rational } from "~/kernel/rational";
import { REGION_LEVELS } from "~/kernel/vocabulary";
import { scopeFor } from "~/policy";
import { DataTable, EmptyState, PageHead, Percent, QueryBar, Section, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { CLOUD_DEFINITIONS, sayTarget } from "../cloud/rates/cloud.words";
import { readAsOf } from "../cloud/rates/cloud-list.queries.server";
import { cloudRates, cloudRatesOfRegions, cloudTargets } from "../cloud/rates/rates.queries.server";
import { missingToTarget, totalShare } from "../cloud/rates/rates.rules";
import { CloudTabs } from "../ui/CloudTabs";

export const handle = crumbs(() => [{ label: "上云迁移", href: "/cloud" }, { label: "单位" }]);

export const loader = pageLoader({
  access: "system:read",
  load: async ({ ctx, query }) => {
    const asOf = readAsOf(query, ctx.today);
    const scope = scopeFor(ctx.actor, "system:read");
    const [units, regions, targets] = await Promise.all([
      cloudRates(ctx.db, scope, asOf),
      cloudRatesOfRegions(ctx.db, scope, asOf),
      cloudTargets(ctx.db, asOf),
    ]);
    const opened = units.map((row) => ({
      ...row,
      opens: scope.regionIds.length > 0 || row.unitId === scope.unitId,
    }));
    return { units: opened, regions, target: targets.all, asOf, today: ctx.today };
  },
});

const shareOf = ({ numerator, denominator }: { numerator: number; denominator: number }) =>
  denominator > 0 ? rational(numerator, denominator) : null;

export default function CloudUnits() {
  const { units, regions, target, asOf, today } = useLoaderData<typeof loader>();
  const past = asOf === today ? undefined : asOf;
  const total = totalShare(units);
  const gap = (row: { numerator: number; denominator: number }) => {
    if (target === null) return null;
    const missing = missingToTarget(row, target);
    return missing > 0 ? (
      <StatusTag tone="warn">{`还差 ${missing} 个`}</StatusTag>
    ) : (
      <StatusTag tone="good">已达到</StatusTag>
    );
  };
  return (
    <>
      <PageHead
        title="各单位上云率"
        meta={`数据截至 ${asOf}${target === null ? "" : `，目标 ${sayTarget(target)}`}；${CLOUD_DEFINITIONS.unit}`}
      />
      <CloudTabs active="units" asOf={past} />
      <QueryBar
        action="/cloud/units"
        resetHref="/cloud/units"
        filters={[{ name: "asOf", label: "截至日期", value: past ?? "", kind: "date" }]}
      />
      <Section title="单位" note={CLOUD_DEFINITIONS.rate} flush>
        <DataTable
          caption="各单位上云率"
          rows={units}
          rowKey={(row) => row.unitId}
          empty={<EmptyState title="没有应上云的系统" explanation="截至所选日期没有应上云的系统。" />}
          columns={[
            {
              key: "unit",
              title: "单位",
              primary: true,
              render: (row) =>
                row.opens ? (
                  <a href={withQuery(`/cloud/units/${row.unitId}`, "", past ? { asOf: past } : {})}>{row.unitName}</a>
                ) : (
                  row.unitName
                ),
            },
            {
              key: "done",
              title: "已上云",
              unit: "个",
              align: "right",
              render: (row) => row.numerator,
              total: total.numerator,
            },
            {
              key: "all",
              title: "应上云",
              unit: "个",
              align: "right",
              render: (row) => (
                <a href={withQuery("/cloud/list", "", { unit: row.unitId, ...(past && { asOf: past }) })}>
                  {row.denominator}
                </a>
              ),
              total: total.denominator,
            },
            {
              key: "rate",
              title: "上云率",
              align: "right",
              render: (row) => <Percent share={shareOf(row)} />,
              total: <Percent share={shareOf(total)} />,
            },
            { key: "gap", title: "距目标", nowrap: true, render: gap },
          ]}
        />
      </Section>
      {regions.length > 1 && (
        <Section title="区域" note={CLOUD_DEFINITIONS.region} flush>
          <DataTable
            caption="各区域上云率"
            rows={regions}
            rowKey={(row) => row.regionId}
            empty={null}
            columns={[
              { key: "region", title: "区域", primary: true, render: (row) => row.name },
              { key: "level", title: "层级", nowrap: true, render: (row) => REGION_LEVELS[row.level] },
              { key: "done", title: "已上云", unit: "个", align: "right", render: (row) => row.numerator },
              { key: "all", title: "应上云", unit: "个", align: "right", render: (row) => row.denominator },
              { key: "rate", title: "上云率", align: "right", render: (row) => <Percent share={shareOf(row)} /> },
              { key: "gap", title: "距目标", nowrap: true, render: gap },
            ]}
          />
        </Section>
      )}
    </>
  );
}
