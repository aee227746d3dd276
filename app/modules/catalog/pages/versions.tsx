import { useLoaderData } from "@remix-run/react";

import { formatInstant } from "~/kernel/local-date";
import { REVISION_STATES } from "~/kernel/vocabulary";
import { DataTable, EmptyState, PageHead, Section, Select, StatusTag, SubmitButton } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { idParams, pageLoader } from "~/web/page.server";

import { contentDifferences } from "../content-differences";
import { revisionTone } from "../resource-words";
import { readVersions } from "../revision/versions.queries.server";
import { DifferenceTables } from "../ui/DifferenceTables";

export const handle = crumbs<{ id: string; name: string }>((data) => [
  { label: "资源目录", href: "/catalog" },
  { label: data.name, href: `/catalog/${data.id}` },
  { label: "版本" },
]);

export const loader = pageLoader({
  access: "catalog:read",
  params: idParams,
  load: async ({ ctx, params, query }) => {
    const { resource, versions, names } = await readVersions(ctx.db, ctx.actor, params.id);
    const [after, before] = [
      versions.find(({ id }) => id === query.get("after")) ?? versions[0],
      versions.find(({ id }) => id === query.get("before")) ?? versions[1] ?? versions[0],
    ];
    return {
      id: resource.id,
      name: resource.name,
      versions: versions.map(({ content: _content, ...version }) => version),
      compared:
        before && after
          ? {
              before: before.id,
              after: after.id,
              differences: contentDifferences(before.content, after.content, names),
            }
          : null,
    };
  },
});

type Version = Pick<
  ReturnType<typeof useLoaderData<typeof loader>>["versions"][number],
  "edition" | "state" | "decidedAt" | "draftedAt"
>;

const nameOf = ({ edition, state }: Version): string =>
  edition === null ? `修订稿（${REVISION_STATES[state]}）` : `第 ${edition} 版`;
const dayOf = (instant: string): string => formatInstant(new Date(instant)).slice(0, 10);

export default function Versions() {
  const { id, name, versions, compared } = useLoaderData<typeof loader>();
  const options = versions.map((version) => ({
    value: version.id,
    label: `${nameOf(version)} ${dayOf(version.decidedAt ?? version.draftedAt)}`,
  }));
  return (
    <>
      <PageHead title={`${name}的版本`} meta="已发布的版本不会改变；修订发布后成为新的一版" />
      <Section title="历次版本" flush>
        <DataTable
          caption="历次版本"
          rows={versions}
          rowKey={(row) => row.id}
          empty={<EmptyState title="还没有发布过" explanation="数据局发布后成为第 1 版。" />}
          columns={[
            { key: "edition", title: "版本", primary: true, nowrap: true, render: nameOf },
            {
              key: "state",
              title: "状态",
              nowrap: true,
              render: (row) => <StatusTag tone={revisionTone(row.state)}>{REVISION_STATES[row.state]}</StatusTag>,
            },
            { key: "note", title: "说明", render: (row) => row.note },
            { key: "drafted", title: "填报", nowrap: true, render: (row) => row.draftedBy },
            { key: "registered", title: "单位登记", nowrap: true, render: (row) => row.registeredBy },
            {
              key: "decided",
              title: "办结",
              nowrap: true,
              render: (row) => row.decidedAt && `${row.decidedBy ?? ""} ${dayOf(row.decidedAt)}`,
            },
            { key: "reason", title: "退回原因", wideOnly: true, render: (row) => row.declinedReason },
          ]}
        />
      </Section>
      {compared && versions.length > 1 && (
        <Section title="比较两个版本" id="compare">
          <form method="get" action={`/catalog/${id}/versions#compare`} className="mb-4 flex flex-wrap items-end gap-3">
            <Select name="before" label="从" options={options} defaultValue={compared.before} className="w-64" />
            <Select name="after" label="到" options={options} defaultValue={compared.after} className="w-64" />
            <SubmitButton variant="secondary" pendingLabel="正在比较…">
              比较
            </SubmitButton>
          </form>
          <DifferenceTables differences={compared.differences} />
        </Section>
      )}
    </>
  );
}
