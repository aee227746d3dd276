import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { keysOf, PROJECT_CLASSES, PROJECT_NATURES } from "~/kernel/vocabulary";
import { ErrorSummary, FormActions, LinkButton, PageHead, Section, Select, SubmitButton, TextInput } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";

import { createProject } from "../create-project.server";
import { newProjectSchema, type NewProject as NewProjectInput } from "../draft.schema";
import { sayProjectRefusal } from "../projects.refusals";

export const handle = crumbs(() => [{ label: "项目", href: "/projects" }, { label: "申报新项目" }]);

export const loader = pageLoader({
  access: "project:draft",
  load: ({ ctx }) => Promise.resolve({ unitName: ctx.actor.unitName, year: Number(ctx.today.slice(0, 4)) }),
});

export const action = pageAction({
  access: "project:draft",
  run: async ({ ctx, form }) => {
    const submission = parseForm(form, newProjectSchema);
    if (submission.status !== "success") return invalid(submission);
    const result = await createProject(ctx, submission.value);
    if (!result.ok) return refused(submission, result.refusals, sayProjectRefusal);
    return redirect(`/projects/${result.value.id}`);
  },
});

export default function NewProject() {
  const { unitName, year } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const [form, fields] = useForm<NewProjectInput>({ lastResult: reply?.form ?? null, defaultValue: { year } });
  return (
    <>
      <PageHead title="申报新项目" meta={`申报单位：${unitName}`} />
      <ErrorSummary errors={summaryOf(form)} />
      <Section title="先说明这是什么项目">
        <p className="mb-4 text-secondary">保存后进入七个部分的填报，可随时中断，已填内容不会丢失。</p>
        <form method="post" className="max-w-2xl space-y-4" {...getFormProps(form)}>
          <TextInput
            name="name"
            label="项目名称"
            required
            hint="写全称，不要写成系统版本号"
            defaultValue={fields.name.initialValue}
            error={fields.name.errors}
          />
          <TextInput
            name="year"
            label="年度"
            required
            inputMode="numeric"
            defaultValue={fields.year.initialValue}
            error={fields.year.errors}
          />
          <Select
            name="nature"
            label="建设性质"
            required
            placeholder="请选择"
            options={optionsOf(PROJECT_NATURES)}
            defaultValue={fields.nature.initialValue}
            error={fields.nature.errors}
          />
          <Select
            name="class"
            label="项目类别"
            required
            placeholder="请选择"
            options={optionsOf(PROJECT_CLASSES)}
            defaultValue={fields.class.initialValue}
            error={fields.class.errors}
          />
          <FormActions>
            <SubmitButton variant="primary" pendingLabel="正在保存…">
              开始填报
            </SubmitButton>
            <LinkButton href="/projects">返回列表</LinkButton>
          </FormActions>
        </form>
      </Section>
    </>
  );
}

const optionsOf = (set: Record<string, string>) => keysOf(set).map((value) => ({ value, label: set[value] ?? value }));
