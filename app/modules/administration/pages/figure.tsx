import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { addDays, formatInstant, formatOfficialDate } from "~/kernel/local-date";
import { canEver } from "~/policy";
import {
  ConfirmSubmit,
  DataTable,
  DateInput,
  DescriptionList,
  EmptyState,
  ErrorSummary,
  FormActions,
  Notice,
  PageHead,
  Section,
  StatusTag,
  SubmitButton,
  TextArea,
  TextInput,
  type Tone,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";

import { addFigureVersion } from "../add-figure-version.server";
import { sayFigureRefusal } from "../figure-version.refusals";
import type { VersionStanding } from "../figure-version.rules";
import { newVersionSchema, withdrawVersionSchema } from "../figure-version.schema";
import { readFigure } from "../figures.queries.server";
import { withdrawFigureVersion } from "../withdraw-figure-version.server";

const params = z.object({ code: z.string().max(100) });

export const handle = crumbs<Loaded>(({ figure }) => [
  { label: "规则参数", href: "/admin/figures" },
  { label: figure.name },
]);

export const loader = pageLoader({
  access: "figure:read",
  params,
  load: async ({ ctx, params: { code }, query }) => ({
    figure: await readFigure(ctx.db, code, ctx.today),
    tomorrow: addDays(ctx.today, 1),
    mayEnter: canEver(ctx.actor, "admin:system"),
    done: query.get("done"),
  }),
});

export const action = pageAction({
  access: "admin:system",
  params,
  run: async ({ ctx, params: { code }, form }) => {
    if (form.get("intent") === "withdraw") {
      const submission = parseForm(form, withdrawVersionSchema);
      if (submission.status !== "success") return invalid(submission);
      const { versionId, withdrawReason: reason } = submission.value;
      const result = await withdrawFigureVersion(ctx, code, { versionId, reason });
      if (!result.ok) return refused(submission, result.refusals, sayFigureRefusal);
      return redirect(`/admin/figures/${code}?done=withdrawn`);
    }
    const submission = parseForm(form, newVersionSchema);
    if (submission.status !== "success") return invalid(submission);
    const result = await addFigureVersion(ctx, code, submission.value);
    if (!result.ok) return refused(submission, result.refusals, sayFigureRefusal);
    return redirect(`/admin/figures/${code}?done=added`);
  },
});

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;
type Figure = Loaded["figure"];

const STANDINGS: Readonly<Record<VersionStanding, readonly [word: string, tone: Tone]>> = {
  current: ["现行", "good"],
  future: ["将生效", "warn"],
  past: ["已失效", "neutral"],
  withdrawn: ["已撤回", "bad"],
};

export default function FigurePage() {
  const { figure, mayEnter, done, tomorrow } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const [form, fields] = useForm<Record<"value" | "inForceFrom" | "source" | "reason" | "withdrawReason", string>>({
    lastResult: reply?.form ?? null,
  });
  const current = figure.versions.find(({ standing }) => standing === "current");
  const future = figure.versions.find(({ standing }) => standing === "future");
  const errors = summaryOf(form);
  return (
    <>
      <PageHead title={figure.name} code={figure.code} meta={figure.topic} />
      {done === "added" && (
        <Notice tone="good" title="新值已登记">
          到生效日自动启用；此前可以撤回。已经作出的决定保留原来的数值。
        </Notice>
      )}
      {done === "withdrawn" && <Notice tone="good" title="登记的新值已撤回" />}
      <ErrorSummary errors={errors} />
      <Section title="现行规则">
        <DescriptionList
          items={[
            { term: "现行数值", detail: current ? `${current.value} ${figure.unit}` : "尚未生效" },
            { term: "生效日期", detail: current && formatOfficialDate(current.inForceFrom) },
            { term: "依据", detail: current?.source, wide: true },
            { term: "用在哪里", detail: figure.kind?.usedIn ?? "现行规则不使用这项参数，仅供查阅。", wide: true },
          ]}
        />
      </Section>
      <Versions figure={figure} />
      {mayEnter && future && (
        <form method="post">
          <Section title={`撤回 ${formatOfficialDate(future.inForceFrom)}起的新值`} id="withdraw">
            <input type="hidden" name="versionId" value={future.id} />
            <p className="mb-3 text-secondary">
              登记的 {future.value} {figure.unit}（{future.source}）尚未生效，可以撤回；撤回后原数值继续有效。
            </p>
            <div className="max-w-2xl space-y-4">
              <TextInput
                name="withdrawReason"
                label="撤回理由"
                required
                defaultValue={fields.withdrawReason.initialValue}
                error={fields.withdrawReason.errors}
              />
              <ConfirmSubmit
                variant="danger"
                name="intent"
                value="withdraw"
                title="撤回登记的新值？"
                consequence={`${formatOfficialDate(future.inForceFrom)}起的 ${future.value} ${figure.unit} 不再生效，登记和撤回都留在记录中。`}
                confirmLabel="确认撤回"
              >
                撤回新值
              </ConfirmSubmit>
            </div>
          </Section>
        </form>
      )}
      {mayEnter && figure.kind && (
        <form method="post" {...getFormProps(form)}>
          <Section title="登记新值" id="new">
            <p className="mb-4 text-secondary">
              只能从以后的日期起生效。已经作出的审核、判定和考核保留当时的数值，不会因此改变。
            </p>
            <div className="max-w-2xl space-y-4">
              <TextInput
                name="value"
                label={`新的数值（${figure.unit}）`}
                required
                inputMode="decimal"
                hint={`${figure.kind.decimals === 0 ? "整数" : `最多 ${figure.kind.decimals} 位小数`}，${figure.kind.min} 至 ${figure.kind.max}`}
                defaultValue={fields.value.initialValue}
                error={fields.value.errors}
                className="max-w-xs"
              />
              <DateInput
                name="inForceFrom"
                label="生效日期"
                required
                hint={`最早 ${formatOfficialDate(tomorrow)}`}
                defaultValue={fields.inForceFrom.initialValue}
                error={fields.inForceFrom.errors}
              />
              <TextInput
                name="source"
                label="依据（文件名称和文号）"
                required
                defaultValue={fields.source.initialValue}
                error={fields.source.errors}
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
                <SubmitButton variant="primary" name="intent" value="add" pendingLabel="正在登记…">
                  登记新值
                </SubmitButton>
              </FormActions>
            </div>
          </Section>
        </form>
      )}
    </>
  );
}

function Versions({ figure }: { readonly figure: Figure }) {
  return (
    <Section title="历次数值" flush>
      <DataTable
        caption={`${figure.name}的历次数值`}
        rows={figure.versions}
        rowKey={(row) => row.id}
        empty={<EmptyState title="没有数值" />}
        isHighlighted={(row) => row.standing === "current"}
        columns={[
          {
            key: "value",
            title: "数值",
            primary: true,
            render: (row) => `${row.value} ${row.unit}`,
          },
          {
            key: "standing",
            title: "状态",
            nowrap: true,
            render: ({ standing }) => <StatusTag tone={STANDINGS[standing][1]}>{STANDINGS[standing][0]}</StatusTag>,
          },
          { key: "from", title: "自", nowrap: true, render: (row) => row.inForceFrom },
          {
            key: "until",
            title: "至",
            nowrap: true,
            render: (row) =>
              row.standing === "withdrawn" ? null : row.nextFrom ? addDays(row.nextFrom, -1) : "长期有效",
          },
          { key: "source", title: "依据", render: (row) => row.source },
          {
            key: "note",
            title: "说明",
            render: (row) => (
              <>
                {row.note}
                {row.withdrawal && <p className="text-secondary">撤回：{row.withdrawal.reason}</p>}
              </>
            ),
          },
          {
            key: "by",
            title: "登记",
            render: (row) =>
              row.enteredAt
                ? `${row.enteredBy ?? "已离职人员"} ${formatInstant(new Date(row.enteredAt))}`
                : "随系统提供",
          },
        ]}
      />
    </Section>
  );
}
