import { useLoaderData } from "@remix-run/react";

import { formatOfficialDate, localDate } from "~/kernel/local-date";
import { ASSET_KINDS, keysOf, MATTER_TYPES, SYSTEM_STATES } from "~/kernel/vocabulary";
import { unitFilter } from "~/modules/identity/index.server";
import { scopeFor } from "~/policy";
import {
  DescriptionList,
  EmptyState,
  LinkButton,
  Notice,
  PageHead,
  Pagination,
  QueryBar,
  type QueryFilter,
  Section,
  SideLayout,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { keyOf, KINDS, pageOf } from "../graph.types";
import { DEPTHS, GAPS, readGraphQuery } from "../graph-query";
import { readListPage, readNodePage, readOverviewPage } from "../graph-page.server";
import { sightOf } from "../sight.server";
import { readTags } from "../tags.queries.server";
import { GraphPicture } from "../ui/GraphPicture";
import { KindMark } from "../ui/KindMark";
import { NodeSearch } from "../ui/NodeSearch";
import { NodeTable } from "../ui/NodeTable";
import { Overview } from "../ui/Overview";
import { PathPanel } from "../ui/PathPanel";

interface Crumbed {
  readonly chosen: { readonly node: { readonly name: string } } | null;
}

export const handle = crumbs<Crumbed>(({ chosen }) =>
  chosen ? [{ label: "政务图谱", href: "/graph" }, { label: chosen.node.name }] : [{ label: "政务图谱" }],
);

export const loader = pageLoader({
  access: "graph:read",
  load: async ({ ctx, query: params }) => {
    const query = readGraphQuery(params);
    const { node } = query;
    const mode = node ? "node" : query.listed ? "list" : "overview";
    const [chosen, list, city, units, tags] = await Promise.all([
      node ? readNodePage(ctx, { ...query, node }) : null,
      mode === "list" ? readListPage(ctx, query) : null,
      mode === "overview" ? readOverviewPage(ctx, query) : null,
      unitFilter(ctx.db, scopeFor(ctx.actor, "matter:read"), query.filter.unit),
      readTags(ctx.db, sightOf(ctx.actor)),
    ]);
    return { query, chosen, list, city, units, tags, today: ctx.today, search: params.toString() };
  },
});

type Data = ReturnType<typeof useLoaderData<typeof loader>>;

/** What lies below the picture is laid out when it comes into sight, so that the picture stands sooner. */
const BELOW = "[content-visibility:auto] [contain-intrinsic-size:auto_2000px]";

/** Neighbours that stand beside the picture; all of them stand in the table below it. */
const BESIDE = 30;

export default function Graph() {
  const data = useLoaderData<typeof loader>();
  if (data.chosen) return <Chosen data={data} chosen={data.chosen} key={data.search} />;
  const { list, city, query, search, today } = data;
  return (
    <>
      <PageHead
        title="政务图谱"
        meta="项目 → 系统 → 事项 → 材料 → 数据资源：谁连着谁，停了一个会影响谁"
        actions={<Exports search={search} />}
      />
      <QueryBar
        action="/graph"
        resetHref="/graph"
        search={{ name: "q", value: query.q, placeholder: "名称、编号或拼音首字母" }}
        filters={[kindFilter(data), ...filtersOf(data)]}
      />
      {list && <List list={list} query={query} search={search} />}
      {city && (
        <>
          <Overview
            {...city.overview}
            units={city.byUnit.rows}
            cutoff={formatOfficialDate(localDate(today))}
            hrefOf={(key) => `/graph?node=${key}`}
          />
          <Pagination
            page={query.page}
            pageSize={city.pageSize}
            total={city.byUnit.total}
            hrefFor={(page) => withQuery("/graph", search, { page })}
          />
        </>
      )}
    </>
  );
}

function Exports({ search }: { search: string }) {
  return (
    <>
      <LinkButton href={withQuery("/graph/export.csv", search, { part: "nodes", page: undefined })}>
        导出节点 CSV
      </LinkButton>
      <LinkButton href={withQuery("/graph/export.csv", search, { part: "edges", page: undefined })}>
        导出关系 CSV
      </LinkButton>
    </>
  );
}

const kindFilter = ({ query }: Data): QueryFilter => ({
  name: "kinds",
  label: "类型",
  value: query.filter.kinds[0] ?? "",
  options: KINDS.map((value) => ({ value, label: ASSET_KINDS[value] })),
});

/** The conditions that narrow lists and walks; each speaks only of the kinds that have what it asks for. */
function filtersOf({ query: { filter }, units, tags }: Data): QueryFilter[] {
  const listed = (set: Readonly<Record<string, string>>) =>
    keysOf(set).map((value) => ({ value, label: set[value] ?? value }));
  return [
    ...(units ? [units] : []),
    ...(tags.length > 0
      ? [
          {
            name: "tag",
            label: "标签",
            value: filter.tag ?? "",
            options: tags.map((tag) => ({ value: tag, label: tag })),
          },
        ]
      : []),
    { name: "matterType", label: "事项类型", value: filter.matterType ?? "", options: listed(MATTER_TYPES) },
    { name: "systemState", label: "系统状态", value: filter.systemState ?? "", options: listed(SYSTEM_STATES) },
  ];
}

function List({ list, query, search }: { list: NonNullable<Data["list"]>; query: Data["query"]; search: string }) {
  const title = query.gap ? GAPS[query.gap] : "符合条件的节点";
  return (
    <>
      <Section title={title} note={`共 ${list.total} 个；点名称看它连着什么`} flush>
        <NodeTable
          caption={title}
          rows={list.rows}
          hrefOf={(key) => `/graph?node=${key}`}
          empty={
            <EmptyState
              title="没有符合条件的节点"
              explanation="请放宽查询条件，或减少搜索的字；涉密的项目和系统只能按编号查找。"
            />
          }
        />
      </Section>
      <Pagination
        page={query.page}
        pageSize={list.pageSize}
        total={list.total}
        hrefFor={(page) => withQuery("/graph", search, { page })}
      />
    </>
  );
}

function Chosen({ data, chosen }: { data: Data; chosen: NonNullable<Data["chosen"]> }) {
  const { query, search } = data;
  const { node, near, dependents, downstream, route } = chosen;
  const filter = filterOf(data);
  const hrefOf = (key: string) => `/graph?node=${key}&depth=${query.depth}${filter && `&${filter}`}`;
  const neighbours = near.nodes.filter(({ distance }) => distance === 1);
  const path = route?.path?.map(({ key }) => key) ?? [];
  return (
    <>
      <PageHead
        title={node.name}
        code={node.code}
        meta={
          <>
            <KindMark kind={node.kind} />
            {[node.unitName, node.type, node.state].filter(Boolean).join(" · ")}
          </>
        }
        actions={
          <>
            <LinkButton href={pageOf(node)}>{`打开${ASSET_KINDS[node.kind]}页面`}</LinkButton>
            <Exports search={search} />
          </>
        }
      />
      <div className="mb-4 rounded border border-line bg-surface px-4 py-3 shadow print:hidden">
        <NodeSearch name="q" label="换一个节点" value="" button="查找" hrefOf={hrefOf} />
      </div>
      <QueryBar
        action="/graph"
        resetHref={`/graph?node=${node.key}`}
        keep={{ node: node.key, ...(query.to ? { to: keyOf(query.to) } : {}) }}
        filters={[
          {
            name: "depth",
            label: "看几步以内",
            value: String(query.depth),
            blank: "2 步（默认）",
            options: DEPTHS.map((value) => ({ value: String(value), label: `${value} 步` })),
          },
          ...filtersOf(data),
        ]}
      />
      {near.cut > 0 && (
        <Notice tone="info">{`离它最近的 ${near.nodes.length} 个节点已列出，同一步另有 ${near.cut} 个没有画出。请减少步数、加上条件，或在图中逐个展开。`}</Notice>
      )}
      <SideLayout
        side={
          <>
            <Section title="基本情况">
              <DescriptionList
                columns={1}
                items={[
                  { term: "类型", detail: ASSET_KINDS[node.kind] },
                  { term: "编号", detail: node.code },
                  { term: "单位", detail: node.unitName },
                  { term: "类别", detail: node.type },
                  { term: "状态", detail: node.state },
                  { term: "标签", detail: node.tags.join("、") },
                ]}
              />
            </Section>
            <Section
              title="直接相连"
              note={`${neighbours.length} 个${neighbours.length > BESIDE ? `，列出前 ${BESIDE} 个，其余见下方全部节点` : ""}`}
              flush
            >
              <NodeTable caption="直接相连的节点" rows={neighbours.slice(0, BESIDE)} hrefOf={hrefOf} narrow />
            </Section>
          </>
        }
      >
        <Section title="关系图" note={`${near.nodes.length} 个节点，${near.edges.length} 条关系`} flush>
          <GraphPicture
            sent={near}
            centre={node.key}
            at={query.at ? keyOf(query.at) : null}
            path={path}
            title={`${node.name}的关系图`}
            filter={filter}
            hrefOf={hrefOf}
          />
        </Section>
        <PathPanel from={node} depth={query.depth} toWords={query.toWords} route={route} hrefOf={hrefOf} />
      </SideLayout>
      <div className={BELOW}>
        <Reach
          title="谁依赖它"
          note="它停用或断供会影响到的：系统停了，所办事项和所产数据跟着停；数据断了，材料、事项、系统、项目逐级受影响"
          reached={dependents}
          hrefOf={hrefOf}
        />
        <Reach title="它的下游" note="从它沿链条往数据方向能走到的" reached={downstream} hrefOf={hrefOf} />
        <Section title="图中全部节点" note={`${query.depth} 步以内`} flush>
          <NodeTable
            caption="图中全部节点"
            rows={near.nodes.slice(1)}
            hrefOf={hrefOf}
            more={[{ key: "distance", title: "相距", unit: "步", align: "right", render: (row) => row.distance }]}
          />
        </Section>
      </div>
    </>
  );
}

/** The filter as a piece of an address. */
function filterOf({ search }: Data): string {
  const all = new URLSearchParams(search);
  const kept = new URLSearchParams();
  for (const name of ["kinds", "unit", "tag", "matterType", "systemState"])
    for (const value of all.getAll(name)) if (value) kept.append(name, value);
  return kept.toString();
}

type Reached = NonNullable<Data["chosen"]>["dependents"];

function Reach({
  title,
  note,
  reached,
  hrefOf,
}: {
  title: string;
  note: string;
  reached: Reached;
  hrefOf: (key: string) => string;
}) {
  const total = KINDS.reduce((sum, kind) => sum + reached.counts[kind], 0);
  const words = KINDS.filter((kind) => reached.counts[kind] > 0).map(
    (kind) => `${ASSET_KINDS[kind]} ${reached.counts[kind]} 个`,
  );
  return (
    <Section title={title} note={total > 0 ? `共 ${total} 个：${words.join("，")}` : undefined} flush>
      <p className="border-b border-line px-4 py-2 text-[0.8125rem] text-secondary">
        口径：{note}。{total > reached.nodes.length && `每类列出前 30 个。`}
      </p>
      <NodeTable
        caption={title}
        rows={reached.nodes}
        hrefOf={hrefOf}
        empty={<EmptyState title="没有" explanation="没有登记相应的关系。" />}
      />
    </Section>
  );
}
