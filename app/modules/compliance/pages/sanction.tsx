import { useActionData, useLoaderData } from "@remix-run/react";

import { formatOfficialDate } from "~/kernel/local-date";
import { PROJECT_STAGES, SANCTION_RUNGS, SANCTION_STATES } from "~/kernel/vocabulary";
import type { AcceptedFile } from "~/platform/files.server";
import type { Ctx } from "~/platform/transaction.server";
import { can } from "~/policy";
import { DescriptionList, Notice, PageHead, Section, SideLayout, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { acceptPaper } from "../accept-paper.server";
import { SANCTION_TONES } from "../gate.words";
import { declineSanction } from "../sanction/decline-sanction.server";
import { imposeSanction } from "../sanction/impose-sanction.server";
import { liftSanction } from "../sanction/lift-sanction.server";
import { remedySanction } from "../sanction/remedy-sanction.server";
import { SANCTION_EVENT_FACTS, SANCTION_EVENTS, SANCTION_LIFECYCLE } from "../sanction/sanction.lifecycle";
import { readSanction } from "../sanction/sanction.queries.server";
import { saySanctionRefusal } from "../sanction/sanction.refusals";
import { sanctionName } from "../sanction/sanction.rules";
import { sanctionStepSchema, type SanctionStepInput } from "../sanction/sanction.schema";
import { eventWords } from "../ui/event-words";
import { Process } from "../ui/Process";
import { replyTo } from "../ui/reply-to";
import { StepForm } from "../ui/StepForm";
import { answerStep } from "./answer-step.server";

export const handle = crumbs<Loaded>(({ sanction }) => [
  { label: "惩戒", href: "/sanctions" },
  { label: sanctionName(sanction) },
]);

export const loader = pageLoader({
  access: "gate:read",
  params: idParams,
  load: async ({ ctx, params }) => {
    const detail = await readSanction(ctx.db, ctx.actor, params.id, ctx.today);
    const { sanction } = detail;
    const may = (event: keyof typeof SANCTION_EVENTS) =>
      SANCTION_LIFECYCLE.some(
        ({ from, on, action }) => from === sanction.state && on === event && can(ctx.actor, action, sanction),
      );
    return { ...detail, may: { impose: may("impose"), remedy: may("remedy"), lift: may("lift") } };
  },
});

export const action = pageAction({
  access: "gate:read",
  params: idParams,
  run: async ({ ctx, params: { id }, form }) => {
    const submission = parseForm(form, sanctionStepSchema);
    if (submission.status !== "success") return invalid(submission);
    const paper = await acceptPaper(ctx, submission.value.file);
    if (!paper.ok) return refused(submission, paper.refusals, saySanctionRefusal);
    return answerStep(
      submission,
      `/sanctions/${id}`,
      () => step(ctx, id, submission.value, paper.value),
      saySanctionRefusal,
    );
  },
});

function step(ctx: Ctx, id: string, { intent, version, opinion }: SanctionStepInput, paper: AcceptedFile | undefined) {
  const ref = { id, version, opinion };
  switch (intent) {
    case "impose":
      return imposeSanction(ctx, ref);
    case "decline":
      return declineSanction(ctx, ref);
    case "remedy":
      return remedySanction(ctx, ref, paper);
    case "lift":
    case "sendBack":
      return liftSanction(ctx, { ...ref, event: intent });
  }
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function SanctionPage() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<FormReply>();
  const { sanction, project } = data;
  const next = nextOf(sanction.state);
  return (
    <>
      <PageHead
        title={`${SANCTION_RUNGS[sanction.rung]}：${data.unitName}`}
        code={`惩戒${sanction.number}号`}
        status={<StatusTag tone={SANCTION_TONES[sanction.state]}>{SANCTION_STATES[sanction.state]}</StatusTag>}
        meta={<a href={`/gates/${sanction.unitId}`}>查看闸口</a>}
        next={next}
      />
      {data.overdue && (
        <Notice tone="bad" title="已逾期未整改">
          数据局可以据此实施上一级措施。
        </Notice>
      )}
      {sanction.state === "lifted" && project?.stage === "suspended" && (
        <Notice tone="info" title="惩戒已解除，项目仍在暂停">
          恢复项目须由数据局在<a href={`/projects/${project.id}/halt`}>项目暂停与终止</a>页面另行办理。
        </Notice>
      )}
      <SideLayout
        sideLabel="办理过程"
        side={
          <Process
            events={data.events}
            words={{ sanctionProposed: "提出惩戒", ...eventWords(SANCTION_EVENTS, SANCTION_EVENT_FACTS) }}
            tones={{ sanctionImposed: "bad", sanctionLifted: "good", sanctionSentBack: "warn" }}
            next={next && { ...next, until: sanction.state === "standing" ? sanction.dueOn : null }}
          />
        }
      >
        <Facts data={data} />
        <Steps data={data} reply={reply} />
      </SideLayout>
    </>
  );
}

function Facts({ data }: { readonly data: Loaded }) {
  const { sanction, project, previous } = data;
  const paragraph = (text: string | null) => text && <p className="whitespace-pre-line">{text}</p>;
  return (
    <Section title="惩戒内容">
      <DescriptionList
        items={[
          { term: "措施", detail: SANCTION_RUNGS[sanction.rung] },
          { term: "单位", detail: data.unitName },
          ...(project
            ? [
                {
                  term: "项目",
                  detail: (
                    <span>
                      <a href={`/projects/${project.id}`}>{project.name}</a>（{PROJECT_STAGES[project.stage]}）
                    </span>
                  ),
                  wide: true,
                },
              ]
            : []),
          { term: "起始日期", detail: sanction.imposedBy && formatOfficialDate(sanction.fromOn) },
          { term: "整改期限", detail: sanction.dueOn && formatOfficialDate(sanction.dueOn) },
          { term: "事由", detail: paragraph(sanction.reason), wide: true },
          { term: "整改要求", detail: paragraph(sanction.demand), wide: true },
          { term: "依据文件", detail: sanction.basis, wide: true },
          ...(previous
            ? [
                {
                  term: "上一步",
                  detail: (
                    <span>
                      <a href={`/sanctions/${previous.id}`}>{sanctionName(previous)}</a>逾期未整改
                    </span>
                  ),
                  wide: true,
                },
              ]
            : []),
          ...(sanction.skipReason ? [{ term: "越级理由", detail: paragraph(sanction.skipReason), wide: true }] : []),
          { term: "提出人", detail: data.proposerName },
          { term: "复核人", detail: data.imposerName },
          ...(sanction.remedy
            ? [
                { term: "整改情况", detail: paragraph(sanction.remedy), wide: true },
                {
                  term: "证明材料",
                  detail: data.fileName && <a href={`/sanctions/${sanction.id}/paper`}>{data.fileName}</a>,
                  wide: true,
                },
              ]
            : []),
          ...(sanction.liftedOn ? [{ term: "解除日期", detail: formatOfficialDate(sanction.liftedOn) }] : []),
          ...(sanction.opinion ? [{ term: "办理意见", detail: paragraph(sanction.opinion), wide: true }] : []),
        ]}
      />
    </Section>
  );
}

const CONSEQUENCES = {
  rectify: "自今天起生效，单位须在期限内整改。",
  criticise: "自今天起生效，作为通报批评的依据。",
  postpone: "自今天起关闭该单位的共享闸口，不能申报新建和升级改造项目。",
  halt: "自今天起关闭该单位的共享闸口，项目随即暂停。",
  terminate: "自今天起关闭该单位的共享闸口，项目随即终止，不能恢复。",
} as const;

function Steps({
  data: { sanction, may, fileName },
  reply,
}: {
  readonly data: Loaded;
  readonly reply: FormReply | undefined;
}) {
  const { version } = sanction;
  return (
    <>
      {may.impose && (
        <StepForm
          id="impose"
          title="复核"
          note="提出人不能复核"
          version={version}
          reply={replyTo(reply, "impose", "decline")}
          opinion={{ label: "复核意见", hint: "不予实施时必填" }}
          buttons={[
            { intent: "impose", label: SANCTION_EVENTS.impose, consequence: CONSEQUENCES[sanction.rung] },
            { intent: "decline", label: SANCTION_EVENTS.decline, danger: true },
          ]}
        />
      )}
      {may.remedy && (
        <StepForm
          id="remedy"
          title="报告整改情况"
          note="经数据局核实后解除"
          version={version}
          reply={replyTo(reply, "remedy")}
          opinion={{ label: "整改情况", hint: "对照整改要求逐条说明" }}
          file={{
            label: "证明材料",
            hint: "必须上传；PDF、OFD、Word、Excel、WPS 或图片",
            current: fileName ? { name: fileName, href: `/sanctions/${sanction.id}/paper` } : undefined,
          }}
          buttons={[{ intent: "remedy", label: "提交整改情况" }]}
        />
      )}
      {may.lift && (
        <StepForm
          id="lift"
          title="核实整改"
          version={version}
          reply={replyTo(reply, "lift", "sendBack")}
          opinion={{ label: "核实意见", hint: "必填" }}
          buttons={[
            { intent: "lift", label: SANCTION_EVENTS.lift },
            { intent: "sendBack", label: SANCTION_EVENTS.sendBack, danger: true },
          ]}
        />
      )}
    </>
  );
}

function nextOf(state: Loaded["sanction"]["state"]) {
  switch (state) {
    case "proposed":
      return { what: "复核实施", who: "数据局（非提出人）" };
    case "standing":
      return { what: "整改并报告", who: "该单位填报人" };
    case "remedied":
      return { what: "核实解除", who: "数据局" };
    case "lifted":
    case "declined":
      return undefined;
  }
}
