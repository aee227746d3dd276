import { redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { formatInstant } from "~/kernel/local-date";
import { notFound } from "~/kernel/result";
import { SLIP_COLOURS, SUPERVISION_STATES, type SlipColour } from "~/kernel/vocabulary";
import { roleLabels } from "~/modules/identity";
import { delegationsInForce } from "~/modules/identity/index.server";
import { openMessage, readAllMessages, unreadMessages } from "~/modules/inbox/index.server";
import { canEver } from "~/policy";
import {
  Countdown,
  DataTable,
  EmptyState,
  Notice,
  PageHead,
  Section,
  SideLayout,
  StatusTag,
  SubmitButton,
  Tabs,
  type Tone,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageAction, pageLoader } from "~/web/page.server";

import { doneBy, startedBy } from "../history.queries.server";
import { readMyWork } from "../read-my-work.server";
import { openSupervised } from "../supervised.queries.server";

export const handle = crumbs(() => [{ label: "我的工作" }]);

const TABS = { todo: "待办", done: "已办", started: "我发起", supervised: "督办" } as const;
type TabName = keyof typeof TABS;

export const loader = pageLoader({
  access: "desk:read",
  load: async ({ ctx, query }) => {
    const { db, actor } = ctx;
    const asked = query.get("tab");
    const tab: TabName = asked === "done" || asked === "started" || asked === "supervised" ? asked : "todo";
    const seesSupervision = canEver(actor, "supervision:read");
    const [delegations, work, messages, done, started, supervised] = await Promise.all([
      delegationsInForce(db, actor.userId, ctx.today),
      readMyWork(ctx),
      unreadMessages(db, actor.userId),
      tab === "done" ? doneBy(db, actor.userId) : null,
      tab === "started" ? startedBy(db, actor.userId) : null,
      tab === "supervised" && seesSupervision ? openSupervised(ctx) : null,
    ]);
    return {
      delegations,
      tab,
      work,
      messages,
      done,
      started,
      supervised,
      seesSupervision,
      name: actor.name,
      today: ctx.today,
    };
  },
});

const idSchema = z.uuid();

export const action = pageAction({
  access: "desk:read",
  run: async ({ ctx, form }) => {
    if (form.get("intent") === "readAll") {
      await readAllMessages(ctx);
      return redirect("/");
    }
    const id = idSchema.safeParse(form.get("id"));
    if (!id.success) throw notFound("message");
    return redirect(await openMessage(ctx, id.data));
  },
});

type Shown = ReturnType<typeof useLoaderData<typeof loader>>;

export default function MyWork() {
  const data = useLoaderData<typeof loader>();
  const { tab, work, seesSupervision } = data;
  const tabs = (Object.keys(TABS) as TabName[]).filter((name) => name !== "supervised" || seesSupervision);
  return (
    <>
      <PageHead title="我的工作" meta={`${data.name} · ${data.today}`} />
      <Delegations delegations={data.delegations} />
      <Tabs
        label="我的工作"
        tabs={tabs.map((name) => ({
          href: name === "todo" ? "/" : `/?tab=${name}`,
          label: TABS[name],
          active: name === tab,
          count: name === "todo" ? work.length : undefined,
        }))}
      />
      <SideLayout sideLabel="消息" side={<Messages messages={data.messages} />}>
        {tab === "todo" && <Todo work={work} />}
        {data.done && <Done done={data.done} />}
        {data.started && <Started started={data.started} />}
        {data.supervised && <Supervised items={data.supervised} />}
      </SideLayout>
    </>
  );
}

/** 委托 in force: for whom I act, and who acts for me. */
function Delegations({ delegations }: Pick<Shown, "delegations">) {
  if (delegations.length === 0) return null;
  return (
    <Notice title="委托代办生效中" action={<a href="/delegations">查看委托</a>}>
      <ul>
        {delegations.map(({ id, given, role, fromName, toName, untilOn }) => (
          <li key={id}>
            {given
              ? `您的“${roleLabels[role]}”工作由${toName}代办，至 ${untilOn}`
              : `您正代${fromName}办理“${roleLabels[role]}”工作，至 ${untilOn}，办理记录写明代办`}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

type Work = Shown["work"];

/** Overdue, due by tomorrow's end, and the rest: what today asks for is read before the list is. */
function Todo({ work }: { work: Work }) {
  const limited = work.filter((item) => item.remainingWorkdays !== null);
  const overdue = limited.filter((item) => (item.remainingWorkdays ?? 0) < 0).length;
  const pressing = limited.filter((item) => [0, 1, 2].includes(item.remainingWorkdays ?? -1)).length;
  return (
    <>
      {work.length > 0 && (
        <p className="mb-3 flex flex-wrap gap-x-5 gap-y-1 text-base">
          <Tally tone="bad" count={overdue} words="已超期" />
          <Tally tone="warn" count={pressing} words="两个工作日内到期" />
          <Tally tone="neutral" count={work.length - overdue - pressing} words="其他" />
        </p>
      )}
      <Section flush>
        <DataTable
          caption="待办事项"
          rows={work}
          rowKey={(item) => item.key}
          isHighlighted={(item) => (item.remainingWorkdays ?? 0) < 0}
          empty={<EmptyState title="没有待办事项" explanation="需要您办理的事项会自动出现在这里。" />}
          columns={[
            { key: "kind", title: "类别", nowrap: true, render: (item) => <StatusTag>{item.kind}</StatusTag> },
            {
              key: "what",
              title: "要办的事",
              primary: true,
              render: (item) => (
                <a href={item.href}>
                  {item.what}：{item.title}
                </a>
              ),
            },
            { key: "unit", title: "单位", render: (item) => item.unitName },
            { key: "due", title: "期限", nowrap: true, render: (item) => item.dueOn },
            {
              key: "left",
              title: "剩余",
              nowrap: true,
              render: (item) =>
                item.remainingWorkdays === null ? null : (
                  <>
                    <Countdown remaining={item.remainingWorkdays} />
                    {item.countedByWeekends && (
                      <span className="block text-[0.8125rem] text-secondary">按周末推算</span>
                    )}
                  </>
                ),
            },
          ]}
        />
      </Section>
    </>
  );
}

function Tally({ tone, count, words }: { tone: Tone; count: number; words: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <StatusTag tone={count > 0 ? tone : "neutral"}>{count} 件</StatusTag>
      {words}
    </span>
  );
}

const linked = ({ href, title }: { href?: string | undefined; title: string }) =>
  href ? <a href={href}>{title}</a> : title;

function Done({ done }: { done: NonNullable<Shown["done"]> }) {
  return (
    <Section flush>
      <DataTable
        caption="已办事项"
        rows={done}
        rowKey={(row) => row.id}
        empty={<EmptyState title="还没有办过的事项" />}
        columns={[
          { key: "at", title: "时间", nowrap: true, render: (row) => formatInstant(new Date(row.at)) },
          { key: "what", title: "办理", nowrap: true, render: (row) => row.what },
          { key: "title", title: "事项", primary: true, render: linked },
        ]}
      />
    </Section>
  );
}

function Started({ started }: { started: NonNullable<Shown["started"]> }) {
  return (
    <Section flush>
      <DataTable
        caption="我发起的事项"
        rows={started}
        rowKey={(row) => row.id}
        empty={<EmptyState title="还没有发起过事项" explanation="您申报的项目、起草的通报、作出的批示会列在这里。" />}
        columns={[
          { key: "what", title: "发起", nowrap: true, render: (row) => row.what },
          { key: "title", title: "事项", primary: true, render: linked },
          { key: "at", title: "发起时间", nowrap: true, render: (row) => formatInstant(new Date(row.at)) },
          {
            key: "last",
            title: "最新进展",
            render: (row) => row.last && `${row.last.what}（${row.last.who}，${formatInstant(new Date(row.last.at))}）`,
          },
        ]}
      />
    </Section>
  );
}

const SLIP_TONES: Readonly<Record<SlipColour, Tone>> = { none: "neutral", blue: "info", orange: "warn", red: "bad" };

function Supervised({ items }: { items: NonNullable<Shown["supervised"]> }) {
  return (
    <Section flush>
      <DataTable
        caption="未销号的督办事项"
        rows={items}
        rowKey={(row) => row.id}
        isHighlighted={(row) => row.remainingWorkdays < 0}
        empty={<EmptyState title="没有未销号的督办事项" />}
        columns={[
          { key: "number", title: "编号", nowrap: true, render: (row) => row.number },
          {
            key: "title",
            title: "事项",
            primary: true,
            render: (row) => <a href={`/supervision/${row.id}`}>{row.title}</a>,
          },
          { key: "unit", title: "责任单位", render: (row) => row.unitName },
          {
            key: "colour",
            title: "督办单",
            nowrap: true,
            render: (row) => <StatusTag tone={SLIP_TONES[row.colour]}>{SLIP_COLOURS[row.colour]}</StatusTag>,
          },
          { key: "state", title: "状态", nowrap: true, render: (row) => SUPERVISION_STATES[row.state] },
          {
            key: "left",
            title: "剩余",
            nowrap: true,
            render: (row) => <Countdown remaining={row.remainingWorkdays} />,
          },
        ]}
      />
    </Section>
  );
}

/** A message opens through a form: opening it is reading it, with or without script. */
function Messages({ messages }: { messages: Shown["messages"] }) {
  return (
    <Section
      title={`未读消息 ${messages.total}`}
      id="messages"
      actions={
        messages.total > 0 && (
          <form method="post" action="/?index">
            <SubmitButton name="intent" value="readAll" variant="quiet" pendingLabel="正在处理…">
              全部已读
            </SubmitButton>
          </form>
        )
      }
      flush
    >
      {messages.rows.length === 0 ? (
        <p className="px-4 py-3 text-secondary">没有未读消息</p>
      ) : (
        <ul>
          {messages.rows.map((message) => (
            <li key={message.id} className="border-b border-line last:border-b-0">
              <form method="post" action="/?index">
                <input type="hidden" name="id" value={message.id} />
                <button type="submit" className="block w-full px-4 py-2 text-left hover:bg-primary-soft">
                  <span className="text-primary">{message.title}</span>
                  <span className="block text-[0.8125rem] text-secondary">
                    {formatInstant(new Date(message.createdAt))}
                  </span>
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
      <p className="border-t border-line px-4 py-2">
        <a href="/messages">全部消息</a>
      </p>
    </Section>
  );
}
