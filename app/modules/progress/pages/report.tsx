import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { fen } from "~/kernel/fen";
import { formatInstant, formatOfficialDate, localDate } from "~/kernel/local-date";
import { formatPeriod, isPeriod, period } from "~/kernel/period";
import { DomainError } from "~/kernel/result";
import { REPORT_STATUSES } from "~/kernel/vocabulary";
import { can } from "~/policy";
import {
  Amount,
  Countdown,
  DataTable,
  DescriptionList,
  EmptyState,
  LinkButton,
  Notice,
  PageHead,
  ProgressBar,
  Section,
  SideLayout,
  StatusTag,
  SubmitButton,
  TextArea,
  Timeline,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";

import { declineReport } from "../report/decline-report.server";
import { sayLightReason } from "../light/light.words";
import { REPORT_STATES } from "../report/report.lifecycle";
import { readReport } from "../report/report.queries.server";
import { sayReportRefusal } from "../report/report.refusals";
import { isReportEventPossible } from "../report/report.rules";
import { declineSchema, reportSchema, signSchema } from "../report/report.schema";
import { reportEventWords, reportStateTone, reportStatusTone } from "../report/report.words";
import { saveReport } from "../report/save-report.server";
import { signReport } from "../report/sign-report.server";
import { submitReport } from "../report/submit-report.server";
import { ReportForm } from "../ui/ReportForm";
import { ReportText } from "../ui/ReportText";

export const handle = crumbs<{ project: { id: string; name: string }; report: { period: string } }>((data) => [
  { label: "月报", href: "/reports" },
  { label: data.project.name, href: `/projects/${data.project.id}` },
  { label: formatPeriod(period(data.report.period)) },
]);

const params = z.object({ id: z.uuid(), period: z.string().refine(isPeriod).transform(period) });

export const loader = pageLoader({
  access: "report:read",
  params,
  load: async ({ ctx, params: { id, period: month }, query }) => {
    const found = await readReport(ctx.db, ctx.actor, id, month, ctx.today);
    const { report } = found;
    const mayFill = can(ctx.actor, "report:fill", report) && isReportEventPossible(report.state, "save");
    const done = query.get("done") ?? "";
    return {
      ...found,
      today: ctx.today,
      isFilling: mayFill && (report.state !== "signed" || query.has("correct")),
      mayCorrect: mayFill && report.state === "signed",
      maySign: can(ctx.actor, "report:sign", report) && isReportEventPossible(report.state, "sign"),
      done: done in DONE ? (done as keyof typeof DONE) : undefined,
    };
  },
});

const DONE = {
  save: "草稿已保存。",
  submit: "已提交分管领导签批，签批后才算报送。",
  sign: "已签批报送。",
  decline: "已退回填报人修改。",
};

export const action = pageAction({
  access: "report:read",
  params,
  run: async ({ ctx, params: { id, period: month }, form }) => {
    const here = `/projects/${id}/reports/${month}`;
    const intent = form.get("intent");
    const ref = (version: number) => ({ projectId: id, period: month, version });
    switch (intent) {
      case "save":
      case "submit": {
        const submission = parseForm(form, reportSchema);
        if (submission.status !== "success") return invalid(submission);
        const { version, ...content } = submission.value;
        const verb = intent === "save" ? saveReport : submitReport;
        const result = await verb(ctx, ref(version), content);
        if (!result.ok) return refused(submission, result.refusals, sayReportRefusal);
        return redirect(`${here}?done=${intent}`);
      }
      case "sign": {
        const submission = parseForm(form, signSchema);
        if (submission.status !== "success") return invalid(submission);
        const result = await signReport(ctx, ref(submission.value.version));
        if (!result.ok) return refused(submission, result.refusals, sayReportRefusal);
        return redirect(`${here}?done=sign`);
      }
      case "decline": {
        const submission = parseForm(form, declineSchema);
        if (submission.status !== "success") return invalid(submission);
        const result = await declineReport(ctx, { ...ref(submission.value.version), reason: submission.value.reason });
        if (!result.ok) return refused(submission, result.refusals, sayReportRefusal);
        return redirect(`${here}?done=decline`);
      }
      default:
        throw new DomainError("invalid", "malformedForm");
    }
  },
});

export default function Report() {
  const data = useLoaderData<typeof loader>();
  const { report, project, content, status, milestones, versions, events } = data;
  const reply = useActionData<typeof action>();
  const here = `/projects/${project.id}/reports/${report.period}`;
  return (
    <>
      <PageHead
        title={`${formatPeriod(period(report.period))}月报`}
        code={project.code}
        meta={
          <>
            <a href={`/projects/${project.id}`}>{project.name}</a>
            <span>{data.unitName}</span>
          </>
        }
        status={
          <>
            <StatusTag tone={reportStatusTone(status)}>{REPORT_STATUSES[status]}</StatusTag>
            <StatusTag tone={reportStateTone(report.state)}>{REPORT_STATES[report.state]}</StatusTag>
          </>
        }
        light={report.light}
        next={nextStep(data)}
        actions={data.mayCorrect && !data.isFilling && <LinkButton href={`${here}?correct=1`}>更正本月月报</LinkButton>}
      />
      {data.done && <Notice tone="good">{DONE[data.done]}</Notice>}
      <SideLayout
        sideLabel="办理情况"
        side={
          <>
            <Section title="报送期限">
              <DescriptionList
                columns={1}
                items={[
                  { term: "截止日期", detail: formatOfficialDate(localDate(report.dueOn)) },
                  {
                    term: "剩余时间",
                    detail: report.firstSubmittedAt ? "已报送" : <Countdown remaining={data.remainingWorkdays} />,
                  },
                  {
                    term: "首次报送",
                    detail: report.firstSubmittedAt && formatInstant(new Date(report.firstSubmittedAt)),
                  },
                ]}
              />
            </Section>
            <Section title="办理过程">
              {events.length === 0 ? (
                <p className="text-secondary">暂无记录</p>
              ) : (
                <Timeline
                  entries={events.map((event) => ({
                    key: event.id,
                    who: `${event.unitName} ${event.actorName}`,
                    what: reportEventWords[event.type] ?? event.type,
                    when: formatInstant(new Date(event.at)),
                    reason: event.reason ?? undefined,
                    tone: event.type === "reportDeclined" ? "warn" : "info",
                  }))}
                />
              )}
            </Section>
          </>
        }
      >
        {report.light && report.light !== "green" && (
          <Section title="亮灯原因">
            <ul className="list-disc pl-5">
              {(report.lightReasons ?? []).map((reason) => (
                <li key={reason.code}>{sayLightReason(reason)}</li>
              ))}
            </ul>
          </Section>
        )}
        <Section title="进度与资金" note="计划进度由里程碑推算，支付数据以财政部门确认的为准">
          <DescriptionList
            columns={2}
            items={[
              {
                term: "形象进度",
                detail: <ProgressBar actual={Number(content.actualPercent)} planned={shown(content.plannedPercent)} />,
              },
              { term: "本月支付", detail: <Amount fen={fen(content.spentFen)} unit /> },
              { term: "计划进度", detail: `${shown(content.plannedPercent)}%` },
              { term: "累计支付", detail: <Amount fen={fen(content.spentTotalFen)} unit /> },
            ]}
          />
        </Section>
        <Section title={data.isFilling ? (data.mayCorrect ? "更正月报" : "填报") : "月报内容"}>
          {data.isPrefilled && data.isFilling && (
            <p className="mb-3 text-secondary">已按上月月报、里程碑计划和财政支付数据预填，请核对修改。</p>
          )}
          {data.isFilling ? (
            <ReportForm
              values={content}
              plannedPercent={String(shown(content.plannedPercent))}
              milestones={milestones}
              version={report.version}
              today={data.today}
              lastResult={reply?.form ?? null}
              cancelHref={data.mayCorrect ? here : undefined}
            />
          ) : report.state === "open" ? (
            <EmptyState title="本月月报尚未填报" explanation={`由${data.unitName}填报，分管领导签批后报送。`} />
          ) : (
            <ReportText values={content} />
          )}
          {data.maySign && <SignForms version={report.version} reply={reply} />}
        </Section>
        <Section title="里程碑" flush>
          <DataTable
            caption="里程碑"
            rows={milestones}
            rowKey={(row) => row.id}
            empty={<EmptyState title="项目没有里程碑" />}
            columns={[
              { key: "name", title: "里程碑", primary: true, render: (row) => row.name },
              { key: "planned", title: "计划完成", nowrap: true, render: (row) => row.plannedOn },
              { key: "percent", title: "累计进度", unit: "%", align: "right", render: (row) => row.cumulativePercent },
              {
                key: "state",
                title: "完成情况",
                nowrap: true,
                render: (row) => <MilestoneState milestone={row} today={data.today} />,
              },
              { key: "evidence", title: "依据", render: (row) => row.evidence ?? row.claim?.evidence },
            ]}
          />
        </Section>
        {versions.length > 0 && (
          <Section title="报送版本" flush>
            <DataTable
              caption="报送版本"
              rows={versions}
              rowKey={(row) => String(row.number)}
              empty={null}
              columns={[
                { key: "number", title: "版本", primary: true, render: (row) => `第 ${row.number} 版` },
                {
                  key: "at",
                  title: "报送时间",
                  nowrap: true,
                  render: (row) => formatInstant(new Date(row.submittedAt)),
                },
                { key: "signer", title: "签批人", nowrap: true, render: (row) => row.signer },
                { key: "actual", title: "实际进度", unit: "%", align: "right", render: (row) => row.actualPercent },
                { key: "done", title: "本月完成", render: (row) => row.doneThisMonth },
              ]}
            />
          </Section>
        )}
      </SideLayout>
    </>
  );
}

type Data = ReturnType<typeof useLoaderData<typeof loader>>;

/** Two decimals are enough for the eye; lights are judged on the exact figure. */
const shown = (percent: string): number => Math.round(Number(percent) * 100) / 100;

function nextStep({ report, unitName, remainingWorkdays }: Data) {
  const remaining = report.firstSubmittedAt ? {} : { remainingWorkdays };
  switch (report.state) {
    case "open":
    case "draft":
      return { what: "填报并提交签批", who: `${unitName}填报人`, ...remaining };
    case "awaitingSignature":
      return { what: "签批报送", who: `${unitName}分管领导`, ...remaining };
    case "signed":
      return undefined;
  }
}

function MilestoneState({ milestone, today }: { milestone: Data["milestones"][number]; today: string }) {
  if (milestone.completedOn) return <StatusTag tone="good">{milestone.completedOn} 完成</StatusTag>;
  if (milestone.claim) return <StatusTag tone="info">{milestone.claim.completedOn} 完成，待签批</StatusTag>;
  if (milestone.plannedOn < today) return <StatusTag tone="bad">已逾期</StatusTag>;
  return <StatusTag>未到期</StatusTag>;
}

type Reply = ReturnType<typeof useActionData<typeof action>>;

function SignForms({ version, reply }: { version: number; reply: Reply }) {
  const errors = reply?.form.error ?? {};
  const typed = reply?.form.initialValue?.["reason"];
  return (
    <div className="mt-4 grid gap-4 border-t border-line pt-4 md:grid-cols-2 print:hidden">
      <form method="post" className="space-y-3">
        <input type="hidden" name="version" value={version} />
        <p className="text-secondary">签批后月报即报送，里程碑完成情况同时生效。</p>
        {errors[""] && <Notice tone="bad">{errors[""].join("")}</Notice>}
        <SubmitButton name="intent" value="sign" variant="primary" pendingLabel="正在签批…">
          签批报送
        </SubmitButton>
      </form>
      <form method="post" className="space-y-3">
        <input type="hidden" name="version" value={version} />
        <TextArea
          name="reason"
          label="退回原因"
          rows={2}
          defaultValue={typeof typed === "string" ? typed : ""}
          error={errors["reason"]}
        />
        <SubmitButton name="intent" value="decline" variant="danger" pendingLabel="正在退回…">
          退回修改
        </SubmitButton>
      </form>
    </div>
  );
}
