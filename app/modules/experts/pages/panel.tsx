import type { SubmissionResult } from "@conform-to/react";
import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { formatInstant } from "~/kernel/local-date";
import { DomainError, isConflict } from "~/kernel/result";
import { EXPERT_VERDICTS, PANEL_PURPOSES, PANEL_STATES } from "~/kernel/vocabulary";
import type { Ctx } from "~/platform/transaction.server";
import {
  DescriptionList,
  EmptyState,
  LinkButton,
  Notice,
  PageHead,
  PrintButton,
  Section,
  SideLayout,
  StatusTag,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { cancelPanel } from "../cancel-panel.server";
import { concludePanel } from "../conclude-panel.server";
import { convenePanel } from "../convene-panel.server";
import { PANEL_TONES, VERDICT_TONES } from "../expert-words";
import { readPanelPage } from "../panel.queries.server";
import { sayExpertRefusal } from "../panel.refusals";
import { cancelSchema, concludeSchema, conveneSchema, replaceSchema } from "../panel.schema";
import { replaceMember } from "../replace-member.server";
import { ConveneForm } from "../ui/ConveneForm";
import { CancelForm, ConcludeForm } from "../ui/EndForms";
import { MarksTable, Opinions } from "../ui/MarksTable";
import { MembersTable, ReplaceForm } from "../ui/MembersTable";

export const handle = crumbs<{ project: { id: string; name: string } }>(({ project }) => [
  { label: "项目", href: "/projects" },
  { label: project.name, href: `/projects/${project.id}` },
  { label: "专家评审" },
]);

const panelParam = z.uuid();

export const loader = pageLoader({
  access: "expert:convene",
  params: idParams,
  load: ({ ctx, params, query }) =>
    readPanelPage(ctx.db, ctx.actor, {
      projectId: params.id,
      panelId: panelParam.safeParse(query.get("panel")).data,
      today: ctx.today,
    }),
});

export const action = pageAction({
  access: "expert:convene",
  params: idParams,
  run: ({ ctx, params, form }) => {
    if (form.get("intent") === "convene") return convene(ctx, params.id, form);
    const panelId = panelParam.safeParse(form.get("panelId")).data;
    if (!panelId) throw new DomainError("invalid", "malformedForm");
    return step(ctx, { projectId: params.id, panelId }, form);
  },
});

async function convene(ctx: Ctx, projectId: string, form: FormData) {
  const submission = parseForm(form, conveneSchema);
  if (submission.status !== "success") return invalid(submission);
  return orOvertaken(submission, async () => {
    const result = await convenePanel(ctx, { ...submission.value, projectId });
    return result.ok
      ? redirect(`/projects/${projectId}/panel`)
      : refused(submission, result.refusals, sayExpertRefusal);
  });
}

async function step(ctx: Ctx, { projectId, panelId }: { projectId: string; panelId: string }, form: FormData) {
  const done = () => redirect(`/projects/${projectId}/panel`);
  switch (form.get("intent")) {
    case "replace": {
      const submission = parseForm(form, replaceSchema);
      if (submission.status !== "success") return invalid(submission);
      return orOvertaken(submission, async () => {
        const result = await replaceMember(ctx, { ...submission.value, panelId });
        return result.ok ? done() : refused(submission, result.refusals, sayExpertRefusal);
      });
    }
    case "conclude": {
      const submission = parseForm(form, concludeSchema);
      if (submission.status !== "success") return invalid(submission);
      return orOvertaken(submission, async () => {
        const result = await concludePanel(ctx, { ...submission.value, panelId });
        return result.ok ? done() : refused(submission, result.refusals, sayExpertRefusal);
      });
    }
    case "cancel": {
      const submission = parseForm(form, cancelSchema);
      if (submission.status !== "success") return invalid(submission);
      return orOvertaken(submission, async () => {
        const result = await cancelPanel(ctx, { ...submission.value, panelId });
        return result.ok ? done() : refused(submission, result.refusals, sayExpertRefusal);
      });
    }
    default:
      throw new DomainError("invalid", "malformedForm");
  }
}

const OVERTAKEN = "专家评审刚刚有了新的变动，您的操作尚未生效。请核对最新情况后再次提交，您填写的内容已保留。";

/** Nothing typed is lost when somebody else was faster: the same form comes back, over the newest data. */
async function orOvertaken<T>(submission: Parameters<typeof refused>[0], run: () => Promise<T>) {
  try {
    return await run();
  } catch (error) {
    if (!isConflict(error)) throw error;
    return json<FormReply>({ form: submission.reply({ formErrors: [OVERTAKEN] }) }, { status: 409 });
  }
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>;
type Answered = (intent: string) => SubmissionResult<string[]> | null;

export default function Panel() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const answered: Answered = (intent) => (reply?.form.initialValue?.intent === intent ? reply.form : null);
  const { project, unitName, panel, panels, mayConvene, remainingWorkdays } = data;
  const next =
    panel?.state === "open"
      ? panel.standing.toInvite > 0
        ? { what: "补邀专家", who: "数据局", href: "#replace" }
        : panel.standing.waiting > 0
          ? { what: "出具专家意见", who: "专家组" }
          : { what: "形成评审意见", who: "数据局", href: "#conclude" }
      : undefined;
  return (
    <>
      <PageHead
        title={`${PANEL_PURPOSES[data.purpose]}：${project.name}`}
        code={project.code}
        status={panel && <StatusTag tone={PANEL_TONES[panel.state]}>{PANEL_STATES[panel.state]}</StatusTag>}
        meta={`${unitName} · ${project.year} 年`}
        actions={
          <>
            {panel && (
              <LinkButton href={`/projects/${project.id}/panel/${panel.id}/summary`} target="_blank">
                汇总表（PDF）
              </LinkButton>
            )}
            {panel && <PrintButton />}
            <BackLink {...data} />
          </>
        }
        next={next && { ...next, remainingWorkdays }}
      />
      {mayConvene && !panel && <ConveneForm {...convening(data, answered)} />}
      {!panel && !mayConvene && <NotYet {...data} />}
      {panel && (
        <SideLayout sideLabel="评审过程" side={<Side {...data} panel={panel} answered={answered} />}>
          <Ending {...panel} />
          <Section title="专家组" note={`${panel.members.length} 人受邀，${panel.standing.given} 份意见`} flush>
            <MembersTable members={panel.members} />
          </Section>
          {panel.standing.given > 0 && (
            <>
              <Section title="评分汇总" flush>
                <MarksTable figures={panel.figures} members={panel.members} />
              </Section>
              <Section title="专家意见">
                <Opinions members={panel.members} />
              </Section>
            </>
          )}
          {panel.state === "open" && (
            <ConcludeForm
              panelId={panel.id}
              version={panel.version}
              standing={panel.standing}
              proposed={panel.proposed}
              lastResult={answered("conclude")}
            />
          )}
        </SideLayout>
      )}
      {mayConvene && panel && (
        <details open={answered("convene") !== null} className="mb-4 print:hidden">
          <summary className="mb-2 cursor-pointer text-primary">再次组织专家评审</summary>
          <ConveneForm {...convening(data, answered)} />
        </details>
      )}
      {panels.length > 1 && <Earlier projectId={project.id} panels={panels} shown={panel?.id} />}
    </>
  );
}

const convening = ({ project, experts, minimum, opinionWorkdays }: Shown, answered: Answered) => ({
  version: project.version,
  experts,
  minimum,
  opinionWorkdays,
  lastResult: answered("convene"),
});

function NotYet({ project, formChecked, purpose }: Shown) {
  return (
    <Section flush>
      <EmptyState
        title="没有专家评审"
        explanation={
          project.stage === "underReview" && !formChecked
            ? "形式审查通过后才能组织专家评审，请先在审核页办理形式审查。"
            : "立项审核阶段的项目和待办理的验收申请才组织专家评审。"
        }
        action={<BackLink project={project} purpose={purpose} />}
      />
    </Section>
  );
}

/** To the desk for which the experts judge. */
function BackLink({ project, purpose }: Pick<Shown, "project" | "purpose">) {
  return purpose === "acceptance" ? (
    <LinkButton href={`/projects/${project.id}/acceptance`}>验收</LinkButton>
  ) : (
    <LinkButton href={`/projects/${project.id}/review`}>立项审核</LinkButton>
  );
}

type ShownPanel = NonNullable<Shown["panel"]>;

function Ending({
  state,
  verdict,
  proposedVerdict,
  summary,
  deviationReason,
  concludedAt,
  concluderName,
  cancelReason,
}: ShownPanel) {
  if (state === "open") return null;
  if (state === "cancelled") return <Notice title="本次评审已取消">理由：{cancelReason}</Notice>;
  return (
    <Section title="评审意见">
      <DescriptionList
        columns={1}
        items={[
          {
            term: "评审结论",
            detail: verdict && <StatusTag tone={VERDICT_TONES[verdict]}>{EXPERT_VERDICTS[verdict]}</StatusTag>,
          },
          { term: "多数意见", detail: proposedVerdict && EXPERT_VERDICTS[proposedVerdict] },
          ...(deviationReason ? [{ term: "不一致理由", detail: deviationReason }] : []),
          { term: "意见汇总", detail: <span className="whitespace-pre-line">{summary}</span> },
          { term: "汇总人", detail: concludedAt && `${concluderName ?? ""} ${formatInstant(new Date(concludedAt))}` },
        ]}
      />
    </Section>
  );
}

function Side({ panel, experts, answered }: Shown & { panel: ShownPanel; answered: Answered }) {
  const open = panel.state === "open";
  return (
    <>
      <Section title="评审安排">
        <DescriptionList
          columns={1}
          items={[
            { term: "评审问题", detail: <span className="whitespace-pre-line">{panel.questions}</span> },
            { term: "组织人", detail: panel.convenerName },
            { term: "组织时间", detail: formatInstant(new Date(panel.convenedAt)) },
            { term: "意见期限", detail: panel.dueOn },
          ]}
        />
      </Section>
      {open && (
        <>
          <ReplaceForm
            panelId={panel.id}
            version={panel.version}
            members={panel.members}
            experts={experts}
            lastResult={answered("replace")}
          />
          <CancelForm panelId={panel.id} version={panel.version} lastResult={answered("cancel")} />
        </>
      )}
    </>
  );
}

function Earlier({
  projectId,
  panels,
  shown,
}: {
  projectId: string;
  panels: Shown["panels"];
  shown: string | undefined;
}) {
  return (
    <Section title="历次专家评审">
      <ul className="space-y-1">
        {panels.map(({ id, purpose, state, convenedAt, verdict }) => {
          const words = `${PANEL_PURPOSES[purpose]} · ${formatInstant(new Date(convenedAt))} 组织 · ${PANEL_STATES[state]}${verdict ? ` · ${EXPERT_VERDICTS[verdict]}` : ""}`;
          return (
            <li key={id}>{id === shown ? words : <a href={`/projects/${projectId}/panel?panel=${id}`}>{words}</a>}</li>
          );
        })}
      </ul>
    </Section>
  );
}
