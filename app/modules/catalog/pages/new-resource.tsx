import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { ErrorSummary, FormActions, LinkButton, PageHead, SubmitButton } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, refused } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";

import { sayCatalogRefusal } from "../catalog.refusals";
import { createResource } from "../create-resource.server";
import { resourceSchema } from "../resource.content";
import { resourceOptions } from "../surroundings.queries.server";
import { blankResource, ResourceFields, type ResourceValues } from "../ui/ResourceFields";
import { parseResourceForm, withEditedRows } from "./resource-form.server";

export const handle = crumbs(() => [{ label: "资源目录", href: "/catalog" }, { label: "登记数据资源" }]);

export const loader = pageLoader({
  access: "catalog:register",
  load: async ({ ctx }) => ({
    unitName: ctx.actor.unitName,
    options: await resourceOptions(ctx.db, ctx.actor.unitId),
  }),
});

export const action = pageAction({
  access: "catalog:register",
  run: async ({ ctx, form }) => {
    const edited = withEditedRows(form);
    if (edited) return edited;
    const submission = parseResourceForm(form, resourceSchema);
    if (submission.status !== "success") return invalid(submission);
    const result = await createResource(ctx, submission.value);
    if (!result.ok) return refused(submission, result.refusals, sayCatalogRefusal);
    return redirect(`/catalog/${result.value.id}?done=created`);
  },
});

export default function NewResource() {
  const { unitName, options } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const [form, fields] = useForm<ResourceValues>({
    id: "resource",
    lastResult: reply?.form ?? null,
    defaultValue: blankResource(),
  });
  return (
    <>
      <PageHead title="登记数据资源" meta={`提供单位：${unitName} · 随项目建设的资源请在项目申报中填写`} />
      <form method="post" {...getFormProps(form)}>
        <ErrorSummary errors={summaryOf(form)} />
        <ResourceFields fields={fields} options={options} />
        <FormActions>
          <SubmitButton pendingLabel="正在提交…">提交本单位登记</SubmitButton>
          <LinkButton href="/catalog" variant="quiet">
            取消
          </LinkButton>
        </FormActions>
      </form>
    </>
  );
}
