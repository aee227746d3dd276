import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { isConflict } from "~/kernel/result";
import { ErrorSummary, FormActions, LinkButton, PageHead, Section, SubmitButton, TextArea, TextInput } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, overtaken, parseForm, refused } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";

import { readRegion } from "../calendar/calendar.queries.server";
import { sayReportingDayRefusal } from "../calendar/calendar.refusals.server";
import { reportingDaySchema } from "../calendar/calendar.schema";
import { setReportingDay } from "../calendar/set-reporting-day.server";

export const handle = crumbs<{ region: { name: string } }>(({ region }) => [
  { label: "系统管理", href: "/admin" },
  { label: "工作日历", href: "/admin/calendar" },
  { label: `${region.name}月报日` },
]);

export const loader = pageLoader({
  access: "admin:system",
  params: idParams,
  load: async ({ ctx, params }) => ({ region: await readRegion(ctx.db, ctx.actor, params.id) }),
});

export const action = pageAction({
  access: "admin:system",
  params: idParams,
  run: async ({ ctx, params: { id }, form }) => {
    const submission = parseForm(form, reportingDaySchema);
    if (submission.status !== "success") return invalid(submission);
    try {
      const result = await setReportingDay(ctx, id, submission.value);
      if (!result.ok) return refused(submission, result.refusals, sayReportingDayRefusal);
      return redirect("/admin/calendar?done=reportingDay");
    } catch (error) {
      if (!isConflict(error)) throw error;
      return overtaken(submission, "该区域的月报日刚刚有了调整，这次没有写入。请核对现行月报日后再提交。");
    }
  },
});

export default function ReportingDay() {
  const { region } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const [form, fields] = useForm<{ reportingDay: string; reason: string }>({ lastResult: reply?.form ?? null });
  return (
    <>
      <PageHead title={`${region.name}月报日`} meta={`现行：每月 ${region.reportingDay} 日`} />
      <ErrorSummary errors={summaryOf(form)} />
      <form method="post" {...getFormProps(form)}>
        <Section title="调整月报日">
          <p className="mb-4 text-secondary">
            从此后生成的月报起执行，已经生成的月报保留原来的截止日。遇休息日顺延到下一个工作日；填 29 至 31
            日的，当月没有这一天时取最后一天。只对本区域有效，所辖区域各自设定。
          </p>
          <input type="hidden" name="was" value={region.reportingDay} />
          <div className="max-w-2xl space-y-4">
            <TextInput
              name="reportingDay"
              label="每月几日"
              required
              inputMode="numeric"
              hint="1 至 31 的整数"
              className="max-w-xs"
              defaultValue={fields.reportingDay.initialValue ?? String(region.reportingDay)}
              error={fields.reportingDay.errors}
            />
            <TextArea
              name="reason"
              label="调整理由"
              required
              rows={3}
              defaultValue={fields.reason.initialValue}
              error={fields.reason.errors}
            />
            <FormActions>
              <SubmitButton variant="primary" pendingLabel="正在调整…">
                调整月报日
              </SubmitButton>
              <LinkButton href="/admin/calendar">返回</LinkButton>
            </FormActions>
          </div>
        </Section>
      </form>
    </>
  );
}
