import { getFormProps, useForm } from "@conform-to/react";
import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { formatInstant } from "~/kernel/local-date";
import { DomainError, type Result } from "~/kernel/result";
import { keysOf, PROJECT_STAGES, type ProjectStage } from "~/kernel/vocabulary";
import type { Ctx } from "~/platform/transaction.server";
import {
  Amount,
  CheckboxGroup,
  DataTable,
  EmptyState,
  ErrorSummary,
  Fields,
  FormActions,
  LinkButton,
  Notice,
  PageHead,
  Section,
  SideLayout,
  StatusTag,
  SubmitButton,
  TextArea,
  Timeline,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";

import { approveProject } from "../approve-project.server";
import { sayFilingProblem } from "../filing.refusals";
import { passReview } from "../pass-review.server";
import { stageTone } from "../project-words";
import { rejectProject } from "../reject-project.server";
import { returnForSupplement } from "../return-for-supplement.server";
import { readReviewBench } from "../review-bench.queries.server";
import { reviewSchema, type ReviewInput } from "../review.schema";
import { composeReason, REVIEW_TEMPLATES } from "../review.templates";
import { isPossible, type TransitionRefusal } from "../stage.rules";
import { sayTransitionRefusal } from "../transition.refusals";
import { FILING_SECTIONS } from "../filing.types";
import { FilingView } from "../ui/FilingView";

export const handle = crumbs<{ project: { id: string; name: string } }>(({ project }) => [
  { label: "项目", href: "/projects" },
  { label: project.name, href: `/projects/${project.id}` },
  { label: "立项审核" },
]);

export const loader = pageLoader({
  access: "project:review",
  params: idParams,
  load: ({ ctx, params }) => readReviewBench(ctx.db, ctx.actor, params.id, ctx.today),
});

export const action = pageAction({
  access: "project:review",
  params: idParams,
  run: async ({ ctx, params, form }) => {
    const submission = parseForm(form, reviewSchema);
    if (submission.status !== "success") return invalid(submission);
    try {
      const result = await decide(ctx, params.id, submission.value);
      if (result.ok) return redirect(`/projects/${params.id}`);
      const atField = result.refusals.map((refusal) =>
        refusal.code === "reasonGiven" ? { ...refusal, field: "opinion" } : refusal,
      );
      return refused(submission, atField, sayTransitionRefusal);
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind !== "conflict") throw error;
      const formErrors = ["项目刚刚有了新的变动，意见尚未生效。请核对左侧的最新内容后再次提交，您写的意见已保留。"];
      return json<FormReply>({ form: submission.reply({ formErrors }) }, { status: 409 });
    }
  },
});

function decide(
  ctx: Ctx,
  projectId: string,
  input: ReviewInput,
): Promise<Result<{ stage: string }, TransitionRefusal>> {
  const { version, opinion, templates } = input;
  const ref = { projectId, version };
  const reason = composeReason(templates, opinion);
  switch (input.intent) {
    case "pass":
      return passReview(ctx, { ...ref, opinion });
    case "returnForSupplement":
      return returnForSupplement(ctx, { ...ref, reason });
    case "reject":
      return rejectProject(ctx, { ...ref, reason });
    case "approve":
      return approveProject(ctx, { ...ref, opinion });
  }
}

type Bench = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Review() {
  const bench = useLoaderData<typeof loader>();
  const { project, unitName, filing, concluded, remainingWorkdays } = bench;
  const underReview = project.stage === "underReview";
  const approving = concluded && isPossible(project.stage, "approve");
  const next = underReview ? "审核立项申报" : approving ? "批复立项" : undefined;
  return (
    <>
      <PageHead
        title={project.name}
        code={project.code}
        status={<StatusTag tone={stageTone(project.stage)}>{PROJECT_STAGES[project.stage]}</StatusTag>}
        meta={
          <span>
            {unitName} · {project.year} 年
            {bench.rounds.receiptNumber &&
              ` · 受理号 ${bench.rounds.receiptNumber}（第 ${bench.rounds.current} 次提交）`}
          </span>
        }
        actions={
          <>
            {next && (
              <LinkButton href="#opinion" variant="primary">
                {approving ? "批复" : "填写意见"}
              </LinkButton>
            )}
            <LinkButton href={`/projects/${project.id}`}>查看项目</LinkButton>
          </>
        }
        next={
          next ? { what: next, who: "数据局", remainingWorkdays: underReview ? remainingWorkdays : null } : undefined
        }
      />
      <SideLayout
        share="half"
        sideLabel="检查清单与办理意见"
        side={
          <>
            <Checklist {...bench} />
            <Differences {...bench.rounds} />
            {underReview || approving ? (
              <OpinionForm approving={approving} {...bench} />
            ) : (
              <NothingToDecide stage={project.stage} />
            )}
            <Similar {...bench} />
            <Decisions decisions={bench.decisions} />
          </>
        }
      >
        {filing.data.noDataStatement && (
          <Notice tone="warn">单位说明不产生数据，请在“数据目录”中审查理由是否成立。</Notice>
        )}
        {keysOf(FILING_SECTIONS).map((section) => (
          <Section key={section} id={section} title={FILING_SECTIONS[section]}>
            <FilingView filing={filing} section={section} projectId={project.id} />
          </Section>
        ))}
      </SideLayout>
    </>
  );
}

