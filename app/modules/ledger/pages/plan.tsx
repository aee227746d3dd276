import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { formatInstant } from "~/kernel/local-date";
import { DomainError, type Refusal } from "~/kernel/result";
import { LEDGER_PLAN_STATES } from "~/kernel/vocabulary";
import type { Ctx } from "~/platform/transaction.server";
import {
  Columns,
  ConfirmSubmit,
  DescriptionList,
  EmptyState,
  ErrorSummary,
  LinkButton,
  PageHead,
  Pagination,
  Section,
  SideLayout,
  StatusTag,
  SubmitButton,
  Tabs,
  TextArea,
  Timeline,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { LEDGER_EVENT_WORDS, planTone, sayLedgerDoubt } from "../ledger.words";
import { confirmDoubtlessTasks } from "../plan/confirm-tasks.server";
import { discardPlan } from "../plan/discard-plan.server";
import { endPlan } from "../plan/end-plan.server";
import { originalWords } from "../plan/plan.columns";
import { readPlan } from "../plan/plan.queries.server";
import { type PlanRefusal, sayPlanRefusal } from "../plan/plan.refusals.server";
import { endPlanSchema, planStepSchema } from "../plan/plan.schema";
import { putPlanInForce } from "../plan/put-plan-in-force.server";
import { confirmTask } from "../task/confirm-task.server";
import { DeadlineWords } from "../ui/DeadlineWords";
import { MentionList } from "../ui/MentionList";

const PAGE_SIZE = 25;
const SHOWS = { all: "全部", unconfirmed: "待确认", doubtful: "有疑点" } as const;
type Show = keyof typeof SHOWS;

export const handle = crumbs<Loaded>(({ plan }) => [
  { label: "任务台账", href: "/tasks" },
  { label: "方案管理", href: "/tasks/plans" },
  { label: plan.title },
]);

export const loader = pageLoader({
  access: "task:confirm",
  params: idParams,
  load: async ({ ctx, params, query }) => {
    const { tasks, groups, ...found } = await readPlan(ctx.db, ctx.actor, params.id);
    const asked = query.get("show");
    const show: Show = asked === "unconfirmed" || asked === "doubtful" ? asked : "all";
    const isIn = {
      all: () => true,
      unconfirmed: (task: (typeof tasks)[number]) => !task.confirmed,
      doubtful: (task: (typeof tasks)[number]) => task.doubts.length > 0,
    };
    const shown = tasks.filter(isIn[show]);
    const page = Math.max(1, Math.min(Number(query.get("page")) || 1, Math.ceil(shown.length / PAGE_SIZE)));
    return {
      ...found,
      groups,
      tasks: shown.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE),
      counts: {
        all: tasks.length,
        unconfirmed: tasks.filter(isIn.unconfirmed).length,
        doubtful: tasks.filter(isIn.doubtful).length,
        doubtless: tasks.filter((task) => !task.confirmed && task.doubts.length === 0).length,
      },
      ...{ show, page, shown: shown.length, search: query.toString() },
    };
  },
});

const confirmSchema = z.object({ task: z.uuid(), version: z.coerce.number().int() });

export const action = pageAction({
  access: "task:confirm",
  params: idParams,
  run: async ({ ctx, params: { id }, form, query }) => {
    const here = withQuery(`/tasks/plans/${id}`, query.toString(), {});
    switch (form.get("intent")) {
      case "confirmTask": {
        const submission = parseForm(form, confirmSchema);
        if (submission.status !== "success") throw new DomainError("invalid", "malformedForm");
        const { task, version } = submission.value;
        const result = await confirmTask(ctx, { id: task, version });
        return result.ok ? redirect(`${here}#task-${task}`) : refused(submission, result.refusals, sayPlanRefusal);
      }
      case "end": {
        const submission = parseForm(form, endPlanSchema);
        if (submission.status !== "success") return invalid(submission);
        const result = await endPlan(ctx, { id, ...submission.value });
        return result.ok ? redirect(here) : refused(submission, result.refusals, sayPlanRefusal);
      }
      default: {
        const submission = parseForm(form, planStepSchema);
        if (submission.status !== "success") throw new DomainError("invalid", "malformedForm");
        const { intent, version } = submission.value;
        const refusals = await step(ctx, intent, { id, version });
        if (refusals.length > 0) return refused(submission, refusals, sayPlanRefusal);
        return redirect(intent === "discard" ? "/tasks/plans" : here);
      }
    }
  },
});

