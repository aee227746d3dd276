import { useLoaderData } from "@remix-run/react";

import { CLOUD_STEPS, HOSTINGS, OWNERSHIPS, SYSTEM_STATES } from "~/kernel/vocabulary";
import { unitFilter } from "~/modules/identity/index.server";
import { canEver, scopeFor } from "~/policy";
import {
  DataTable,
  EmptyState,
  LinkButton,
  PageHead,
  Pagination,
  QueryBar,
  Section,
  StatusTag,
  type QueryFilter,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { optionsOf } from "~/web/options";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { CLOUD_PROGRESS } from "../inventory/cloud-progress";
import { MLPS_LEVELS } from "../inventory/system-facts";
import {
  listSystems,
  readSystemQuery,
  sumSystems,
  SYSTEMS_PAGE,
  type SystemSort,
} from "../inventory/systems.queries.server";

export const handle = crumbs(() => [{ label: "系统清单" }]);

export const loader = pageLoader({
  access: "system:read",
  load: async ({ ctx, query }) => {
    const scope = scopeFor(ctx.actor, "system:read");
    const question = readSystemQuery(query);
    const [page, sums, unit] = await Promise.all([
      listSystems(ctx.db, scope, question, ctx.today),
      sumSystems(ctx.db, scope, question, ctx.today),
      unitFilter(ctx.db, scope, question.unit),
    ]);
    return {
      ...page,
      sums,
      question,
      unit: unit ?? null,
      pageSize: SYSTEMS_PAGE,
      search: query.toString(),
      mayEdit: canEver(ctx.actor, "system:edit"),
    };
  },
});

type Page = ReturnType<typeof useLoaderData<typeof loader>>;
type Row = Page["rows"][number];

export default function Systems() {
  const data = useLoaderData<typeof loader>();
  const { rows, total, pageSize, question, sums, search, mayEdit } = data;
  const filters = filtersOf(data);
  return (
    <>
      <PageHead
        title="信息系统清单"
        meta={`共 ${sums.total} 个系统 = 国垂 ${sums.national} + 省垂 ${sums.provincial} + 自建 ${sums.own}；国垂、省垂系统只登记，不参加考核`}
        actions={
          <>
            {mayEdit && (
              <LinkButton href="/systems/new" variant="primary">
                登记系统
              </LinkButton>
            )}
            {mayEdit && <LinkButton href="/intake/systems">导入</LinkButton>}
            <LinkButton href={withQuery("/systems/export", search, { page: undefined })}>导出表格</LinkButton>
          </>
        }
      />
      <QueryBar
        action="/systems"
        resetHref="/systems"
        search={{ name: "q", value: question.q, placeholder: "系统名称、编号或拼音首字母" }}
        filters={filters}
        keep={keptOf(question)}
        active={chipsOf(filters, search)}
      />
      <Section
        title="系统"
        note={sums.incomplete > 0 ? `${sums.incomplete} 个信息待补全` : "信息均已填写完整"}
        actions={
          !question.incomplete &&
          sums.incomplete > 0 && (
            <a href={withQuery("/systems", search, { incomplete: "yes", page: undefined })}>只看待补全</a>
          )
        }
        flush
      >
        <SystemTable rows={rows} question={question} search={search} />
        <Pagination
          page={question.page}
          pageSize={pageSize}
          total={total}
          hrefFor={(page) => withQuery("/systems", search, { page })}
        />
      </Section>
    </>
  );
}

const keptOf = ({ sort, descending }: Page["question"]) => ({
  ...(sort !== "code" && { sort }),
  ...(descending && { order: "desc" }),
});

function filtersOf({ question, unit }: Page): QueryFilter[] {
  return [
    { name: "ownership", label: "建设层级", value: question.ownership ?? "", options: optionsOf(OWNERSHIPS) },
    {
      name: "state",
      label: "使用状态",
      value: question.state ?? "",
      blank: "在用和停用",
      options: [...optionsOf(SYSTEM_STATES), { value: "all", label: "含已下线" }],
    },
    {
      name: "level",
      label: "等保级别",
      value: question.level ?? "",
      options: [...optionsOf(MLPS_LEVELS), { value: "none", label: "未定级" }],
    },
    { name: "hosting", label: "部署方式", value: question.hosting ?? "", options: optionsOf(HOSTINGS) },
    { name: "cloud", label: "上云进展", value: question.cloud ?? "", options: optionsOf(CLOUD_PROGRESS) },
    {
      name: "secret",
      label: "是否涉密",
      value: question.secret ?? "",
      options: [
        { value: "yes", label: "涉密" },
        { value: "no", label: "非涉密" },
      ],
    },
    {
      name: "incomplete",
      label: "填写情况",
      value: question.incomplete ? "yes" : "",
      options: [{ value: "yes", label: "信息待补全" }],
    },
    ...(unit ? [unit] : []),
  ];
}

/** The conditions in force, each with the address of the list without it. */
const chipsOf = (filters: readonly QueryFilter[], search: string) =>
  filters
    .filter(({ value }) => value !== "")
    .map(({ name, label, value, options = [] }) => ({
      label: `${label}：${options.find((option) => option.value === value)?.label ?? value}`,
      removeHref: withQuery("/systems", search, { [name]: undefined, page: undefined }),
    }));

function SystemTable({
  rows,
  question,
  search,
}: {
  readonly rows: readonly Row[];
  readonly question: Page["question"];
  readonly search: string;
}) {
  const sortable = (sort: SystemSort) => {
    const on = question.sort === sort;
    const order = on && !question.descending ? "desc" : undefined;
    return {
      sortHref: withQuery("/systems", search, { sort, order, page: undefined }),
      sorted: on ? (question.descending ? ("descending" as const) : ("ascending" as const)) : undefined,
    };
  };
  return (
    <DataTable
      caption="信息系统清单"
      rows={rows}
      rowKey={(row) => row.id}
      empty={<EmptyState title="没有符合条件的系统" explanation="请放宽查询条件。" />}
      columns={[
        { key: "code", title: "编号", nowrap: true, ...sortable("code"), render: (row) => row.code },
        {
          key: "name",
          title: "系统名称",
          primary: true,
          ...sortable("name"),
          render: (row) => (
            <>
              <a href={`/systems/${row.id}`}>{row.name}</a>{" "}
              {row.state !== "inUse" && <StatusTag tone="neutral">{SYSTEM_STATES[row.state]}</StatusTag>}{" "}
              {row.secret && <StatusTag tone="warn">涉密</StatusTag>}{" "}
              {row.incomplete && <StatusTag tone="warn">待补全</StatusTag>}
            </>
          ),
        },
        { key: "unit", title: "主管单位", ...sortable("unit"), render: (row) => row.unitName },
        { key: "ownership", title: "建设层级", nowrap: true, render: (row) => OWNERSHIPS[row.ownership] },
        {
          key: "mlps",
          title: "等保级别",
          nowrap: true,
          ...sortable("level"),
          render: (row) => (row.mlpsLevel === null ? "" : MLPS_LEVELS[row.mlpsLevel]),
        },
        { key: "hosting", title: "部署", nowrap: true, render: (row) => HOSTINGS[row.hosting] },
        {
          key: "backup",
          title: "备份",
          nowrap: true,
          wideOnly: true,
          render: (row) => (row.backedUp ? "已备份" : "未备份"),
        },
        {
          key: "launched",
          title: "上线日期",
          nowrap: true,
          wideOnly: true,
          ...sortable("launched"),
          render: (row) => row.launchedOn,
        },
        { key: "steps", title: "上云进展", nowrap: true, render: (row) => <Progress row={row} /> },
      ]}
    />
  );
}

function Progress({ row }: { readonly row: Row }) {
  if (!row.counted) return <StatusTag tone="neutral">不计入</StatusTag>;
  if (row.stepsDone === CLOUD_STEPS.length) return <StatusTag tone="good">已上云</StatusTag>;
  if (row.stepsDone === 0) return <StatusTag tone="neutral">未启动</StatusTag>;
  return <StatusTag tone="info">{`${row.stepsDone}/${CLOUD_STEPS.length} 步`}</StatusTag>;
}
