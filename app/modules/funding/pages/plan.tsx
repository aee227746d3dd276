import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { fen } from "~/kernel/fen";
import { formatInstant } from "~/kernel/local-date";
import { isConflict } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";
import { can, samePerson } from "~/policy";
import {
  Amount,
  ConfirmSubmit,
  DataTable,
  DescriptionList,
  ErrorSummary,
  Fields,
  FormActions,
  Notice,
  PageHead,
  Section,
  StatusTag,
  SubmitButton,
  TextArea,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, overtaken, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import { confirmAdjustment } from "../plan/confirm-adjustment.server";
import { declineAdjustment } from "../plan/decline-adjustment.server";
import { readPlan } from "../plan/plan.queries.server";
import { sayPlanRefusal } from "../plan/plan.refusals";
import { adjustmentStepSchema, proposeAdjustmentSchema, type AdjustmentStepInput } from "../plan/plan.schema";
import { adjustmentStanding, planTitle } from "../plan/plan.words";
import { proposeAdjustment } from "../plan/propose-adjustment.server";
import { withdrawAdjustment } from "../plan/withdraw-adjustment.server";
import { ProposalFields } from "../ui/ProposalFields";

export const handle = crumbs<{ unitName: string; plan: { year: number } }>(({ unitName, plan }) => [
  { label: "年度资金计划", href: `/funding/plan?year=${plan.year}` },
  { label: unitName },
]);

export const loader = pageLoader({
  access: "funding:read",
  params: idParams,
  load: async ({ ctx, params }) => {
    const read = await readPlan(ctx.db, ctx.actor, params.id, ctx.today);
    const waiting = read.adjustments.find(({ state }) => state === "proposed");
    const isOwn = waiting !== undefined && samePerson(ctx.actor, waiting.proposedBy);
    const mayPropose = can(ctx.actor, "plan:propose", read.plan);
    return {
      ...read,
      waiting: waiting ?? null,
      isOwn,
      may: {
        propose: mayPropose && !waiting,
        decide: waiting !== undefined && !isOwn && can(ctx.actor, "plan:confirm", read.plan),
        withdraw: isOwn && mayPropose,
      },
    };
  },
});

const OVERTAKEN = "计划刚刚有了新的变动，这一步没有生效。请核对最新内容后再办理，您填写的内容已保留。";

export const action = pageAction({
  access: "plan:propose",
  params: idParams,
  run: async ({ ctx, params, form }) => {
    const here = `/funding/plan/${params.id}`;
    const isProposal = form.get("intent") === "propose";
    const submission = isProposal ? parseForm(form, proposeAdjustmentSchema) : parseForm(form, adjustmentStepSchema);
    if (submission.status !== "success") return invalid(submission);
    const { value } = submission;
    try {
      const result = "after" in value ? await propose(ctx, params.id, value) : await step(ctx, value);
      if (result.ok) return redirect(here);
      const atField = result.refusals.map((refusal) =>
        refusal.code === "reasonGiven" ? { ...refusal, field: "opinion" } : refusal,
      );
      return refused(submission, atField, sayPlanRefusal);
    } catch (error) {
      if (!isConflict(error)) throw error;
      return overtaken(submission, OVERTAKEN);
    }
  },
});

async function propose(
  ctx: Ctx,
  planId: string,
  { version, after, reason, basis }: { version: number; after: number; reason: string; basis: string },
) {
  const { plan } = await readPlan(ctx.db, ctx.actor, planId, ctx.today);
  const { unitId, year, source } = plan;
  return proposeAdjustment(ctx, { unitId, year, source, version, afterFen: fen(after), reason, basis });
}

function step(ctx: Ctx, { intent, opinion, ...ref }: AdjustmentStepInput) {
  switch (intent) {
    case "confirm":
      return confirmAdjustment(ctx, { ...ref, opinion });
    case "decline":
      return declineAdjustment(ctx, { ...ref, opinion });
    case "withdraw":
      return withdrawAdjustment(ctx, ref);
  }
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;
type Reply = SubmissionResult<string[]> | null;

export default function PlanPage() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<FormReply>()?.form ?? null;
  const { plan, unitName, adjustments, waiting, may, sanctioned, neededFen, arrivedFen } = data;
  // Each form is told only of what was wrong with itself.
  const isProposal = reply?.initialValue?.intent === "propose";
  return (
    <>
      <PageHead
        title={planTitle(plan, unitName)}
        status={waiting ? <StatusTag tone="warn">第 {waiting.number} 次调整待复核</StatusTag> : undefined}
        next={waiting ? { what: `复核第 ${waiting.number} 次调整`, who: "另一位财政人员" } : undefined}
      />
      {sanctioned && (
        <Notice tone="bad" title="该单位有执行中的资金惩戒">
          惩戒解除前不安排新的资金，见共享闸口的说明。
        </Notice>
      )}
      {reply && !isProposal && !waiting && (
        <Notice tone="warn" title="这次调整已由他人办理，您的操作没有生效">
          最新结果见下方调整记录。
        </Notice>
      )}
      <Section title="计划与安排">
        <DescriptionList
          items={[
            { term: "现行计划", detail: <Amount fen={plan.amountFen} unit /> },
            { term: "项目本年安排", detail: <Amount fen={neededFen} unit /> },
            { term: "计划减安排", detail: <Amount fen={fen(plan.amountFen - neededFen)} unit /> },
            { term: "本年已到位", detail: <Amount fen={arrivedFen} unit /> },
          ]}
        />
      </Section>
      {waiting && <Waiting {...data} waiting={waiting} reply={isProposal ? null : reply} />}
      <History adjustments={adjustments} />
      {may.propose && <ProposeForm version={plan.version} reply={isProposal ? reply : null} />}
    </>
  );
}

/** The adjustment that waits, with what this person may do with it. */
function Waiting({ waiting, may, isOwn, reply }: Loaded & { waiting: NonNullable<Loaded["waiting"]>; reply: Reply }) {
  const [form, fields] = useForm<{ opinion: string }>({ lastResult: reply });
  return (
    <Section title={`第 ${waiting.number} 次调整`} id="waiting" note="复核后立即生效">
      <ErrorSummary errors={summaryOf(form)} />
      <DescriptionList
        columns={3}
        items={[
          { term: "调整前", detail: <Amount fen={waiting.beforeFen} unit /> },
          { term: "调整后", detail: <Amount fen={waiting.afterFen} unit /> },
          { term: "增减", detail: <Amount fen={fen(waiting.afterFen - waiting.beforeFen)} unit /> },
          { term: "提出人", detail: `${waiting.proposerName ?? ""} ${formatInstant(new Date(waiting.proposedAt))}` },
          { term: "依据文号", detail: waiting.basis },
          { term: "理由", detail: waiting.reason, wide: true },
        ]}
      />
      {isOwn && <p className="mt-3 text-secondary">按照双人原则，由另一位财政人员复核；复核前您可以撤回。</p>}
      {(may.decide || may.withdraw) && (
        <form method="post" {...getFormProps(form)} className="mt-4">
          <input type="hidden" name="adjustmentId" value={waiting.id} />
          <input type="hidden" name="version" value={waiting.version} />
          {may.decide && <TextArea {...wired(fields.opinion)} label="复核意见" hint="不通过时必填" rows={2} />}
          <FormActions>
            {may.decide && (
              <>
                <SubmitButton name="intent" value="confirm">
                  复核生效
                </SubmitButton>
                <SubmitButton name="intent" value="decline" variant="danger">
                  不通过
                </SubmitButton>
              </>
            )}
            {may.withdraw && (
              <ConfirmSubmit
                variant="danger"
                name="intent"
                value="withdraw"
                title="撤回这次调整？"
                consequence="撤回后计划保持不变，这次调整留在记录中，不能恢复；需要时请重新提出。"
                confirmLabel="确认撤回"
              >
                撤回调整
              </ConfirmSubmit>
            )}
          </FormActions>
        </form>
      )}
    </Section>
  );
}

function ProposeForm({ version, reply }: { version: number; reply: Reply }) {
  const [form, fields] = useForm<Record<"after" | "reason" | "basis", string>>({ lastResult: reply });
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title="提出调整" id="propose" note="由另一位财政人员复核后生效">
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="version" value={version} />
        <Fields>
          <ProposalFields fields={fields} />
        </Fields>
        <FormActions>
          <SubmitButton name="intent" value="propose" pendingLabel="正在提交…">
            提交复核
          </SubmitButton>
        </FormActions>
      </Section>
    </form>
  );
}

