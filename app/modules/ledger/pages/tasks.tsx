import { redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { DEADLINE_KINDS, keysOf } from "~/kernel/vocabulary";
import { unitFilter } from "~/modules/identity/index.server";
import { DomainError } from "~/kernel/result";
import { canEver, scopeFor } from "~/policy";
import { DataTable, EmptyState, PageHead, QueryBar, Section, StatusTag, SubmitButton } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageAction, pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { confirmTask } from "../confirm-task.server";
import { listTasks, readLedgerQuery } from "../ledger.queries.server";
import { sayLedgerDoubt } from "../ledger.words";

export const handle = crumbs(() => [{ label: "任务台账" }]);

export const loader = pageLoader({
  access: "task:read",
  load: async ({ ctx, query }) => {
    const scope = scopeFor(ctx.actor, "task:read");
    const question = readLedgerQuery(query);
    const [tasks, unit] = await Promise.all([
      listTasks(ctx.db, scope, question, ctx.today),
      unitFilter(ctx.db, scope, question.unit),
    ]);
    return { tasks, unit, question, mayConfirm: canEver(ctx.actor, "task:confirm"), search: query.toString() };
  },
});

const confirmSchema = z.object({ task: z.uuid(), version: z.coerce.number().int() });

export const action = pageAction({
  access: "task:confirm",
  run: async ({ ctx, form, query }) => {
    const typed = confirmSchema.safeParse(Object.fromEntries(form));
    if (!typed.success) throw new DomainError("invalid", "malformedForm");
    await confirmTask(ctx, typed.data.task, typed.data.version);
    return redirect(`${withQuery("/tasks", query.toString(), {})}#task-${typed.data.task}`);
  },
});

export default function Tasks() {
  const { tasks, unit, question, mayConfirm } = useLoaderData<typeof loader>();
  const overdue = tasks.filter((task) => task.overdueDays > 0).length;
  const unconfirmed = tasks.filter((task) => !task.confirmed).length;
  return (
    <>
      <PageHead title="任务台账" meta={`共 ${tasks.length} 项 · 逾期 ${overdue} 项 · 待确认 ${unconfirmed} 项`} />
      <QueryBar
        action="/tasks"
        resetHref="/tasks"
        search={{ name: "q", value: question.q, placeholder: "任务标题或内容" }}
        filters={[
          ...(unit ? [unit] : []),
          {
            name: "kind",
            label: "时限类型",
            value: question.kind ?? "",
            options: keysOf(DEADLINE_KINDS).map((value) => ({ value, label: DEADLINE_KINDS[value] })),
          },
          {
            name: "show",
            label: "范围",
            value: question.show ?? "",
            options: [
              { value: "overdue", label: "已逾期" },
              { value: "unconfirmed", label: "待确认" },
            ],
          },
        ]}
      />
      <Section flush>
        <DataTable
          caption="任务台账"
          rows={tasks}
          rowKey={(row) => row.id}
          empty={<EmptyState title="没有符合条件的任务" explanation="请放宽查询条件。" />}
          columns={[
            { key: "number", title: "序号", align: "right", render: (row) => row.number },
            { key: "title", title: "任务", primary: true, render: (row) => <TaskText task={row} /> },
            { key: "lead", title: "牵头单位", render: (row) => row.leads.join("、") || "未列明" },
            {
              key: "responsible",
              title: "责任单位",
              wideOnly: true,
              render: (row) => row.responsible.join("、") || "未列明",
            },
            { key: "deadline", title: "完成时限", render: (row) => <Deadline task={row} /> },
            {
              key: "doubts",
              title: "导入时的疑点",
              render: (row) => <Doubts task={row} mayConfirm={mayConfirm} />,
            },
          ]}
        />
      </Section>
    </>
  );
}

type Task = ReturnType<typeof useLoaderData<typeof loader>>["tasks"][number];

function TaskText({ task }: { task: Task }) {
  return (
    <div id={`task-${task.id}`} className="min-w-[14rem]">
      <p>{task.title ?? "（无标题）"}</p>
      {task.content && (
        <details className="mt-0.5 text-[0.8125rem] font-normal text-secondary">
          <summary className="cursor-pointer text-primary">查看内容</summary>
          <p className="mt-1">{task.content}</p>
          <p className="mt-1">所属部分：{task.section}</p>
        </details>
      )}
    </div>
  );
}

function Deadline({ task }: { task: Task }) {
  return (
    <div className="min-w-[10rem] space-y-0.5">
      <p className="flex flex-wrap items-center gap-1">
        <StatusTag>{DEADLINE_KINDS[task.deadlineKind]}</StatusTag>
        {task.overdueDays > 0 && <StatusTag tone="bad">逾期 {task.overdueDays} 天</StatusTag>}
        {task.closedOn && <StatusTag tone="good">{task.closedOn} 完成</StatusTag>}
      </p>
      {task.deadlines.map((date) => (
        <p key={`${date.on} ${date.what}`} className="text-[0.8125rem]">
          {date.on} {date.mode === "from" ? "起" : "前"}
          {date.what && ` ${date.what}`}
        </p>
      ))}
      <p className="text-xs text-secondary">原文：{task.deadlineText}</p>
    </div>
  );
}

function Doubts({ task, mayConfirm }: { task: Task; mayConfirm: boolean }) {
  if (task.doubts.length === 0 && task.confirmed) return <StatusTag tone="good">无疑点</StatusTag>;
  return (
    <div className="min-w-[13rem] space-y-1">
      <ul className="list-disc space-y-0.5 pl-4 text-[0.8125rem]">
        {task.doubts.map((doubt, index) => (
          <li key={`${doubt.code} ${index}`}>
            {sayLedgerDoubt({ code: doubt.code, ...(doubt.facts && { facts: doubt.facts }) })}
          </li>
        ))}
      </ul>
      {task.confirmed ? (
        <StatusTag tone="good">已确认</StatusTag>
      ) : mayConfirm ? (
        <form method="post">
          <input type="hidden" name="task" value={task.id} />
          <input type="hidden" name="version" value={task.version} />
          <SubmitButton variant="secondary" pendingLabel="正在确认…" aria-label={`确认第 ${task.number} 项任务的理解`}>
            确认理解无误
          </SubmitButton>
        </form>
      ) : (
        <StatusTag tone="warn">待确认</StatusTag>
      )}
    </div>
  );
}
