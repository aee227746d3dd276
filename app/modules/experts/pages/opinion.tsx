import { getFormProps, useForm } from "@conform-to/react";
import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { formatInstant } from "~/kernel/local-date";
import { DomainError, isConflict } from "~/kernel/result";
import { ACCEPTANCE_DOCUMENTS, EXPERT_VERDICTS, keysOf } from "~/kernel/vocabulary";
import { acceptanceTitle } from "~/modules/acceptance";
import { FILING_SECTIONS } from "~/modules/projects";
import { FilingView } from "~/modules/projects/index.ui";
import type { Ctx } from "~/platform/transaction.server";
import {
  ConfirmSubmit,
  DescriptionList,
  ErrorSummary,
  Fields,
  FormActions,
  Notice,
  PageHead,
  RadioGroup,
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

import { CRITERIA, MARK_KEYS, MARKS, type Criterion } from "../criteria";
import { declareAvoidance } from "../declare-avoidance.server";
import { SEAT_TONES, VERDICT_TONES } from "../expert-words";
import { giveOpinion } from "../give-opinion.server";
import { SEAT_STATES } from "../opinion.lifecycle";
import { readInvitation } from "../opinions.queries.server";
import { sayExpertRefusal } from "../panel.refusals";
import { declareSchema, opinionSchema, typedMarks, type DeclareInput, type OpinionInput } from "../panel.schema";
import { saveOpinion } from "../save-opinion.server";

export const handle = crumbs<{ project: { name: string } }>(({ project }) => [
  { label: "专家意见", href: "/opinions" },
  { label: project.name },
]);

export const loader = pageLoader({
  access: "expert:opine",
  params: idParams,
  load: async ({ ctx, params, query }) => ({
    ...(await readInvitation(ctx.db, ctx.actor, params.id, ctx.today)),
    saved: query.has("saved"),
  }),
});

export const action = pageAction({
  access: "expert:opine",
  params: idParams,
  run: ({ ctx, params, form }) => {
    switch (form.get("intent")) {
      case "declare":
        return declare(ctx, params.id, form);
      case "save":
      case "give":
        return opine(ctx, params.id, form);
      default:
        throw new DomainError("invalid", "malformedForm");
    }
  },
});

const OVERTAKEN = "这份意见刚刚在另一个页面有了改动，您的填写尚未保存。请核对后再次提交，您填写的内容已保留。";

async function declare(ctx: Ctx, opinionId: string, form: FormData) {
  const submission = parseForm(form, declareSchema);
  if (submission.status !== "success") return invalid(submission);
  const { version, avoids, avoidReason } = submission.value;
  return orOvertaken(submission, async () => {
    const result = await declareAvoidance(ctx, { opinionId, version, avoids: avoids === "yes", avoidReason });
    return result.ok ? redirect(`/opinions/${opinionId}`) : refused(submission, result.refusals, sayExpertRefusal);
  });
}

async function opine(ctx: Ctx, opinionId: string, form: FormData) {
  const submission = parseForm(form, opinionSchema);
  if (submission.status !== "success") return invalid(submission);
  const { version, verdict = null, opinion } = submission.value;
  const draft = { opinionId, version, marks: typedMarks(submission.value), verdict, opinion };
  return orOvertaken(submission, async () => {
    if (form.get("intent") === "save") {
      const saved = await saveOpinion(ctx, draft);
      return saved.ok
        ? redirect(`/opinions/${opinionId}?saved=1#opinion`)
        : refused(submission, saved.refusals, sayExpertRefusal);
    }
    const given = await giveOpinion(ctx, draft);
    return given.ok ? redirect(`/opinions/${opinionId}`) : refused(submission, given.refusals, sayExpertRefusal);
  });
}

/** Nothing typed is lost when the opinion changed in another window: the same form comes back. */
async function orOvertaken<T>(submission: Parameters<typeof refused>[0], run: () => Promise<T>) {
  try {
    return await run();
  } catch (error) {
    if (!isConflict(error)) throw error;
    return json<FormReply>({ form: submission.reply({ formErrors: [OVERTAKEN] }) }, { status: 409 });
  }
}

type Invitation = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Opinion() {
  const data = useLoaderData<typeof loader>();
  const { opinion, panel, project, unitName, filing, remainingWorkdays } = data;
  const isOpen = panel.state === "open";
  const what = opinion.state === "invited" ? "声明是否需要回避" : "出具专家意见";
  return (
    <>
      <PageHead
        title={project.name}
        code={project.code}
        status={<StatusTag tone={SEAT_TONES[opinion.state]}>{SEAT_STATES[opinion.state]}</StatusTag>}
        meta={`${unitName} · ${project.year} 年`}
        next={remainingWorkdays === null ? undefined : { what, who: "您", remainingWorkdays }}
      />
      {!isOpen && (
        <Notice>
          {panel.state === "concluded" ? "本次评审已形成意见，感谢您的参与。" : "本次评审已取消，无需再出具意见。"}
        </Notice>
      )}
      {opinion.state === "avoided" && (
        <Notice tone="info" title="您已声明回避">
          <p>理由：{opinion.avoidReason}</p>
          <p>按回避规定，您不再参加本项目评审，也不能查看申报材料。</p>
        </Notice>
      )}
      {opinion.state === "released" && <Notice title="您的席位已由数据局另行安排">无需再出具意见。</Notice>}
      {opinion.state === "invited" && isOpen ? (
        <Declaration {...data} />
      ) : (
        <SideLayout share="half" sideLabel="专家意见" side={<OpinionSide {...data} />}>
          <Task {...data} />
          <AcceptancePapers {...data} />
          {filing &&
            keysOf(FILING_SECTIONS).map((section) => (
              <Section key={section} id={section} title={FILING_SECTIONS[section]}>
                <FilingView
                  filing={filing}
                  section={section}
                  projectId={project.id}
                  outside={{ attachmentHref: `/opinions/${opinion.id}/attachments` }}
                />
              </Section>
            ))}
        </SideLayout>
      )}
    </>
  );
}

function Task({ panel, unitName, participants }: Invitation) {
  return (
    <Section title="评审任务">
      <DescriptionList
        columns={1}
        items={[
          { term: "请您评审", detail: <span className="whitespace-pre-line">{panel.questions}</span> },
          { term: "申报单位", detail: unitName },
          { term: "参与单位", detail: participants.join("、") || "无" },
          { term: "意见期限", detail: panel.dueOn },
        ]}
      />
    </Section>
  );
}

/** The application that an acceptance panel judges, with its papers. */
function AcceptancePapers({ acceptance, opinion }: Invitation) {
  if (!acceptance) return null;
  return (
    <Section title={acceptanceTitle(acceptance.kind, acceptance.number)}>
      <DescriptionList
        columns={1}
        items={[
          { term: "申请说明", detail: <span className="whitespace-pre-line">{acceptance.statement}</span> },
          ...acceptance.papers.map(({ id, kind, name }) => ({
            term: ACCEPTANCE_DOCUMENTS[kind],
            detail: <a href={`/opinions/${opinion.id}/attachments/${id}`}>{name}</a>,
          })),
        ]}
      />
    </Section>
  );
}

function Declaration(data: Invitation) {
  const reply = useActionData<typeof action>();
  const [form, fields] = useForm<DeclareInput>({ id: "declare", lastResult: reply?.form ?? null });
  return (
    <>
      <Task {...data} />
      <Section title="回避声明" id="declare">
        <p className="mb-3 max-w-prose text-secondary">
          与申报单位、参与单位或供应商有任职、投资、亲属关系，或参与过本项目的方案编制、咨询、监理、测评的，应当回避。声明无回避情形后才能查看申报材料。
        </p>
        <ErrorSummary errors={summaryOf(form)} />
        <form method="post" {...getFormProps(form)}>
          <input type="hidden" name="version" value={data.opinion.version} />
          <Fields>
            <RadioGroup
              name="avoids"
              label="您是否需要回避"
              required
              options={[
                { value: "no", label: "无回避情形，参加评审" },
                { value: "yes", label: "需要回避", hint: "请在下面写明理由，数据局将另邀专家" },
              ]}
              defaultValue={fields.avoids.initialValue}
              error={fields.avoids.errors}
            />
            <TextArea
              name="avoidReason"
              label="回避理由"
              hint="需要回避时填写"
              rows={3}
              defaultValue={fields.avoidReason.initialValue}
              error={fields.avoidReason.errors}
            />
          </Fields>
          <FormActions>
            <SubmitButton name="intent" value="declare">
              提交声明
            </SubmitButton>
          </FormActions>
        </form>
      </Section>
    </>
  );
}

function OpinionSide(data: Invitation) {
  const { opinion, panel } = data;
  if (opinion.state === "opining" && panel.state === "open")
    return (
      <>
        <OpinionForm {...data} />
        <LateConflict version={opinion.version} />
      </>
    );
  return opinion.state === "given" ? <GivenOpinion {...opinion} /> : null;
}

function OpinionForm({ opinion, saved }: Invitation) {
  const reply = useActionData<typeof action>();
  const isMine = reply?.form.initialValue?.intent !== "declare";
  const [form, fields] = useForm<OpinionInput>({
    id: "opinion-form",
    lastResult: isMine ? (reply?.form ?? null) : null,
  });
  const typed = isMine ? reply?.form.initialValue : undefined;
  const markOf = (criterion: Criterion) => {
    const again = typed?.[`${criterion}Mark`];
    return typed ? (typeof again === "string" ? again : null) : opinion.marks[criterion].mark;
  };
  return (
    <Section title="专家意见" id="opinion" note="提交前只有您本人可见">
      {saved && !reply && <Notice tone="good">草稿已保存，可稍后继续填写。</Notice>}
      <ErrorSummary errors={summaryOf(form)} />
      <form method="post" {...getFormProps(form)}>
        <input type="hidden" name="version" value={opinion.version} />
        <div className="divide-y divide-line">
          {opinion.criteria.map((criterion) => (
            <div key={criterion} className="space-y-2 py-4 first:pt-0">
              <RadioGroup
                name={`${criterion}Mark`}
                label={CRITERIA[criterion].label}
                hint={CRITERIA[criterion].question}
                required
                inline
                options={MARK_KEYS.map((mark) => ({ value: mark, label: `${mark} ${MARKS[mark]}` }))}
                defaultValue={markOf(criterion)}
                error={fields[`${criterion}Mark`].errors}
              />
              <TextArea
                name={`${criterion}Remark`}
                label={`${CRITERIA[criterion].label}的评分理由`}
                required
                rows={2}
                defaultValue={fields[`${criterion}Remark`].initialValue ?? opinion.marks[criterion].remark}
                error={fields[`${criterion}Remark`].errors}
              />
            </div>
          ))}
        </div>
        <Fields>
          <RadioGroup
            name="verdict"
            label="评审结论"
            required
            inline
            options={keysOf(EXPERT_VERDICTS).map((value) => ({ value, label: EXPERT_VERDICTS[value] }))}
            defaultValue={typed ? fields.verdict.initialValue : opinion.verdict}
            error={fields.verdict.errors}
          />
          <TextArea
            name="opinion"
            label="综合意见"
            required
            hint="主要问题和修改建议；结论为修改后同意的，请逐条写明须修改的内容"
            rows={6}
            defaultValue={fields.opinion.initialValue ?? opinion.opinion}
            error={fields.opinion.errors}
          />
        </Fields>
        <FormActions>
          <ConfirmSubmit
            name="intent"
            value="give"
            title="提交专家意见？"
            consequence="提交后不能修改或撤回。数据局将看到您的评分和意见，其他专家看不到。"
            confirmLabel="确认提交"
          >
            提交意见
          </ConfirmSubmit>
          <SubmitButton name="intent" value="save" variant="secondary" pendingLabel="正在保存…">
            保存草稿
          </SubmitButton>
        </FormActions>
      </form>
    </Section>
  );
}

/** A conflict that shows only while reading. */
function LateConflict({ version }: { version: number }) {
  const reply = useActionData<typeof action>();
  const isMine = reply?.form.initialValue?.intent === "declare";
  const [form, fields] = useForm<DeclareInput>({ id: "late", lastResult: isMine ? reply.form : null });
  return (
    <Section title="发现需要回避">
      <details open={isMine}>
        <summary className="cursor-pointer text-primary">阅读材料后发现与项目有利害关系</summary>
        <form method="post" className="mt-3" {...getFormProps(form)}>
          <input type="hidden" name="version" value={version} />
          <input type="hidden" name="avoids" value="yes" />
          <ErrorSummary errors={summaryOf(form)} />
          <TextArea
            name="avoidReason"
            label="回避理由"
            required
            rows={2}
            defaultValue={fields.avoidReason.initialValue}
            error={fields.avoidReason.errors}
          />
          <FormActions note="声明后不能再查看材料，已写的草稿不提交">
            <SubmitButton name="intent" value="declare" variant="danger">
              声明回避
            </SubmitButton>
          </FormActions>
        </form>
      </details>
    </Section>
  );
}

function GivenOpinion({ criteria, marks, verdict, opinion, givenAt }: Invitation["opinion"]) {
  return (
    <Section title="您出具的意见" note={givenAt && `${formatInstant(new Date(givenAt))} 提交，不能修改`}>
      <DescriptionList
        columns={1}
        items={[
          ...criteria.map((criterion) => {
            const { mark, remark } = marks[criterion];
            return {
              term: CRITERIA[criterion].label,
              detail: (
                <>
                  <span className="font-medium">{mark && `${mark} ${MARKS[mark]}`}</span>
                  <span className="block whitespace-pre-line text-secondary">{remark}</span>
                </>
              ),
            };
          }),
          {
            term: "评审结论",
            detail: verdict && <StatusTag tone={VERDICT_TONES[verdict]}>{EXPERT_VERDICTS[verdict]}</StatusTag>,
          },
          { term: "综合意见", detail: <span className="whitespace-pre-line">{opinion}</span> },
        ]}
      />
    </Section>
  );
}
