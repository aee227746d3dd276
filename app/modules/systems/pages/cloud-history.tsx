import { useLoaderData } from "@remix-run/react";

import { LinkButton, PageHead, Section } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { idParams, pageLoader } from "~/web/page.server";

import { readCloudWork } from "../cloud/steps/steps.queries.server";
import { AttemptTable, BlockTable, FigureTable } from "../ui/CloudTables";

export const handle = crumbs<{ system: { id: string; name: string } }>(({ system }) => [
  { label: "系统清单", href: "/systems" },
  { label: system.name, href: `/systems/${system.id}` },
  { label: "上云办理", href: `/systems/${system.id}/cloud` },
  { label: "历史" },
]);

export const loader = pageLoader({
  access: "system:read",
  params: idParams,
  load: async ({ ctx, params }) => {
    const { system, unitName, steps, blocks, figures } = await readCloudWork(ctx.db, ctx.actor, params.id, ctx.today);
    return {
      system: { id: system.id, code: system.code, name: system.name },
      unitName,
      attempts: steps.filter(({ rolledBackOn }) => rolledBackOn !== null),
      blocks,
      figures,
    };
  },
});

export default function CloudHistory() {
  const { system, unitName, attempts, blocks, figures } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={`上云历史：${system.name}`}
        code={system.code}
        meta={unitName}
        actions={<LinkButton href={`/systems/${system.id}/cloud`}>返回上云办理</LinkButton>}
      />
      <Section title="被退回的步骤" id="attempts" note="退回之日前仍算完成，当时的上云率不变" flush>
        <AttemptTable systemId={system.id} steps={attempts} />
      </Section>
      <Section title="受阻记录" id="blocks" flush>
        <BlockTable blocks={blocks} />
      </Section>
      <Section title="资源数量登记" id="figures" flush>
        <FigureTable figures={figures} />
      </Section>
    </>
  );
}
