import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { formatInstant } from "~/kernel/local-date";
import { DomainError } from "~/kernel/result";
import { FORMAT_CLASSES, RESOURCE_STATES, SHARING_METHODS, SHARING_TYPES, UPDATE_CYCLES } from "~/kernel/vocabulary";
import { can } from "~/policy";
import {
  DataTable,
  DescriptionList,
  EmptyState,
  ErrorSummary,
  PageHead,
  Section,
  SideLayout,
  StatusTag,
  SubmitButton,
  Timeline,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { readResource } from "../catalog.queries.server";
import { sayCatalogRefusal } from "../catalog.refusals";
import { publishResource } from "../publish-resource.server";
import { resourceEventWords, resourceTone } from "../resource-words";

export const handle = crumbs<{ resource: { name: string } }>((data) => [
  { label: "资源目录", href: "/catalog" },
  { label: data.resource.name },
]);

export const loader = pageLoader({
  access: "catalog:read",
  params: idParams,
  load: async ({ ctx, params }) => {
    const found = await readResource(ctx.db, ctx.actor, params.id);
    const mayPublish = found.resource.state === "registered" && can(ctx.actor, "catalog:publish", found.resource);
    return { ...found, mayPublish };
  },
});

export const action = pageAction({
  access: "catalog:publish",
  params: idParams,
  run: async ({ ctx, params, form }) => {
    const version = z.coerce.number().int().safeParse(form.get("version"));
    if (!version.success) throw new DomainError("invalid", "malformedForm");
    const result = await publishResource(ctx, params.id, version.data);
    if (!result.ok) return json({ errors: result.refusals.map(sayCatalogRefusal) }, { status: 422 });
    return redirect(`/catalog/${params.id}`);
  },
});

export default function Resource() {
  const { resource, unitName, category, projectName, items, events, mayPublish } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title={resource.name}
        code={resource.code ?? undefined}
        meta={`${unitName} · ${category}`}
        status={<StatusTag tone={resourceTone(resource.state)}>{RESOURCE_STATES[resource.state]}</StatusTag>}
        next={resource.state === "registered" ? { what: "发布到资源目录", who: "数据局" } : undefined}
        actions={
          mayPublish && (
            <form method="post">
              <input type="hidden" name="version" value={resource.version} />
              <SubmitButton variant="primary" pendingLabel="正在发布…">
                发布
              </SubmitButton>
            </form>
          )
        }
      />
      <ErrorSummary errors={(reply?.errors ?? []).map((message) => ({ message }))} />
      <SideLayout
        side={
          <Section title="办理过程">
            <Timeline
              entries={events.map((event) => ({
                key: event.id,
                who: `${event.unitName} ${event.actorName}`,
                what: resourceEventWords[event.type] ?? event.type,
                when: formatInstant(new Date(event.at)),
                reason: event.reason ?? undefined,
              }))}
            />
          </Section>
        }
      >
        <Section title="目录信息">
          <DescriptionList
            columns={2}
            items={[
              { term: "资源摘要", detail: resource.summary, wide: true },
              { term: "资源格式", detail: FORMAT_CLASSES[resource.formatClass] },
              { term: "更新周期", detail: UPDATE_CYCLES[resource.updateCycle] },
              { term: "共享类型", detail: SHARING_TYPES[resource.sharingType] },
              { term: "共享方式", detail: resource.method ? SHARING_METHODS[resource.method] : "不适用" },
              ...(resource.legalBasis ? [{ term: "不予共享依据", detail: resource.legalBasis, wide: true }] : []),
              ...(resource.conditions ? [{ term: "共享条件", detail: resource.conditions, wide: true }] : []),
              { term: "向社会开放", detail: resource.openToPublic ? "开放" : "不开放" },
              {
                term: "来源项目",
                detail: resource.projectId ? <a href={`/projects/${resource.projectId}`}>{projectName}</a> : "无",
              },
              { term: "发布日期", detail: resource.publishedOn ?? "尚未发布" },
              { term: "最近更新", detail: resource.lastUpdatedOn ?? "尚无更新" },
              { term: "归集日期", detail: resource.collectedOn ?? "尚未归集" },
              { term: "接口挂接", detail: resource.interfaceAttachedOn ?? "尚未挂接" },
            ]}
          />
        </Section>
        <Section title="信息项" flush>
          <DataTable
            caption="信息项"
            rows={items}
            rowKey={(row) => String(row.position)}
            empty={<EmptyState title="没有信息项" />}
            columns={[
              { key: "position", title: "序号", align: "right", render: (row) => row.position },
              { key: "name", title: "名称", primary: true, render: (row) => row.name },
              { key: "type", title: "数据类型", nowrap: true, render: (row) => row.dataType },
              { key: "length", title: "长度", align: "right", render: (row) => row.length },
              { key: "required", title: "必填", nowrap: true, render: (row) => (row.required ? "是" : "否") },
              { key: "key", title: "主键", nowrap: true, render: (row) => (row.isKey ? "是" : "否") },
            ]}
          />
        </Section>
      </SideLayout>
    </>
  );
}
