import { getFormProps, useForm } from "@conform-to/react";
import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { isConflict, type Result } from "~/kernel/result";
import { keysOf, PROJECT_STAGES, SHORTCUTS, type ProjectStage } from "~/kernel/vocabulary";
import type { Ctx } from "~/platform/transaction.server";
import {
  Amount,
  CheckboxGroup,
  ConfirmSubmit,
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
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";

import { approveProject } from "../approve-project.server";
import { passReview } from "../pass-review.server";
import { nextStepOf } from "../next-step";
import { stageTone } from "../project-words";
import { rejectProject } from "../reject-project.server";
import { returnForSupplement } from "../return-for-supplement.server";
import { readReviewBench } from "../review-bench.queries.server";
import { reviewSchema, type ReviewInput } from "../review.schema";
import { composeReason } from "../review.templates";
import { FORM_CHECK_KEYS, FORM_CHECKS } from "../review/form-check.rules";
import { passFormCheck, type FormCheckRefusal } from "../review/pass-form-check.server";
import { passShortcut } from "../review/pass-shortcut.server";
import { isPossible } from "../stage.rules";
import { sayReviewRefusal } from "../transition.refusals";
import { FILING_SECTIONS } from "../filing.types";
import { ExpertReview } from "../ui/ExpertReview";
import { FilingView } from "../ui/FilingView";
import { PartsPanel } from "../ui/PartsPanel";
import { Checklist, Decisions, DecisionsOfOthers, DifferenceTable, TwoPersons } from "../ui/ReviewPanels";
import { SimilarHits } from "../ui/SimilarHits";
import { TemplatePicker } from "../ui/TemplatePicker";

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
    const { intent, templates, opinion } = submission.value;
    if (intent === "takeOverTemplates") {
      const initialValue = { ...submission.payload, templates: [], opinion: composeReason(templates, opinion) };
      return json<FormReply>({ form: { ...submission.reply(), initialValue } });
    }
    try {
      const result = await decide(ctx, params.id, submission.value, intent);
      if (result.ok) return redirect(`/projects/${params.id}`);
      const atField = result.refusals.map((refusal) =>
        refusal.code === "reasonGiven" ? { ...refusal, field: "opinion" } : refusal,
      );
      return refused(submission, atField, sayReviewRefusal);
    } catch (error) {
      if (!isConflict(error)) throw error;
      const formErrors = ["项目刚刚有了新的变动，意见尚未生效。请核对左侧的最新内容后再次提交，您写的意见已保留。"];
      return json<FormReply>({ form: submission.reply({ formErrors }) }, { status: 409 });
    }
  },
});

