import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { formatInstant, localDateOf } from "~/kernel/local-date";
import { DomainError, type Result } from "~/kernel/result";
import {
  CORRECTION_STATES,
  DEMAND_STATES,
  keysOf,
  SHARING_METHODS,
  SHARING_TYPES,
  UPDATE_CYCLES,
} from "~/kernel/vocabulary";
import { can } from "~/policy";
import {
  DescriptionList,
  ErrorSummary,
  LinkButton,
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

import { agreeToDemand } from "../demand/agree-to-demand.server";
import { checkDemand } from "../demand/check-demand.server";
import { declineDemand } from "../demand/decline-demand.server";
import { deliverDemand } from "../demand/deliver-demand.server";
import { DEMAND_EVENT_WORDS, RATINGS } from "../demand/demand-words";
import { DEMAND_EVENTS, type DemandEvent } from "../demand/demand.lifecycle";
import { readDemand } from "../demand/demand.queries.server";
import { sayDemandRefusal } from "../demand/demand.refusals";
import {
  citesBasis,
  demandAction,
  isDemandEventPossible,
  partyOf,
  type DemandStepRefusal,
} from "../demand/demand.rules";
import {
  deliverySchema,
  demandNoteSchema,
  demandReasonSchema,
  demandRefusalSchema,
  demandStepSchema,
  ratingSchema,
} from "../demand/demand.schema";
import { sideOf } from "../demand/load-demand.server";
import { overruleRefusal } from "../demand/overrule-refusal.server";
import { rateDemand } from "../demand/rate-demand.server";
import { refuseDemand } from "../demand/refuse-demand.server";
import { returnDemand } from "../demand/return-demand.server";
import { signDemand } from "../demand/sign-demand.server";
import { upholdRefusal } from "../demand/uphold-refusal.server";
import { withdrawDemand } from "../demand/withdraw-demand.server";
import { demandTone } from "../resource-words";
import { DemandSteps, stepFieldId } from "../ui/DemandSteps";

export const handle = crumbs<{ demand: { wanted: string } }>(({ demand }) => [
  { label: "数据需求", href: "/catalog/demands" },
  { label: demand.wanted },
]);

/** What is told after a step, by the step that was taken. */
const DONE: Readonly<Record<string, string>> = {
  apply: "数据需求已提交，等待本单位分管领导审核。",
  reapply: "数据需求已重新提交，等待本单位分管领导审核。",
  sign: "已审核通过，等待数据局合规审查。",
  decline: "已退回填报人修改。",
  passCheck: "合规审查已通过，提供方将在期限内答复。",
  returnDemand: "已退回需求方修改。",
  agree: "已答复同意，请在期限内提供数据。",
  refuse: "已答复不同意，等待数据局核查。",
  overrule: "已责令提供方重新答复。",
  uphold: "已认可不同意的理由，需求办结。",
  deliver: "已登记提供，等待需求方评价。",
  rate: "评价已提交，需求办结。",
  withdraw: "需求已撤回。",
};

export const loader = pageLoader({
  access: "demand:read",
  params: idParams,
  load: async ({ ctx, params, query }) => {
    const found = await readDemand(ctx.db, ctx.actor, params.id, ctx.today);
    const { demand } = found;
    const isOfItself = demand.appliedAt !== null;
    const offered = keysOf(DEMAND_EVENTS).filter(
      (event) =>
        isOfItself &&
        isDemandEventPossible(demand.state, event) &&
        can(ctx.actor, demandAction(event), sideOf(demand, partyOf(event))) &&
        (event !== "sign" || demand.draftedBy !== ctx.actor.userId),
    );
    return {
      ...found,
      offered,
      basisCited: citesBasis(demand.refusalBasis),
      done: DONE[query.get("done") ?? ""] ?? null,
      isRequester: demand.unitId === ctx.actor.unitId,
      mayReport:
        demand.deliveredAt !== null && demand.resourceId !== null && can(ctx.actor, "correction:report", demand),
    };
  },
});

export const action = pageAction({
  access: "demand:read",
  params: idParams,
  run: async ({ ctx, params: { id }, form }) => {
    const intent = form.get("intent");
    switch (intent) {
      case "sign":
      case "passCheck":
      case "agree": {
        const verb = { sign: signDemand, passCheck: checkDemand, agree: agreeToDemand }[intent];
        const submission = parseForm(form, demandStepSchema);
        if (submission.status !== "success") return invalid(submission);
        return answer(id, intent, submission, await verb(ctx, { id, ...submission.value }));
      }
      case "decline":
      case "returnDemand":
      case "overrule": {
        const verb = { decline: declineDemand, returnDemand, overrule: overruleRefusal }[intent];
        const submission = parseForm(form, demandReasonSchema);
        if (submission.status !== "success") return invalid(submission);
        return answer(id, intent, submission, await verb(ctx, { id, ...submission.value }));
      }
      case "uphold":
      case "withdraw": {
        const verb = intent === "uphold" ? upholdRefusal : withdrawDemand;
        const submission = parseForm(form, demandNoteSchema);
        if (submission.status !== "success") return invalid(submission);
        return answer(id, intent, submission, await verb(ctx, { id, ...submission.value }));
      }
      case "refuse": {
        const submission = parseForm(form, demandRefusalSchema);
        if (submission.status !== "success") return invalid(submission);
        return answer(id, intent, submission, await refuseDemand(ctx, { id, ...submission.value }));
      }
      case "deliver": {
        const submission = parseForm(form, deliverySchema);
        if (submission.status !== "success") return invalid(submission);
        return answer(id, intent, submission, await deliverDemand(ctx, { id, ...submission.value }));
      }
      case "rate": {
        const submission = parseForm(form, ratingSchema);
        if (submission.status !== "success") return invalid(submission);
        return answer(id, intent, submission, await rateDemand(ctx, { id, ...submission.value }));
      }
      default:
        throw new DomainError("invalid", "malformedForm");
    }
  },
});

function answer(
  id: string,
  event: DemandEvent,
  submission: Parameters<typeof refused>[0],
  result: Result<null, DemandStepRefusal>,
) {
  return result.ok
    ? redirect(`/catalog/demands/${id}?done=${event}`)
    : refused(submission, result.refusals, sayDemandRefusal);
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Demand() {
  const data = useLoaderData<typeof loader>();
  const { demand, unitName, providerName, events, turn, remainingWorkdays, offered, basisCited, done } = data;
  const reply = useActionData<typeof action>();
  const posted = reply?.form.initialValue?.["intent"];
  const intent = typeof posted === "string" ? posted : "";
  const summary = Object.entries(reply?.form.error ?? {}).flatMap(([field, messages]) =>
    (messages ?? []).map((message) => ({ message, ...(field && { href: `#${stepFieldId(intent, field)}` }) })),
  );
  return (
    <>
      <PageHead
        title={demand.wanted}
        meta={`${unitName} 向 ${providerName ?? "（提供单位待明确）"} 提出`}
        status={<StatusTag tone={demandTone(demand.state)}>{DEMAND_STATES[demand.state]}</StatusTag>}
        next={turn ? { what: turn.what, who: whoOf(data), remainingWorkdays } : undefined}
        actions={
          data.mayReport && (
            <LinkButton href={`/catalog/corrections/new?resource=${demand.resourceId ?? ""}&demand=${demand.id}`}>
              报告数据错误
            </LinkButton>
          )
        }
      />
      {done && <Notice tone="good">{done}</Notice>}
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
                  what: DEMAND_EVENT_WORDS[event.type] ?? event.type,
                  when: formatInstant(new Date(event.at)),
                  reason: event.reason ?? undefined,
                }))}
              />
            )}
          </Section>
        }
      >
        <DemandSteps
          key={demand.version}
          offered={offered}
          demandId={demand.id}
          version={demand.version}
          method={demand.method}
          basisCited={basisCited}
          reply={reply?.form ?? null}
        />
        <Refusal {...data} />
        <Wanted {...data} />
        <Course {...data} />
        <Corrections {...data} />
      </SideLayout>
    </>
  );
}

