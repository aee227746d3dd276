import { json, redirect } from "@remix-run/node";
import { useActionData } from "@remix-run/react";

import {
  DateInput,
  ErrorSummary,
  Fields,
  FileInput,
  FormActions,
  LinkButton,
  PageHead,
  Section,
  SubmitButton,
  TextInput,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, type FormReply } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";

import { importPlan } from "../plan/import-plan.server";
import { sayImportRefusal } from "../plan/plan.refusals.server";
import { importPlanSchema } from "../plan/plan.schema";
import { LEDGER_COLUMNS } from "../plan/plan.columns";

export const handle = crumbs(() => [{ label: "任务台账", href: "/tasks" }, { label: "导入方案" }]);

export const loader = pageLoader({ access: "task:import", load: () => Promise.resolve(null) });

interface ImportReply extends FormReply {
  /** the plan that has this title already */
  readonly known?: string;
}

export const action = pageAction({
  access: "task:import",
  run: async ({ ctx, form }) => {
    const submission = parseForm(form, importPlanSchema);
    if (submission.status !== "success") return invalid(submission);
    const { file, ...facts } = submission.value;
    const bytes = new Uint8Array(await file.arrayBuffer());
    const result = await importPlan(ctx, facts, { name: file.name, bytes });
    if (result.ok) return redirect(`/tasks/plans/${result.value.id}`);
    const fieldErrors: Record<string, string[]> = {};
    for (const refusal of result.refusals)
      (fieldErrors[refusal.field ?? "file"] ??= []).push(sayImportRefusal(refusal));
    const known = result.refusals.find(({ code }) => code === "titleTaken")?.facts?.id;
    const reply: ImportReply = {
      form: submission.reply({ fieldErrors }),
      ...(known !== undefined && { known: String(known) }),
    };
    return json(reply, { status: 422 });
  },
});

const titles = (required: boolean): string =>
  LEDGER_COLUMNS.filter((column) => ("required" in column && column.required) === required)
    .map(({ title }) => title)
    .join("、");

export default function ImportPlan() {
  const reply = useActionData<ImportReply>();
  const errors = Object.entries(reply?.form.error ?? {}).flatMap(([field, messages]) =>
    (messages ?? []).map((message) => ({ message, ...(field && { field }) })),
  );
  const at = (name: string) => {
    const typed = reply?.form.initialValue?.[name];
    return { name, defaultValue: typeof typed === "string" ? typed : "", error: reply?.form.error?.[name] };
  };
  return (
    <>
      <PageHead
        title="导入方案"
        meta="先导入、再逐项确认；下达执行之前，各单位看不到"
        actions={<LinkButton href="/tasks/import/template">下载导入模板</LinkButton>}
      />
      <ErrorSummary errors={errors} title="方案没有导入" />
      {reply?.known && (
        <p className="mb-4">
          <a href={`/tasks/plans/${reply.known}`}>打开已经导入的同名方案</a>
        </p>
      )}
      <form method="post" encType="multipart/form-data">
        <Section title="方案">
          <div className="max-w-2xl">
            <Fields>
              <TextInput label="方案名称" required {...at("title")} hint="方案或工作要点的全称，不带书名号" />
              <TextInput label="文号" {...at("documentNumber")} hint="没有文号可不填" />
              <DateInput label="印发日期" required {...at("issuedOn")} hint="单位名称和单位集合的成员按这一天认定" />
              <FileInput
                name="file"
                label="任务台账文件"
                required
                accept=".xlsx,.xls,.csv"
                error={reply?.form.error?.["file"]}
                hint="支持 .xlsx、.xls、.csv（UTF-8 或 GBK），20 MB 以内；可带标题行、合并单元格，列的顺序不限"
              />
            </Fields>
            <p className="mt-3 text-[0.8125rem] text-secondary">
              须有的列：{titles(true)}；可有的列：{titles(false)}。相近的列名也能认出，例如“完成时间”“配合单位”。
            </p>
          </div>
          <FormActions>
            <SubmitButton pendingLabel="正在读取…">导入并核对</SubmitButton>
            <LinkButton href="/tasks/plans">返回方案管理</LinkButton>
          </FormActions>
        </Section>
      </form>
    </>
  );
}