function decide(
  ctx: Ctx,
  projectId: string,
  { version, opinion, templates, checks }: ReviewInput,
  intent: Exclude<ReviewInput["intent"], "takeOverTemplates">,
): Promise<Result<unknown, FormCheckRefusal>> {
  const ref = { projectId, version };
  const reason = composeReason(templates, opinion);
  switch (intent) {
    case "passFormCheck":
      return passFormCheck(ctx, { ...ref, opinion, checks });
    case "passShortcut":
      return passShortcut(ctx, { ...ref, opinion, checks });
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

/** What the bureau has to do here now. */
type Step = "formCheck" | "approval" | "approve" | null;

function stepOf({ project, standing }: Pick<Bench, "project" | "standing">): Step {
  if (project.stage === "underReview") return standing.desk === "formCheck" ? "formCheck" : "approval";
  return standing.fundingConcluded && isPossible(project.stage, "approve") ? "approve" : null;
}

const STEP_BUTTONS = { formCheck: "形式审查", approval: "填写意见", approve: "批复" } as const;

export default function Review() {
  const bench = useLoaderData<typeof loader>();
  const { project, unitName, filing, standing, rounds } = bench;
  const step = stepOf(bench);
  const next = step && nextStepOf(project.stage, standing);
  return (
    <>
      <PageHead
        title={project.name}
        code={project.code}
        status={<StatusTag tone={stageTone(project.stage)}>{PROJECT_STAGES[project.stage]}</StatusTag>}
        meta={
          <span>
            {unitName} · {project.year} 年
            {rounds.receiptNumber && ` · 受理号 ${rounds.receiptNumber}（第 ${rounds.current} 次提交）`}
          </span>
        }
        actions={
          <>
            {step && (
              <LinkButton href="#opinion" variant="primary">
                {STEP_BUTTONS[step]}
              </LinkButton>
            )}
            {step === "approval" && <LinkButton href={`/projects/${project.id}/panel`}>组织专家评审</LinkButton>}
            <LinkButton href={`/projects/${project.id}`}>查看项目</LinkButton>
          </>
        }
        next={
          next
            ? {
                ...next,
                remainingWorkdays: project.stage === "underReview" ? standing.remaining : null,
                light: standing.light,
              }
            : undefined
        }
      />
      <SideLayout
        share="half"
        sideLabel="检查清单与办理意见"
        side={
          <>
            <Checklist rows={bench.checklist} notes={bench.notes} />
            {rounds.before !== null && (
              <Section
                title="本次修改"
                note={`第 ${rounds.current} 次提交与第 ${rounds.before} 次比较`}
                actions={<a href={`/projects/${project.id}/submissions`}>历次提交</a>}
                flush
              >
                <DifferenceTable differences={rounds.differences} caption="本次修改" />
              </Section>
            )}
            <ExpertReview projectId={project.id} panel={bench.panel} mayConvene={step === "approval"} />
            {step === null ? (
              <NothingToDecide stage={project.stage} />
            ) : (
              <>
                {standing.panelOpen && (
                  <Notice tone="info" title="专家评审正在进行">
                    形成专家意见或取消评审后才能审核通过。<a href={`/projects/${project.id}/panel`}>查看专家评审</a>
                  </Notice>
                )}
                <OpinionForm step={step} {...bench} />
              </>
            )}
            <Similar {...bench} />
            <DecisionsOfOthers decisions={bench.others} />
            <Decisions decisions={bench.decisions} />
          </>
        }
      >
        <nav aria-label="填报内容" className="mb-3 flex flex-wrap gap-x-4 gap-y-1 text-[0.8125rem]">
          {keysOf(FILING_SECTIONS).map((section) => (
            <a key={section} href={`#${section}`}>
              {FILING_SECTIONS[section]}
            </a>
          ))}
        </nav>
        {filing.data.noDataStatement && (
          <Notice tone="warn">单位说明不产生数据，请在“数据目录”中审查理由是否成立。</Notice>
        )}
        <PartsPanel family={bench.family} />
        {keysOf(FILING_SECTIONS).map((section) => (
          <Section key={section} id={section} title={FILING_SECTIONS[section]}>
            <FilingView filing={filing} section={section} projectId={project.id} />
          </Section>
        ))}
      </SideLayout>
    </>
  );
}

const OPINION_TITLES = { formCheck: "形式审查", approval: "审核意见", approve: "批复" } as const;

function OpinionForm({ project, persons, standing, step }: Bench & { step: Exclude<Step, null> }) {
  const reply = useActionData<typeof action>();
  const [form, fields] = useForm<ReviewInput>({ lastResult: reply?.form ?? null });
  const ticked = fields.checks.initialValue;
  const shortcut = step === "formCheck" ? project.shortcut : null;
  return (
    <Section title={OPINION_TITLES[step]} id="opinion">
      <ErrorSummary errors={summaryOf(form)} />
      <TwoPersons persons={persons} approving={step === "approve"} />
      {step === "approve" && (
        <p className="mb-3">
          申报 <Amount fen={project.declaredFen} unit />
          ，资金评估核定{" "}
          <strong>
            <Amount fen={project.reviewedFen} unit />
          </strong>
          （<a href={`/funding/${project.id}`}>逐行明细与核减理由</a>）。批复后即以核定金额作为项目总投资。
        </p>
      )}
      {shortcut && (
        <Notice tone="info" title={`申报单位选择简易程序：${SHORTCUTS[shortcut]}`}>
          依据：{project.shortcutBasis || "（没有写明）"}
          。属实的，形式审查后可按简易程序直接转资金评估；不属实的，按一般程序办理。
        </Notice>
      )}
      <form method="post" {...getFormProps(form)}>
        <input type="hidden" name="version" value={project.version} />
        <Fields>
          {step === "formCheck" && (
            <CheckboxGroup
              name="checks"
              label="形式审查清单"
              hint="逐项核对，符合的打勾；全部符合才能通过，有不符合的请退回补正"
              options={FORM_CHECK_KEYS.map((value) => ({
                value,
                label: FORM_CHECKS[value].title,
                hint: `依据：${FORM_CHECKS[value].cites}`,
              }))}
              defaultValue={Array.isArray(ticked) ? ticked.map(String) : typeof ticked === "string" ? [ticked] : []}
              error={fields.checks.errors}
            />
          )}
          <TextArea
            name="opinion"
            label={step === "approve" ? "批复意见" : "补充意见"}
            hint={step === "approve" ? "可不填" : "通过可不填；退回补正、不予立项须写明理由，可从常用理由中选"}
            rows={5}
            defaultValue={fields.opinion.initialValue}
            error={fields.opinion.errors}
          />
          {step !== "approve" && <TemplatePicker step={step} opinionField="opinion" />}
        </Fields>
        <FormActions>
          {step === "approve" && (
            <SubmitButton name="intent" value="approve">
              批复立项
            </SubmitButton>
          )}
          {step === "formCheck" && (
            <SubmitButton name="intent" value="passFormCheck">
              形式审查通过
            </SubmitButton>
          )}
          {shortcut && (
            <SubmitButton name="intent" value="passShortcut" variant="secondary">
              按简易程序通过
            </SubmitButton>
          )}
          {step === "approval" && (
            <SubmitButton name="intent" value="pass" disabled={standing.panelOpen}>
              通过
            </SubmitButton>
          )}
          {step !== "approve" && (
            <>
              <SubmitButton name="intent" value="returnForSupplement" variant="secondary">
                退回补正
              </SubmitButton>
              <ConfirmSubmit
                name="intent"
                value="reject"
                variant="danger"
                title="不予立项？"
                consequence="不予立项后本申报终结，不能恢复，理由会发给申报单位。材料可以补正的，请用“退回补正”。"
                confirmLabel="确认不予立项"
              >
                不予立项
              </ConfirmSubmit>
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

function Similar({ similar, foundSince, filing }: Pick<Bench, "similar" | "foundSince" | "filing">) {
  return (
    <Section title="相似项目与系统" id="check" note="提交时的查重结果" flush>
      <SimilarHits hits={similar} opens="all" />
      {foundSince.length > 0 && (
        <>
          <p className="border-t border-line px-4 py-2 font-medium">提交后新发现的（申报单位未作说明）</p>
          <SimilarHits hits={foundSince} opens="all" caption="提交后新发现的相似项目和系统" />
        </>
      )}
      {filing.differenceStatement && (
        <p className="whitespace-pre-line border-t border-line px-4 py-3">
          <span className="text-secondary">差异说明：</span>
          {filing.differenceStatement}
        </p>
      )}
    </Section>
  );
}
