import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { formatInstant } from "~/kernel/local-date";
import { formatPeriod } from "~/kernel/period";
import { DomainError, isConflict, type Result } from "~/kernel/result";
import { LEDGER_TASK_STATES, SUPERVISION_STATES } from "~/kernel/vocabulary";
import { can } from "~/policy";
import {
  DataTable,
  DescriptionList,
  EmptyState,
  ErrorSummary,
  LinkButton,
  PageHead,
  Section,
  SideLayout,
  StatusTag,
  Timeline,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, overtaken, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { LEDGER_EVENT_WORDS, sayRole, taskTone } from "../ledger.words";
import { originalWords } from "../plan/plan.columns";
import { acceptEvidence } from "../task/accept-evidence.server";
import { closeTask } from "../task/close-task.server";
import { governedTask } from "../task/load-task.server";
import { meetMoment } from "../task/meet-moment.server";
import { reopenTask } from "../task/reopen-task.server";
import { requestClosing } from "../task/request-closing.server";
import { returnClosing } from "../task/return-closing.server";
import { superviseTask } from "../task/supervise-task.server";
import { guardsHeld } from "../task/take-task-step.server";
import { TASK_EVENTS, TASK_LIFECYCLE, type TaskEvent, type TaskGuard } from "../task/task.lifecycle";
import { readTask } from "../task/task.queries.server";
import { sayTaskRefusal, type TaskRefusal } from "../task/task.refusals";
import {
  closingSchema,
  momentSchema,
  reasonSchema,
  stepSchema,
  superviseSchema,
  updateSchema,
} from "../task/task.schema";
import { updateTask } from "../task/update-task.server";
import { DeadlineWords } from "../ui/DeadlineWords";
import { MentionList } from "../ui/MentionList";
import { TaskForms } from "../ui/TaskForms";

export const handle = crumbs<Loaded>(({ task }) => [
  { label: "任务台账", href: "/tasks" },
  { label: task.title ?? `第 ${task.number} 项` },
]);

/** Guards that what is typed decides: a form is offered before they hold. */
const TYPED: readonly TaskGuard[] = ["statementGiven", "reasonGiven"];

export const loader = pageLoader({
  access: "task:read",
  params: idParams,
  load: async ({ ctx, params }) => {
    const { loaded, ...found } = await readTask(ctx.db, ctx.actor, params.id, ctx.today);
    const { task, items } = found;
    const governed = governedTask(ctx.actor, loaded);
    const notSupervised = items.every(({ state }) => state === "closed") ? (["notSupervised"] as const) : [];
    const held: readonly TaskGuard[] = [...guardsHeld(ctx, loaded, ""), ...TYPED, ...notSupervised];
    const offered = (Object.keys(TASK_EVENTS) as TaskEvent[]).filter((event) =>
      TASK_LIFECYCLE.some(
        ({ from, on, action, guards }) =>
          from === task.state &&
          on === event &&
          can(ctx.actor, action, governed) &&
          (guards as readonly TaskGuard[]).every((guard) => held.includes(guard)),
      ),
    );
    return {
      ...found,
      offered,
      isConfirmer: found.plan.state === "confirming",
      own: found.named.filter(({ unitId }) => unitId === ctx.actor.unitId),
      today: ctx.today,
    };
  },
});

const OVERTAKEN = "任务刚刚有了新的变动，这一步没有生效。请核对最新内容后再办理，您填写的内容已保留。";

export const action = pageAction({
  access: "task:read",
  params: idParams,
  run: async ({ ctx, params: { id }, form }) => {
    const intent = form.get("intent");
    switch (intent) {
      case "update":
        return act(form, updateSchema, id, async ({ files, ...input }) => {
          const evidence = await acceptEvidence(ctx, files);
          return evidence.ok ? updateTask(ctx, id, input, evidence.value) : evidence;
        });
      case "meetMoment":
        return act(form, momentSchema, id, async ({ files, ...input }) => {
          const evidence = await acceptEvidence(ctx, files);
          return evidence.ok ? meetMoment(ctx, { id, ...input }, evidence.value) : evidence;
        });
      case "requestClosing":
        return act(form, closingSchema, id, async ({ files, ...input }) => {
          const evidence = await acceptEvidence(ctx, files);
          return evidence.ok ? requestClosing(ctx, { id, ...input }, evidence.value) : evidence;
        });
      case "close":
        return act(form, stepSchema, id, (input) => closeTask(ctx, { id, ...input }));
      case "returnClosing":
        return act(form, reasonSchema, id, (input) => returnClosing(ctx, { id, ...input }));
      case "reopen":
        return act(form, reasonSchema, id, (input) => reopenTask(ctx, { id, ...input }));
      case "supervise":
        return act(form, superviseSchema, id, (input) => superviseTask(ctx, { id, ...input }));
      default:
        throw new DomainError("invalid", "malformedForm");
    }
  },
});

/** Parses a form, runs its verb, and answers with the page, the refusals, or what was typed when somebody was faster. */
async function act<S extends Parameters<typeof parseForm>[1]>(
  form: FormData,
  schema: S,
  id: string,
  verb: (input: ReturnType<S["parse"]>) => Promise<Result<null, TaskRefusal>>,
) {
  const submission = parseForm(form, schema);
  if (submission.status !== "success") return invalid(submission);
  try {
    const result = await verb(submission.value as ReturnType<S["parse"]>);
    return result.ok ? redirect(`/tasks/${id}`) : refused(submission, result.refusals, sayTaskRefusal);
  } catch (error) {
    if (!isConflict(error)) throw error;
    return overtaken(submission, OVERTAKEN);
  }
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function TaskPage() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<FormReply>();
  const { task, plan, overdueDays, events, isConfirmer, own } = data;
  const errors = Object.entries(reply?.form.error ?? {}).flatMap(([field, messages]) =>
    (messages ?? []).map((message) => ({ message, ...(field && { field }) })),
  );
  return (
    <>
      <PageHead
        title={task.title ?? `第 ${task.number} 项任务`}
        code={`${plan.title} 第 ${task.number} 项`}
        status={
          <>
            {isConfirmer ? (
              <StatusTag tone="warn">{task.confirmed ? "方案待下达" : "导入待确认"}</StatusTag>
            ) : (
              <StatusTag tone={taskTone(task.state)}>{LEDGER_TASK_STATES[task.state]}</StatusTag>
            )}
            {overdueDays > 0 && <StatusTag tone="bad">逾期 {overdueDays} 天</StatusTag>}
            {plan.state === "ended" && <StatusTag>方案已结束</StatusTag>}
          </>
        }
        meta={own.length > 0 ? `本单位：${own.map(sayRole).join("、")}` : task.section}
        actions={
          isConfirmer && (
            <>
              <LinkButton href={`/tasks/${task.id}/edit`}>更正</LinkButton>
              <LinkButton href={`/tasks/plans/${plan.id}#task-${task.id}`}>返回方案</LinkButton>
            </>
          )
        }
        next={nextOf(data)}
      />
      <ErrorSummary errors={errors} />
      <SideLayout
        sideLabel="办理过程"
        side={
          <Section title="办理过程">
            {events.length === 0 ? (
              <p className="text-secondary">暂无办理记录</p>
            ) : (
              <Timeline entries={events.map(eventEntry)} />
            )}
          </Section>
        }
      >
        <TaskFacts data={data} />
        {data.moments.length > 0 && <Moments data={data} />}
        {data.offered.length > 0 && <TaskForms data={data} reply={reply?.form ?? null} />}
        {!isConfirmer && <Updates data={data} />}
        <Papers data={data} />
        {data.items.length > 0 && <Supervised data={data} />}
      </SideLayout>
    </>
  );
}

/** Whose turn it is. */
function nextOf({ task, plan, moments, named, offered }: Loaded) {
  if (plan.state === "ended" || task.state === "closed") return undefined;
  if (plan.state === "confirming") return { what: "核对并确认", who: "数据局" };
  if (task.state === "closing") return { what: "核实办结申请", who: "数据局" };
  const hasLead = named.some(({ role }) => role === "lead");
  const leads = [...new Set(named.filter(({ role }) => role === "lead" || !hasLead).map(({ unitName }) => unitName))];
  const who = leads.length > 3 ? `${leads.slice(0, 3).join("、")}等 ${leads.length} 个单位` : leads.join("、");
  const open = moments.find(({ standing }) => standing.state === "overdue" || standing.state === "due");
  if (open) return { what: `${open.on} 前${open.what || "完成任务"}，并报告完成情况`, who };
  return { what: offered.includes("requestClosing") ? "按月填报进展，完成后申请办结" : "按月填报进展", who };
}

function eventEntry(event: Loaded["events"][number]) {
  const facts = event.payload as { period?: string; metOn?: string; itemNumber?: string };
  const about = facts.period ? formatPeriod(facts.period as Parameters<typeof formatPeriod>[0]) : facts.metOn;
  return {
    key: event.id,
    who: `${event.unitName} ${event.actorName}`,
    what: [LEDGER_EVENT_WORDS[event.type] ?? event.type, about ?? facts.itemNumber].filter(Boolean).join(" "),
    when: formatInstant(new Date(event.at)),
    reason: event.reason ?? undefined,
    tone: event.type === "taskClosed" ? ("good" as const) : ("info" as const),
  };
}

function TaskFacts({ data: { task, plan, mentions, named, isConfirmer } }: { readonly data: Loaded }) {
  const groups = [...new Set(mentions.filter(({ kind }) => kind === "group").map(({ mention }) => mention))];
  const members = Object.fromEntries(
    groups.flatMap((group) => {
      const count = new Set(named.filter(({ via }) => via === group).map(({ unitId }) => unitId)).size;
      return count > 0 ? [[group, count]] : [];
    }),
  );
  return (
    <Section title="任务内容">
      <DescriptionList
        columns={2}
        items={[
          { term: "方案", detail: [plan.title, plan.documentNumber].filter(Boolean).join(" "), wide: true },
          { term: "所属部分", detail: task.section, wide: true },
          {
            term: "任务要求",
            detail: <span className="whitespace-pre-line">{task.content || task.title}</span>,
            wide: true,
          },
          { term: "牵头单位", detail: <MentionList mentions={mentions} namedAs="lead" groups={members} /> },
          { term: "责任单位", detail: <MentionList mentions={mentions} namedAs="responsible" groups={members} /> },
          { term: "完成时限", detail: <DeadlineWords task={task} closedOn={task.closedOn} /> },
          {
            term: "办结说明",
            detail: task.state !== "open" && task.closingStatement && (
              <span className="whitespace-pre-line">{task.closingStatement}</span>
            ),
          },
        ]}
      />
      {isConfirmer && task.original && (
        <details className="mt-2">
          <summary className="cursor-pointer text-primary">方案原文</summary>
          <DescriptionList columns={1} items={originalWords(task.original)} />
        </details>
      )}
    </Section>
  );
}

function Moments({ data: { moments } }: { readonly data: Loaded }) {
  return (
    <Section title="节点" note="到期当天完成不算逾期" flush>
      <DataTable
        caption="节点"
        rows={moments}
        rowKey={(row) => String(row.position)}
        empty={null}
        columns={[
          {
            key: "on",
            title: "日期",
            primary: true,
            nowrap: true,
            render: (row) => `${row.on} ${row.mode === "from" ? "起" : "前"}`,
          },
          { key: "what", title: "内容", render: (row) => row.what || (row.mode === "from" ? "启动" : "完成任务") },
          { key: "standing", title: "情况", nowrap: true, render: (row) => <Standing moment={row} /> },
          {
            key: "evidence",
            title: "完成情况和依据",
            render: (row) =>
              row.met && (
                <div>
                  <span className="whitespace-pre-line">{row.met.evidence}</span>
                  <span className="block text-[0.8125rem] text-secondary">{row.met.reportedBy} 报告</span>
                </div>
              ),
          },
        ]}
      />
    </Section>
  );
}

function Standing({ moment: { standing } }: { readonly moment: Loaded["moments"][number] }) {
  switch (standing.state) {
    case "met":
      return (
        <StatusTag tone={standing.lateDays > 0 ? "warn" : "good"}>
          {standing.metOn} 完成{standing.lateDays > 0 && `，逾期 ${standing.lateDays} 天`}
        </StatusTag>
      );
    case "overdue":
      return <StatusTag tone="bad">逾期 {standing.days} 天</StatusTag>;
    case "due":
      return <StatusTag tone="info">未到期</StatusTag>;
    case "undated":
      return <StatusTag>不计逾期</StatusTag>;
  }
}

function Updates({ data: { updates, papers, task } }: { readonly data: Loaded }) {
  return (
    <Section title="每月进展" note={updates.length > 0 ? `共 ${updates.length} 条` : undefined}>
      {updates.length === 0 ? (
        <EmptyState title="还没有进展" explanation="列名的单位每月填报一次，填报后显示在这里。" />
      ) : (
        <Timeline
          label="每月进展"
          entries={updates.map((update) => ({
            key: update.id,
            what: `${formatPeriod(update.period)} ${update.unitName}`,
            who: update.writtenBy ?? "",
            when: formatInstant(new Date(update.writtenAt)),
            tone: update.difficulty ? ("warn" as const) : ("info" as const),
            reason: (
              <>
                <p className="whitespace-pre-line">{update.progress}</p>
                {update.difficulty && (
                  <p className="mt-1 whitespace-pre-line text-[color:var(--warn-text)]">
                    存在困难：{update.difficulty}
                  </p>
                )}
                {papers
                  .filter(({ updateId }) => updateId === update.id)
                  .map((paper) => (
                    <p key={paper.id} className="mt-1">
                      <a href={`/tasks/${task.id}/files/${paper.id}`}>{paper.name}</a>
                    </p>
                  ))}
              </>
            ),
          }))}
        />
      )}
    </Section>
  );
}

function Papers({ data: { papers, task } }: { readonly data: Loaded }) {
  const own = papers.filter(({ updateId }) => updateId === null);
  if (own.length === 0) return null;
  return (
    <Section title="完成和办结的证明材料" flush>
      <DataTable
        caption="完成和办结的证明材料"
        rows={own}
        rowKey={(row) => row.id}
        empty={null}
        columns={[
          {
            key: "name",
            title: "文件",
            primary: true,
            render: (row) => <a href={`/tasks/${task.id}/files/${row.id}`}>{row.name}</a>,
          },
          { key: "by", title: "上传人", render: (row) => row.addedBy },
          { key: "at", title: "上传时间", nowrap: true, render: (row) => formatInstant(new Date(row.addedAt)) },
        ]}
      />
    </Section>
  );
}

function Supervised({ data: { items } }: { readonly data: Loaded }) {
  return (
    <Section title="督办" flush>
      <DataTable
        caption="由本任务转出的督办事项"
        rows={items}
        rowKey={(row) => row.id}
        empty={null}
        columns={[
          {
            key: "number",
            title: "督办编号",
            primary: true,
            nowrap: true,
            render: (row) => <a href={`/supervision/${row.id}`}>{row.number}</a>,
          },
          { key: "unit", title: "承办单位", render: (row) => row.unitName },
          { key: "due", title: "办理期限", nowrap: true, render: (row) => row.dueOn },
          { key: "state", title: "状态", nowrap: true, render: (row) => SUPERVISION_STATES[row.state] },
        ]}
      />
    </Section>
  );
}
