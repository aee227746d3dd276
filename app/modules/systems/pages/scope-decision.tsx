import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { isConflict } from "~/kernel/result";
import { OWNERSHIPS, SCOPE_DECISION_STATES, SCOPE_REASONS, type Ownership } from "~/kernel/vocabulary";
import {
  ConfirmSubmit,
  DescriptionList,
  ErrorSummary,
  FormActions,
  PageHead,
  Section,
  SideLayout,
  StatusTag,
  SubmitButton,
  TextArea,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, overtaken, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import { sayScope } from "../cloud/rates/cloud.words";
import { confirmScope, declineScope, withdrawScope } from "../cloud/scope/decide-scope.server";
import { SCOPE_EVENT_FACTS, SCOPE_EVENTS } from "../cloud/scope/scope.lifecycle";
import { readScopeDecision } from "../cloud/scope/scope.queries.server";
import { sayScopeRefusal } from "../cloud/scope/scope.refusals";
import { scopeStepSchema } from "../cloud/scope/scope.schema";
import { SCOPE_TONES } from "../cloud/scope/scope.words";
import { MLPS_LEVELS } from "../inventory/system-facts";
import { CloudProcess } from "../ui/CloudProcess";

export const handle = crumbs<{ system: { name: string } }>((data) => [
  { label: "上云迁移", href: "/cloud" },
  { label: "范围认定", href: "/cloud/scope" },
  { label: data.system.name },
]);

export const loader = pageLoader({
  access: "system:read",
  params: idParams,
  load: ({ ctx, params }) => readScopeDecision(ctx.db, ctx.actor, params.id),
});

const STEPS = { confirm: confirmScope, decline: declineScope, withdraw: withdrawScope } as const;

export const action = pageAction({
  access: "system:read",
  params: idParams,
  run: async ({ ctx, params: { id }, form }) => {
    const submission = parseForm(form, scopeStepSchema);
    if (submission.status !== "success") return invalid(submission);
    const { intent, version, opinion } = submission.value;
    try {
      const result = await STEPS[intent](ctx, { id, version, opinion });
      if (result.ok) return redirect(`/cloud/scope/${id}`);
      const atField = result.refusals.map((refusal) =>
        refusal.code === "reasonGiven" ? { ...refusal, field: "opinion" } : refusal,
      );
      return refused(submission, atField, sayScopeRefusal);
    } catch (error) {
      if (!isConflict(error)) throw error;
      return overtaken(submission, "本件刚刚有了新的变动，这一步没有生效。请核对最新内容后再办理，您写的内容已保留。");
    }
  },
});

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function ScopeDecision() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<FormReply>();
  const { decision, system } = data;
  const waiting = decision.state === "proposed";
  const next = waiting ? { what: "复核认定", who: "数据局（非提出人）" } : undefined;
  return (
    <>
      <PageHead
        title={`范围认定：${system.name}`}
        code={system.code}
        status={<StatusTag tone={SCOPE_TONES[decision.state]}>{SCOPE_DECISION_STATES[decision.state]}</StatusTag>}
        meta={<a href={`/systems/${system.id}`}>查看系统</a>}
        next={next}
      />
      <SideLayout
        sideLabel="办理过程"
        side={
          <CloudProcess
            events={data.events}
            words={{
              scopeProposed: data.byRule ? "按规则提请认定" : "提出认定",
              [SCOPE_EVENT_FACTS.confirm]: SCOPE_EVENTS.confirm,
              [SCOPE_EVENT_FACTS.decline]: SCOPE_EVENTS.decline,
              [SCOPE_EVENT_FACTS.withdraw]: SCOPE_EVENTS.withdraw,
            }}
            tones={{ scopeConfirmed: "good", scopeDeclined: "bad" }}
            next={next}
          />
        }
      >
        <Facts data={data} />
        {(data.may.confirm || data.may.withdraw) && <Decide key={decision.version} data={data} reply={reply} />}
      </SideLayout>
    </>
  );
}

const ownershipOf = (value: unknown): string => OWNERSHIPS[value as Ownership] ?? "";
const yesNo = (value: unknown): string => (value === true ? "是" : "否");

function Facts({ data }: { readonly data: Loaded }) {
  const { decision, standing, unitName, fileName } = data;
  const { facts } = decision;
  const paragraph = (text: string) => text && <p className="whitespace-pre-line">{text}</p>;
  return (
    <>
      <Section title="认定内容">
        <DescriptionList
          items={[
            { term: "认定为", detail: sayScope(decision), wide: true },
            { term: "目前计为", detail: sayScope(standing), wide: true },
            { term: "单位", detail: unitName },
            { term: "提出方式", detail: data.byRule ? "系统按规则提请" : "人工提出" },
            { term: "说明", detail: paragraph(decision.explanation), wide: true },
            ...(fileName
              ? [
                  {
                    term: "论证材料",
                    detail: <a href={`/cloud/scope/${decision.id}/paper`}>{fileName}</a>,
                    wide: true,
                  },
                ]
              : []),
            { term: "提出人", detail: data.proposerName },
            { term: "办理人", detail: data.deciderName },
            ...(decision.opinion ? [{ term: "办理意见", detail: paragraph(decision.opinion), wide: true }] : []),
          ]}
        />
      </Section>
      <Section title="认定依据" note="提出时登记的情况和规则的判断">
        <DescriptionList
          items={[
            { term: "建设层级", detail: ownershipOf(facts.ownership) },
            { term: "等保级别", detail: facts.mlpsLevel === null ? "未定级" : MLPS_LEVELS[Number(facts.mlpsLevel)] },
            { term: "涉密", detail: yesNo(facts.secret) },
            { term: "例外单位", detail: yesNo(facts.unitExempt) },
            { term: "不纳入起点", detail: `${MLPS_LEVELS[Number(facts.excludedFromLevel)] ?? ""}及以上` },
            {
              term: "规则判断",
              detail: facts.says ? `不纳入：${SCOPE_REASONS[facts.says as keyof typeof SCOPE_REASONS]}` : "应上云",
            },
          ]}
        />
      </Section>
    </>
  );
}

function Decide({ data: { decision, may }, reply }: { readonly data: Loaded; readonly reply: FormReply | undefined }) {
  const [form, fields] = useForm<{ opinion: string }>({ lastResult: reply?.form ?? null });
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title={may.confirm ? "复核" : "撤回"} id="decide" note={may.confirm ? "提出人不能复核" : undefined}>
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="version" value={decision.version} />
        <div className="max-w-3xl">
          <TextArea
            {...wired(fields.opinion)}
            label={may.confirm ? "复核意见" : "撤回理由"}
            hint={may.confirm ? "不予通过时必填" : "可不填"}
            rows={3}
          />
        </div>
        <FormActions>
          {may.confirm && (
            <>
              <ConfirmSubmit
                name="intent"
                value="confirm"
                title="复核通过？"
                consequence="自今天起按本认定计算上云率；此前各日不变。"
                confirmLabel="确认通过"
              >
                {SCOPE_EVENTS.confirm}
              </ConfirmSubmit>
              <SubmitButton name="intent" value="decline" variant="danger" pendingLabel="正在办理…">
                {SCOPE_EVENTS.decline}
              </SubmitButton>
            </>
          )}
          {may.withdraw && (
            <SubmitButton name="intent" value="withdraw" variant="secondary" pendingLabel="正在撤回…">
              {SCOPE_EVENTS.withdraw}
            </SubmitButton>
          )}
        </FormActions>
      </Section>
    </form>
  );
}
