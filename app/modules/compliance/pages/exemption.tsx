import { useActionData, useLoaderData } from "@remix-run/react";

import { formatInstant, formatOfficialDate } from "~/kernel/local-date";
import { EXEMPTION_STATES } from "~/kernel/vocabulary";
import { loadFigures } from "~/platform/figures.server";
import type { Ctx } from "~/platform/transaction.server";
import { can } from "~/policy";
import { DescriptionList, Notice, PageHead, Section, SideLayout, StatusTag, SubmitButton } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { acceptPaper } from "../accept-paper.server";
import { decideExemption } from "../exemption/decide-exemption.server";
import { declineExemption } from "../exemption/decline-exemption.server";
import { editExemption } from "../exemption/edit-exemption.server";
import { EXEMPTION_EVENT_FACTS, EXEMPTION_EVENTS, EXEMPTION_LIFECYCLE } from "../exemption/exemption.lifecycle";
import { readExemption } from "../exemption/exemption.queries.server";
import { sayExemptionRefusal } from "../exemption/exemption.refusals";
import { exemptionName } from "../exemption/exemption.rules";
import { editExemptionSchema, exemptionStepSchema, type ExemptionStepInput } from "../exemption/exemption.schema";
import { revokeExemption } from "../exemption/revoke-exemption.server";
import { signExemption } from "../exemption/sign-exemption.server";
import { submitExemption } from "../exemption/submit-exemption.server";
import { withdrawExemption } from "../exemption/withdraw-exemption.server";
import { EXEMPTION_TONES } from "../gate.words";
import { ExemptionForm } from "../ui/ExemptionForm";
import { eventWords } from "../ui/event-words";
import { Process } from "../ui/Process";
import { replyTo } from "../ui/reply-to";
import { StepForm } from "../ui/StepForm";
import { answerStep } from "./answer-step.server";

export const handle = crumbs<Loaded>(({ exemption, unitName }) => [
  { label: "共享闸口", href: `/gates/${exemption.unitId}` },
  { label: `${unitName}${exemptionName(exemption.number)}` },
]);

export const loader = pageLoader({
  access: "gate:read",
  params: idParams,
  load: async ({ ctx, params, query }) => {
    const [detail, figures] = await Promise.all([
      readExemption(ctx.db, ctx.actor, params.id),
      loadFigures(ctx.db, ctx.today),
    ]);
    const { exemption } = detail;
    const may = (event: keyof typeof EXEMPTION_EVENTS) =>
      EXEMPTION_LIFECYCLE.some(
        ({ from, on, action }) => from === exemption.state && on === event && can(ctx.actor, action, exemption),
      );
    return {
      ...detail,
      months: figures.number("exemption.maxMonths"),
      saved: query.has("saved"),
      over: exemption.untilOn < ctx.today,
      may: {
        edit: may("edit"),
        sign: may("sign"),
        decide: may("approve"),
        withdraw: may("withdraw"),
        revoke: may("revoke") && exemption.untilOn >= ctx.today,
      },
    };
  },
});

export const action = pageAction({
  access: "gate:read",
  params: idParams,
  run: async ({ ctx, params: { id }, form }) => {
    const here = `/gates/exemptions/${id}`;
    if (form.get("intent") === "save") {
      const submission = parseForm(form, editExemptionSchema);
      if (submission.status !== "success") return invalid(submission);
      const { version, file, ...input } = submission.value;
      const paper = await acceptPaper(ctx, file);
      if (!paper.ok) return refused(submission, paper.refusals, sayExemptionRefusal);
      return answerStep(
        submission,
        `${here}?saved#`,
        () => editExemption(ctx, { id, version }, input, paper.value),
        sayExemptionRefusal,
      );
    }
    const submission = parseForm(form, exemptionStepSchema);
    if (submission.status !== "success") return invalid(submission);
    return answerStep(submission, here, () => step(ctx, id, submission.value), sayExemptionRefusal);
  },
});