async function step(
  ctx: Ctx,
  intent: "confirmAll" | "putInForce" | "discard",
  ref: { readonly id: string; readonly version: number },
): Promise<readonly Refusal<PlanRefusal>[]> {
  const verb = { confirmAll: confirmDoubtlessTasks, putInForce: putPlanInForce, discard: discardPlan }[intent];
  const result = await verb(ctx, ref);
  return result.ok ? [] : result.refusals;
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function PlanPage() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<FormReply>();
  const { plan, counts, tasks, show, search } = data;
  const here = `/tasks/plans/${plan.id}`;
  const errors = Object.entries(reply?.form.error ?? {}).flatMap(([field, messages]) =>
    (messages ?? []).map((message) => ({ message, ...(field && { field }) })),
  );
  return (
    <>
      <PageHead
        title={plan.title}
        code={plan.documentNumber || undefined}
        status={<StatusTag tone={planTone(plan.state)}>{LEDGER_PLAN_STATES[plan.state]}</StatusTag>}
        meta={`${plan.issuedOn} 印发 · 共 ${counts.all} 项任务`}
        actions={
          plan.state === "confirming" ? null : <LinkButton href={`/tasks?plan=${plan.id}`}>查看任务进展</LinkButton>
        }
        next={nextOf(data)}
      />
      <ErrorSummary errors={errors} />
      <SideLayout sideLabel="方案办理" side={<Aside data={data} reply={reply} />}>
        {plan.state === "confirming" && <Doing data={data} />}
        <Tabs
          label="任务范围"
          tabs={(Object.keys(SHOWS) as Show[]).map((each) => ({
            label: SHOWS[each],
            count: counts[each],
            href: withQuery(here, search, { show: each === "all" ? undefined : each, page: undefined }),
            active: each === show,
          }))}
        />
        {tasks.length === 0 && (
          <Section>
            <EmptyState title="没有这样的任务" explanation="可在上面选择“全部”。" />
          </Section>
        )}
        {tasks.map((task) => (
          <TaskCard key={task.id} task={task} data={data} />
        ))}
        <Pagination
          page={data.page}
          pageSize={PAGE_SIZE}
          total={data.shown}
          hrefFor={(page) => withQuery(here, search, { page })}
        />
      </SideLayout>
    </>
  );
}

function nextOf({ plan, counts }: Loaded) {
  if (plan.state !== "confirming") return undefined;
  return counts.unconfirmed > 0
    ? { what: `核对并确认 ${counts.unconfirmed} 项任务`, who: "数据局" }
    : { what: "下达各单位执行", who: "数据局" };
}

/** What can be done with a plan that is being confirmed. */
function Doing({ data: { plan, counts } }: { readonly data: Loaded }) {
  return (
    <Section title="确认与下达">
      <form method="post" className="flex flex-wrap items-center gap-3">
        <input type="hidden" name="version" value={plan.version} />
        {counts.doubtless > 0 && (
          <SubmitButton name="intent" value="confirmAll" pendingLabel="正在确认…">
            确认全部无疑点的任务（{counts.doubtless} 项）
          </SubmitButton>
        )}
        {counts.unconfirmed === 0 && (
          <ConfirmSubmit
            name="intent"
            value="putInForce"
            title="下达各单位执行？"
            consequence="下达后任务不能再更正，方案列名的单位将收到消息，按月填报进展。"
            confirmLabel="下达执行"
          >
            下达执行
          </ConfirmSubmit>
        )}
        <ConfirmSubmit
          name="intent"
          value="discard"
          variant="danger"
          title="放弃这次导入？"
          consequence="已核对和更正的内容一并删除，不能恢复；以后可以重新导入。"
          confirmLabel="放弃导入"
        >
          放弃导入
        </ConfirmSubmit>
      </form>
      <p className="mt-2 text-[0.8125rem] text-secondary">
        {counts.unconfirmed > 0
          ? `已确认 ${counts.all - counts.unconfirmed} 项，还有 ${counts.unconfirmed} 项；全部确认后才能下达。`
          : "全部任务已确认。"}
      </p>
    </Section>
  );
}

