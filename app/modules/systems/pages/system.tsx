import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { formatInstant } from "~/kernel/local-date";
import { CLOUD_STEPS, HOSTINGS, OWNERSHIPS, SCOPE_REASONS } from "~/kernel/vocabulary";
import { can } from "~/policy";
import {
  DataTable,
  DateInput,
  DescriptionList,
  EmptyState,
  ErrorSummary,
  FormActions,
  Notice,
  PageHead,
  Section,
  SideLayout,
  StatusTag,
  Steps,
  SubmitButton,
  TextInput,
  Timeline,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";

import { sayCloudStepRefusal } from "../cloud/cloud.refusals";
import { isMigrated, nextCloudStep } from "../cloud/cloud.rules";
import { cloudStepSchema } from "../cloud/cloud.schema";
import { recordCloudStep } from "../cloud/record-cloud-step.server";
import { readSystem } from "../inventory/systems.queries.server";

export const handle = crumbs<{ system: { name: string } }>((data) => [
  { label: "系统清单", href: "/systems" },
  { label: data.system.name },
]);

export const loader = pageLoader({
  access: "system:read",
  params: idParams,
  load: async ({ ctx, params }) => {
    const found = await readSystem(ctx.db, ctx.actor, params.id);
    return { ...found, mayRecord: can(ctx.actor, "cloud:record", found.system), today: ctx.today };
  },
});

export const action = pageAction({
  access: "cloud:record",
  params: idParams,
  run: async ({ ctx, params, form }) => {
    const submission = parseForm(form, cloudStepSchema);
    if (submission.status !== "success") return invalid(submission);
    const result = await recordCloudStep(ctx, params.id, submission.value);
    if (!result.ok) return refused(submission, result.refusals, sayCloudStepRefusal);
    return redirect(`/systems/${params.id}`);
  },
});

export default function System() {
  const { system, standing, unitName, operatorName, batch, steps, tests, events, mayRecord, today } =
    useLoaderData<typeof loader>();
  const next = nextCloudStep(steps);
  const scopeReason = standing.scope === "out" ? standing.reason : null;
  return (
    <>
      <PageHead
        title={system.name}
        code={system.code}
        meta={`${unitName} · ${OWNERSHIPS[system.ownership]}`}
        status={
          scopeReason ? (
            <StatusTag tone="neutral">不在上云范围</StatusTag>
          ) : isMigrated(steps) ? (
            <StatusTag tone="good">已上云</StatusTag>
          ) : (
            <StatusTag tone="info">上云迁移中</StatusTag>
          )
        }
        next={!scopeReason && next ? { what: next, who: operatorName ?? unitName } : undefined}
      />
      <SideLayout
        side={
          <Section title="办理过程">
            <SystemTimeline events={events} />
          </Section>
        }
      >
        <Section title="上云七步" note={batch ? `${batch.name},${batch.targetOn} 前完成` : undefined}>
          {scopeReason ? (
            <Notice tone="info">{`${SCOPE_REASONS[scopeReason]},不计入上云率。`}</Notice>
          ) : (
            <Steps
              label="上云七步"
              steps={CLOUD_STEPS.map((label) => {
                const done = steps.find((step) => step.step === label);
                return { label, state: done ? "done" : label === next ? "current" : "todo", note: done?.completedOn };
              })}
            />
          )}
          {mayRecord && !scopeReason && next && (
            <StepForm key={next} step={next} version={system.version} today={today} />
          )}
        </Section>
        {steps.length > 0 && (
          <Section title="步骤依据" flush>
            <DataTable
              caption="步骤依据"
              rows={steps}
              rowKey={(row) => row.step}
              empty={null}
              columns={[
                { key: "step", title: "步骤", primary: true, render: (row) => row.step },
                { key: "on", title: "完成日期", nowrap: true, render: (row) => row.completedOn },
                { key: "evidence", title: "依据", render: (row) => row.evidence },
              ]}
            />
          </Section>
        )}
        <Section title="基本情况">
          <DescriptionList
            columns={2}
            items={[
              { term: "主管单位", detail: unitName },
              { term: "运营单位", detail: operatorName ?? "本单位" },
              { term: "等保级别", detail: system.mlpsLevel ? `${system.mlpsLevel} 级` : "未定级" },
              { term: "是否涉密", detail: system.secret ? "涉密" : "非涉密" },
              { term: "部署方式", detail: HOSTINGS[system.hosting] },
              { term: "数据备份", detail: system.backedUp ? "已备份" : "未备份" },
              { term: "登记日期", detail: system.registeredOn },
            ]}
          />
        </Section>
        <Section title="等保测评与密评" flush>
          <DataTable
            caption="等保测评与密评"
            rows={tests}
            rowKey={(row) => row.id}
            empty={<EmptyState title="没有测评记录" explanation="测评完成后由本单位登记。" />}
            columns={[
              {
                key: "kind",
                title: "类型",
                primary: true,
                render: (row) => (row.kind === "mlps" ? "等保测评" : "密码应用评估"),
              },
              { key: "level", title: "级别", align: "right", render: (row) => row.level },
              { key: "filing", title: "备案编号", nowrap: true, render: (row) => row.filingNumber },
              { key: "tested", title: "测评日期", nowrap: true, render: (row) => row.testedOn },
              {
                key: "valid",
                title: "有效期至",
                nowrap: true,
                render: (row) => (
                  <>
                    {row.validUntil}{" "}
                    {row.passed === "failed" ? (
                      <StatusTag tone="bad">未通过</StatusTag>
                    ) : row.validUntil < today ? (
                      <StatusTag tone="bad">已过期</StatusTag>
                    ) : (
                      <StatusTag tone="good">有效</StatusTag>
                    )}
                  </>
                ),
              },
            ]}
          />
        </Section>
      </SideLayout>
    </>
  );
}

function StepForm({ step, version, today }: { step: string; version: number; today: string }) {
  const reply = useActionData<typeof action>();
  const [form, fields] = useForm<{ completedOn: string; evidence: string; version: number; step: string }>({
    lastResult: reply?.form ?? null,
    defaultValue: { completedOn: today },
  });
  return (
    <form method="post" className="mt-4 space-y-3 border-t border-line pt-4" {...getFormProps(form)}>
      <ErrorSummary errors={summaryOf(form)} />
      <h3 className="font-medium">登记“{step}”完成</h3>
      <input type="hidden" name="step" value={step} />
      <input type="hidden" name="version" value={version} />
      <div className="grid gap-3 sm:grid-cols-[12rem_minmax(0,1fr)]">
        <DateInput
          name="completedOn"
          label="完成日期"
          required
          max={today}
          defaultValue={fields.completedOn.initialValue}
          error={fields.completedOn.errors}
        />
        <TextInput
          name="evidence"
          label="办理依据"
          hint="文件名称或文号"
          required
          defaultValue={fields.evidence.initialValue}
          error={fields.evidence.errors}
        />
      </div>
      <FormActions>
        <SubmitButton variant="primary" pendingLabel="正在登记…">
          登记完成
        </SubmitButton>
      </FormActions>
    </form>
  );
}

interface Happened {
  readonly id: string;
  readonly at: string;
  readonly actorName: string;
  readonly unitName: string;
  readonly payload: Record<string, unknown>;
}

function SystemTimeline({ events }: { events: readonly Happened[] }) {
  if (events.length === 0) return <p className="text-secondary">暂无记录</p>;
  return (
    <Timeline
      entries={events.map((event) => ({
        key: event.id,
        who: `${event.unitName} ${event.actorName}`,
        what: typeof event.payload.step === "string" ? `完成“${event.payload.step}”` : "更新系统信息",
        when: formatInstant(new Date(event.at)),
        tone: "good",
      }))}
    />
  );
}
