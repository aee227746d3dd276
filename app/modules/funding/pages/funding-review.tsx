import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useState } from "react";

import { isConflict } from "~/kernel/result";
import { PROJECT_STAGES } from "~/kernel/vocabulary";
import { isMoneyOpen } from "~/modules/compliance";
import { stageTone } from "~/modules/projects";
import type { Ctx } from "~/platform/transaction.server";
import { Amount, Columns, LinkButton, Notice, PageHead, Section, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, overtaken, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { concludeFunding } from "../conclude-funding.server";
import { readFundingReview } from "../funding.queries.server";
import { sayFundingRefusal } from "../funding.refusals";
import {
  endReviewSchema,
  inUnit,
  isEndOfReview,
  readMoneyUnit,
  reviewLinesSchema,
  typedLinesSchema,
  type MoneyUnit,
} from "../funding.schema";
import { composeReturnReason } from "../funding.templates";
import { fundingTotals, isFullyReviewed } from "../line.rules";
import { returnFromFunding } from "../return-from-funding.server";
import { reviewLines } from "../review-lines.server";
import { EndForm } from "../ui/EndForm";
import { GateSection } from "../ui/GateSection";
import { LinesForm } from "../ui/LinesForm";
import { LinesTable, type ShownLine } from "../ui/LinesTable";
import { retypedText } from "../ui/money-text";
import { PriceHint } from "../ui/PriceHint";
import { UnitSwitch } from "../ui/UnitSwitch";

export const handle = crumbs<{ project: { name: string } }>(({ project }) => [
  { label: "资金评估", href: "/funding" },
  { label: project.name },
]);

export const loader = pageLoader({
  access: "funding:read",
  params: idParams,
  load: async ({ ctx, params, query }) => {
    const review = await readFundingReview(ctx.db, ctx.actor, params.id, ctx.today);
    return { ...review, unit: readMoneyUnit(query), saved: query.has("saved") };
  },
});

export const action = pageAction({
  access: "funding:review",
  params: idParams,
  run: ({ ctx, params, form, query }) => {
    const intent = form.get("intent");
    if (isEndOfReview(intent)) return endReview(ctx, params.id, form);
    return intent === "switchUnit"
      ? Promise.resolve(inOtherUnit(form, readMoneyUnit(query)))
      : saveLines(ctx, params.id, form);
  },
});

const OVERTAKEN =
  "他人刚刚保存了新的内容，您的填写尚未保存。您填写过的各行旁边注明了对方已保存的内容，请核对后再次保存；您没有填写的各行已换成最新内容。";

async function saveLines(ctx: Ctx, projectId: string, form: FormData) {
  const submission = parseForm(form, reviewLinesSchema);
  if (submission.status !== "success") return invalid(submission);
  const { version, lines, intent, unit } = submission.value;
  return orOvertaken(submission, async () => {
    const rest = intent === "saveRest" ? "asDeclared" : "open";
    const result = await reviewLines(ctx, { projectId, version, lines, rest });
    if (!result.ok) return refused(submission, result.refusals, sayFundingRefusal);
    return redirect(withQuery(`/funding/${projectId}`, "", { ...inUnit(unit), saved: 1 }));
  });
}

/** The same form, what was typed in it converted. */
function inOtherUnit(form: FormData, to: MoneyUnit) {
  const submission = parseForm(form, typedLinesSchema);
  if (submission.status !== "success") return invalid(submission);
  const { unit } = submission.value;
  const lines = (submission.payload.lines as Record<string, string>[] | undefined)?.map((line) => ({
    ...line,
    reviewed: retypedText(line.reviewed ?? "", unit, to),
    was: retypedText(line.was ?? "", unit, to),
  }));
  return json<FormReply>({
    form: { ...submission.reply(), initialValue: { ...submission.payload, lines: lines ?? [] } },
  });
}

async function endReview(ctx: Ctx, projectId: string, form: FormData) {
  const submission = parseForm(form, endReviewSchema);
  if (submission.status !== "success") return invalid(submission);
  const { version, intent, opinion, templates } = submission.value;
  const reason = composeReturnReason(templates, opinion);
  if (intent === "takeOverTemplates") {
    const initialValue = { ...submission.payload, templates: [], opinion: reason };
    return json<FormReply>({ form: { ...submission.reply(), initialValue } });
  }
  return orOvertaken(submission, async () => {
    const result =
      intent === "conclude"
        ? await concludeFunding(ctx, { projectId, version, opinion })
        : await returnFromFunding(ctx, { projectId, version, reason });
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
    return overtaken(submission, OVERTAKEN);
  }
}

export default function FundingReview() {
  const review = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const [unsaved, setUnsaved] = useState(false);
  const { project, unitName, lines, prices, gate, unit, open, concluded, mayReview, remainingWorkdays, saved } = review;
  const answer = reply && "form" in reply ? reply.form : null;
  const answersEnd = isEndOfReview(answer?.initialValue?.intent);
  const here = (to: MoneyUnit, path = "") => withQuery(`/funding/${project.id}${path}`, "", inUnit(to));
  const compared = (line: ShownLine) =>
    prices && (
      <PriceHint
        line={line}
        prices={prices.of[line.id]}
        highPercent={prices.highPercent}
        unit={unit}
        href={here(unit, `/prices/${line.id}`)}
      />
    );
  return (
    <>
      <PageHead
        title={project.name}
        code={project.code}
        status={<StatusTag tone={stageTone(project.stage)}>{PROJECT_STAGES[project.stage]}</StatusTag>}
        meta={`${unitName} · ${project.year} 年`}
        actions={
          <>
            {isFullyReviewed(fundingTotals(lines)) && (
              <>
                <LinkButton href={here(unit, "/form")}>{concluded ? "审查结果表" : "结果表（征求意见稿）"}</LinkButton>
                <LinkButton href={here(unit, "/sheet")}>导出 Excel</LinkButton>
              </>
            )}
            <LinkButton href={`/projects/${project.id}`}>查看项目</LinkButton>
          </>
        }
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
      <Section
        title="概算明细核定"
        id="lines"
        flush
        note={
          prices &&
          `单价比对：近 ${prices.years} 年批复的其他项目，同类别、同计量单位、名称相似的明细；高于中位数 ${prices.highPercent}% 以上的提示`
        }
        actions={!mayReview && <UnitSwitch unit={unit} hrefFor={here} />}
      >
        {mayReview ? (
          <LinesForm
            lines={lines}
            version={project.version}
            unit={unit}
            otherUnitHref={here(unit === "wan" ? "yuan" : "wan")}
            reply={answersEnd ? null : answer}
            compared={compared}
            onTyped={() => setUnsaved(true)}
          />
        ) : (
          <LinesTable
            lines={lines}
            unit={unit}
            compared={compared}
            reviewed={(line, _index, money) => money(line.reviewedFen)}
            reason={(line) => line.cutReason}
          />
        )}
      </Section>
      <Columns count={2}>
        <GateSection gate={gate} project={project} unitName={unitName} />
        {mayReview && (
          <EndForm
            version={project.version}
            lines={lines}
            gateOpen={isMoneyOpen(gate, project)}
            unsaved={unsaved || (answer !== null && !answersEnd)}
            reply={answersEnd ? answer : null}
          />
        )}
      </Columns>
    </>
  );
}
