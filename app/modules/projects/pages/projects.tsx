import { useLoaderData } from "@remix-run/react";

import { fen } from "~/kernel/fen";
import { PROJECT_NATURES, PROJECT_STAGES, keysOf } from "~/kernel/vocabulary";
import { unitFilter } from "~/modules/identity/index.server";
import { canEver, scopeFor } from "~/policy";
import {
  Amount,
  DataTable,
  EmptyState,
  LightTag,
  LinkButton,
  PageHead,
  Pagination,
  ProgressBar,
  QueryBar,
  StatusTag,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { stageTone } from "../project-words";
import { listProjects, readProjectQuery } from "../projects.queries.server";

export const handle = crumbs(() => [{ label: "项目" }]);

export const loader = pageLoader({
  access: "project:read",
  load: async ({ ctx, query }) => {
    const scope = scopeFor(ctx.actor, "project:read");
    const question = readProjectQuery(query);
    const [page, unit] = await Promise.all([
      listProjects(ctx.db, scope, question),
      unitFilter(ctx.db, scope, question.unit),
    ]);
    return { ...page, question, unit, mayCreate: canEver(ctx.actor, "project:draft"), search: query.toString() };
  },
});

/** A percentage as a list writes it: one decimal at most. */
const shown = (percent: string): number => Math.round(Number(percent) * 10) / 10;

export default function Projects() {
  const { rows, total, pageSize, question, unit, mayCreate, search } = useLoaderData<typeof loader>();
  const here = (changes: Record<string, string | number | undefined>) => withQuery("/projects", search, changes);
  const sorting = (column: string) => ({
    sortHref: here({
      sort: column,
      order: question.sort === column && question.descending ? "asc" : "desc",
      page: undefined,
    }),
    sorted:
      question.sort === column ? (question.descending ? ("descending" as const) : ("ascending" as const)) : undefined,
  });
  return (
    <>
      <PageHead
        title="项目"
        meta={`共 ${total} 个项目`}
        actions={
          mayCreate && (
            <LinkButton href="/projects/new" variant="primary">
              申报新项目
            </LinkButton>
          )
        }
      />
      <QueryBar
        action="/projects"
        resetHref="/projects"
        search={{ name: "q", value: question.q, placeholder: "项目名称、编号或拼音首字母" }}
        filters={[
          {
            name: "stage",
            label: "阶段",
            value: question.stage ?? "",
            options: keysOf(PROJECT_STAGES).map((value) => ({ value, label: PROJECT_STAGES[value] })),
          },
          {
            name: "year",
            label: "年度",
            value: String(question.year ?? ""),
            options: ["2026", "2025"].map((y) => ({ value: y, label: y })),
          },
          ...(unit ? [unit] : []),
        ]}
      />
      <DataTable
        caption="项目列表"
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title="没有符合条件的项目" explanation="请放宽查询条件，或申报新项目。" />}
        columns={[
          { key: "code", title: "编号", nowrap: true, ...sorting("code"), render: (row) => row.code },
          {
            key: "name",
            title: "项目名称",
            primary: true,
            ...sorting("name"),
            render: (row) => <a href={`/projects/${row.id}`}>{row.name}</a>,
          },
          { key: "unit", title: "牵头单位", render: (row) => row.unitName },
          { key: "nature", title: "性质", nowrap: true, render: (row) => row.nature && PROJECT_NATURES[row.nature] },
          {
            key: "stage",
            title: "阶段",
            nowrap: true,
            render: (row) => <StatusTag tone={stageTone(row.stage)}>{PROJECT_STAGES[row.stage]}</StatusTag>,
          },
          {
            key: "light",
            title: "进度灯",
            nowrap: true,
            render: (row) => row.lightAsOf && <LightTag light={row.light} />,
          },
          {
            key: "progress",
            title: "形象进度",
            render: (row) =>
              row.plannedPercent !== null &&
              row.actualPercent !== null && (
                <ProgressBar planned={shown(row.plannedPercent)} actual={shown(row.actualPercent)} />
              ),
          },
          {
            key: "declared",
            title: "申报金额",
            unit: "万元",
            align: "right",
            ...sorting("declaredFen"),
            render: (row) => <Amount fen={fen(row.declaredFen)} />,
          },
          {
            key: "reviewed",
            title: "核定金额",
            unit: "万元",
            align: "right",
            render: (row) => row.reviewedFen !== null && <Amount fen={fen(row.reviewedFen)} />,
          },
        ]}
      />
      <Pagination page={question.page} pageSize={pageSize} total={total} hrefFor={(page) => here({ page })} />
    </>
  );
}