function whoOf({ turn, unitName, providerName }: Loaded): string | undefined {
  switch (turn?.party) {
    case "requester":
      return turn.what === "单位审核" ? `${unitName}分管领导` : unitName;
    case "provider":
      return providerName ?? undefined;
    case "bureau":
      return "数据局";
    default:
      return undefined;
  }
}

function Refusal({ demand, basisCited }: Loaded) {
  if (!demand.refusalReason) return null;
  return (
    <Notice tone="warn" title="提供方不同意提供">
      <p>原因：{demand.refusalReason}</p>
      <p>
        依据：{demand.refusalBasis ?? "未引用"}
        {!basisCited && " · 没有引用法律、法规或文件，数据局可责令重新答复"}
      </p>
    </Notice>
  );
}

function Wanted({ demand, unitName, providerName, projectName, resource }: Loaded) {
  return (
    <Section title="需求内容">
      <DescriptionList
        columns={2}
        items={[
          { term: "需求单位", detail: unitName },
          { term: "提供单位", detail: providerName ?? "待明确" },
          {
            term: "目录资源",
            detail: resource ? <a href={`/catalog/${demand.resourceId ?? ""}`}>{resource.name}</a> : "目录中尚无",
          },
          { term: "共享类型", detail: resource && SHARING_TYPES[resource.sharingType] },
          { term: "信息项", detail: demand.items, wide: true },
          { term: "需求依据", detail: demand.legalBasis, wide: true },
          { term: "应用场景", detail: demand.scene, wide: true },
          { term: "预计来源", detail: demand.expectedSource },
          {
            term: "来源项目",
            detail: demand.projectId ? <a href={`/projects/${demand.projectId}`}>{projectName}</a> : "单独提出",
          },
          { term: "共享方式", detail: SHARING_METHODS[demand.method] },
          { term: "使用频率", detail: UPDATE_CYCLES[demand.frequency] },
          {
            term: "使用期限",
            detail: demand.usedFromOn && `${demand.usedFromOn} 至 ${demand.usedUntilOn ?? "长期"}`,
            wide: true,
          },
          { term: "安全措施", detail: demand.safety, wide: true },
        ]}
      />
    </Section>
  );
}

