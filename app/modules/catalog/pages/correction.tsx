import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { findTransition } from "~/kernel/lifecycle";
import { formatInstant } from "~/kernel/local-date";
import { DomainError } from "~/kernel/result";
import { CORRECTION_STATES, keysOf } from "~/kernel/vocabulary";
import { workdaysBetween } from "~/kernel/work-calendar";
import { loadCalendar } from "~/platform/calendar.server";
import { can } from "~/policy";
import { DescriptionList, ErrorSummary, PageHead, Section, SideLayout, StatusTag, Timeline } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { sayCatalogRefusal } from "../catalog.refusals";
import { closeCorrection } from "../correction/close-correction.server";
import { confirmCorrection } from "../correction/confirm-correction.server";
import { CORRECTION_EVENTS, CORRECTION_LIFECYCLE, type CorrectionEvent } from "../correction/correction.lifecycle";
import { isOpenCorrection, NEXT_OF_CORRECTION } from "../correction/correction.words";
import { readCorrection } from "../correction/corrections.queries.server";
import { fixCorrection } from "../correction/fix-correction.server";
import { sideOf } from "../correction/load-correction.server";
import { rejectCorrection } from "../correction/reject-correction.server";
import { reopenCorrection } from "../correction/reopen-correction.server";
import { CATALOG_EVENT_WORDS, correctionTone } from "../resource-words";
import { stepSchema } from "../resource.schema";
import { StepForm } from "../ui/StepForm";
import { errorsOf } from "../ui/errors-of";

export const handle = crumbs<{ correction: { resourceName: string } }>((data) => [
  { label: "资源目录", href: "/catalog" },
  { label: "数据纠错", href: "/catalog/corrections" },
  { label: data.correction.resourceName },
]);

export const loader = pageLoader({
  access: "demand:read",
  params: idParams,
  load: async ({ ctx, params }) => {
    const found = await readCorrection(ctx.db, ctx.actor, params.id);
    const { correction } = found;
    const offered = keysOf(CORRECTION_EVENTS).filter((event) => {
      const row = findTransition(CORRECTION_LIFECYCLE, correction.state, event);
      const side = row?.action === "correction:report" ? "reporter" : "provider";
      return row !== undefined && can(ctx.actor, row.action, sideOf(correction, side));
    });
    const remaining = isOpenCorrection(correction.state)
      ? workdaysBetween(await loadCalendar(ctx.db, correction.regionId), ctx.today, correction.dueOn)
      : null;
    return { ...found, offered, remaining };
  },
});

const VERBS = {
  confirm: confirmCorrection,
  reject: rejectCorrection,
  fix: fixCorrection,
  close: closeCorrection,
  reopen: reopenCorrection,
} as const;

export const action = pageAction({
  access: "demand:read",
  params: idParams,
  run: async ({ ctx, params: { id }, form }) => {
    const event = keysOf(CORRECTION_EVENTS).find((each) => each === form.get("intent"));
    if (!event) throw new DomainError("invalid", "malformedForm");
    const submission = parseForm(form, stepSchema);
    if (submission.status !== "success") return invalid(submission);
    const result = await VERBS[event](ctx, { id, ...submission.value });
    if (!result.ok) return refused(submission, result.refusals, sayCatalogRefusal);
    return redirect(`/catalog/corrections/${id}`);
  },
});

/** What each step asks for in words. */
const ASKS: Readonly<Partial<Record<CorrectionEvent, string>>> = {
  reject: "核实情况，说明为什么数据无误",
  fix: "修正说明：改了哪些数据",
  reopen: "重新提出的原因",
};

export default function CorrectionPage() {
  const { correction, reporterName, providerName, events, offered, remaining } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const next = NEXT_OF_CORRECTION[correction.state];
  return (
    <>
      <PageHead
        title={`数据纠错：${correction.resourceName}`}
        meta={`${reporterName} 反映，${providerName} 处理`}
        status={<StatusTag tone={correctionTone(correction.state)}>{CORRECTION_STATES[correction.state]}</StatusTag>}
        next={
          next && {
            what: next.what,
            who: next.side === "reporter" ? reporterName : providerName,
            ...(remaining !== null && { remainingWorkdays: remaining }),
          }
        }
      />
      <ErrorSummary errors={errorsOf(reply?.form)} />
      <SideLayout
        sideLabel="办理过程"
        side={
          <Section title="办理过程">
            <Timeline
              entries={events.map((event) => ({
                key: event.id,
                who: `${event.unitName} ${event.actorName}`,
                what: CATALOG_EVENT_WORDS.get(event.type) ?? "其他",
                when: formatInstant(new Date(event.at)),
                reason: event.reason ?? undefined,
              }))}
            />
          </Section>
        }
      >
        {offered.length > 0 && (
          <Section title="办理">
            <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
              {offered.map((event) => (
                <StepForm
                  key={`${event} ${correction.version}`}
                  intent={event}
                  label={CORRECTION_EVENTS[event]}
                  version={correction.version}
                  asks={ASKS[event]}
                  variant={event === "reopen" ? "danger" : event === "reject" ? "secondary" : "primary"}
                  reply={reply?.form}
                />
              ))}
            </div>
          </Section>
        )}
        <Section title="问题">
          <DescriptionList
            columns={2}
            items={[
              {
                term: "数据资源",
                detail: <a href={`/catalog/${correction.resourceId}`}>{correction.resourceName}</a>,
              },
              { term: "信息项", detail: correction.item || "整个资源" },
              {
                term: "问题描述",
                detail: <span className="whitespace-pre-line">{correction.description}</span>,
                wide: true,
              },
              { term: "反映时间", detail: formatInstant(new Date(correction.reportedAt)) },
              { term: "办理期限", detail: correction.dueOn },
              { term: "核实意见", detail: correction.rejectedReason, wide: true },
              { term: "修正说明", detail: correction.fixNote, wide: true },
            ]}
          />
        </Section>
      </SideLayout>
    </>
  );
}
