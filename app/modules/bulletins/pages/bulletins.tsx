import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { formatPeriod, period as periodFrom } from "~/kernel/period";
import { BULLETIN_STATES, type BulletinState } from "~/kernel/vocabulary";
import { canEver } from "~/policy";
import {
  DataTable,
  EmptyState,
  ErrorSummary,
  FormActions,
  PageHead,
  Section,
  Select,
  StatusTag,
  SubmitButton,
  type Tone,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";

import { sayBulletinRefusal } from "../bulletin.refusals";
import { draftSchema } from "../bulletin.schema";
import { listBulletins, periodsWithoutBulletin } from "../bulletins.queries.server";
import { draftBulletin } from "../draft-bulletin.server";
import { draftDefaults } from "../draft-defaults.server";
import { DraftFields } from "../ui/DraftFields";

export const handle = crumbs(() => [{ label: "通报" }]);

export const loader = pageLoader({
  access: "bulletin:read",
  load: async ({ ctx }) => {
    const mayDraft = canEver(ctx.actor, "bulletin:draft");
    const [rows, periods, defaults] = await Promise.all([
      listBulletins(ctx.db, ctx.actor),
      mayDraft ? periodsWithoutBulletin(ctx.db, ctx.actor) : null,
      mayDraft ? draftDefaults(ctx) : null,
    ]);
    const maySign = canEver(ctx.actor, "bulletin:sign");
    return { rows, periods, defaults, maySign, me: ctx.actor.userId, today: ctx.today };
  },
});

export const action = pageAction({
  access: "bulletin:draft",
  run: async ({ ctx, form }) => {
    const submission = parseForm(form, draftSchema);
    if (submission.status !== "success") return invalid(submission);
    const result = await draftBulletin(ctx, submission.value);
    if (!result.ok) return refused(submission, result.refusals, sayBulletinRefusal);
    return redirect(`/bulletins/${result.value.id}`);
  },
});

const TONES: Readonly<Record<BulletinState, Tone>> = { draft: "warn", published: "good", withdrawn: "neutral" };

export default function Bulletins() {
  const { rows, periods, defaults, maySign, me, today } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="通报" meta="由冻结数据生成，签发后编号印发，不再改动" />
      {defaults && periods && periods.length > 0 && <DraftForm periods={periods} defaults={defaults} today={today} />}
      <Section title="通报列表" flush>
        <DataTable
          caption="通报列表"
          rows={rows}
          rowKey={(row) => row.id}
          empty={
            <EmptyState title="还没有通报" explanation="考核期数据冻结后，由数据管理部门起草，领导签发后在此公布。" />
          }
          columns={[
            { key: "number", title: "文号", nowrap: true, render: (row) => row.number ?? "未编号" },
            {
              key: "title",
              title: "标题",
              primary: true,
              render: (row) => <a href={`/bulletins/${row.id}`}>{row.title}</a>,
            },
            { key: "period", title: "考核期", nowrap: true, render: (row) => formatPeriod(periodFrom(row.period)) },
            {
              key: "state",
              title: "状态",
              nowrap: true,
              render: (row) => <StatusTag tone={TONES[row.state]}>{BULLETIN_STATES[row.state]}</StatusTag>,
            },
            { key: "drafter", title: "起草人", nowrap: true, wideOnly: true, render: (row) => row.drafterName },
            { key: "signer", title: "签发人", nowrap: true, render: (row) => row.signerName },
            { key: "signedOn", title: "签发日期", nowrap: true, render: (row) => row.signedOn },
            {
              key: "what",
              title: "办理",
              nowrap: true,
              render: (row) => {
                if (row.state === "published") return row.readAt ? "已阅" : <StatusTag tone="info">未读</StatusTag>;
                return maySign && row.draftedBy !== me ? <a href={`/bulletins/${row.id}#sign`}>审阅签发</a> : "待签发";
              },
            },
          ]}
        />
      </Section>
    </>
  );
}

interface DraftFormProps {
  readonly periods: readonly { readonly id: string; readonly period: string }[];
  readonly defaults: Readonly<Record<"basis" | "rectifyBy" | "contactName" | "contactPhone", string>>;
  readonly today: string;
}

function DraftForm({ periods, defaults, today }: DraftFormProps) {
  const reply = useActionData<typeof action>();
  const [form, fields] = useForm<DraftFormProps["defaults"] & { periodId: string }>({
    lastResult: reply?.form ?? null,
    defaultValue: { ...defaults, periodId: periods[0]?.id ?? "" },
  });
  return (
    <Section title="起草通报" id="draft" note="数据已冻结、尚未通报的考核期">
      <ErrorSummary errors={summaryOf(form)} />
      <form method="post" className="max-w-2xl space-y-4" {...getFormProps(form)}>
        <Select
          name="periodId"
          label="考核期"
          required
          className="max-w-xs"
          options={periods.map(({ id, period }) => ({ value: id, label: formatPeriod(periodFrom(period)) }))}
          defaultValue={fields.periodId.initialValue}
          error={fields.periodId.errors}
        />
        <DraftFields field={(name) => fields[name]} today={today} />
        <FormActions note="正文和附件由系统按冻结数据生成，数字不能手工改写。">
          <SubmitButton variant="primary" pendingLabel="正在生成…">
            起草通报
          </SubmitButton>
        </FormActions>
      </form>
    </Section>
  );
}
