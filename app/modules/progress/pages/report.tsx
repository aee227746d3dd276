import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { z } from "zod";

import { fingerprints } from "~/kernel/form-conflict";
import { fen } from "~/kernel/fen";
import { formatInstant, formatOfficialDate, localDate } from "~/kernel/local-date";
import { formatPeriod, isPeriod, lastDay, period } from "~/kernel/period";
import { DomainError, isConflict } from "~/kernel/result";
import { LIGHTS, REPORT_STATUSES } from "~/kernel/vocabulary";
import { loadFigures } from "~/platform/figures.server";
import { can } from "~/policy";
import {
  Amount,
  ConflictForm,
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
import { invalid, overtaken, parseForm, refused } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";

import { entryHref } from "../bulk/entry-address";
import { sayCloudStep } from "../progress.rules";
import { declineReport } from "../report/decline-report.server";
import { explainReport } from "../report/explain-report.server";
import { sayExplanationRefusal } from "../report/explanation.refusals";
import { reportHref } from "../report/load-report.server";
import { REPORT_STATES } from "../report/report.lifecycle";
import { readReport } from "../report/report.queries.server";
import { sayReportRefusal } from "../report/report.refusals";
import { isReportEventPossible } from "../report/report.rules";
import { declineSchema, explanationSchema, signSchema } from "../report/report.schema";
import { claimableOf, reportSense, reportValues } from "../report/report-values";
import { reportEventWords, reportStateTone, reportStatusTone } from "../report/report.words";
import { signReport } from "../report/sign-report.server";
import { ReportExplanations } from "../ui/ReportExplanations";
import { ReportFiles } from "../ui/ReportFiles";
import { ReportForm } from "../ui/ReportForm";
import { ReportLight } from "../ui/ReportLight";
import { ReportText } from "../ui/ReportText";
import { ReportVersions } from "../ui/ReportVersions";
import { dropReportFile, fillReport, mergeReport, type ReportReply } from "./report-actions.server";

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
    const [found, figures] = await Promise.all([
      readReport(ctx.db, ctx.actor, id, month, ctx.today),
      loadFigures(ctx.db, ctx.today),
    ]);
    const { report, content, milestones } = found;
    const mayFill = can(ctx.actor, "report:fill", report) && isReportEventPossible(report.state, "save");
    const done = query.get("done") ?? "";
    const { actualPercent, doneThisMonth, nextMonth, problems, mattersToSettle } = content;
    const values = { actualPercent, doneThisMonth, nextMonth, problems, mattersToSettle };
    return {
      ...found,
      values,
      opened: fingerprints(reportValues(values, claimableOf(milestones)), reportSense({})),
      today: ctx.today,
      maxMegabytes: figures.number("attachment.maxMegabytes"),
      isFilling: mayFill && (report.state !== "signed" || query.has("correct")),
      mayCorrect: mayFill && report.state === "signed",
      maySign: can(ctx.actor, "report:sign", report) && isReportEventPossible(report.state, "sign"),
      mayExplain: can(ctx.actor, "report:explain", report),
      done: done in DONE ? (done as keyof typeof DONE) : undefined,
      known: Number(query.get("known") ?? 0),
    };
  },
});

const DONE = {
  save: "草稿已保存。",
  submit: "已提交分管领导签批，签批后才算报送。",
  sign: "已签批报送。",
  decline: "已退回填报人修改。",
  explain: "说明已保存。",
};

