import { useActionData, useLoaderData } from "@remix-run/react";

import { formatOfficialDate } from "~/kernel/local-date";
import { RECOLLECTION_STATES } from "~/kernel/vocabulary";
import type { Ctx } from "~/platform/transaction.server";
import { can } from "~/policy";
import { DescriptionList, PageHead, Section, SideLayout, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { RECOLLECTION_TONES } from "../gate.words";
import { confirmRecollection } from "../recollection/confirm-recollection.server";
import {
  RECOLLECTION_EVENT_FACTS,
  RECOLLECTION_EVENTS,
  RECOLLECTION_LIFECYCLE,
} from "../recollection/recollection.lifecycle";
import { readRecollection } from "../recollection/recollection.queries.server";
import { sayRecollectionRefusal } from "../recollection/recollection.refusals";
import { recollectionStepSchema, type RecollectionStepInput } from "../recollection/recollection.schema";
import { remedyRecollection } from "../recollection/remedy-recollection.server";
import { settleRecollection } from "../recollection/settle-recollection.server";
import { eventWords } from "../ui/event-words";
import { Process } from "../ui/Process";
import { replyTo } from "../ui/reply-to";
import { StepForm } from "../ui/StepForm";
import { answerStep } from "./answer-step.server";

export const handle = crumbs<Loaded>(({ recollection, unitName }) => [
  { label: "共享闸口", href: "/gates" },
  { label: unitName, href: `/gates/${recollection.unitId}` },
  { label: "重复采集" },
]);

export const loader = pageLoader({
  access: "gate:read",
  params: idParams,
  load: async ({ ctx, params }) => {
    const detail = await readRecollection(ctx.db, ctx.actor, params.id);
    const { recollection } = detail;
    const may = (event: keyof typeof RECOLLECTION_EVENTS) =>
      RECOLLECTION_LIFECYCLE.some(
        ({ from, on, action }) => from === recollection.state && on === event && can(ctx.actor, action, recollection),
      );
    return { ...detail, may: { confirm: may("confirm"), remedy: may("remedy"), settle: may("settle") } };
  },
});

export const action = pageAction({
  access: "gate:read",
  params: idParams,
  run: async ({ ctx, params: { id }, form }) => {
    const submission = parseForm(form, recollectionStepSchema);
    if (submission.status !== "success") return invalid(submission);
    return answerStep(
      submission,
      `/gates/recollections/${id}`,
      () => step(ctx, id, submission.value),
      sayRecollectionRefusal,
    );
  },
});

function step(ctx: Ctx, id: string, { intent, version, opinion }: RecollectionStepInput) {
  const ref = { id, version, opinion };
  switch (intent) {
    case "confirm":
    case "dismiss":
      return confirmRecollection(ctx, { ...ref, event: intent });
    case "remedy":
      return remedyRecollection(ctx, ref);
    case "settle":
    case "sendBack":
      return settleRecollection(ctx, { ...ref, event: intent });
  }
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function RecollectionPage() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<FormReply>();
  const { recollection, resource, may } = data;
  const { version } = recollection;
  const next = nextOf(recollection.state);
  return (
    <>
      <PageHead
        title={`重复采集：${recollection.where}`}
        status={
          <StatusTag tone={RECOLLECTION_TONES[recollection.state]}>{RECOLLECTION_STATES[recollection.state]}</StatusTag>
        }
        meta={
          <span>
            {data.unitName} · <a href={`/gates/${recollection.unitId}`}>查看闸口</a>
          </span>
        }
        next={next}
      />
      <SideLayout
        sideLabel="办理过程"
        side={
          <Process
            events={data.events}
            words={{
              recollectionReported: "登记重复采集",
              ...eventWords(RECOLLECTION_EVENTS, RECOLLECTION_EVENT_FACTS),
            }}
            tones={{ recollectionConfirmed: "bad", recollectionSettled: "good", recollectionSentBack: "warn" }}
            next={next}
          />
        }
      >
        <Section title="重复采集的情况">
          <DescriptionList
            items={[
              {
                term: "已共享资源",
                detail: (
                  <span>
                    <a href={`/catalog/${resource.id}`}>{resource.name}</a>（{data.providerName}）
                  </span>
                ),
                wide: true,
              },
              { term: "采集环节", detail: recollection.where, wide: true },
              {
                term: "涉及系统",
                detail: data.system && <a href={`/systems/${data.system.id}`}>{data.system.name}</a>,
                wide: true,
              },
              {
                term: "发现的情况",
                detail: <p className="whitespace-pre-line">{recollection.finding}</p>,
                wide: true,
              },
              { term: "登记人", detail: data.reporterName },
              { term: "复核人", detail: data.confirmerName },
              {
                term: "认定日期",
                detail: recollection.confirmedOn && formatOfficialDate(recollection.confirmedOn),
              },
              { term: "核实人", detail: data.settlerName },
              {
                term: "整改情况",
                detail: recollection.remedy && <p className="whitespace-pre-line">{recollection.remedy}</p>,
                wide: true,
              },
            ]}
          />
        </Section>
        {may.confirm && (
          <StepForm
            id="confirm"
            title="复核"
            note="登记人不能复核；认定后关闭该单位的闸口"
            version={version}
            reply={replyTo(reply, "confirm", "dismiss")}
            opinion={{ label: "复核意见", hint: "认定不成立时必填" }}
            buttons={[
              { intent: "confirm", label: RECOLLECTION_EVENTS.confirm },
              { intent: "dismiss", label: RECOLLECTION_EVENTS.dismiss, danger: true },
            ]}
          />
        )}
        {may.remedy && (
          <StepForm
            id="remedy"
            title="报告整改情况"
            note="经数据局核实后闸口自动打开"
            version={version}
            reply={replyTo(reply, "remedy")}
            opinion={{ label: "整改情况", hint: "停止了哪些采集、改为从哪里取得数据" }}
            buttons={[{ intent: "remedy", label: "提交整改情况" }]}
          />
        )}
        {may.settle && (
          <StepForm
            id="settle"
            title="核实整改"
            version={version}
            reply={replyTo(reply, "settle", "sendBack")}
            opinion={{ label: "核实意见", hint: "退回时必填" }}
            buttons={[
              { intent: "settle", label: RECOLLECTION_EVENTS.settle },
              { intent: "sendBack", label: RECOLLECTION_EVENTS.sendBack, danger: true },
            ]}
          />
        )}
      </SideLayout>
    </>
  );
}

function nextOf(state: Loaded["recollection"]["state"]) {
  switch (state) {
    case "reported":
      return { what: "复核认定", who: "数据局（非登记人）" };
    case "standing":
      return { what: "整改并报告", who: "该单位填报人" };
    case "remedied":
      return { what: "核实整改", who: "数据局" };
    case "settled":
    case "dismissed":
      return undefined;
  }
}
