import { useLoaderData } from "@remix-run/react";

import { sumFen } from "~/kernel/fen";
import { formatOfficialDate } from "~/kernel/local-date";
import { scopeFor } from "~/policy";
import {
  Amount,
  Countdown,
  DataTable,
  EmptyState,
  Figure,
  LinkButton,
  PageHead,
  Percent,
  Section,
  StatGrid,
  StatusTag,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";

import { approvedInYear } from "../execution/execution.queries.server";
import { RATE_DEFINITIONS } from "../execution/execution.words";
import { frameworkRate } from "../execution/rates.rules";
import { underFundingReview } from "../funding.queries.server";

export const handle = crumbs(() => [{ label: "资金评估" }]);

export const loader = pageLoader({
  access: "funding:read",
  load: async ({ ctx }) => {
    const scope = scopeFor(ctx.actor, "funding:read");
    const year = Number(ctx.today.slice(0, 4));
    const [reviewing, approved] = await Promise.all([
      underFundingReview(ctx.db, scope, ctx.today),
      approvedInYear(ctx.db, scope, year, ctx.today),
    ]);
    return { reviewing, approved, year, today: ctx.today };
  },
});

type Page = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Funding() {
  const { reviewing, approved, year, today } = useLoaderData<typeof loader>();
  const cutoff = formatOfficialDate(today);
  const arrivedFen = sumFen(approved.map((row) => row.arrivedFen));
  const paidFen = sumFen(approved.map((row) => row.paidFen));
  return (
    <>
      <PageHead title="资金评估" meta={`在审 ${reviewing.length} 个，${year} 年已批复 ${approved.length} 个`} />
      <StatGrid>
        <Figure
          label="在审申报金额"
          value={<Amount fen={sumFen(reviewing.map((row) => row.declaredFen))} />}
          unit="万元"
          definition="处于资金评估审查阶段的项目，各行申报金额之和。"
          cutoff={cutoff}
          href="#reviewing"
        />
        <Figure
          label="在审已核减"
          value={<Amount fen={sumFen(reviewing.map((row) => row.cutFen))} />}
          unit="万元"
          definition="在审项目中已核定各行的申报金额减核定金额；未核定的行不计。"
          cutoff={cutoff}
          href="#reviewing"
        />
        <Figure
          label={`${year} 年批复金额`}
          value={<Amount fen={sumFen(approved.map((row) => row.approvedFen))} />}
          unit="万元"
          definition="批复日期在本年度内的项目，批复金额之和。"
          cutoff={cutoff}
          href="#approved"
        />
        <Figure
          label="支出率（财政框架口径）"
          value={<Percent share={frameworkRate(paidFen, arrivedFen)} />}
          definition={`本年批复项目。${RATE_DEFINITIONS.framework}`}
          cutoff={cutoff}
          href="#approved"
        />
      </StatGrid>
      <Reviewing rows={reviewing} />
      <Approved rows={approved} year={year} />
    </>
  );
}

function Reviewing({ rows }: { rows: Page["reviewing"] }) {
  return (
    <Section title="资金评估审查中" id="reviewing" flush>
      <DataTable
        caption="资金评估审查中的项目"
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title="没有在审项目" explanation="数据局审核通过后，项目会出现在这里。" />}
        columns={[
          { key: "code", title: "编号", nowrap: true, render: (row) => row.code },
          {
            key: "name",
            title: "项目名称",
            primary: true,
            render: (row) => <a href={`/funding/${row.id}`}>{row.name}</a>,
          },
          { key: "unit", title: "申报单位", render: (row) => row.unitName },
          {
            key: "state",
            title: "办理",
            nowrap: true,
            render: (row) =>
              row.concluded ? (
                <StatusTag tone="good">已完成，待批复</StatusTag>
              ) : row.openLines > 0 ? (
                <StatusTag tone="info">未核定 {row.openLines} 行</StatusTag>
              ) : (
                <StatusTag tone="info">已核定，待结论</StatusTag>
              ),
          },
          {
            key: "due",
            title: "剩余工作日",
            nowrap: true,
            render: (row) =>
              typeof row.remainingWorkdays === "number" && <Countdown remaining={row.remainingWorkdays} compact />,
          },
          {
            key: "declared",
            title: "申报",
            unit: "万元",
            align: "right",
            render: (row) => <Amount fen={row.declaredFen} />,
            total: <Amount fen={sumFen(rows.map((row) => row.declaredFen))} />,
          },
          {
            key: "reviewed",
            title: "已核定",
            unit: "万元",
            align: "right",
            render: (row) => <Amount fen={row.reviewedFen} />,
            total: <Amount fen={sumFen(rows.map((row) => row.reviewedFen))} />,
          },
          {
            key: "cut",
            title: "核减",
            unit: "万元",
            align: "right",
            render: (row) => <Amount fen={row.cutFen} />,
            total: <Amount fen={sumFen(rows.map((row) => row.cutFen))} />,
          },
        ]}
      />
    </Section>
  );
}

function Approved({ rows, year }: { rows: Page["approved"]; year: number }) {
  const totalOf = (key: "approvedFen" | "arrivedFen" | "contractedFen" | "paidFen") => (
    <Amount fen={sumFen(rows.map((row) => row[key]))} />
  );
  return (
    <Section
      title={`${year} 年已批复`}
      id="approved"
      actions={<LinkButton href="/funding/execution">查看资金执行</LinkButton>}
      flush
    >
      <DataTable
        caption={`${year} 年已批复的项目`}
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title="本年还没有批复项目" />}
        columns={[
          { key: "code", title: "编号", nowrap: true, render: (row) => row.code },
          {
            key: "name",
            title: "项目名称",
            primary: true,
            render: (row) => <a href={`/funding/${row.id}/execution`}>{row.name}</a>,
          },
          { key: "unit", title: "申报单位", render: (row) => row.unitName },
          {
            key: "on",
            title: "批复日期",
            nowrap: true,
            render: (row) => row.approvedOn && formatOfficialDate(row.approvedOn),
          },
          {
            key: "approved",
            title: "批复",
            unit: "万元",
            align: "right",
            render: (row) => <Amount fen={row.approvedFen} />,
            total: totalOf("approvedFen"),
          },
          {
            key: "arrived",
            title: "到位",
            unit: "万元",
            align: "right",
            render: (row) => <Amount fen={row.arrivedFen} />,
            total: totalOf("arrivedFen"),
          },
          {
            key: "contracted",
            title: "合同",
            unit: "万元",
            align: "right",
            render: (row) => <Amount fen={row.contractedFen} />,
            total: totalOf("contractedFen"),
          },
          {
            key: "paid",
            title: "已支付",
            unit: "万元",
            align: "right",
            render: (row) => <Amount fen={row.paidFen} />,
            total: totalOf("paidFen"),
          },
          {
            key: "rate",
            title: "支出率",
            align: "right",
            render: (row) => <Percent share={frameworkRate(row.paidFen, row.arrivedFen)} />,
          },
        ]}
      />
    </Section>
  );
}
