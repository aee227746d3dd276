import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import type { Role } from "~/kernel/actor";
import { roleLabels } from "~/modules/identity";
import { scopeFor } from "~/policy";
import {
  DataTable,
  DateInput,
  EmptyState,
  ErrorSummary,
  LinkButton,
  PageHead,
  Section,
  StatusTag,
  SubmitButton,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { timeOf } from "~/web/context.server";
import { invalid, parseForm, refused } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";

import { accountsOf } from "../administration.queries.server";
import { listsMissing } from "../calendar/calendar.queries.server";
import { sayMoveTodayRefusal } from "../demonstration.refusals";
import { moveTodaySchema } from "../demonstration.schema";
import { moveToday } from "../move-today.server";
import { MissingYears } from "../ui/CalendarView";

export const handle = crumbs(() => [{ label: "系统管理" }]);

export const loader = pageLoader({
  access: "admin:system",
  load: async ({ ctx, context }) => {
    const [accounts, missing, time] = await Promise.all([
      accountsOf(ctx.db, scopeFor(ctx.actor, "admin:system")),
      listsMissing(ctx.db, ctx.today),
      timeOf(context),
    ]);
    return { accounts, missing, today: time.today, demonstration: time.demonstration };
  },
});

export const action = pageAction({
  access: "admin:system",
  run: async ({ ctx, form, context }) => {
    const submission = parseForm(form, moveTodaySchema);
    if (submission.status !== "success") return invalid(submission);
    const result = await moveToday(ctx, submission.value.today);
    if (!result.ok) return refused(submission, result.refusals, sayMoveTodayRefusal);
    await context.triggerJob("project-lapse-daily");
    await context.triggerJob("progress-daily");
    await context.triggerJob("report-reminders");
    await context.triggerJob("gates-daily");
    await context.triggerJob("supervision-daily");
    return redirect("/admin");
  },
});

export default function Admin() {
  const { accounts, missing, today, demonstration } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const [form, fields] = useForm<{ today: string }>({ lastResult: reply?.form ?? null });
  return (
    <>
      <PageHead
        title="系统管理"
        meta="账号与工作日历"
        actions={
          <>
            <LinkButton href="/admin/calendar">工作日历</LinkButton>
            <LinkButton href="/admin/figures">规则参数</LinkButton>
          </>
        }
      />
      <MissingYears missing={missing} />
      {demonstration && (
        <Section title="演示日期" id="demonstration">
          <ErrorSummary errors={summaryOf(form)} />
          <p className="mb-3 text-secondary">
            当前演示日期为 {today}。推进后，到期、迟报、缺报和进度灯会按新的日期重新认定。
          </p>
          <form method="post" className="flex flex-wrap items-end gap-3" {...getFormProps(form)}>
            <DateInput
              name="today"
              label="推进到"
              required
              defaultValue={fields.today.initialValue}
              error={fields.today.errors}
            />
            <SubmitButton variant="primary" pendingLabel="正在推进…">
              推进演示日期
            </SubmitButton>
          </form>
        </Section>
      )}
      <Section title="账号" flush>
        <DataTable
          caption="账号"
          rows={accounts}
          rowKey={(row) => row.id}
          empty={<EmptyState title="没有账号" />}
          columns={[
            { key: "username", title: "账号", primary: true, render: (row) => row.username },
            { key: "name", title: "姓名", render: (row) => row.name },
            { key: "unit", title: "单位", render: (row) => row.unitName },
            {
              key: "roles",
              title: "岗位",
              render: (row) => row.roles.map((role) => roleLabels[role as Role]).join("、"),
            },
            {
              key: "state",
              title: "状态",
              render: (row) =>
                row.disabled ? <StatusTag tone="bad">已停用</StatusTag> : <StatusTag tone="good">正常</StatusTag>,
            },
          ]}
        />
      </Section>
    </>
  );
}
