import { useLoaderData } from "@remix-run/react";

import { formatInstant } from "~/kernel/local-date";
import { PROJECT_STAGES } from "~/kernel/vocabulary";
import { DataTable, EmptyState, LinkButton, PageHead, Section, Select, StatusTag, SubmitButton } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { idParams, pageLoader } from "~/web/page.server";

import { stageTone } from "../project-words";
import { readSubmissionRounds } from "../review/submission-rounds.queries.server";
import { DifferenceTable } from "../ui/ReviewPanels";

export const handle = crumbs<{ project: { id: string; name: string } }>(({ project }) => [
  { label: "项目", href: "/projects" },
  { label: project.name, href: `/projects/${project.id}` },
  { label: "历次提交" },
]);

export const loader = pageLoader({
  access: "project:read",
  params: idParams,
  load: ({ ctx, params, query }) => {
    const round = (name: string) => Math.trunc(Number(query.get(name))) || null;
    return readSubmissionRounds(ctx.db, ctx.actor, params.id, { from: round("from"), to: round("to") });
  },
});

/** Enough of a digest to tell two apart at a glance; the whole one is in the title. */
const SHOWN_DIGITS = 16;

export default function Submissions() {
  const { project, rounds, comparison } = useLoaderData<typeof loader>();
  const options = rounds.map(({ round, receiptNumber }) => ({
    value: String(round),
    label: `第 ${round} 次（${receiptNumber}）`,
  }));
  return (
    <>
      <PageHead
        title="历次提交"
        meta={<span>{project.name}</span>}
        status={<StatusTag tone={stageTone(project.stage)}>{PROJECT_STAGES[project.stage]}</StatusTag>}
        actions={<LinkButton href={`/projects/${project.id}`}>返回项目</LinkButton>}
      />
      <Section title="提交记录" note={`共 ${rounds.length} 次`} flush>
        <DataTable
          caption="提交记录"
          rows={rounds}
          rowKey={(row) => row.receiptNumber}
          empty={<EmptyState title="还没有提交过" explanation="填报完成并提交签批后，这里保存每一次提交的全部内容。" />}
          columns={[
            { key: "round", title: "提交", primary: true, nowrap: true, render: (row) => `第 ${row.round} 次` },
            { key: "receipt", title: "受理号", nowrap: true, render: (row) => row.receiptNumber },
            { key: "who", title: "提交人", nowrap: true, render: (row) => row.submittedByName },
            { key: "when", title: "提交时间", nowrap: true, render: (row) => formatInstant(new Date(row.submittedAt)) },
            {
              key: "digest",
              title: "内容摘要值",
              render: (row) => (
                <code title={row.digest} className="break-all">
                  {row.digest.slice(0, SHOWN_DIGITS)}…
                </code>
              ),
            },
            {
              key: "intact",
              title: "完整性",
              nowrap: true,
              render: (row) =>
                row.isIntact ? (
                  <StatusTag tone="good">重新计算一致</StatusTag>
                ) : (
                  <StatusTag tone="bad">不一致，请报告审计</StatusTag>
                ),
            },
          ]}
        />
      </Section>
      {rounds.length > 1 && (
        <Section title="比较任意两次">
          <form method="get" className="flex flex-wrap items-end gap-3">
            <Select name="from" label="从" options={options} defaultValue={comparison ? String(comparison.from) : ""} />
            <Select name="to" label="到" options={options} defaultValue={comparison ? String(comparison.to) : ""} />
            <SubmitButton variant="secondary">比较</SubmitButton>
          </form>
        </Section>
      )}
      {comparison && (
        <Section
          title="修改对照"
          note={`第 ${comparison.to} 次与第 ${comparison.from} 次相比，改动 ${comparison.differences.length} 处`}
          flush
        >
          <DifferenceTable differences={comparison.differences} caption="修改对照" />
        </Section>
      )}
    </>
  );
}