export const action = pageAction({
  access: "report:read",
  params,
  run: async ({ ctx, params: { id, period: month }, form }): Promise<Response> => {
    const place = { projectId: id, period: month };
    const posted = { ctx, place, form };
    const file = form.get("removeFile");
    if (typeof file === "string") return dropReportFile(posted, file);
    const here = reportHref(place);
    const intent = form.get("intent");
    switch (intent) {
      case "save":
      case "submit":
        return fillReport(posted, intent);
      case "merge":
      case "mergeEdit":
      case "mergeMine":
      case "mergeTheirs":
        return mergeReport(posted, intent);
      case "sign": {
        const submission = parseForm(form, signSchema);
        if (submission.status !== "success") return answering("sign", invalid(submission));
        return overtakenOr(submission, "sign", async () => {
          const result = await signReport(ctx, { ...place, version: submission.value.version });
          return result.ok ? redirect(`${here}?done=sign`) : refused(submission, result.refusals, sayReportRefusal);
        });
      }
      case "decline": {
        const submission = parseForm(form, declineSchema);
        if (submission.status !== "success") return answering("decline", invalid(submission));
        return overtakenOr(submission, "decline", async () => {
          const result = await declineReport(ctx, { ...place, ...submission.value });
          return result.ok ? redirect(`${here}?done=decline`) : refused(submission, result.refusals, sayReportRefusal);
        });
      }
      case "explain": {
        const submission = parseForm(form, explanationSchema);
        if (submission.status !== "success") return answering("explain", invalid(submission));
        const result = await explainReport(ctx, place, submission.value);
        if (!result.ok) return answering("explain", refused(submission, result.refusals, sayExplanationRefusal));
        return redirect(`${here}?done=explain`);
      }
      default:
        throw new DomainError("invalid", "malformedForm");
    }
  },
});

/** The same reply, saying which form it answers. */
async function answering(answered: string, reply: Response): Promise<Response> {
  if (reply.status < 400) return reply;
  return Response.json({ ...((await reply.json()) as object), answered }, { status: reply.status });
}

/** A step of the leader on a report that changed meanwhile: told beside the newest state, with the reason as typed. */
async function overtakenOr(
  submission: Parameters<typeof overtaken>[0],
  answered: string,
  step: () => Promise<Response>,
): Promise<Response> {
  try {
    return await answering(answered, await step());
  } catch (error) {
    if (!isConflict(error)) throw error;
    return answering(answered, overtaken(submission, "月报刚刚有变化，这一步没有办理。请核对最新内容后再办理。"));
  }
}

export default function Report() {
  const data = useLoaderData<typeof loader>();
  const { report, project, status } = data;
  const reply = useActionData<ReportReply>();
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
            <a href={`/projects/${project.id}/progress`}>进度曲线与需协调事项</a>
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
        actions={
          <>
            {data.maySign && <LinkButton href={entryHref(period(report.period))}>批量签批本月月报</LinkButton>}
            {data.mayCorrect && !data.isFilling && <LinkButton href={`${here}?correct=1`}>更正本月月报</LinkButton>}
          </>
        }
      />
      {data.done && !reply && (
        <Notice tone="good">
          {DONE[data.done]}
          {data.known > 0 && `有 ${data.known} 个文件与已上传的内容相同，没有重复保存。`}
        </Notice>
      )}
      {reply?.conflict ? (
        <ConflictForm {...reply.conflict} saver={saverOf(data)} />
      ) : (
        <SideLayout sideLabel="办理情况" side={<Standing data={data} />}>
          <Facts data={data} reply={reply} />
          <Content data={data} reply={reply} here={here} />
          {!data.isFilling && <Milestones data={data} here={here} />}
          {data.versions.length > 0 && (
            <Section title="报送版本" note="更正是新的版本，首次报送时间不变" flush>
              <ReportVersions versions={data.versions} fileHref={(id) => `${here}/files/${id}`} />
            </Section>
          )}
        </SideLayout>
      )}
    </>
  );
}

/** Who saved last, and when: the other side of a conflict. */
function saverOf({ events }: Data) {
  const saved = events.find(({ type }) => type === "reportSaved" || type === "reportSubmitted");
  return saved ? { name: saved.actorName, at: formatInstant(new Date(saved.at)) } : null;
}

