import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { isConflict } from "~/kernel/result";
import { PROJECT_STAGES } from "~/kernel/vocabulary";
import { stageTone } from "~/modules/projects";
import type { Ctx } from "~/platform/transaction.server";
import {
  Amount,
  Columns,
  ErrorSummary,
  FormActions,
  LinkButton,
  Notice,
  PageHead,
  Section,
  StatusTag,
  SubmitButton,
  TextArea,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";
import { summaryOf } from "~/web/summary";

import { concludeFunding } from "../conclude-funding.server";
import { readFundingReview } from "../funding.queries.server";
import { sayFundingRefusal } from "../funding.refusals";
import { endReviewSchema, isEndOfReview, reviewLinesSchema, type MoneyUnit } from "../funding.schema";
import { fundingTotals } from "../line.rules";
import { returnFromFunding } from "../return-from-funding.server";
import { reviewLines } from "../review-lines.server";
import { GateSection } from "../ui/GateSection";
import { LinesForm } from "../ui/LinesForm";
import { LinesTable } from "../ui/LinesTable";

export const handle = crumbs<{ project: { name: string } }>(({ project }) => [
  { label: "资金评估", href: "/funding" },
  { label: project.name },
]);

export const loader = pageLoader({
  access: "funding:read",
  params: idParams,
  load: async ({ ctx, params, query }) => {
    const review = await readFundingReview(ctx.db, ctx.actor, params.id, ctx.today);
    const unit: MoneyUnit = query.get("in") === "yuan" ? "yuan" : "wan";
    return { ...review, unit, saved: query.has("saved") };
  },
});

export const action = pageAction({
  access: "funding:review",
  params: idParams,
  run: ({ ctx, params, form }) =>
    isEndOfReview(form.get("intent")) ? endReview(ctx, params.id, form) : saveLines(ctx, params.id, form),
});

const OVERTAKEN =
  "他人刚刚保存了新的内容，您的填写尚未保存。请对照各行“已保存”的金额核对后再次保存，您填写的内容已保留。";

async function saveLines(ctx: Ctx, projectId: string, form: FormData) {
  const submission = parseForm(form, reviewLinesSchema);
  if (submission.status !== "success") return invalid(submission);
  const { version, lines, intent, unit } = submission.value;
  return orOvertaken(submission, async () => {
    const rest = intent === "saveRest" ? "asDeclared" : "open";
    const result = await reviewLines(ctx, { projectId, version, lines, rest });
    if (!result.ok) return refused(submission, result.refusals, sayFundingRefusal);
    return redirect(withQuery(`/funding/${projectId}`, "", { in: unit === "yuan" ? unit : undefined, saved: 1 }));
  });
}

async function endReview(ctx: Ctx, projectId: string, form: FormData) {
  const submission = parseForm(form, endReviewSchema);
  if (submission.status !== "success") return invalid(submission);
  const { version, intent, opinion } = submission.value;
  return orOvertaken(submission, async () => {
    const result =
      intent === "conclude"
        ? await concludeFunding(ctx, { projectId, version, opinion })
        : await returnFromFunding(ctx, { projectId, version, reason: opinion });
    if (result.ok) return redirect(intent === "conclude" ? `/funding/${projectId}` : "/funding");
    const atField = result.refusals.map((refusal) =>
      refusal.code === "reasonGiven" ? { ...refusal, field: "opinion" } : refusal,
    );
    return refused(submission, atField, sayFundingRefusal);
  });
}

/** Nothing typed is lost when somebody else was faster: the same form comes back, over the newest data. */
async function orOvertaken<T>(submission: Parameters<typeof refused>[0], run: () => Promise<T>) {
  try {
    return await run();
  } catch (error) {
    if (!isConflict(error)) throw error;
    return json<FormReply>({ form: submission.reply({ formErrors: [OVERTAKEN] }) }, { status: 409 });
  }
}

type Review = ReturnType<typeof useLoaderData<typeof loader>>;

export default function FundingReview() {
  const review = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { project, unitName, lines, gate, unit, open, concluded, mayReview, remainingWorkdays, saved } = review;
  const answer = reply && "form" in reply ? reply.form : null;
  const answersEnd = isEndOfReview(answer?.initialValue?.intent);
  return (
    <>
      <PageHead
        title={project.name}
        code={project.code}
        status={<StatusTag tone={stageTone(project.stage)}>{PROJECT_STAGES[project.stage]}</StatusTag>}
        meta={`${unitName} · ${project.year} 年`}
        actions={<LinkButton href={`/projects/${project.id}`}>查看项目</LinkButton>}
        next={
          open
            ? { what: "逐行核定并出具评估结论", who: "财政局", remainingWorkdays }
            : concluded && project.stage === "underFundingReview"
              ? { what: "批复立项", who: "数据局", href: `/projects/${project.id}/review` }
              : undefined
        }
      />
      {saved && !answer && <Notice tone="good">核定金额已保存。</Notice>}
      {answer && !mayReview && (
        <Notice tone="warn" title="资金评估已由他人办结，您刚才的填写没有保存">
          需要查看所填内容的，请用浏览器的“返回”回到填写页。
        </Notice>
      )}
      {concluded && (
        <Notice tone="good" title="资金评估已完成">
          核定 <Amount fen={project.reviewedFen} unit />
          {review.opinion && `；意见：${review.opinion}`}
        </Notice>
      )}
      <Section title="概算明细核定" id="lines" flush actions={<UnitSwitch id={project.id} unit={unit} />}>
        {mayReview ? (
          <LinesForm lines={lines} version={project.version} unit={unit} reply={answersEnd ? null : answer} />
        ) : (
          <LinesTable
            lines={lines}
            unit={unit}
            reviewed={(line, _index, money) => money(line.reviewedFen)}
            reason={(line) => line.cutReason}
          />
        )}
      </Section>
      <Columns count={2}>
        <GateSection gate={gate} unitName={unitName} />
        {mayReview && <EndForm {...review} reply={answersEnd ? answer : null} />}
      </Columns>
    </>
  );
}

function UnitSwitch({ id, unit }: { id: string; unit: MoneyUnit }) {
  const choice = (value: MoneyUnit, word: string) => (
    <a
      href={value === "yuan" ? `/funding/${id}?in=yuan` : `/funding/${id}`}
      aria-current={unit === value ? "true" : undefined}
      className={unit === value ? "font-semibold text-ink no-underline" : undefined}
    >
      {word}
    </a>
  );
  return (
    <span className="flex gap-3">
      <span className="text-secondary">单位：</span>
      {choice("wan", "万元")}
      {choice("yuan", "元")}
    </span>
  );
}

function EndForm({ project, lines, gate, reply }: Review & { reply: SubmissionResult<string[]> | null }) {
  const [form, fields] = useForm<{ opinion: string }>({ lastResult: reply });
  const totals = fundingTotals(lines);
  return (
    <Section title="评估结论" id="conclusion">
      <ErrorSummary errors={summaryOf(form)} />
      <p className="mb-3">
        {totals.openLines > 0 ? (
          `还有 ${totals.openLines} 行未核定，全部保存后可出具结论。`
        ) : (
          <>
            已保存：申报 <Amount fen={totals.declaredFen} unit />
            ，核定 <Amount fen={totals.reviewedFen} unit />
            ，核减 <Amount fen={totals.cutFen} unit />
            。结论以已保存的金额为准。
          </>
        )}
        {!gate.open && "共享闸口未打开，暂不能出具通过结论。"}
      </p>
      <form method="post" {...getFormProps(form)}>
        <input type="hidden" name="version" value={project.version} />
        <TextArea
          name="opinion"
          label="评估意见"
          hint="通过可不填；退回须写明理由"
          rows={3}
          defaultValue={fields.opinion.initialValue}
          error={fields.opinion.errors}
        />
        <FormActions>
          <SubmitButton name="intent" value="conclude">
            评估通过
          </SubmitButton>
          <SubmitButton name="intent" value="return" variant="danger">
            退回补正
          </SubmitButton>
        </FormActions>
      </form>
    </Section>
  );
}