function Checklist({ checklist }: Pick<Bench, "checklist">) {
  const failed = checklist.filter(({ problems }) => problems.length > 0).length;
  return (
    <Section title="检查清单" note={failed === 0 ? "全部符合" : `${failed} 项不符合`}>
      <ul className="divide-y divide-line">
        {checklist.map(({ check, title, cites, problems }) => (
          <li key={check} className="py-2 first:pt-0 last:pb-0">
            <div className="flex items-start justify-between gap-3">
              <span className="font-medium">{title}</span>
              <StatusTag tone={problems.length === 0 ? "good" : "bad"}>
                {problems.length === 0 ? "符合" : "不符合"}
              </StatusTag>
            </div>
            <p className="text-[0.8125rem] text-secondary">依据：{cites}</p>
            {problems.length > 0 && (
              <ul className="mt-1 list-disc pl-5">
                {problems.map((problem) => (
                  <li key={`${problem.code} ${problem.field ?? ""}`}>
                    <a href={`#${problem.section}`}>{sayFilingProblem(problem)}</a>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function OpinionForm({ project, approving }: Pick<Bench, "project"> & { approving: boolean }) {
  const reply = useActionData<typeof action>();
  const [form, fields] = useForm<ReviewInput>({ lastResult: reply?.form ?? null });
  const chosen = fields.templates.initialValue;
  return (
    <Section title={approving ? "批复" : "审核意见"} id="opinion">
      <ErrorSummary errors={summaryOf(form)} />
      {approving && (
        <p className="mb-3">
          申报 <Amount fen={project.declaredFen} unit />
          ，资金评估核定{" "}
          <strong>
            <Amount fen={project.reviewedFen} unit />
          </strong>
          （<a href={`/funding/${project.id}`}>逐行明细与核减理由</a>）。批复后即以核定金额作为项目总投资。
        </p>
      )}
      <form method="post" {...getFormProps(form)}>
        <input type="hidden" name="version" value={project.version} />
        <Fields>
          {!approving && (
            <CheckboxGroup
              name="templates"
              label="常用理由"
              hint="退回补正、不予立项时随意见一并发给申报单位，可多选"
              options={keysOf(REVIEW_TEMPLATES).map((value) => ({ value, label: REVIEW_TEMPLATES[value] }))}
              defaultValue={Array.isArray(chosen) ? chosen.map(String) : typeof chosen === "string" ? [chosen] : []}
            />
          )}
          <TextArea
            name="opinion"
            label={approving ? "批复意见" : "补充意见"}
            hint={approving ? "可不填" : "通过可不填；退回补正、不予立项须选择或写明理由"}
            rows={4}
            defaultValue={fields.opinion.initialValue}
            error={fields.opinion.errors}
          />
        </Fields>
        <FormActions>
          {approving ? (
            <SubmitButton name="intent" value="approve">
              批复立项
            </SubmitButton>
          ) : (
            <>
              <SubmitButton name="intent" value="pass">
                通过
              </SubmitButton>
              <SubmitButton name="intent" value="returnForSupplement" variant="secondary">
                退回补正
              </SubmitButton>
              <SubmitButton name="intent" value="reject" variant="danger">
                不予立项
              </SubmitButton>
            </>
          )}
        </FormActions>
      </form>
    </Section>
  );
}

/** The bureau has nothing to do here; who was overtaken finds what he wrote. */
function NothingToDecide({ stage }: { stage: ProjectStage }) {
  const written = useActionData<typeof action>()?.form.initialValue?.opinion;
  return (
    <Notice tone={written ? "warn" : "info"} title={written ? "项目已由他人办理，您的意见没有提交" : undefined}>
      <p>项目现处于“{PROJECT_STAGES[stage]}”阶段，不需要数据局审核。</p>
      {typeof written === "string" && <p className="mt-1 whitespace-pre-line">您写的意见：{written}</p>}
    </Notice>
  );
}

function Differences({ before, current, differences }: Bench["rounds"]) {
  if (before === null) return null;
  return (
    <Section title="本次修改" note={`第 ${current} 次提交与第 ${before} 次比较`} flush>
      <DataTable
        caption="本次修改"
        rows={differences}
        rowKey={(row) => `${row.section} ${row.field}`}
        empty={<EmptyState title="填报内容没有变化" explanation="申报单位重新提交时没有修改任何内容。" />}
        columns={[
          { key: "field", title: "内容", primary: true, render: (row) => `${row.section} / ${row.field}` },
          { key: "before", title: "原为", render: (row) => <Lines lines={row.before} /> },
          { key: "after", title: "现为", render: (row) => <Lines lines={row.after} /> },
        ]}
      />
    </Section>
  );
}

function Lines({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0) return <span className="text-secondary">（无）</span>;
  return (
    <ul className="space-y-1">
      {lines.map((line, index) => (
        <li key={`${index} ${line}`} className="whitespace-pre-line break-words">
          {line}
        </li>
      ))}
    </ul>
  );
}

function Similar({ similar, duplicateSimilarity, filing }: Pick<Bench, "similar" | "duplicateSimilarity" | "filing">) {
  const percent = (share: number) => Math.round(share * 100);
  return (
    <Section
      title="相似项目与系统"
      id="check"
      note={`名称相似度达到 ${percent(duplicateSimilarity)}% 的须有差异说明`}
      flush={similar.length > 0}
    >
      {similar.length === 0 ? (
        <p className="text-secondary">没有名称相近的项目或系统</p>
      ) : (
        <DataTable
          caption="相似项目与系统"
          rows={similar}
          rowKey={(row) => row.id}
          empty={null}
          isHighlighted={(row) => row.similarity >= duplicateSimilarity}
          columns={[
            {
              key: "name",
              title: "名称",
              primary: true,
              render: (row) => (
                <a href={row.kind === "project" ? `/projects/${row.id}` : `/systems/${row.id}`}>{row.name}</a>
              ),
            },
            { key: "kind", title: "类型", nowrap: true, render: (row) => (row.kind === "project" ? "项目" : "系统") },
            { key: "unit", title: "单位", render: (row) => row.unitName },
            { key: "likeness", title: "相似度", unit: "%", align: "right", render: (row) => percent(row.similarity) },
          ]}
        />
      )}
      {filing.differenceStatement && (
        <p className={`whitespace-pre-line ${similar.length > 0 ? "border-t border-line px-4 py-3" : "mt-2"}`}>
          <span className="text-secondary">差异说明：</span>
          {filing.differenceStatement}
        </p>
      )}
    </Section>
  );
}

const DESKS = { formCheck: "形式审查", approval: "立项审核", funding: "资金评估" } as const;
const OUTCOMES = {
  approved: { word: "通过", tone: "good" },
  returned: { word: "退回补正", tone: "warn" },
  rejected: { word: "不予立项", tone: "bad" },
  withdrawn: { word: "申报单位撤回", tone: "neutral" },
} as const;

function Decisions({ decisions }: Pick<Bench, "decisions">) {
  return (
    <Section title="历次意见">
      {decisions.length === 0 ? (
        <p className="text-secondary">这是第一次审核，还没有意见</p>
      ) : (
        <Timeline
          label="历次意见"
          entries={decisions.map(({ id, kind, round, outcome, opinion, closedAt, reviewerName }) => ({
            key: id,
            what: `${DESKS[kind]}（第 ${round} 次）：${OUTCOMES[outcome ?? "withdrawn"].word}`,
            who: reviewerName ?? "申报单位",
            when: closedAt ? formatInstant(new Date(closedAt)) : undefined,
            reason: opinion && <span className="whitespace-pre-line">{opinion}</span>,
            tone: OUTCOMES[outcome ?? "withdrawn"].tone,
          }))}
        />
      )}
    </Section>
  );
}
