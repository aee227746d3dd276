import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { formatInstant, formatOfficialDate } from "~/kernel/local-date";
import { ConfirmSubmit, DescriptionList, ErrorSummary, LinkButton, PageHead, Section, TextArea } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";

import { readRegionalDay } from "../calendar/calendar.queries.server";
import { removeDaySchema } from "../calendar/calendar.schema";
import { dayWord } from "../calendar/calendar.words";
import { removeRegionalDay } from "../calendar/remove-regional-day.server";

export const handle = crumbs<{ day: { name: string } }>(({ day }) => [
  { label: "系统管理", href: "/admin" },
  { label: "工作日历", href: "/admin/calendar" },
  { label: day.name },
]);

export const loader = pageLoader({
  access: "admin:system",
  params: idParams,
  load: async ({ ctx, params }) => ({ day: await readRegionalDay(ctx.db, ctx.actor, params.id) }),
});

export const action = pageAction({
  access: "admin:system",
  params: idParams,
  run: async ({ ctx, params: { id }, form }) => {
    const submission = parseForm(form, removeDaySchema);
    if (submission.status !== "success") return invalid(submission);
    await removeRegionalDay(ctx, { id, reason: submission.value.reason });
    return redirect("/admin/calendar?done=removed");
  },
});

export default function RegionalDay() {
  const { day } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const [form, fields] = useForm<{ reason: string }>({ lastResult: reply?.form ?? null });
  return (
    <>
      <PageHead
        title={`${formatOfficialDate(day.day)} ${day.name}`}
        meta={`${day.regionName}及所辖`}
        actions={<LinkButton href="/admin/calendar">返回工作日历</LinkButton>}
      />
      <ErrorSummary errors={summaryOf(form)} />
      <Section title="区域安排">
        <DescriptionList
          items={[
            { term: "休/班", detail: dayWord(day.off) },
            { term: "适用区域", detail: `${day.regionName}及所辖全部区域` },
            { term: "依据", detail: day.source, wide: true },
            {
              term: "登记",
              detail: day.enteredAt
                ? `${day.enteredBy ?? "已离职人员"} ${formatInstant(new Date(day.enteredAt))}`
                : "随系统提供",
            },
          ]}
        />
      </Section>
      <form method="post" {...getFormProps(form)}>
        <Section title="撤销">
          <p className="mb-4 text-secondary">撤销后，这一天恢复全国安排；已经确定的到期日保持不变。</p>
          <div className="max-w-2xl space-y-4">
            <TextArea
              name="reason"
              label="撤销理由"
              required
              rows={3}
              defaultValue={fields.reason.initialValue}
              error={fields.reason.errors}
            />
            <ConfirmSubmit
              variant="danger"
              title="撤销这一天的安排？"
              consequence={`${formatOfficialDate(day.day)}恢复全国安排，登记和撤销都留在变动记录中。`}
              confirmLabel="确认撤销"
            >
              撤销安排
            </ConfirmSubmit>
          </div>
        </Section>
      </form>
    </>
  );
}
