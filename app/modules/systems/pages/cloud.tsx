import { useLoaderData } from "@remix-run/react";

import { isLocalDate, localDate } from "~/kernel/local-date";
import { rational } from "~/kernel/rational";
import { CLOUD_STEPS } from "~/kernel/vocabulary";
import { scopeFor } from "~/policy";
import { DataTable, EmptyState, Figure, PageHead, Percent, QueryBar, Section, StatGrid } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";

import { isMigrated, nextCloudStep } from "../cloud/cloud.rules";
import { cloudBoard, cloudRates, cloudTarget } from "../cloud/rates.queries.server";

export const handle = crumbs(() => [{ label: "上云迁移" }]);

const DEFINITION =
  "上云率 = 已通过安全检测并开通服务的系统数 ÷ 应上云的自建系统数；国垂省垂、涉密、等保四级及以上和公安国安等单位的系统不计入。";

export const loader = pageLoader({
  access: "system:read",
  load: async ({ ctx, query }) => {
    const asked = query.get("asOf") ?? "";
    const asOf = isLocalDate(asked) ? localDate(asked) : ctx.today;
    const scope = scopeFor(ctx.actor, "system:read");
    const [rates, target, board] = await Promise.all([
      cloudRates(ctx.db, scope, asOf),
      cloudTarget(ctx.db, asOf),
      cloudBoard(ctx.db, scope, asOf),
    ]);
    return { rates, target: target ?? null, board, asOf, today: ctx.today };
  },
});

export default function Cloud() {
  const { rates, target, board, asOf, today } = useLoaderData<typeof loader>();
  const numerator = rates.reduce((total, row) => total + row.numerator, 0);
  const denominator = rates.reduce((total, row) => total + row.denominator, 0);
  const overdue = board.filter((row) => row.targetOn !== null && row.targetOn < asOf && !isMigrated(toSteps(row.done)));
  return (
    <>
      <PageHead title="上云迁移" meta="七步推进，通过安全检测并开通服务才算上云" />
      <QueryBar
        action="/cloud"
        resetHref="/cloud"
        filters={[{ name: "asOf", label: "截至日期", value: asOf === today ? "" : asOf, kind: "date" }]}
      />
      <StatGrid>
        <Figure
          label="上云率"
          value={<Percent share={denominator > 0 ? rational(numerator, denominator) : null} />}
          definition={DEFINITION}
          cutoff={asOf}
          href="#units"
          note={target === null ? undefined : `目标 ${target}%`}
        />
        <Figure
          label="已上云"
          value={numerator}
          unit="个"
          definition="已通过安全检测并开通服务的系统。"
          cutoff={asOf}
          href="#board"
        />
        <Figure
          label="应上云"
          value={denominator}
          unit="个"
          definition="自建且在上云范围内的系统。"
          cutoff={asOf}
          href="#board"
        />
        <Figure
          label="批次逾期"
          value={overdue.length}
          unit="个"
          definition="所在批次的目标日期已过而尚未上云的系统。"
          cutoff={asOf}
          href="#overdue"
          tone={overdue.length > 0 ? "bad" : "good"}
        />
      </StatGrid>
      <Section title="七步看板" id="board">
        <div className="overflow-x-auto">
          <ol className="grid min-w-[64rem] grid-cols-8 gap-2">
            {[...CLOUD_STEPS, "已上云" as const].map((column) => {
              const here = board.filter((row) => (nextCloudStep(toSteps(row.done)) ?? "已上云") === column);
              return (
                <li key={column} className="rounded border border-line bg-ground p-2">
                  <h3 className="mb-2 flex justify-between text-[0.8125rem] font-semibold">
                    {column === "已上云" ? column : `待${column}`}
                    <span className="text-secondary">{here.length}</span>
                  </h3>
                  <ul className="space-y-1.5">
                    {here.map((row) => (
                      <li
                        key={row.id}
                        className="rounded border border-line bg-surface px-2 py-1 text-[0.8125rem] leading-5"
                      >
                        <a href={`/systems/${row.id}`}>{row.name}</a>
                        <span className="block text-secondary">{row.unitName}</span>
                      </li>
                    ))}
                  </ul>
                </li>
              );
            })}
          </ol>
        </div>
      </Section>
      <Section title="批次逾期清单" id="overdue" flush>
        <DataTable
          caption="批次逾期清单"
          rows={overdue}
          rowKey={(row) => row.id}
          empty={<EmptyState title="没有逾期系统" />}
          columns={[
            {
              key: "name",
              title: "系统",
              primary: true,
              render: (row) => <a href={`/systems/${row.id}`}>{row.name}</a>,
            },
            { key: "unit", title: "单位", render: (row) => row.unitName },
            { key: "batch", title: "批次", render: (row) => row.batch },
            { key: "target", title: "目标日期", nowrap: true, render: (row) => row.targetOn },
            {
              key: "next",
              title: "停在",
              nowrap: true,
              render: (row) => `待${nextCloudStep(toSteps(row.done)) ?? ""}`,
            },
          ]}
        />
      </Section>
      <Section title="各单位上云率" id="units" flush>
        <DataTable
          caption="各单位上云率"
          rows={rates}
          rowKey={(row) => row.unitId}
          empty={<EmptyState title="没有应上云的系统" />}
          columns={[
            {
              key: "unit",
              title: "单位",
              primary: true,
              render: (row) => <a href={`/systems?unit=${row.unitId}`}>{row.unitName}</a>,
            },
            {
              key: "done",
              title: "已上云",
              unit: "个",
              align: "right",
              render: (row) => row.numerator,
              total: numerator,
            },
            {
              key: "all",
              title: "应上云",
              unit: "个",
              align: "right",
              render: (row) => row.denominator,
              total: denominator,
            },
            {
              key: "rate",
              title: "上云率",
              align: "right",
              render: (row) => <Percent share={rational(row.numerator, row.denominator)} />,
              total: <Percent share={denominator > 0 ? rational(numerator, denominator) : null} />,
            },
          ]}
        />
      </Section>
    </>
  );
}

const toSteps = (done: readonly (typeof CLOUD_STEPS)[number][]) => done.map((step) => ({ step }));