function Standing({ data: { report, events, remainingWorkdays } }: { data: Data }) {
  return (
    <>
      <Section title="报送期限">
        <DescriptionList
          columns={1}
          items={[
            { term: "截止日期", detail: formatOfficialDate(localDate(report.dueOn)) },
            {
              term: "剩余时间",
              detail: report.firstSubmittedAt ? "已报送" : <Countdown remaining={remainingWorkdays} />,
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
  );
}

/** What nobody types: each with where it comes from. */
function Facts({ data, reply }: { data: Data; reply: ReportReply | undefined }) {
  const { report, content, cloudSteps, explanations, explicable, status } = data;
  const isLate = status === "late" || status === "missing";
  const isLit = report.light !== null && report.light !== "green";
  return (
    <>
      {(isLate || isLit || explanations.length > 0) && (
        <Section title="迟报、缺报和亮灯" note="由系统按日期和规则认定，说明不改变认定">
          {isLate && (
            <p className="mb-2">
              {status === "late"
                ? `首次报送晚于截止日期 ${report.dueOn}，认定为迟报。`
                : `截止日期 ${report.dueOn} 已过，尚未报送，认定为缺报。`}
            </p>
          )}
          {report.light && isLit && (
            <div className="mb-2">
              <p>当月进度灯为“{LIGHTS[report.light]}”：</p>
              <ReportLight reasons={report.lightReasons ?? []} />
            </div>
          )}
          <ReportExplanations
            explanations={explanations}
            open={data.mayExplain ? explicable : []}
            lastResult={reply?.answered === "explain" ? reply.form : undefined}
          />
        </Section>
      )}
      <Section title="进度与资金" note="均由系统取数，不需填写">
        <DescriptionList
          columns={2}
          items={[
            {
              term: "形象进度",
              detail: <ProgressBar actual={Number(content.actualPercent)} planned={shown(content.plannedPercent)} />,
            },
            { term: "计划进度", detail: <Fact source="里程碑计划推算">{shown(content.plannedPercent)}%</Fact> },
            {
              term: "本月支付",
              detail: (
                <Fact source="财政部门确认的支付">
                  <Amount fen={fen(content.spentFen)} unit />
                </Fact>
              ),
            },
            {
              term: "累计支付",
              detail: (
                <Fact source={`财政部门确认，截至${formatOfficialDate(lastDay(period(report.period)))}`}>
                  <Amount fen={fen(content.spentTotalFen)} unit />
                </Fact>
              ),
            },
            ...(cloudSteps.length > 0
              ? [
                  {
                    term: "本月上云进展",
                    wide: true,
                    detail: (
                      <Fact source="系统清单的上云登记">
                        {cloudSteps.map((step) => (
                          <span key={sayCloudStep(step)} className="block">
                            {sayCloudStep(step)}
                          </span>
                        ))}
                      </Fact>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </Section>
    </>
  );
}

const Fact = ({ source, children }: { source: string; children: ReactNode }) => (
  <>
    {children}
    <span className="block text-[0.8125rem] text-secondary">来源：{source}</span>
  </>
);

function Content({ data, reply, here }: { data: Data; reply: ReportReply | undefined; here: string }) {
  const { report, project, values, content, milestones, files, continues } = data;
  const fileHref = (id: string) => `${here}/files/${id}`;
  const wasSigned = report.firstSubmittedAt !== null;
  const isOfForm = reply !== undefined && !["sign", "decline", "explain"].includes(reply.answered);
  if (data.isFilling || (isOfForm && reply.answered === "mergeEdit"))
    return (
      <Section
        title={data.mayCorrect ? "更正月报" : "填报"}
        note={continues && <Prefilled {...{ project, continues }} />}
      >
        <ReportForm
          values={values}
          plannedPercent={String(shown(content.plannedPercent))}
          milestones={claimableOf(milestones)}
          monthEnd={lastDay(period(report.period))}
          files={files}
          fileHref={fileHref}
          removable={report.state === "open" || report.state === "draft"}
          wasSigned={wasSigned}
          maxMegabytes={data.maxMegabytes}
          version={report.version}
          opened={data.opened}
          today={data.today}
          lastResult={isOfForm ? reply.form : null}
          cancelHref={data.mayCorrect ? here : undefined}
        />
      </Section>
    );
  return (
    <Section title="月报内容">
      {isOfForm && <Unsaved reply={reply} />}
      {report.state === "open" ? (
        <EmptyState title="本月月报尚未填报" explanation={`由${data.unitName}填报，分管领导签批后报送。`} />
      ) : (
        <ReportText values={values} />
      )}
      {files.some(({ milestoneId }) => milestoneId === null) && (
        <DescriptionList
          columns={1}
          items={[
            {
              term: "佐证材料",
              detail: (
                <ReportFiles
                  files={files.filter(({ milestoneId }) => milestoneId === null)}
                  {...{ fileHref, wasSigned }}
                />
              ),
            },
          ]}
        />
      )}
      {data.maySign && <SignForms version={report.version} reply={reply} />}
    </Section>
  );
}

/** Where the draft comes from, with a way to look. */
const Prefilled = ({ project, continues }: { project: Data["project"]; continues: string }) => (
  <>
    已按<a href={`/projects/${project.id}/reports/${continues}`}>{formatPeriod(period(continues))}月报</a>
    、里程碑计划和上云登记预填，请核对修改
  </>
);

/** What was typed into a report that can no longer be filled in: shown, so that it can be taken along. */
function Unsaved({ reply }: { reply: ReportReply }) {
  const typed = reply.form.initialValue ?? {};
  const text = (field: string) => {
    const value = typed[field];
    return typeof value === "string" ? value : "";
  };
  return (
    <Notice tone="bad" title="您填写的内容没有保存">
      {(reply.form.error?.[""] ?? []).map((message) => (
        <p key={message}>{message}</p>
      ))}
      <p>您填写的实际进度是 {text("actualPercent")}%，文字如下，可复制留存：</p>
      <ReportText
        values={{
          actualPercent: text("actualPercent"),
          doneThisMonth: text("doneThisMonth"),
          nextMonth: text("nextMonth"),
          problems: text("problems"),
          mattersToSettle: text("mattersToSettle"),
        }}
      />
    </Notice>
  );
}

function Milestones({ data: { milestones, files, report, today }, here }: { data: Data; here: string }) {
  return (
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
            render: (row) => <MilestoneState milestone={row} today={today} />,
          },
          {
            key: "evidence",
            title: "依据",
            render: (row) => (
              <>
                {row.evidence ?? row.claim?.evidence}
                <ReportFiles
                  files={files.filter(({ milestoneId }) => milestoneId === row.id)}
                  fileHref={(id) => `${here}/files/${id}`}
                  wasSigned={report.firstSubmittedAt !== null}
                />
              </>
            ),
          },
        ]}
      />
    </Section>
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

function SignForms({ version, reply }: { version: number; reply: ReportReply | undefined }) {
  const errorsOf = (answered: string) => (reply?.answered === answered ? (reply.form.error ?? {}) : {});
  const [signing, declining] = [errorsOf("sign"), errorsOf("decline")];
  const typed = reply?.form.initialValue?.["reason"];
  return (
    <div className="mt-4 grid gap-4 border-t border-line pt-4 md:grid-cols-2 print:hidden">
      <form method="post" className="space-y-3">
        <input type="hidden" name="version" value={version} />
        <p className="text-secondary">签批后月报即报送，里程碑完成情况同时生效。</p>
        {signing[""] && <Notice tone="bad">{signing[""].join("")}</Notice>}
        <SubmitButton name="intent" value="sign" variant="primary" pendingLabel="正在签批…">
          签批报送
        </SubmitButton>
      </form>
      <form method="post" className="space-y-3">
        <input type="hidden" name="version" value={version} />
        {declining[""] && <Notice tone="bad">{declining[""].join("")}</Notice>}
        <TextArea
          name="reason"
          label="退回原因"
          rows={2}
          defaultValue={typeof typed === "string" ? typed : ""}
          error={declining["reason"]}
        />
        <SubmitButton name="intent" value="decline" variant="danger" pendingLabel="正在退回…">
          退回修改
        </SubmitButton>
      </form>
    </div>
  );
}
