import { useLoaderData } from "@remix-run/react";

import { formatOfficialDate } from "~/kernel/local-date";
import { keysOf } from "~/kernel/vocabulary";
import { scopeFor } from "~/policy";
import { DataTable, EmptyState, Figure, LinkButton, PageHead, Section, StatGrid } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";

import { RELIEF_DEFINITIONS, REPLACEABILITY_DEFINITIONS, REPLACEABILITY_TONES } from "../matter.words";
import { countStandings, proofsByProvider, reliefByUnit } from "../replaceable.queries.server";
import { REPLACEABILITIES } from "../replaceability.rules";

export const handle = crumbs(() => [{ label: "政务服务事项", href: "/matters" }, { label: "材料替代" }]);

export const loader = pageLoader({
  access: "matter:read",
  load: async ({ ctx }) => {
    const scope = scopeFor(ctx.actor, "matter:read");
    const [standings, relief, providers] = await Promise.all([
      countStandings(ctx.db, scope),
      reliefByUnit(ctx.db, scope),
      proofsByProvider(ctx.db, scope),
    ]);
    return { standings, relief, providers, today: ctx.today };
  },
});

const plain = (count: number): string => count.toLocaleString("zh-CN");

export default function Replaceable() {
  const { standings, relief, providers, today } = useLoaderData<typeof loader>();
  const { total } = relief;
  const cutoff = formatOfficialDate(today);
  return (
    <>
      <PageHead
        title="可由数据替代的材料"
        meta="哪些材料可以核验数据、不必再请群众和企业提交"
        actions={
          <>
            <LinkButton href="/matters/replaceable/export">导出</LinkButton>
            <LinkButton href="/matters/materials" variant="secondary">
              全部材料
            </LinkButton>
          </>
        }
      />
      <StatGrid>
        {keysOf(REPLACEABILITIES).map((standing) => (
          <Figure
            key={standing}
            label={REPLACEABILITIES[standing]}
            value={plain(standings[standing])}
            unit="份材料"
            definition={REPLACEABILITY_DEFINITIONS[standing]}
            cutoff={cutoff}
            href={`/matters/materials?standing=${standing}`}
            tone={REPLACEABILITY_TONES[standing]}
          />
        ))}
        <Figure
          label="可减材料的事项"
          value={plain(total.relieved)}
          unit={`个，共 ${plain(total.matters)} 个`}
          definition={RELIEF_DEFINITIONS.relieved}
          cutoff={cutoff}
          href="/matters?relieved=yes"
        />
        <Figure
          label="每年可免提交"
          value={plain(total.yearly)}
          unit="份次"
          definition={RELIEF_DEFINITIONS.yearly}
          cutoff={cutoff}
          href="/matters?relieved=yes"
          note={total.uncounted > 0 ? `另有 ${total.uncounted} 个事项未填办件量` : undefined}
        />
      </StatGrid>
      <Section title="按办理单位" note="在办事项" flush>
        <DataTable
          caption="各单位可免提交的材料"
          rows={relief.rows}
          rowKey={(row) => row.unitId}
          empty={<EmptyState title="还没有登记事项" explanation="单位登记事项和材料后显示。" />}
          columns={[
            {
              key: "unit",
              title: "单位",
              primary: true,
              render: (row) => <a href={`/matters?unit=${row.unitId}&state=inForce`}>{row.unitName}</a>,
            },
            {
              key: "matters",
              title: "在办事项",
              unit: "个",
              align: "right",
              render: (row) => row.matters,
              total: total.matters,
            },
            {
              key: "relieved",
              title: "可减材料的事项",
              unit: "个",
              align: "right",
              render: (row) =>
                row.relieved > 0 ? (
                  <a href={`/matters?unit=${row.unitId}&relieved=yes`}>{row.relieved}</a>
                ) : (
                  row.relieved
                ),
              total: total.relieved,
            },
            {
              key: "papers",
              title: "可免提交材料",
              unit: "份",
              align: "right",
              render: (row) => row.papers,
              total: total.papers,
            },
            {
              key: "yearly",
              title: "每年可免提交",
              unit: "份次",
              align: "right",
              render: (row) => plain(row.yearly),
              total: plain(total.yearly),
            },
          ]}
        />
      </Section>
      <Section title="按数据提供单位" note="同一份材料可由多个资源证明，各栏不相加" flush>
        <DataTable
          caption="各单位的数据能证明的材料"
          rows={providers}
          rowKey={(row) => row.unitId}
          empty={<EmptyState title="还没有登记证明" explanation="在材料页登记证明材料的数据资源后显示。" />}
          columns={[
            {
              key: "unit",
              title: "提供单位",
              primary: true,
              render: (row) => <a href={`/matters/materials?provider=${row.unitId}`}>{row.unitName}</a>,
            },
            { key: "materials", title: "能证明的材料", unit: "份", align: "right", render: (row) => row.materials },
            { key: "replaceable", title: "可直接替代", unit: "份", align: "right", render: (row) => row.replaceable },
            { key: "conditional", title: "须先申请", unit: "份", align: "right", render: (row) => row.conditional },
            { key: "unconnected", title: "未挂接", unit: "份", align: "right", render: (row) => row.unconnected },
            { key: "notShared", title: "不予共享", unit: "份", align: "right", render: (row) => row.notShared },
          ]}
        />
      </Section>
    </>
  );
}
