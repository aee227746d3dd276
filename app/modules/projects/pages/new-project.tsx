import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { keysOf, PROJECT_CLASSES, PROJECT_NATURES } from "~/kernel/vocabulary";
import {
  ErrorSummary,
  FormActions,
  LinkButton,
  PageHead,
  Section,
  Select,
  SubmitButton,
  TextInput,
  type Option,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import { copyProject } from "../copy-project.server";
import { projectsToCopy } from "../copy.queries.server";
import { createProject } from "../create-project.server";
import { copySchema, newProjectSchema, type NewProject as NewProjectInput } from "../draft.schema";
import { sayProjectRefusal } from "../projects.refusals";
import { SimilarWhileTyping } from "../ui/SimilarHits";

export const handle = crumbs(() => [{ label: "项目", href: "/projects" }, { label: "申报新项目" }]);

export const loader = pageLoader({
  access: "project:draft",
  load: async ({ ctx, query }) => ({
    copied: query.get("copy") ?? "",
    unitName: ctx.actor.unitName,
    year: Number(ctx.today.slice(0, 4)),
    earlier: await projectsToCopy(ctx.db, ctx.actor),
  }),
});

export const action = pageAction({
  access: "project:draft",
  run: async ({ ctx, form }) => {
    if (form.get("intent") === "copy") {
      const submission = parseForm(form, copySchema);
      if (submission.status !== "success") return invalid(submission);
      const copied = await copyProject(ctx, submission.value);
      if (!copied.ok) return refused(submission, copied.refusals, sayProjectRefusal);
      return redirect(`/projects/${copied.value.id}/filing/basics?copied=1`);
    }
    const submission = parseForm(form, newProjectSchema);
    if (submission.status !== "success") return invalid(submission);
    const result = await createProject(ctx, submission.value);
    if (!result.ok) return refused(submission, result.refusals, sayProjectRefusal);
    return redirect(`/projects/${result.value.id}`);
  },
});

export default function NewProject() {
  const { unitName, year, earlier, copied } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const copying = reply?.form.initialValue?.intent === "copy";
  const [form, fields] = useForm<NewProjectInput>({
    lastResult: copying ? null : (reply?.form ?? null),
    defaultValue: { year },
  });
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
          <SimilarWhileTyping fields={["name", "class"]} />
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
      {earlier.length > 0 && (
        <CopyForm earlier={earlier} copied={copied} year={year} reply={copying ? reply.form : null} />
      )}
    </>
  );
}

interface CopyFormProps {
  readonly earlier: readonly Option[];
  /** the one that is chosen already */
  readonly copied: string;
  readonly year: number;
  readonly reply: SubmissionResult<string[]> | null;
}

/** A filing that starts from an earlier one of the same unit. */
function CopyForm({ earlier, copied, year, reply }: CopyFormProps) {
  const [form, fields] = useForm<Record<"sourceId" | "name" | "year", string>>({
    id: "copy",
    lastResult: reply,
    defaultValue: { year: String(year), sourceId: copied },
  });
  const here = (field: Parameters<typeof wired>[0]) => ({ ...wired(field), id: `copy-${field.name}` });
  return (
    <Section title="或者复制本单位以前的项目" id="copy" note="带入内容、金额、工期和需求，日期按年度顺延；附件不复制">
      <form method="post" className="max-w-2xl space-y-4" {...getFormProps(form)}>
        <ErrorSummary errors={summaryOf(form)} />
        <Select {...here(fields.sourceId)} label="以前的项目" required placeholder="请选择" options={earlier} />
        <TextInput {...here(fields.name)} label="另取名称" hint="不填则沿用原项目名称" />
        <TextInput {...here(fields.year)} label="申报年份" required inputMode="numeric" />
        <FormActions>
          <SubmitButton variant="secondary" name="intent" value="copy" pendingLabel="正在复制…">
            复制并开始填报
          </SubmitButton>
        </FormActions>
      </form>
    </Section>
  );
}

const optionsOf = (set: Record<string, string>) => keysOf(set).map((value) => ({ value, label: set[value] ?? value }));
