import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { isConflict } from "~/kernel/result";
import { authorize } from "~/policy";
import { ErrorSummary, FormActions, LinkButton, PageHead, Section, SubmitButton } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, overtaken, parseForm, refused } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";

import { editMatter } from "../edit-matter.server";
import { sayMatterRefusal } from "../matter.refusals";
import { editMatterSchema } from "../matter.schema";
import { readMatter } from "../matters.queries.server";
import { MatterFields, matterValues, type MatterField } from "../ui/MatterFields";

export const handle = crumbs<{ matter: { id: string; name: string } }>(({ matter }) => [
  { label: "政务服务事项", href: "/matters" },
  { label: matter.name, href: `/matters/${matter.id}` },
  { label: "修改" },
]);

export const loader = pageLoader({
  access: "matter:edit",
  params: idParams,
  load: async ({ ctx, params }) => {
    const { matter, unitName } = await readMatter(ctx.db, ctx.actor, params.id);
    authorize(ctx.actor, "matter:edit", matter);
    return { matter, unitName };
  },
});

export const action = pageAction({
  access: "matter:edit",
  params: idParams,
  run: async ({ ctx, params, form }) => {
    const submission = parseForm(form, editMatterSchema);
    if (submission.status !== "success") return invalid(submission);
    try {
      const result = await editMatter(ctx, params.id, submission.value);
      if (!result.ok) return refused(submission, result.refusals, sayMatterRefusal);
      return redirect(`/matters/${params.id}`);
    } catch (error) {
      if (!isConflict(error)) throw error;
      return overtaken(submission, "事项刚被其他人修改，这次没有保存。请打开事项页核对最新内容，您填写的内容已保留。");
    }
  },
});

export default function EditMatter() {
  const { matter, unitName } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const [form, fields] = useForm<Record<MatterField, string>>({
    lastResult: reply?.form ?? null,
    defaultValue: matterValues(matter),
  });
  return (
    <>
      <PageHead title={`修改：${matter.name}`} code={matter.code} meta={unitName} />
      <form method="post" {...getFormProps(form)}>
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="version" value={matter.version} />
        <Section title="事项信息">
          <div className="max-w-3xl space-y-4">
            <MatterFields fields={fields} />
          </div>
          <FormActions>
            <SubmitButton pendingLabel="正在保存…">保存</SubmitButton>
            <LinkButton href={`/matters/${matter.id}`}>返回事项</LinkButton>
          </FormActions>
        </Section>
      </form>
    </>
  );
}