function step(ctx: Ctx, id: string, { intent, version, opinion }: ExemptionStepInput) {
  const ref = { id, version };
  switch (intent) {
    case "submit":
      return submitExemption(ctx, ref);
    case "sign":
      return signExemption(ctx, ref);
    case "decline":
      return declineExemption(ctx, { ...ref, opinion });
    case "approve":
    case "refuse":
      return decideExemption(ctx, { ...ref, event: intent, opinion });
    case "withdraw":
      return withdrawExemption(ctx, ref);
    case "revoke":
      return revokeExemption(ctx, { ...ref, opinion });
  }
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function ExemptionPage() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<FormReply>();
  const { exemption, may, unitName } = data;
  const next = nextOf(exemption.state);
  const paper = data.fileName ? { name: data.fileName, href: `/gates/exemptions/${exemption.id}/paper` } : undefined;
  return (
    <>
      <PageHead
        title={`共享闸口豁免：${unitName}`}
        code={exemptionName(exemption.number)}
        status={<StatusTag tone={EXEMPTION_TONES[exemption.state]}>{EXEMPTION_STATES[exemption.state]}</StatusTag>}
        meta={<a href={`/gates/${exemption.unitId}`}>查看闸口</a>}
        next={next}
      />
      {data.saved && <Notice tone="good" title="已保存" />}
      <SideLayout
        sideLabel="办理过程"
        side={
          <Process
            events={data.events}
            words={{ exemptionDrafted: "填写申请", ...eventWords(EXEMPTION_EVENTS, EXEMPTION_EVENT_FACTS) }}
            tones={{ exemptionApproved: "good", exemptionRefused: "bad", exemptionRevoked: "bad" }}
            next={next}
          />
        }
      >
        <Outcome data={data} />
        {may.edit ? (
          <ExemptionForm
            reply={replyTo(reply, "save")}
            version={exemption.version}
            defaults={{ reason: exemption.reason, fromOn: exemption.fromOn, untilOn: exemption.untilOn }}
            current={paper}
            months={data.months}
            actions={
              <SubmitButton variant="secondary" name="intent" value="save" pendingLabel="正在保存…">
                保存
              </SubmitButton>
            }
          />
        ) : (
          <Section title="豁免申请">
            <DescriptionList
              items={[
                { term: "申请人", detail: data.requesterName },
                { term: "签批人", detail: data.signerName },
                {
                  term: "豁免期",
                  detail: `${formatOfficialDate(exemption.fromOn)}至${formatOfficialDate(exemption.untilOn)}`,
                  wide: true,
                },
                { term: "申请理由", detail: <p className="whitespace-pre-line">{exemption.reason}</p>, wide: true },
                { term: "证明材料", detail: paper && <a href={paper.href}>{paper.name}</a>, wide: true },
              ]}
            />
          </Section>
        )}
        <Steps data={data} reply={reply} />
      </SideLayout>
    </>
  );
}

/** What the person who looks may do now, a form for each hand. */
function Steps({ data: { exemption, may }, reply }: { readonly data: Loaded; readonly reply: FormReply | undefined }) {
  const { version } = exemption;
  return (
    <>
      {may.edit && (
        <StepForm
          id="submit"
          title="提交签批"
          note="提交后不能再改，由本单位分管领导签批"
          version={version}
          reply={replyTo(reply, "submit")}
          buttons={[{ intent: "submit", label: EXEMPTION_EVENTS.submit }]}
        />
      )}
      {may.sign && (
        <StepForm
          id="sign"
          title="签批"
          note="签批后报数据局审批；退回后填报人可以修改再提交"
          version={version}
          reply={replyTo(reply, "sign", "decline")}
          opinion={{ label: "退回意见", hint: "退回填报人时必填" }}
          buttons={[
            { intent: "sign", label: EXEMPTION_EVENTS.sign },
            { intent: "decline", label: EXEMPTION_EVENTS.decline, danger: true },
          ]}
        />
      )}
      {may.decide && (
        <StepForm
          id="decide"
          title="审批"
          note="批准后豁免期内放行资金，到期自动失效"
          version={version}
          reply={replyTo(reply, "approve", "refuse")}
          opinion={{ label: "审批意见", hint: "必填" }}
          buttons={[
            {
              intent: "approve",
              label: EXEMPTION_EVENTS.approve,
              consequence: "豁免期内该单位的项目资金照常评估和拨付；可以随时收回。",
            },
            { intent: "refuse", label: EXEMPTION_EVENTS.refuse, danger: true },
          ]}
        />
      )}
      {may.revoke && (
        <StepForm
          id="revoke"
          title="收回豁免"
          version={version}
          reply={replyTo(reply, "revoke")}
          opinion={{ label: "收回理由", hint: "必填" }}
          buttons={[
            {
              intent: "revoke",
              label: EXEMPTION_EVENTS.revoke,
              danger: true,
              consequence: "从今天起不再豁免，原因未消除的闸口随即关闭，不能恢复。",
            },
          ]}
        />
      )}
      {may.withdraw && (
        <StepForm
          id="withdraw"
          title="撤回申请"
          note="撤回后本件作废，需要时请重新申请"
          version={version}
          reply={replyTo(reply, "withdraw")}
          buttons={[
            {
              intent: "withdraw",
              label: EXEMPTION_EVENTS.withdraw,
              danger: true,
              consequence: "撤回后不能恢复，已填内容只供查阅。",
            },
          ]}
        />
      )}
    </>
  );
}

function Outcome({ data: { exemption, approverName, over } }: { readonly data: Loaded }) {
  const { state, approvedAt, opinion, untilOn, revokedOn } = exemption;
  if (state !== "approved" && state !== "refused" && state !== "revoked") return null;
  const when = approvedAt ? formatInstant(new Date(approvedAt)) : "";
  const ended =
    state === "revoked" && revokedOn
      ? `已于${formatOfficialDate(revokedOn)}收回。`
      : state === "approved" && over
        ? `豁免期已于${formatOfficialDate(untilOn)}结束。`
        : "";
  return (
    <Notice
      tone={state === "approved" && !over ? "good" : "bad"}
      title={`${EXEMPTION_STATES[state]}（${approverName ?? ""} ${when}）`}
    >
      {opinion} {ended}
    </Notice>
  );
}

function nextOf(state: Loaded["exemption"]["state"]) {
  switch (state) {
    case "draft":
      return { what: "完成填写并提交签批", who: "本单位填报人" };
    case "signing":
      return { what: "签批上报", who: "本单位分管领导" };
    case "open":
      return { what: "审批豁免", who: "数据局" };
    case "approved":
    case "refused":
    case "withdrawn":
    case "revoked":
      return undefined;
  }
}
