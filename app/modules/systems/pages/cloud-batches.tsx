import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { rational } from "~/kernel/rational";
import { canEver } from "~/policy";
import {
  Columns,
  DataTable,
  DateInput,
  EmptyState,
  ErrorSummary,
  FormActions,
  PageHead,
  Percent,
  QueryBar,
  Section,
  StatusTag,
  SubmitButton,
  TextArea,
  TextInput,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import { sayBatchRefusal } from "../cloud/batches/batch.refusals";
import { newBatchSchema } from "../cloud/batches/batch.schema";
import { listBatches } from "../cloud/batches/batches.queries.server";
import { createBatch } from "../cloud/batches/save-batch.server";
import { CLOUD_DEFINITIONS } from "../cloud/rates/cloud.words";
import { readAsOf } from "../cloud/rates/cloud-list.queries.server";
import { CloudTabs } from "../ui/CloudTabs";

export const handle = crumbs(() => [{ label: "上云迁移", href: "/cloud" }, { label: "批次" }]);

export const loader = pageLoader({
  access: "system:read",
  load: async ({ ctx, query }) => {
    const asOf = readAsOf(query, ctx.today);
    const listed = await listBatches(ctx.db, ctx.actor, asOf);
    return { ...listed, asOf, today: ctx.today, mayGovern: canEver(ctx.actor, "system:govern") };
  },
});

export const action = pageAction({
  access: "system:govern",
  run: async ({ ctx, form }) => {
    const submission = parseForm(form, newBatchSchema);
    if (submission.status !== "success") return invalid(submission);
    const result = await createBatch(ctx, submission.value);
    if (!result.ok) return refused(submission, result.refusals, sayBatchRefusal);
    return redirect(`/cloud/batches/${result.value.id}`);
  },
});

export default function CloudBatches() {
  const { batches, unbatched, asOf, today, mayGovern } = useLoaderData<typeof loader>();
  const past = asOf === today ? undefined : asOf;
  const dated = past ? { asOf: past } : undefined;
  return (
    <>
      <PageHead title="迁移批次" meta={`数据截至 ${asOf}；${CLOUD_DEFINITIONS.batch}`} />
      <CloudTabs active="batches" asOf={past} />
      <QueryBar
        action="/cloud/batches"
        resetHref="/cloud/batches"
        filters={[{ name: "asOf", label: "截至日期", value: past ?? "", kind: "date" }]}
      />
      <Section title="批次" note={CLOUD_DEFINITIONS.rate} flush>
        <DataTable
          caption="迁移批次"
          rows={batches}
          rowKey={(row) => row.id}
          empty={<EmptyState title="还没有批次" explanation="由数据局建立批次、定出目标日期，再把系统列入。" />}
          columns={[
            {
              key: "name",
              title: "批次",
              primary: true,
              render: (row) => <a href={withQuery(`/cloud/batches/${row.id}`, "", { ...dated })}>{row.name}</a>,
            },
            { key: "target", title: "目标日期", nowrap: true, render: (row) => row.targetOn },
            { key: "done", title: "已上云", unit: "个", align: "right", render: (row) => row.numerator },
            { key: "all", title: "应上云", unit: "个", align: "right", render: (row) => row.denominator },
            {
              key: "rate",
              title: "上云率",
              align: "right",
              render: (row) => (
                <Percent share={row.denominator > 0 ? rational(row.numerator, row.denominator) : null} />
              ),
            },
            {
              key: "overdue",
              title: "逾期",
              nowrap: true,
              render: (row) =>
                row.overdue > 0 && (
                  <a href={withQuery("/cloud/list", "", { batch: row.id, overdue: "yes", ...dated })}>
                    <StatusTag tone="bad">{`${row.overdue} 个`}</StatusTag>
                  </a>
                ),
            },
            { key: "note", title: "说明", render: (row) => row.note },
          ]}
        />
        {unbatched.denominator > 0 && (
          <p className="border-t border-line px-4 py-2 text-secondary">
            另有{" "}
            <a href={withQuery("/cloud/list", "", { batch: "none", ...dated })}>{unbatched.denominator} 个应上云系统</a>
            未列入批次，其中 {unbatched.numerator} 个已上云。
          </p>
        )}
      </Section>
      {mayGovern && <NewBatch today={today} />}
    </>
  );
}

function NewBatch({ today }: { readonly today: string }) {
  const reply = useActionData<typeof action>();
  const [form, fields] = useForm<{ name: string; targetOn: string; note: string }>({ lastResult: reply?.form ?? null });
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title="新建批次" id="new">
        <ErrorSummary errors={summaryOf(form)} />
        <div className="max-w-3xl space-y-4">
          <Columns>
            <TextInput {...wired(fields.name)} label="批次名称" required hint="不与已有批次重名，例如“第四批”" />
            <DateInput {...wired(fields.targetOn)} label="目标日期" required min={today} hint="这一天以前全部上云" />
          </Columns>
          <TextArea {...wired(fields.note)} label="说明" rows={2} hint="依据文件、范围和安排" />
        </div>
        <FormActions>
          <SubmitButton name="intent" value="create" pendingLabel="正在建立…">
            建立批次
          </SubmitButton>
        </FormActions>
      </Section>
    </form>
  );
}
