import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import {
  DateInput,
  ErrorSummary,
  FormActions,
  LinkButton,
  PageHead,
  RadioGroup,
  Section,
  Select,
  SubmitButton,
  TextArea,
  TextInput,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";

import { addRegionalDay } from "../calendar/add-regional-day.server";
import { regionsOf } from "../calendar/calendar.queries.server";
import { sayRegionalDayRefusal } from "../calendar/calendar.refusals.server";
import { regionalDaySchema } from "../calendar/calendar.schema";

export const handle = crumbs(() => [
  { label: "系统管理", href: "/admin" },
  { label: "工作日历", href: "/admin/calendar" },
  { label: "登记区域安排" },
]);

export const loader = pageLoader({
  access: "admin:system",
  load: async ({ ctx }) => ({ regions: await regionsOf(ctx.db, ctx.actor), regionId: ctx.actor.regionId }),
});

export const action = pageAction({
  access: "admin:system",
  run: async ({ ctx, form }) => {
    const submission = parseForm(form, regionalDaySchema);
    if (submission.status !== "success") return invalid(submission);
    const { kind, ...ordered } = submission.value;
    const result = await addRegionalDay(ctx, { ...ordered, off: kind === "off" });
    if (!result.ok) return refused(submission, result.refusals, sayRegionalDayRefusal);
    return redirect(`/admin/calendar?year=${ordered.day.slice(0, 4)}&region=${ordered.regionId}&done=added`);
  },
});

type Fields = Record<"regionId" | "day" | "kind" | "name" | "source" | "reason", string>;

export default function NewRegionalDay() {
  const { regions, regionId } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const [form, fields] = useForm<Fields>({ lastResult: reply?.form ?? null });
  return (
    <>
      <PageHead title="登记区域安排" meta="市庆、台风停工等本区域另行决定的放假或上班" />
      <ErrorSummary errors={summaryOf(form)} />
      <form method="post" {...getFormProps(form)}>
        <Section title="日期和依据">
          <p className="mb-4 text-secondary">
            对所选区域及所辖全部区域有效，优先于全国安排。已经确定的到期日保持不变；剩余工作日从现在起按新的日历计算。
          </p>
          <div className="max-w-2xl space-y-4">
            <Select
              name="regionId"
              label="适用区域"
              required
              options={regions.map(({ id, name }) => ({ value: id, label: name }))}
              defaultValue={fields.regionId.initialValue ?? regionId}
              error={fields.regionId.errors}
            />
            <DateInput
              name="day"
              label="日期"
              required
              defaultValue={fields.day.initialValue}
              error={fields.day.errors}
            />
            <RadioGroup
              name="kind"
              label="放假还是上班"
              required
              options={[
                { value: "off", label: "放假（停工）" },
                { value: "work", label: "上班（补班）" },
              ]}
              defaultValue={fields.kind.initialValue}
              error={fields.kind.errors}
            />
            <TextInput
              name="name"
              label="名称"
              required
              hint="例如：市庆日、台风停工、台风停工补班"
              defaultValue={fields.name.initialValue}
              error={fields.name.errors}
            />
            <TextInput
              name="source"
              label="依据（文件名和文号）"
              required
              defaultValue={fields.source.initialValue}
              error={fields.source.errors}
            />
            <TextArea
              name="reason"
              label="理由"
              required
              rows={3}
              defaultValue={fields.reason.initialValue}
              error={fields.reason.errors}
            />
            <FormActions>
              <SubmitButton variant="primary" pendingLabel="正在登记…">
                登记
              </SubmitButton>
              <LinkButton href="/admin/calendar">返回</LinkButton>
            </FormActions>
          </div>
        </Section>
      </form>
    </>
  );
}
