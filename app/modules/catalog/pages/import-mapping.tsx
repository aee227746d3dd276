import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import {
  ErrorSummary,
  fieldId,
  FormActions,
  LinkButton,
  Notice,
  PageHead,
  Section,
  Select,
  SubmitButton,
  TextInput,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { categoryOptions } from "../catalog.queries.server";
import { confirmMapping } from "../import/confirm-mapping.server";
import { readBatch } from "../import/import.queries.server";
import { sayImportRefusal } from "../import/import.refusals.server";
import { isSmallFile } from "../import/import-book.server";
import { workOnBatch } from "../import/import.jobs.server";
import { mappingForm, readMappingForm, remapped } from "../import/mapping-form.server";

export const handle = crumbs(() => [
  { label: "资源目录", href: "/catalog" },
  { label: "导入资源目录", href: "/catalog/import" },
  { label: "列对应" },
]);

export const loader = pageLoader({
  access: "catalog:register",
  params: idParams,
  load: async ({ ctx, params }) => {
    const batch = await readBatch(ctx.db, ctx.actor, params.id);
    if (batch.mapping === null || (batch.state !== "mapping" && batch.state !== "previewed"))
      throw redirect(`/catalog/import/${params.id}`);
    const categories = await categoryOptions(ctx.db);
    return {
      id: batch.id,
      version: batch.version,
      fileName: batch.fileName,
      failure: batch.failure,
      form: mappingForm(
        batch.mapping,
        categories.map(({ label }) => label),
      ),
    };
  },
});

export const action = pageAction({
  access: "catalog:register",
  params: idParams,
  run: async ({ ctx, params, form }) => {
    const chosen = readMappingForm(form);
    const version = Number(form.get("version"));
    const batch = await readBatch(ctx.db, ctx.actor, params.id);
    if (!chosen || batch.mapping === null)
      return json({ errors: ["请重新选择工作表和表头所在的行。"], form: null }, { status: 422 });
    const categories = (await categoryOptions(ctx.db)).map(({ label }) => label);
    const looked = mappingForm(remapped(batch.mapping, chosen), categories);
    if (form.get("intent") === "look") return json({ errors: [], form: looked });
    const confirmed = await confirmMapping(ctx, { batchId: params.id, version }, chosen);
    if (!confirmed.ok) return json({ errors: confirmed.refusals.map(sayImportRefusal), form: looked }, { status: 422 });
    if (isSmallFile(batch.sizeBytes)) {
      await workOnBatch(ctx.db, params.id, true);
      const after = await readBatch(ctx.db, ctx.actor, params.id);
      if (after.state === "mapping") return json({ errors: after.failure, form: looked }, { status: 422 });
    }
    return redirect(`/catalog/import/${params.id}`);
  },
});

type MappingForm = ReturnType<typeof useLoaderData<typeof loader>>["form"];
type MappingField = MappingForm["fields"][number];

export default function ImportMapping() {
  const loaded = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const form = reply?.form ?? loaded.form;
  const errors = (reply?.errors ?? []).map((message) => {
    const field = form.fields.find(({ title }) => message.includes(`“${title}”`));
    return { message, ...(field && { field: `column.${field.key}` }) };
  });
  return (
    <>
      <PageHead
        title="确认列对应"
        meta={loaded.fileName}
        actions={<LinkButton href={`/catalog/import/${loaded.id}`}>返回</LinkButton>}
      />
      <ErrorSummary errors={errors} />
      {!reply && loaded.failure.length > 0 && <Notice tone="warn">{loaded.failure.join(" ")}</Notice>}
      {/* Keyed by what was looked at: fields take the values that were found, not those of before. */}
      <form method="post" key={`${form.sheet} ${form.header}`}>
        <input type="hidden" name="version" value={loaded.version} />
        <Section title="表格在哪里">
          <div className="grid max-w-4xl gap-4 md:grid-cols-2">
            <Select name="sheet" label="工作表" defaultValue={form.sheet} options={form.sheets} />
            <Select name="header" label="表头所在的行" defaultValue={form.header} options={form.headers} />
          </div>
          <FormActions>
            <SubmitButton variant="secondary" name="intent" value="look" pendingLabel="正在查看…">
              按所选的工作表和表头重新识别
            </SubmitButton>
          </FormActions>
        </Section>
        <Section title="每个字段取哪一列">
          <Notice>
            没有对应列的必填字段，请在右侧填写所有行统一的内容；对应列中空着的单元格也按此填写。下次上传表头相同的文件时会沿用这次的对应关系。
          </Notice>
          <div className="divide-y divide-line">
            {form.fields.map((field) => (
              <FieldMapping key={field.key} field={field} columns={form.columns} />
            ))}
          </div>
          <FormActions>
            <SubmitButton variant="primary" name="intent" value="confirm" pendingLabel="正在检查…">
              按此对应并检查
            </SubmitButton>
          </FormActions>
        </Section>
      </form>
    </>
  );
}

function FieldMapping({ field, columns }: { field: MappingField; columns: MappingForm["columns"] }) {
  const samples = columns.find(({ value }) => value === field.column)?.samples ?? [];
  return (
    <fieldset className="grid gap-x-4 gap-y-2 py-3 md:grid-cols-2" id={fieldId(`field.${field.key}`)}>
      <legend className="sr-only">{field.title}</legend>
      <div>
        <Select
          name={`column.${field.key}`}
          label={`${field.title}取自${field.required ? "（必填）" : ""}`}
          placeholder="文件中没有这一列"
          defaultValue={field.column}
          options={columns.map(({ value, label }) => ({ value, label }))}
        />
        {samples.length > 0 && <p className="mt-1 text-[0.8125rem] text-secondary">例如：{samples.join("；")}</p>}
      </div>
      {field.words ? (
        <Select
          name={`constant.${field.key}`}
          label="缺少时统一填写为"
          placeholder="不统一填写"
          defaultValue={field.constant}
          options={field.words.map((word) => ({ value: word, label: word }))}
        />
      ) : (
        <TextInput
          name={`constant.${field.key}`}
          label="缺少时统一填写为"
          defaultValue={field.constant}
          hint={field.hint}
        />
      )}
    </fieldset>
  );
}
