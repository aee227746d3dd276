import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { formatInstant, formatOfficialDate } from "~/kernel/local-date";
import { formatPeriod } from "~/kernel/period";
import { parseRational, toFixed } from "~/kernel/rational";
import { DomainError, type Result } from "~/kernel/result";
import { COORDINATION_STATES, keysOf, SUPERVISION_STATES } from "~/kernel/vocabulary";
import { findUnit, unitFilter } from "~/modules/identity/index.server";
import { can, scopeFor } from "~/policy";
import { DescriptionList, ErrorSummary, PageHead, Section, SideLayout, StatusTag, Timeline } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { adviseMatter } from "../coordination/advise-matter.server";
import { answerMatter } from "../coordination/answer-matter.server";
import { COORDINATION_EVENTS } from "../coordination/coordination.lifecycle";
import { readMatter } from "../coordination/coordination.queries.server";
import { sayCoordinationRefusal, type ItemiseRefusal } from "../coordination/coordination.refusals";
import { coordinationAction, isCoordinationEventPossible } from "../coordination/coordination.rules";
import { adviceSchema, answerSchema, itemiseSchema, settleSchema } from "../coordination/coordination.schema";
import { coordinationEventWords, coordinationTone } from "../coordination/coordination.words";
import { itemiseMatter } from "../coordination/itemise-matter.server";
import { settleMatter } from "../coordination/settle-matter.server";
import { CoordinationForms } from "../ui/CoordinationForms";

export const handle = crumbs<{ project: { name: string } }>((data) => [
  { label: "需协调事项", href: "/coordination" },
  { label: data.project.name },
]);

export const loader = pageLoader({
  access: "coordination:read",
  params: idParams,
  load: async ({ ctx, params }) => {
    const found = await readMatter(ctx.db, ctx.actor, params.id, ctx.today);
    const offered = keysOf(COORDINATION_EVENTS).filter(
      (event) =>
        // what reports and supervised items bring about is nobody's button
        !["revise", "withdraw", "clear", "finish"].includes(event) &&
        isCoordinationEventPossible(found.matter.state, event) &&
        can(ctx.actor, coordinationAction(event), found.matter),
    );
    const units = offered.includes("itemise")
      ? await unitFilter(ctx.db, scopeFor(ctx.actor, "coordination:answer"), undefined)
      : undefined;
    return {
      ...found,
      offered,
      units: units?.kind === "select" ? units.options : null,
      today: ctx.today,
    };
  },
});

export const action = pageAction({
  access: "coordination:read",
  params: idParams,
  run: async ({ ctx, params: { id }, form }) => {
    switch (form.get("intent")) {
      case "advise": {
        const submission = parseForm(form, adviceSchema);
        if (submission.status !== "success") return invalid(submission);
        return answer(id, submission, await adviseMatter(ctx, { id, ...submission.value }));
      }
      case "answer": {
        const submission = parseForm(form, answerSchema);
        if (submission.status !== "success") return invalid(submission);
        return answer(id, submission, await answerMatter(ctx, { id, ...submission.value }));
      }
      case "itemise": {
        const submission = parseForm(form, itemiseSchema);
        if (submission.status !== "success") return invalid(submission);
        const { unitId: wanted, ...input } = submission.value;
        const unitId = await findUnit(ctx.db, scopeFor(ctx.actor, "coordination:answer"), wanted);
        if (!unitId) return refused(submission, [{ code: "unitUnknown", field: "unitId" }], sayCoordinationRefusal);
        return answer(id, submission, await itemiseMatter(ctx, { id, unitId, ...input }));
      }
      case "settle": {
        const submission = parseForm(form, settleSchema);
        if (submission.status !== "success") return invalid(submission);
        return answer(id, submission, await settleMatter(ctx, { id, ...submission.value }));
      }
      default:
        throw new DomainError("invalid", "malformedForm");
    }
  },
});

function answer(id: string, submission: Parameters<typeof refused>[0], result: Result<null, ItemiseRefusal>) {
  return result.ok ? redirect(`/coordination/${id}`) : refused(submission, result.refusals, sayCoordinationRefusal);
}

type Data = ReturnType<typeof useLoaderData<typeof loader>>;