function History({ adjustments }: Pick<Loaded, "adjustments">) {
  return (
    <Section title="调整记录" id="history" note="首次编制为第 1 次；记录不可修改" flush>
      <DataTable
        caption="调整记录"
        rows={adjustments}
        rowKey={(row) => row.id}
        empty={null}
        columns={[
          { key: "number", title: "次序", primary: true, nowrap: true, render: (row) => `第 ${row.number} 次` },
          {
            key: "before",
            title: "调整前",
            unit: "万元",
            align: "right",
            render: (row) => <Amount fen={row.beforeFen} />,
          },
          {
            key: "after",
            title: "调整后",
            unit: "万元",
            align: "right",
            render: (row) => <Amount fen={row.afterFen} />,
          },
          {
            key: "reason",
            title: "理由与依据",
            render: (row) => (
              <span>
                {row.reason}
                <span className="block text-[0.8125rem] text-secondary">{row.basis}</span>
              </span>
            ),
          },
          {
            key: "proposer",
            title: "提出",
            render: (row) => (
              <span>
                {row.proposerName}
                <span className="block text-[0.8125rem] text-secondary">{formatInstant(new Date(row.proposedAt))}</span>
              </span>
            ),
          },
          {
            key: "decider",
            title: "复核",
            render: (row) =>
              row.decidedAt && (
                <span>
                  {row.deciderName}
                  <span className="block text-[0.8125rem] text-secondary">
                    {formatInstant(new Date(row.decidedAt))}
                    {row.opinion && `：${row.opinion}`}
                  </span>
                </span>
              ),
          },
          {
            key: "state",
            title: "状态",
            nowrap: true,
            render: (row) => {
              const { word, tone } = adjustmentStanding(row.state);
              return <StatusTag tone={tone}>{word}</StatusTag>;
            },
          },
        ]}
      />
    </Section>
  );
}