const dayOf = (instant: string | null) => (instant ? localDateOf(new Date(instant)) : null);

function Course({ demand }: Loaded) {
  const late = (dueOn: string | null, doneAt: string | null) => {
    const doneOn = dayOf(doneAt);
    return doneOn && dueOn && doneOn > dueOn ? "（逾期）" : "";
  };
  return (
    <Section title="期限与结果">
      <DescriptionList
        columns={2}
        items={[
          { term: "提出日期", detail: dayOf(demand.appliedAt) },
          { term: "单位审核", detail: dayOf(demand.reviewedAt) },
          { term: "审查期限", detail: demand.checkDueOn },
          {
            term: "审查日期",
            detail: demand.checkedAt && `${dayOf(demand.checkedAt)}${late(demand.checkDueOn, demand.checkedAt)}`,
          },
          { term: "答复期限", detail: demand.answerDueOn },
          {
            term: "答复日期",
            detail: demand.answeredAt && `${dayOf(demand.answeredAt)}${late(demand.answerDueOn, demand.answeredAt)}`,
          },
          { term: "提供期限", detail: demand.dueOn },
          {
            term: "提供日期",
            detail: demand.deliveredAt && `${dayOf(demand.deliveredAt)}${late(demand.dueOn, demand.deliveredAt)}`,
          },
          { term: "提供说明", detail: demand.deliveryNote, wide: true },
          {
            term: "评价",
            detail: demand.rating && RATINGS[String(demand.rating) as keyof typeof RATINGS],
          },
          { term: "评价意见", detail: demand.ratingComment },
        ]}
      />
    </Section>
  );
}

function Corrections({ corrections }: Loaded) {
  if (corrections.length === 0) return null;
  return (
    <Section title="数据纠错">
      <ul className="space-y-1">
        {corrections.map((correction) => (
          <li key={correction.id}>
            <a href={`/catalog/corrections/${correction.id}`}>{correction.description}</a>{" "}
            <span className="text-secondary">{CORRECTION_STATES[correction.state]}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
