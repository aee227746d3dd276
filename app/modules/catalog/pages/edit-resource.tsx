import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { DomainError } from "~/kernel/result";
import { isUuid } from "~/kernel/uuid";
import { ErrorSummary, FormActions, LinkButton, Notice, PageHead, Section, SubmitButton, TextInput } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, refused } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import { sayCatalogRefusal } from "../catalog.refusals";
import { editResource } from "../edit-resource.server";
import { resourceSchema } from "../resource.content";
import { revisionNoteSchema, stepSchema } from "../resource.schema";
import { readResourceForm } from "../revision/revision-form.queries.server";
import { saveRevision } from "../revision/save-revision.server";
import { resourceOptions } from "../surroundings.queries.server";
import { ResourceFields, resourceValues, type ResourceValues } from "../ui/ResourceFields";
import { parseResourceForm, withEditedRows } from "./resource-form.server";

export const handle = crumbs<{ id: string; name: string; mode: string }>((data) => [
  { label: "资源目录", href: "/catalog" },
  { label: data.name, href: `/catalog/${data.id}` },
  { label: data.mode === "edit" ? "修改" : "修订" },
]);

export const loader = pageLoader({
  access: "catalog:register",
  params: idParams,
  load: async ({ ctx, params, query }) => {
    const from = query.get("from");
    const found = await readResourceForm(ctx.db, ctx.actor, params.id, isUuid(from ?? "") ? from : null);
    if (found.mode === "closed") throw redirect(`/catalog/${params.id}`);
    const { resource, content, note, version, mode } = found;
    return {
      id: resource.id,
      name: resource.name,
      edition: resource.edition,
      content,
      note,
      version,
      mode,
      options: await resourceOptions(ctx.db, resource.unitId),
    };
  },
});

const editSchema = resourceSchema.extend({ version: stepSchema.shape.version });
const reviseSchema = resourceSchema.extend(revisionNoteSchema.shape);

export const action = pageAction({
  access: "catalog:register",
  params: idParams,
  run: async ({ ctx, params: { id }, form }) => {
    const edited = withEditedRows(form);
    if (edited) return edited;
    switch (form.get("intent")) {
      case "edit": {
        const submission = parseResourceForm(form, editSchema);
        if (submission.status !== "success") return invalid(submission);
        const { version, ...content } = submission.value;
        const result = await editResource(ctx, { id, version }, content);
        if (!result.ok) return refused(submission, result.refusals, sayCatalogRefusal);
        return redirect(`/catalog/${id}?done=edited`);
      }
      case "revise": {
        const submission = parseResourceForm(form, reviseSchema);
        if (submission.status !== "success") return invalid(submission);
        const { version, note, ...content } = submission.value;
        const result = await saveRevision(ctx, { resourceId: id, version }, content, note);
        if (!result.ok) return refused(submission, result.refusals, sayCatalogRefusal);
        return redirect(`/catalog/${id}?done=revised`);
      }
      default:
        throw new DomainError("invalid", "malformedForm");
    }
  },
});

type Values = ResourceValues & { readonly note: string };

export default function EditResource() {
  const { id, name, edition, content, note, version, mode, options } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const [form, fields] = useForm<Values>({
    id: "resource",
    lastResult: reply?.form ?? null,
    defaultValue: { ...resourceValues(content), note },
  });
  const revises = mode === "revise";
  return (
    <>
      <PageHead title={revises ? `修订：${name}` : `修改：${name}`} />
      {revises && (
        <Notice>
          现在生效的是第 {edition} 版。修订经本单位登记、数据局发布后成为第 {edition + 1} 版，在此之前仍以第 {edition}{" "}
          版为准。
        </Notice>
      )}
      <form method="post" {...getFormProps(form)}>
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="version" value={version} />
        <input type="hidden" name="intent" value={mode} />
        {revises && (
          <Section title="为什么修订">
            <TextInput
              {...wired(fields.note)}
              label="修订说明"
              required
              hint="改了什么、为什么改，供登记和发布时核对"
            />
          </Section>
        )}
        <ResourceFields fields={fields} options={options} categoryFixed={revises} />
        <FormActions>
          <SubmitButton pendingLabel="正在提交…">{revises ? "提交修订" : "保存并提交登记"}</SubmitButton>
          <LinkButton href={`/catalog/${id}`} variant="quiet">
            取消
          </LinkButton>
        </FormActions>
      </form>
    </>
  );
}