export default function CoordinationMatter() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { matter, project, unitName, offered } = data;
  const summary = Object.entries(reply?.form.error ?? {}).flatMap(([field, messages]) =>
    (messages ?? []).map((message) => ({ message, ...(field && { field }) })),
  );
  return (
    <>
      <PageHead
        title={`${project.name}需协调事项`}
        meta={
          <>
            <span>{unitName}</span>
            <a href={`/projects/${project.id}`}>{project.code}</a>
          </>
        }
        status={<StatusTag tone={coordinationTone(matter.state)}>{COORDINATION_STATES[matter.state]}</StatusTag>}
        light={project.light}
        next={nextStep(data)}
      />
      <ErrorSummary errors={summary} />
      <SideLayout sideLabel="办理过程" side={<History events={data.events} />}>
        <Section title="事项">
          <p className="whitespace-pre-line text-base">{matter.text}</p>
        </Section>
        <Standing data={data} />
        {offered.length > 0 && (
          <CoordinationForms
            key={matter.version}
            offered={offered}
            matter={matter}
            units={data.units}
            today={data.today}
            lastResult={reply?.form}
          />
        )}
      </SideLayout>
    </>
  );
}

function nextStep({ matter, remainingWorkdays, item }: Data) {
  switch (matter.state) {
    case "raised":
      return { what: "答复", who: "领导小组", remainingWorkdays };
    case "answered":
      return { what: "按答复推进，解决后在月报中不再填写", who: "单位" };
    case "itemised":
      return { what: "办理督办事项", ...(item && { href: `/supervision/${item.id}` }) };
    case "settled":
    case "withdrawn":
      return undefined;
  }
}

const percent = (value: string | null): string => (value === null ? "—" : `${toFixed(parseRational(value), 1)}%`);

/** Everything the answer needs at one glance: the project, the reports it came from, what was said so far. */
function Standing({ data }: { readonly data: Data }) {
  const { matter, project, item, itemDueOn, firstPeriod, lastPeriod } = data;
  const report = (period: Data["firstPeriod"]) => (
    <a href={`/projects/${project.id}/reports/${period}`}>{formatPeriod(period)}月报</a>
  );
  const said = (words: string | null, who: string | null, at: string | null) =>
    words && (
      <>
        <span className="whitespace-pre-line">{words}</span>
        {at && (
          <span className="block text-[0.8125rem] text-secondary">
            {who} · {formatInstant(new Date(at))}
          </span>
        )}
      </>
    );
  return (
    <Section title="项目与答复">
      <DescriptionList
        columns={2}
        items={[
          { term: "项目", detail: <a href={`/projects/${project.id}`}>{project.name}</a> },
          {
            term: "进度",
            detail: (
              <a href={`/projects/${project.id}/progress`}>
                计划 {percent(project.plannedPercent)}，实际 {percent(project.actualPercent)}
              </a>
            ),
          },
          {
            term: "来自",
            detail:
              firstPeriod === lastPeriod ? (
                report(firstPeriod)
              ) : (
                <>
                  {report(firstPeriod)}，最近见于{report(lastPeriod)}
                </>
              ),
          },
          { term: "提出日期", detail: formatOfficialDate(matter.raisedOn) },
          { term: "答复截止", detail: formatOfficialDate(matter.answerDueOn) },
          { term: "办结日期", detail: matter.endedOn && formatOfficialDate(matter.endedOn) },
          { term: "数据局意见", detail: said(matter.advice, data.adviser, matter.advisedAt), wide: true },
          { term: "领导小组答复", detail: said(matter.answer, data.answerer, matter.answeredAt), wide: true },
          ...(item
            ? [
                {
                  term: "督办事项",
                  detail: (
                    <>
                      <a href={`/supervision/${item.id}`}>{item.number}</a>，{SUPERVISION_STATES[item.state]}，
                      {itemDueOn} 前办结
                    </>
                  ),
                  wide: true,
                },
              ]
            : []),
        ]}
      />
    </Section>
  );
}

function History({ events }: { readonly events: Data["events"] }) {
  return (
    <Section title="办理过程">
      <Timeline
        entries={events.map((event) => ({
          key: event.id,
          who: `${event.unitName} ${event.actorName}`,
          what: coordinationEventWords(event.type),
          when: formatInstant(new Date(event.at)),
          reason:
            event.reason ??
            (typeof event.payload["textBefore"] === "string" ? `原为：${event.payload["textBefore"]}` : undefined),
        }))}
      />
    </Section>
  );
}
