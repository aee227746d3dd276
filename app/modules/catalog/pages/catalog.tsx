import { json } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";

import { DomainError } from "~/kernel/result";
import { isUuid } from "~/kernel/uuid";
import { keysOf, RESOURCE_STATES, SHARING_TYPES, UPDATE_CYCLES } from "~/kernel/vocabulary";
import { unitFilter } from "~/modules/identity/index.server";
import { loadFigures } from "~/platform/figures.server";
import { canEver, samePerson, scopeFor } from "~/policy";
import {
  Checkbox,
  DataTable,
  EmptyState,
  LightTag,
  LinkButton,
  Notice,
  PageHead,
  Pagination,
  QueryBar,
  StatusTag,
  SubmitButton,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageAction, pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { readCatalogQuery } from "../catalog-query";
import { categoryTree, listResources } from "../catalog.queries.server";
import { FRESHNESS } from "../freshness.rules";
import { publishMany } from "../publish-many.server";
import { PAGE_COLUMNS } from "../resource.columns";
import { freshnessLight, resourceTone } from "../resource-words";
import { basicDatabaseOptions } from "../surroundings.queries.server";

export const handle = crumbs(() => [{ label: "资源目录" }]);

export const loader = pageLoader({
  access: "catalog:read",
  load: async ({ ctx, query }) => {
    const { db, actor, today } = ctx;
    const reading = scopeFor(actor, "catalog:read");
    const question = readCatalogQuery(query);
    const figures = await loadFigures(db, today);
    const clock = { today, warningDays: figures.number("catalog.dueSoonDays") };
    const sight = { actor, reading, publishing: scopeFor(actor, "catalog:publish") };
    const [page, units, categories, basicDatabases] = await Promise.all([
      listResources(db, sight, question, clock),
      unitFilter(db, reading, question.unit),
      categoryTree(db),
      basicDatabaseOptions(db),
    ]);
    const mayPublish = canEver(actor, "catalog:publish");
    return {
      ...page,
      rows: page.rows.map(({ registeredBy, ...row }) => ({
        ...row,
        publishable: mayPublish && row.state === "registered" && !samePerson(actor, registeredBy),
      })),
      question,
      units,
      categories,
      basicDatabases,
      mayRegister: canEver(actor, "catalog:register"),
      search: query.toString(),
    };
  },
});

/** What was ticked: `id:version` of each row. */
export const action = pageAction({
  access: "catalog:publish",
  run: async ({ ctx, form }) => {
    const chosen = form.getAll("chosen").map((value) => {
      const [id = "", version = ""] = typeof value === "string" ? value.split(":") : [];
      if (!isUuid(id) || !/^\d{1,9}$/.test(version)) throw new DomainError("invalid", "malformedForm");
      return { id, version: Number(version) };
    });
    return json(await publishMany(ctx, chosen));
  },
});

export default function Catalog() {
  const data = useLoaderData<typeof loader>();
  const { rows, total, pageSize, question, units, search } = data;
  const outcome = useActionData<typeof action>();
  const publishable = rows.some((row) => row.publishable);
  const table = <CatalogTable rows={rows} choosing={publishable} />;
  return (
    <>
      <PageHead
        title="政务信息资源目录"
        meta={`共 ${total} 个资源`}
        actions={
          <>
            {data.mayRegister && (
              <>
                <LinkButton href="/catalog/new" variant="primary">
                  登记数据资源
                </LinkButton>
                <LinkButton href="/catalog/import">批量导入</LinkButton>
              </>
            )}
            <LinkButton href={withQuery("/catalog/export", search, { page: undefined })}>导出 Excel</LinkButton>
          </>
        }
      />
      {outcome && <PublishOutcome outcome={outcome} />}
      <QueryBar
        action="/catalog"
        resetHref="/catalog"
        search={{ name: "q", value: question.q, placeholder: "资源名称、代码或拼音首字母" }}
        filters={[
          choice("state", "状态", question.state, RESOURCE_STATES),
          choice("sharing", "共享类型", question.sharingType, SHARING_TYPES),
          choice("cycle", "更新周期", question.updateCycle, UPDATE_CYCLES),
          choice("freshness", "更新情况", question.freshness, FRESHNESS),
          { name: "category", label: "资源分类", value: question.category ?? "", options: data.categories },
          { name: "database", label: "基础库", value: question.basicDatabase ?? "", options: data.basicDatabases },
          ...(units ? [{ ...units, label: "提供单位" }] : []),
        ]}
      />
      {publishable ? (
        <form method="post" action={withQuery("/catalog", search, {})}>
          {table}
          <div className="mt-3">
            <SubmitButton pendingLabel="正在发布…">发布所选资源</SubmitButton>
          </div>
        </form>
      ) : (
        table
      )}
      <Pagination
        page={question.page}
        pageSize={pageSize}
        total={total}
        hrefFor={(page) => withQuery("/catalog", search, { page })}
      />
    </>
  );
}

function choice(name: string, label: string, value: string | undefined, set: Readonly<Record<string, string>>) {
  return {
    name,
    label,
    value: value ?? "",
    options: keysOf(set).map((key) => ({ value: key, label: set[key] ?? key })),
  };
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>["rows"][number];

/** The cells that are more than their text; all others show the text of the column. */
const CELLS: Readonly<Record<string, (row: Row) => ReactNode>> = {
  name: (row) => <a href={`/catalog/${row.id}`}>{row.name}</a>,
  state: (row) => <StatusTag tone={resourceTone(row.state)}>{RESOURCE_STATES[row.state]}</StatusTag>,
  freshness: (row) =>
    row.freshness && <LightTag light={freshnessLight(row.freshness)} word={FRESHNESS[row.freshness]} />,
};

function CatalogTable({ rows, choosing }: { rows: readonly Row[]; choosing: boolean }) {
  return (
    <DataTable
      caption="政务信息资源目录"
      rows={rows}
      rowKey={(row) => row.id}
      empty={<EmptyState title="没有符合条件的资源" explanation="请放宽查询条件，或减少搜索的字。" />}
      columns={[
        ...(choosing
          ? [
              {
                key: "chosen",
                title: "选择",
                render: (row: Row) =>
                  row.publishable && (
                    <Checkbox
                      name="chosen"
                      id={`chosen-${row.id}`}
                      value={`${row.id}:${row.version}`}
                      label={`选择${row.name}`}
                      labelHidden
                    />
                  ),
              },
            ]
          : []),
        ...PAGE_COLUMNS.map(({ key, title, cell }) => ({
          key,
          title,
          primary: key === "name",
          nowrap: !["name", "unit", "category"].includes(key),
          wideOnly: ["category", "method"].includes(key),
          render: CELLS[key] ?? cell,
        })),
      ]}
    />
  );
}

type Outcome = NonNullable<ReturnType<typeof useActionData<typeof action>>>;

function PublishOutcome({ outcome: { published, refused } }: { outcome: Outcome }) {
  if (published + refused.length === 0) return <Notice tone="warn">请先勾选要发布的资源。</Notice>;
  return (
    <Notice tone={refused.length > 0 ? "warn" : "good"} title={`已发布 ${published} 项，未发布 ${refused.length} 项`}>
      {refused.length > 0 && (
        <ul className="list-disc pl-5">
          {refused.map(({ id, name, reason }) => (
            <li key={id}>
              <a href={`/catalog/${id}`}>{name}</a>：{reason}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
