import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { formatInstant } from "~/kernel/local-date";
import { DomainError, type Result } from "~/kernel/result";
import { SLIP_COLOURS, SUPERVISION_ORIGINS, SUPERVISION_STATES } from "~/kernel/vocabulary";
import { can } from "~/policy";
import {
  DescriptionList,
  ErrorSummary,
  PageHead,
  Section,
  SideLayout,
  StatusTag,
  SubmitButton,
  TextArea,
  Timeline,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { acceptItem } from "../accept-item.server";
import { assignItem } from "../assign-item.server";
import { closeItem } from "../close-item.server";
import { reopenItem } from "../reopen-item.server";
import { replyItem } from "../reply-item.server";
import { sendBackItem } from "../send-back-item.server";
import { SUPERVISION_EVENTS, type SupervisionEvent } from "../supervision.lifecycle";
import { readItem } from "../supervision.queries.server";
import { saySupervisionRefusal } from "../supervision.refusals";
import { isSupervisionEventPossible, supervisionAction, type SupervisionRefusal } from "../supervision.rules";
import { proofSchema, reasonSchema, replySchema, stepSchema } from "../supervision.schema";
import { slipTone, supervisionEventWords, supervisionTone } from "../supervision.words";
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
    const offered = (Object.keys(SUPERVISION_EVENTS) as SupervisionEvent[]).filter(may);
    return { ...found, offered };
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
      case "verify": {
        const verb = { assign: assignItem, accept: acceptItem, verify: verifyItem }[intent];
        const submission = parseForm(form, stepSchema);
        if (submission.status !== "success") return invalid(submission);
        return answer(id, submission, await verb(ctx, { id, ...submission.value }));
      }
      case "reply": {
        const submission = parseForm(form, replySchema);
        if (submission.status !== "success") return invalid(submission);
        return answer(id, submission, await replyItem(ctx, { id, ...submission.value }));
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
        return answer(id, submission, await closeItem(ctx, { id, ...submission.value }));
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

export default function Item() {
  const { item, unitName, events, slip, remainingWorkdays, offered } = useLoaderData<typeof loader>();
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
            {slip !== "none" && <StatusTag tone={slipTone(slip)}>{SLIP_COLOURS[slip]}</StatusTag>}
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
      <SideLayout
        sideLabel="办理过程"
        side={
          <Section title="办理过程">
            {events.length === 0 ? (
              <p className="text-secondary">暂无记录</p>
            ) : (
              <Timeline
                entries={events.map((event) => ({
                  key: event.id,
                  who: `${event.unitName} ${event.actorName}`,
                  what: supervisionEventWords(event.type),
                  when: formatInstant(new Date(event.at)),
                  reason: event.reason ?? undefined,
                }))}
              />
            )}
          </Section>
        }
      >
        <Section title="督办内容">
          <DescriptionList
            columns={2}
            items={[
              { term: "办理要求", detail: <span className="whitespace-pre-line">{item.requirement}</span>, wide: true },
              { term: "承办单位", detail: unitName },
              { term: "立项日期", detail: item.registeredOn },
              { term: "办理期限", detail: item.dueOn },
              { term: "重新督办", detail: item.reopenedCount > 0 ? `${item.reopenedCount} 次` : "无" },
              {
                term: "办理情况",
                detail: item.reply && <span className="whitespace-pre-line">{item.reply}</span>,
                wide: true,
              },
              { term: "反馈时间", detail: item.repliedAt && formatInstant(new Date(item.repliedAt)) },
              { term: "销号时间", detail: item.closedAt && formatInstant(new Date(item.closedAt)) },
            ]}
          />
        </Section>
        {offered.length > 0 && (
          <Section title="办理">
            <div className="space-y-6">
              {offered.map((event) => (
                <StepForm key={`${event} ${item.version}`} event={event} version={item.version} reply={reply} />
              ))}
            </div>
          </Section>
        )}
      </SideLayout>
    </>
  );
}

/** What an event asks for: its field, when it needs words. */
const ASKS: Readonly<Partial<Record<SupervisionEvent, { name: string; label: string; hint?: string }>>> = {
  reply: { name: "reply", label: "办理情况" },
  sendBack: { name: "reason", label: "退回原因" },
  close: { name: "proof", label: "销号依据", hint: "验收单、文件名称或文号" },
  reopen: { name: "reason", label: "重新督办的原因" },
};

type Reply = ReturnType<typeof useActionData<typeof action>>;

function StepForm({ event, version, reply }: { event: SupervisionEvent; version: number; reply: Reply }) {
  const asks = ASKS[event];
  const isMine = reply?.form.initialValue?.["intent"] === event;
  const typed = asks && isMine ? reply.form.initialValue?.[asks.name] : undefined;
  return (
    <form method="post" className="space-y-3">
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="intent" value={event} />
      {asks && (
        <TextArea
          name={asks.name}
          label={asks.label}
          hint={asks.hint}
          required
          rows={3}
          defaultValue={typeof typed === "string" ? typed : ""}
          error={isMine ? reply.form.error?.[asks.name] : undefined}
        />
      )}
      <SubmitButton
        variant={event === "sendBack" || event === "reopen" ? "danger" : "primary"}
        pendingLabel="正在办理…"
      >
        {SUPERVISION_EVENTS[event]}
      </SubmitButton>
    </form>
  );
}