function TaskCard({ task, data }: { readonly task: Loaded["tasks"][number]; readonly data: Loaded }) {
  const { plan, groups } = data;
  const members = Object.fromEntries(groups.map((group) => [group.name, group.members.length]));
  return (
    <Section
      id={`task-${task.id}`}
      title={`第 ${task.number} 项`}
      note={task.confirmed ? <StatusTag tone="good">已确认</StatusTag> : <StatusTag tone="warn">待确认</StatusTag>}
      actions={
        plan.state === "confirming" ? (
          <>
            <LinkButton href={`/tasks/${task.id}/edit`} aria-label={`更正第 ${task.number} 项`}>
              更正
            </LinkButton>
            {!task.confirmed && (
              <form method="post">
                <input type="hidden" name="task" value={task.id} />
                <input type="hidden" name="version" value={task.version} />
                <SubmitButton
                  name="intent"
                  value="confirmTask"
                  pendingLabel="正在确认…"
                  aria-label={`确认第 ${task.number} 项任务的理解`}
                >
                  确认
                </SubmitButton>
              </form>
            )}
          </>
        ) : (
          <a href={`/tasks/${task.id}`}>查看任务</a>
        )
      }
    >
      <Columns>
        <div>
          <h3 className="mb-1 text-[0.8125rem] font-medium text-secondary">方案原文</h3>
          <DescriptionList columns={1} items={originalWords(task.original ?? {})} />
        </div>
        <div>
          <h3 className="mb-1 text-[0.8125rem] font-medium text-secondary">系统理解</h3>
          <DescriptionList
            columns={1}
            items={[
              { term: "任务标题", detail: task.title },
              {
                term: "牵头单位",
                detail: <MentionList mentions={task.units} namedAs="lead" groups={members} />,
              },
              {
                term: "责任单位",
                detail: <MentionList mentions={task.units} namedAs="responsible" groups={members} />,
              },
              { term: "完成时限", detail: <DeadlineWords task={task} original={false} /> },
              {
                term: "疑点",
                detail: task.doubts.length > 0 && (
                  <ul className="list-disc space-y-0.5 pl-4 text-[color:var(--warn-text)]">
                    {task.doubts.map((doubt, index) => (
                      <li key={`${doubt.code} ${index}`}>
                        {sayLedgerDoubt({ code: doubt.code, ...(doubt.facts && { facts: doubt.facts }) })}
                      </li>
                    ))}
                  </ul>
                ),
              },
            ].map((item) => (item.term === "疑点" && !item.detail ? { ...item, detail: "没有疑点" } : item))}
          />
        </div>
      </Columns>
    </Section>
  );
}

function Aside({ data, reply }: { readonly data: Loaded; readonly reply: FormReply | undefined }) {
  const { plan, groups, fileName, importedBy, events } = data;
  return (
    <>
      <Section title="方案情况">
        <DescriptionList
          columns={1}
          items={[
            { term: "文号", detail: plan.documentNumber },
            { term: "印发日期", detail: plan.issuedOn },
            { term: "台账文件", detail: fileName && <a href={`/tasks/plans/${plan.id}/sheet`}>{fileName}</a> },
            { term: "导入", detail: `${importedBy} ${formatInstant(new Date(plan.importedAt))}` },
          ]}
        />
      </Section>
      {groups.length > 0 && (
        <Section title="单位集合" note={`成员以 ${plan.issuedOn} 为准`}>
          <div className="space-y-2">
            {groups.map(({ name, members }) => (
              <details key={name}>
                <summary className="cursor-pointer text-primary">
                  {name}（{members.length} 个单位）
                </summary>
                <p className="mt-1 text-[0.8125rem]">{members.join("、") || "没有成员"}</p>
              </details>
            ))}
          </div>
        </Section>
      )}
      {plan.state === "active" && (
        <Section title="结束方案">
          <form method="post" className="space-y-3">
            <input type="hidden" name="version" value={plan.version} />
            <TextArea
              name="reason"
              label="结束原因"
              required
              rows={3}
              hint="结束后各单位不再填报，任务保持现状"
              error={reply?.form.error?.["reason"]}
            />
            <ConfirmSubmit
              name="intent"
              value="end"
              variant="danger"
              title="结束这个方案？"
              consequence="结束后不能恢复执行，没有办结的任务保持现状。"
              confirmLabel="结束方案"
            >
              结束方案
            </ConfirmSubmit>
          </form>
        </Section>
      )}
      <Section title="办理过程">
        {events.length === 0 ? (
          <p className="text-secondary">建库时转入，没有办理记录</p>
        ) : (
          <Timeline
            entries={events.map((event) => ({
              key: event.id,
              who: `${event.unitName} ${event.actorName}`,
              what: LEDGER_EVENT_WORDS[event.type] ?? event.type,
              when: formatInstant(new Date(event.at)),
              reason: event.reason ?? undefined,
            }))}
          />
        )}
      </Section>
    </>
  );
}
