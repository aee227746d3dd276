import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { unitOptions } from "~/modules/identity/index.server";
import { scopeFor } from "~/policy";
import { ErrorSummary, FormActions, LinkButton, PageHead, Section, Select, SubmitButton } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import { addMatter } from "../add-matter.server";
import { sayMatterRefusal } from "../matter.refusals";
import { newMatterSchema } from "../matter.schema";
import { MatterFields, type MatterField } from "../ui/MatterFields";

export const handle = crumbs(() => [{ label: "政务服务事项", href: "/matters" }, { label: "登记事项" }]);

export const loader = pageLoader({
  access: "matter:edit",
  load: async ({ ctx }) => ({
    units: await unitOptions(ctx.db, scopeFor(ctx.actor, "matter:edit")),
    own: ctx.actor.unitId,
  }),
});

export const action = pageAction({
  access: "matter:edit",
  run: async ({ ctx, form }) => {
    const submission = parseForm(form, newMatterSchema);
    if (submission.status !== "success") return invalid(submission);
    const result = await addMatter(ctx, submission.value);
    if (!result.ok) return refused(submission, result.refusals, sayMatterRefusal);
    return redirect(`/matters/${result.value.id}`);
  },
});

export default function NewMatter() {
  const { units, own } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const [form, fields] = useForm<Record<MatterField, string>>({
    lastResult: reply?.form ?? null,
    defaultValue: { unitId: units.some(({ id }) => id === own) ? own : "" },
  });
  return (
    <>
      <PageHead title="登记事项" meta="登记后再关联办理系统、添加申请材料" />
      <form method="post" {...getFormProps(form)}>
        <ErrorSummary errors={summaryOf(form)} />
        <Section title="事项信息">
          <div className="max-w-3xl space-y-4">
            <Select
              {...wired(fields.unitId)}
              label="单位"
              required
              placeholder="请选择"
              options={units.map(({ id: value, name: label }) => ({ value, label }))}
            />
            <MatterFields fields={fields} />
          </div>
          <FormActions>
            <SubmitButton pendingLabel="正在登记…">登记</SubmitButton>
            <LinkButton href="/matters">返回列表</LinkButton>
          </FormActions>
        </Section>
      </form>
    </>
  );
}
