import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { formatInstant, formatOfficialDate } from "~/kernel/local-date";
import { DomainError, type Result } from "~/kernel/result";
import { ISSUED_COLOURS, keysOf, SLIP_COLOURS, SUPERVISION_ORIGINS, SUPERVISION_STATES } from "~/kernel/vocabulary";
import { can } from "~/policy";
import {
  DataTable,
  DescriptionList,
  ErrorSummary,
  Notice,
  PageHead,
  Section,
  SideLayout,
  StatusTag,
  Timeline,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { acceptItem } from "../accept-item.server";
import { assignItem } from "../assign-item.server";
import { closeItem } from "../close-item.server";
import { extendItem } from "../extend-item.server";
import { readItem } from "../item.queries.server";
import { acceptPapers } from "../papers/store-papers.server";
import { reopenItem } from "../reopen-item.server";
import { replyItem } from "../reply-item.server";
import { sendBackItem } from "../send-back-item.server";
import { SUPERVISION_EVENT_FACTS, SUPERVISION_EVENTS, type SupervisionEvent } from "../supervision.lifecycle";
import { sayPaperRefusal, saySupervisionRefusal } from "../supervision.refusals";
import { isSupervisionEventPossible, supervisionAction, type SupervisionRefusal } from "../supervision.rules";
import { extendSchema, proofSchema, reasonSchema, replySchema, stepSchema } from "../supervision.schema";
import { slipTone, supervisionEventWords, supervisionTone } from "../supervision.words";
import { PaperLinks } from "../ui/PaperLinks";
import { StepForm } from "../ui/StepForm";
import { urgeItem } from "../urge-item.server";
import { verifyItem } from "../verify-item.server";

export const handle = crumbs<{ item: { title: string } }>((data) => [
  { label: "督办", href: "/supervision" },
  { label: data.item.title },
]);

export const loader = pageLoader({
  access: "supervision:read",
  params: idParams,
  load: async ({ ctx, params }) => {
    const found = await readItem(ctx.db, ctx.actor, params.id, ctx.today);
    const may = (event: SupervisionEvent) =>
      isSupervisionEventPossible(found.item.state, event) && can(ctx.actor, supervisionAction(event), found.item);
    const offered = keysOf(SUPERVISION_EVENTS)
      .filter(may)
      // who was urged today is not urged again
      .filter((event) => event !== "urge" || found.urgedOn !== ctx.today);
    return { ...found, offered, today: ctx.today };
  },
});

export const action = pageAction({
  access: "supervision:read",
  params: idParams,
  run: async ({ ctx, params: { id }, form }) => {
    const intent = form.get("intent");
    switch (intent) {
      case "assign":
      case "accept":
      case "urge":
      case "verify": {
        const verb = { assign: assignItem, accept: acceptItem, urge: urgeItem, verify: verifyItem }[intent];
        const submission = parseForm(form, stepSchema);
        if (submission.status !== "success") return invalid(submission);
        return answer(id, submission, await verb(ctx, { id, ...submission.value }));
      }
      case "reply": {
        const submission = parseForm(form, replySchema);
        if (submission.status !== "success") return invalid(submission);
        const papers = await acceptPapers(ctx, form);
        if (!papers.ok) return refused(submission, papers.refusals, sayPaperRefusal);
        return answer(id, submission, await replyItem(ctx, { id, ...submission.value, files: papers.value }));
      }
      case "extend": {
        const submission = parseForm(form, extendSchema);
        if (submission.status !== "success") return invalid(submission);
        return answer(id, submission, await extendItem(ctx, { id, ...submission.value }));
      }
      case "sendBack":
      case "reopen": {
        const verb = intent === "sendBack" ? sendBackItem : reopenItem;
        const submission = parseForm(form, reasonSchema);
        if (submission.status !== "success") return invalid(submission);
        return answer(id, submission, await verb(ctx, { id, ...submission.value }));
      }
      case "close": {
        const submission = parseForm(form, proofSchema);
        if (submission.status !== "success") return invalid(submission);
        const papers = await acceptPapers(ctx, form);
        if (!papers.ok) return refused(submission, papers.refusals, sayPaperRefusal);
        return answer(id, submission, await closeItem(ctx, { id, ...submission.value, files: papers.value }));
      }
      default:
        throw new DomainError("invalid", "malformedForm");
    }
  },
});

function answer(id: string, submission: Parameters<typeof refused>[0], result: Result<null, SupervisionRefusal>) {
  return result.ok ? redirect(`/supervision/${id}`) : refused(submission, result.refusals, saySupervisionRefusal);
}

/** Whose turn it is, in each state. */
const NEXT: Readonly<Record<keyof typeof SUPERVISION_STATES, { what: string; by: "unit" | "bureau" } | undefined>> = {
  registered: { what: "交办", by: "bureau" },
  assigned: { what: "签收并办理", by: "unit" },
  accepted: { what: "办理并反馈", by: "unit" },
  urged: { what: "办理并反馈", by: "unit" },
  replied: { what: "核实反馈", by: "bureau" },
  verified: { what: "销号", by: "bureau" },
  closed: undefined,
};

type Page = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Item() {
  const data = useLoaderData<typeof loader>();
  const { item, unitName, colour, remainingWorkdays, offered, today, maxMegabytes } = data;
  const reply = useActionData<typeof action>();
  const next = NEXT[item.state];
  const summary = Object.entries(reply?.form.error ?? {}).flatMap(([field, messages]) =>
    (messages ?? []).map((message) => ({ message, ...(field && { field }) })),
  );
  return (
    <>
      <PageHead
        title={item.title}
        code={item.number}
        meta={`${unitName} · ${SUPERVISION_ORIGINS[item.origin]}`}
        status={
          <>
            <StatusTag tone={supervisionTone(item.state)}>{SUPERVISION_STATES[item.state]}</StatusTag>
            {colour !== "none" && <StatusTag tone={slipTone(colour)}>{SLIP_COLOURS[colour]}</StatusTag>}
          </>
        }
        next={
          next && {
            what: next.what,
            who: next.by === "unit" ? unitName : "数据局",
            ...(remainingWorkdays !== null && { remainingWorkdays }),
          }
        }
      />
      <ErrorSummary errors={summary} />
      <ComeBack data={data} />
      <SideLayout sideLabel="办理过程" side={<History data={data} />}>
        <Section title="督办要求">
          <DescriptionList
            columns={2}
            items={[
              { term: "办理要求", detail: <span className="whitespace-pre-line">{item.requirement}</span>, wide: true },
              { term: "办理期限", detail: <strong>{formatOfficialDate(item.dueOn)}</strong> },
              { term: "承办单位", detail: unitName },
              { term: "立项日期", detail: formatOfficialDate(item.registeredOn) },
              { term: "重新督办", detail: item.reopenedCount > 0 ? `${item.reopenedCount} 次` : "无" },
            ]}
          />
        </Section>
        <Replies data={data} />
        {offered.map((event) => (
          <StepForm
            key={`${event} ${item.version}`}
            event={event}
            item={item}
            today={today}
            maxMegabytes={maxMegabytes}
            reply={reply?.form}
          />
        ))}
        <Slips data={data} />
      </SideLayout>
    </>
  );
}

/** Why the item is with the unit again, said where the unit begins to read. */
function ComeBack({ data: { item, events } }: { readonly data: Page }) {
  const { reply: replied, sendBack, reopen } = SUPERVISION_EVENT_FACTS;
  const last = events.find(({ type }) => [replied, sendBack, reopen].some((each) => each === type));
  if (!last || last.type === replied || NEXT[item.state]?.by !== "unit") return null;
  return (
    <Notice tone="warn" title={supervisionEventWords(last.type)}>
      {last.reason}
    </Notice>
  );
}

/** What the unit said, each time it replied, and the proof of the closing; the latest first. */
function Replies({ data: { events, papers } }: { readonly data: Page }) {
  const said = events.filter(
    ({ type }) => type === SUPERVISION_EVENT_FACTS.reply || type === SUPERVISION_EVENT_FACTS.close,
  );
  if (said.length === 0) return null;
  return (
    <Section title="反馈与依据" id="replies">
      <ol className="space-y-4">
        {said.map((event) => {
          const own = papers.filter(
            ({ addedAt, purpose }) => addedAt === event.at && PURPOSE_OF[purpose] === event.type,
          );
          return (
            <li key={event.id} className="space-y-1 border-b border-line pb-4 last:border-b-0 last:pb-0">
              <p className="text-[0.8125rem] text-secondary">
                {supervisionEventWords(event.type, event.payload)} · {event.unitName} {event.actorName} ·{" "}
                {formatInstant(new Date(event.at))}
              </p>
              <p className="whitespace-pre-line">{event.reason}</p>
              {own.length > 0 && <PaperLinks papers={own} />}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

/** With which step a paper came. */
const PURPOSE_OF: Readonly<Record<string, string>> = {
  reply: SUPERVISION_EVENT_FACTS.reply,
  closing: SUPERVISION_EVENT_FACTS.close,
};

/** The slips that were issued, each to open as an official form. */
function Slips({ data: { slips } }: { readonly data: Page }) {
  if (slips.length === 0) return null;
  return (
    <Section title="督办单" id="slips" flush>
      <DataTable
        caption="已发督办单"
        rows={slips}
        rowKey={(row) => row.id}
        empty={null}
        columns={[
          {
            key: "number",
            title: "编号",
            primary: true,
            nowrap: true,
            render: (row) => <a href={`/supervision/slips/${row.id}/pdf`}>{row.number}</a>,
          },
          {
            key: "colour",
            title: "颜色",
            nowrap: true,
            render: (row) => <StatusTag tone={slipTone(row.colour)}>{ISSUED_COLOURS[row.colour]}</StatusTag>,
          },
          { key: "issued", title: "发单日期", nowrap: true, render: (row) => row.issuedOn },
          { key: "due", title: "当时期限", nowrap: true, render: (row) => row.dueOn },
          {
            key: "round",
            title: "轮次",
            nowrap: true,
            render: (row) => (row.round === 0 ? "首次督办" : `第 ${row.round} 次重新督办`),
          },
        ]}
      />
    </Section>
  );
}

/** Everything that happened, the latest first. */
function History({ data: { events } }: { readonly data: Page }) {
  return (
    <Section title="办理过程">
      {events.length === 0 ? (
        <p className="text-secondary">暂无记录</p>
      ) : (
        <Timeline
          entries={events.map((event) => ({
            key: event.id,
            who: `${event.unitName} ${event.actorName}`,
            what: supervisionEventWords(event.type, event.payload),
            when: formatInstant(new Date(event.at)),
            reason: event.reason ?? undefined,
          }))}
        />
      )}
    </Section>
  );
}
