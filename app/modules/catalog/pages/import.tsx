import { redirect, json } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { SHARING_METHODS, SHARING_TYPES, UPDATE_CYCLES } from "~/kernel/vocabulary";
import {
  DataTable,
  EmptyState,
  ErrorSummary,
  FileInput,
  FormActions,
  LinkButton,
  Notice,
  PageHead,
  Section,
  Select,
  StatusTag,
  SubmitButton,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { fileResponse } from "~/web/download.server";
import { pageAction, pageLoader } from "~/web/page.server";

import { confirmImport } from "../confirm-import.server";
import { openFilings, readBatch, readFilingName } from "../import.queries.server";
import { sayImportRefusal } from "../import.refusals.server";
import { importTemplate } from "../import-template.server";
import { previewImport } from "../preview-import.server";

export const handle = crumbs(() => [{ label: "资源目录", href: "/catalog" }, { label: "导入资源目录" }]);

const uuid = z.uuid();
const idOf = (value: FormDataEntryValue | null): string | undefined => uuid.safeParse(value).data;

export const loader = pageLoader({
  access: "catalog:register",
  load: async ({ ctx, query }) => {
    if (query.get("template") === "1") throw fileResponse(await importTemplate());
    const batchId = idOf(query.get("batch"));
    const batch = batchId ? await readBatch(ctx.db, ctx.actor, batchId) : null;
    const projectId = batch?.subjectId ?? idOf(query.get("project"));
    const [filing, filings] = await Promise.all([
      projectId ? readFilingName(ctx.db, ctx.actor, projectId) : null,
      openFilings(ctx.db, ctx.actor.unitId),
    ]);
    return {
      filing,
      filings,
      batch: batch && {
        id: batch.id,
        fileName: batch.fileName,
        confirmed: batch.confirmedAt !== null,
        preview: batch.preview,
      },
    };
  },
});

export const action = pageAction({
  access: "catalog:register",
  run: async ({ ctx, form }) => {
    const refuseWith = (...errors: string[]) => json({ errors }, { status: 422 });
    if (form.get("intent") === "confirm") {
      const batchId = idOf(form.get("batch"));
      if (!batchId) return refuseWith("请重新上传文件。");
      const result = await confirmImport(ctx, batchId);
      if (!result.ok) return refuseWith(...result.refusals.map(sayImportRefusal));
      return redirect(`/projects/${result.value.projectId}/filing/data?imported=${result.value.imported}`);
    }
    const projectId = idOf(form.get("project"));
    const file = form.get("file");
    if (!projectId) return refuseWith("请选择要导入到哪个项目。");
    if (!(file instanceof File) || file.name === "") return refuseWith("请选择要上传的表格文件。");
    const bytes = new Uint8Array(await file.arrayBuffer());
    const result = await previewImport(ctx, projectId, { name: file.name, bytes });
    if (!result.ok) return refuseWith(...result.refusals.map(sayImportRefusal));
    return redirect(`/catalog/import?batch=${result.value.batchId}`);
  },
});

export default function CatalogImport() {
  const { filing, filings, batch } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const errors = (reply?.errors ?? []).map((message) => ({ message }));
  return (
    <>
      <PageHead
        title="导入资源目录"
        meta={filing ? `导入到项目：${filing.name}` : "先预览、再导入，预览时不写入任何数据"}
      />
      <ErrorSummary errors={errors} />
      {batch && <Preview batch={batch} projectId={filing?.id ?? ""} />}
      <Section title={batch ? "改正后重新上传" : "上传表格"}>
        <form method="post" encType="multipart/form-data" className="max-w-2xl space-y-4">
          {filing ? (
            <input type="hidden" name="project" value={filing.id} />
          ) : (
            <Select
              name="project"
              label="导入到哪个项目"
              required
              placeholder="请选择"
              options={filings.map(({ id, name, code }) => ({ value: id, label: `${code} ${name}` }))}
            />
          )}
          <FileInput
            name="file"
            label="表格文件"
            required
            accept=".xlsx,.xls,.csv"
            hint="支持 .xlsx、.xls、.csv(UTF-8 或 GBK),表头顺序不限，20 MB 以内"
            sample={{ label: "下载导入模板", href: "/catalog/import?template=1" }}
          />
          <FormActions>
            <SubmitButton pendingLabel="正在读取…" name="intent" value="preview">
              上传并预览
            </SubmitButton>
            {filing && <LinkButton href={`/projects/${filing.id}/filing/data`}>返回填报</LinkButton>}
          </FormActions>
        </form>
      </Section>
    </>
  );
}

type Batch = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>["batch"]>;

function Preview({ batch, projectId }: { batch: Batch; projectId: string }) {
  const { rows, headerRow, sheetName, unmatchedHeaders, dropped } = batch.preview;
  const good = rows.filter((row) => row.input !== null).length;
  const bad = rows.length - good;
  return (
    <>
      {batch.confirmed ? (
        <Notice tone="good" title="已导入">
          这份表格的合格行已经写入项目的数据目录。
        </Notice>
      ) : (
        <Notice tone={bad > 0 ? "warn" : "good"} title={`读到 ${rows.length} 行：${good} 行可以导入，${bad} 行有问题`}>
          <p>
            文件“{batch.fileName}”，工作表“{sheetName}”，表头在第 {headerRow} 行。
            {dropped.length > 0 && `已略去合计、注释等 ${dropped.length} 行。`}
            {unmatchedHeaders.length > 0 && `未使用的列：${unmatchedHeaders.join("、")}。`}
          </p>
          {bad > 0 && <p>有问题的行不会导入；可以先导入合格行，改正后再上传其余的行。</p>}
        </Notice>
      )}
      <Section
        title="预览"
        flush
        actions={
          !batch.confirmed &&
          good > 0 && (
            <form method="post">
              <input type="hidden" name="batch" value={batch.id} />
              <SubmitButton variant="primary" name="intent" value="confirm" pendingLabel="正在导入…">
                {`导入 ${good} 行`}
              </SubmitButton>
            </form>
          )
        }
      >
        <DataTable
          caption="导入预览"
          rows={rows}
          rowKey={(row) => String(row.rowNumber)}
          empty={<EmptyState title="没有数据行" />}
          isHighlighted={(row) => row.input === null}
          columns={[
            { key: "row", title: "行号", align: "right", render: (row) => row.rowNumber },
            { key: "name", title: "资源名称", primary: true, render: (row) => row.name || "(空)" },
            {
              key: "sharing",
              title: "共享类型",
              nowrap: true,
              render: (row) => row.input && SHARING_TYPES[row.input.sharingType],
            },
            {
              key: "method",
              title: "共享方式",
              nowrap: true,
              render: (row) => row.input?.method && SHARING_METHODS[row.input.method],
            },
            {
              key: "cycle",
              title: "更新周期",
              nowrap: true,
              render: (row) => row.input && UPDATE_CYCLES[row.input.updateCycle],
            },
            { key: "items", title: "信息项", render: (row) => row.input?.items },
            {
              key: "state",
              title: "检查结果",
              render: (row) =>
                row.input ? (
                  <StatusTag tone="good">可以导入</StatusTag>
                ) : (
                  <ul className="text-[color:var(--bad-text)]">
                    {row.problems.map((problem) => (
                      <li key={problem.column + problem.message}>
                        {problem.column}:{problem.message}
                      </li>
                    ))}
                  </ul>
                ),
            },
          ]}
        />
      </Section>
      {batch.confirmed && projectId && (
        <p className="mb-4">
          <LinkButton href={`/projects/${projectId}/filing/data`} variant="primary">
            回到数据目录
          </LinkButton>
        </p>
      )}
    </>
  );
}
