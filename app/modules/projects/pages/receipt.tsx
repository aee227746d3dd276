import { useLoaderData } from "@remix-run/react";

import { formatInstant, formatOfficialDate } from "~/kernel/local-date";
import { PROJECT_STAGES } from "~/kernel/vocabulary";
import { Amount, DescriptionList, LinkButton, Notice, PageHead, PrintButton, Section, StatusTag, Timeline } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { idParams, pageLoader } from "~/web/page.server";

import { nextStepOf } from "../next-step";
import { stageTone } from "../project-words";
import { readReceipt } from "../receipt.queries.server";
import { DifferenceTable } from "../ui/ReviewPanels";

export const handle = crumbs<Loaded>(({ project }) => [
  { label: "项目", href: "/projects" },
  { label: project.name, href: `/projects/${project.id}` },
  { label: "受理回执" },
]);

export const loader = pageLoader({
  access: "project:read",
  params: idParams,
  load: async ({ ctx, params: { id }, query }) => ({
    ...(await readReceipt(ctx.db, ctx.actor, id, ctx.today)),
    justNow: query.has("submitted"),
  }),
});

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Receipt() {
  const data = useLoaderData<typeof loader>();
  const { project, submission, since } = data;
  return (
    <>
      <PageHead
        title="受理回执"
        code={submission.receiptNumber}
        status={<StatusTag tone={stageTone(project.stage)}>{PROJECT_STAGES[project.stage]}</StatusTag>}
        meta={project.name}
        actions={
          <>
            <PrintButton label="打印回执" />
            <LinkButton href={`/projects/${project.id}`}>查看项目</LinkButton>
          </>
        }
      />
      {data.justNow && project.stage === "submitted" && (
        <Notice tone="good" title={`已提交，受理号 ${submission.receiptNumber}`}>
          请提醒本单位分管领导签批。签批前如需修改，请分管领导退回。
        </Notice>
      )}
      <Section title="回执">
        <DescriptionList
          items={[
            { term: "受理号", detail: submission.receiptNumber },
            { term: "提交次数", detail: `第 ${submission.round} 次` },
            { term: "项目名称", detail: project.name, wide: true },
            { term: "项目编号", detail: project.code },
            { term: "申报单位", detail: data.unitName },
            { term: "申报总额", detail: <Amount fen={project.declaredFen} unit /> },
            { term: "提交时间", detail: formatInstant(new Date(submission.submittedAt)) },
            { term: "提交人", detail: data.submittedByName },
            {
              term: "内容摘要",
              detail: (
                <span title={submission.digest}>
                  <code>{submission.digest.slice(0, 16)}</code>
                  <span className="ml-2 text-secondary">提交内容的校验值，内容有任何改动都会不同</span>
                </span>
              ),
              wide: true,
            },
          ]}
        />
      </Section>
      <Section title="接下来" note="时限为工作日，补正期间停止计时">
        <Timeline label="接下来" entries={stepsOf(data)} />
      </Section>
      {since && (
        <Section
          title={`与第 ${since.round} 次提交相比改动了什么`}
          note={since.differences.length > 0 ? `${since.differences.length} 处` : undefined}
          flush
        >
          <DifferenceTable differences={since.differences} caption="与上一次提交的差别" />
        </Section>
      )}
    </>
  );
}

/** The desks still to come, the one that holds the project now marked with its last day. */
function stepsOf({ project, limits, standing }: Loaded) {
  const now = nextStepOf(project.stage, standing);
  const steps = [
    {
      key: "sign",
      what: "分管领导签批",
      who: "本单位分管领导",
      limit: "签批后报数据局",
      at: project.stage === "submitted",
    },
    {
      key: "formCheck",
      what: "形式审查",
      who: "数据局",
      limit: `${limits.formCheck} 个工作日内`,
      at: project.stage === "underReview" && standing.desk === "formCheck",
    },
    {
      key: "approval",
      what: "立项审核（可组织专家评审）",
      who: "数据局",
      limit: `${limits.approval} 个工作日内`,
      at: project.stage === "underReview" && standing.desk !== "formCheck",
    },
    {
      key: "funding",
      what: "资金评估审查",
      who: "财政局",
      limit: `${limits.funding} 个工作日内`,
      at: project.stage === "underFundingReview",
    },
    { key: "approve", what: "批复立项", who: "数据局", limit: "资金评估完成后", at: false },
  ];
  const from = steps.findIndex(({ at }) => at);
  if (from < 0) {
    return [{ key: "now", what: now?.what ?? PROJECT_STAGES[project.stage], who: now?.who ?? "", current: true }];
  }
  return steps.slice(from).map(({ key, what, who, limit, at }) => ({
    key,
    what,
    who: `${who} · ${limit}`,
    current: at,
    until: at && project.dueOn ? formatOfficialDate(project.dueOn) : undefined,
  }));
}
