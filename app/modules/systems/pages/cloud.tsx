import { useLoaderData } from "@remix-run/react";

import { loadFigures } from "~/platform/figures.server";
import { scopeFor } from "~/policy";
import { PageHead, QueryBar, Section } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { readAsOf, readCloudBoard, readCloudSummary } from "../cloud/rates/cloud-list.queries.server";
import { cloudTargets } from "../cloud/rates/rates.queries.server";
import { CloudBoard } from "../ui/CloudBoard";
import { CloudTabs } from "../ui/CloudTabs";
import { CloudTiles } from "../ui/CloudTiles";

export const handle = crumbs(() => [{ label: "上云迁移" }]);

export const loader = pageLoader({
  access: "system:read",
  load: async ({ ctx, query }) => {
    const asOf = readAsOf(query, ctx.today);
    const scope = scopeFor(ctx.actor, "system:read");
    const [summary, targets, columns, figures] = await Promise.all([
      readCloudSummary(ctx.db, scope, asOf),
      cloudTargets(ctx.db, asOf),
      readCloudBoard(ctx.db, scope, asOf),
      loadFigures(ctx.db, ctx.today),
    ]);
    return { summary, targets, columns, blockedDays: figures.number("cloud.blockedDays"), asOf, today: ctx.today };
  },
});

export default function Cloud() {
  const { summary, targets, columns, blockedDays, asOf, today } = useLoaderData<typeof loader>();
  const past = asOf === today ? undefined : asOf;
  const listHref = (questions: Readonly<Record<string, string>>) =>
    withQuery("/cloud/list", "", { ...questions, ...(past && { asOf: past }) });
  return (
    <>
      <PageHead title="上云迁移" meta={`数据截至 ${asOf}；七步推进，通过安全检测并开通服务才算上云`} />
      <CloudTabs active="board" asOf={past} />
      <QueryBar
        action="/cloud"
        resetHref="/cloud"
        filters={[{ name: "asOf", label: "截至日期", value: past ?? "", kind: "date" }]}
      />
      <CloudTiles summary={summary} targets={targets} asOf={asOf} listHref={listHref} />
      <Section title="七步看板" id="board" note="逾期的在前，其次按批次目标日期">
        <CloudBoard columns={columns} asOf={asOf} blockedDays={blockedDays} listHref={listHref} />
      </Section>
    </>
  );
}
