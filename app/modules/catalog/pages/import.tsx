import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { IMPORT_STATES } from "~/kernel/vocabulary";
import {
  DataTable,
  EmptyState,
  ErrorSummary,
  FileInput,
  FormActions,
  LinkButton,
  PageHead,
  Section,
  Select,
  StatusTag,
  SubmitButton,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageAction, pageLoader } from "~/web/page.server";

import { openFilings, readBatch, readFilingName, recentBatches } from "../import/import.queries.server";
import { sayImportRefusal } from "../import/import.refusals.server";
import { isSmallFile } from "../import/import-book.server";
import { workOnBatch } from "../import/import.jobs.server";
import { uploadSheet } from "../import/upload-sheet.server";
import { importTone } from "../import/import-words";

export const handle = crumbs(() => [{ label: "资源目录", href: "/catalog" }, { label: "导入资源目录" }]);

const uuid = z.uuid();
const idOf = (value: FormDataEntryValue | null): string | undefined => uuid.safeParse(value).data;
const OWN_CATALOG = "catalog";

export const loader = pageLoader({
  access: "catalog:register",
  load: async ({ ctx, query }) => {
    const projectId = idOf(query.get("project"));
    const [filing, filings, batches] = await Promise.all([
      projectId ? readFilingName(ctx.db, ctx.actor, projectId) : null,
      openFilings(ctx.db, ctx.actor.unitId),
      recentBatches(ctx.db, ctx.actor),
    ]);
    return { filing, filings, batches };
  },
});

export const action = pageAction({
  access: "catalog:register",
  run: async ({ ctx, form }) => {
    const refuseWith = (...errors: string[]) => json({ errors, target: form.get("project") }, { status: 422 });
    const target = form.get("project");
    const projectId = target === OWN_CATALOG ? null : idOf(target);
    if (projectId === undefined) return refuseWith("请选择导入到哪里。");
    const file = form.get("file");
    if (!(file instanceof File) || file.name === "") return refuseWith("请选择要上传的表格文件。");
    const bytes = new Uint8Array(await file.arrayBuffer());
    const uploaded = await uploadSheet(ctx, projectId, { name: file.name, bytes });
    if (!uploaded.ok) return refuseWith(...uploaded.refusals.map(sayImportRefusal));
    const { batchId } = uploaded.value;
    // A small sheet is read before the answer; a large one tells its progress on its own page.
    if (isSmallFile(bytes.length)) {
      await workOnBatch(ctx.db, batchId, true);
      const { state, failure } = await readBatch(ctx.db, ctx.actor, batchId);
      if (state === "failed") return refuseWith(...failure);
      if (state === "mapping") return redirect(`/catalog/import/${batchId}/mapping`);
    }
    return redirect(`/catalog/import/${batchId}`);
  },
});

export default function CatalogImport() {
  const { filing, filings, batches } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const errors = (reply?.errors ?? []).map((message) => ({ message, field: "file" }));
  return (
    <>
      <PageHead
        title="导入资源目录"
        meta={filing ? `导入到项目：${filing.name}` : "先检查、再导入，确认之前不写入任何数据"}
        actions={<LinkButton href="/catalog/import/template">下载导入模板</LinkButton>}
      />
      <ErrorSummary errors={errors} />
      <Section title="上传表格">
        <form method="post" encType="multipart/form-data" className="max-w-2xl space-y-4">
          {filing ? (
            <input type="hidden" name="project" value={filing.id} />
          ) : (
            <Select
              name="project"
              label="导入到哪里"
              required
              placeholder="请选择"
              defaultValue={typeof reply?.target === "string" ? reply.target : ""}
              options={[
                { value: OWN_CATALOG, label: "本单位资源目录（不属于某个项目）" },
                ...filings.map(({ id, name, code }) => ({ value: id, label: `申报中的项目：${code} ${name}` })),
              ]}
            />
          )}
          <FileInput
            name="file"
            label="表格文件"
            required
            accept=".xlsx,.xls,.csv"
            hint="支持 .xlsx、.xls、.csv（UTF-8 或 GBK），列的顺序和名称不必与模板相同，20 MB 以内，最多 10 万行"
          />
          <FormActions>
            <SubmitButton pendingLabel="正在读取…">上传并预览</SubmitButton>
            {filing && <LinkButton href={`/projects/${filing.id}/filing/data`}>返回填报</LinkButton>}
          </FormActions>
        </form>
      </Section>
      <Section title="最近上传" flush>
        <DataTable
          caption="最近上传的表格"
          rows={batches}
          rowKey={(row) => row.id}
          empty={<EmptyState title="还没有上传过表格" explanation="可先下载模板，填好后上传。" />}
          columns={[
            {
              key: "file",
              title: "文件",
              primary: true,
              render: (row) => <a href={`/catalog/import/${row.id}`}>{row.fileName}</a>,
            },
            { key: "target", title: "导入到", render: (row) => row.projectName ?? "本单位资源目录" },
            { key: "good", title: "合格行", align: "right", render: (row) => row.goodRows },
            { key: "bad", title: "有问题", align: "right", render: (row) => row.badRows },
            {
              key: "state",
              title: "状态",
              nowrap: true,
              render: (row) => <StatusTag tone={importTone(row.state)}>{IMPORT_STATES[row.state]}</StatusTag>,
            },
          ]}
        />
      </Section>
    </>
  );
}
