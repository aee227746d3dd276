import { useActionData, useLoaderData } from "@remix-run/react";

import { fen } from "~/kernel/fen";
import { PROJECT_STAGES } from "~/kernel/vocabulary";
import { stageTone } from "~/modules/projects";
import { can, type Action } from "~/policy";
import { Amount, DescriptionList, Notice, PageHead, Section, SideLayout, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import type { FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { readAcceptancePage } from "../acceptance.queries.server";
import { isAcceptanceEventPossible } from "../acceptance.rules";
import { nextOf } from "../acceptance.words";
import { STAGES_TO_ACCEPT } from "../clock.rules";
import { BeginForm, DecideForm, SignForm, StatementForm, SubmitForm, WithdrawForm } from "../ui/ApplicationForms";
import { ApplicationView } from "../ui/ApplicationView";
import { ArchivePanel } from "../ui/ArchivePanel";
import { ClockPanel, EvaluationPanel } from "../ui/ClockPanel";
import { EntriesTable } from "../ui/EntriesTable";
import { ExtensionPanel } from "../ui/ExtensionPanel";
import { MissingList } from "../ui/MissingList";
import { PapersForm } from "../ui/PapersForm";
import { answerAcceptance } from "./acceptance-actions.server";

export const handle = crumbs<Loaded>(({ project }) => [
  { label: "项目", href: "/projects" },
  { label: project.name, href: `/projects/${project.id}` },
  { label: "验收" },
]);

export const loader = pageLoader({
  access: "project:read",
  params: idParams,
  load: async ({ ctx, params, query }) => {
    const page = await readAcceptancePage(ctx.db, ctx.actor, params.id, ctx.today);
    const { project, current, clock, extensions } = page;
    const may = (action: Action): boolean => can(ctx.actor, action, project);
    const [apply, sign, decide] = [may("acceptance:apply"), may("acceptance:sign"), may("acceptance:decide")];
    const possible = (event: Parameters<typeof isAcceptanceEventPossible>[1]): boolean =>
      current !== null && isAcceptanceEventPossible(current.state, event);
    const toAccept = (STAGES_TO_ACCEPT as readonly string[]).includes(project.stage) && project.completedOn !== null;
    return {
      ...page,
      saved: query.has("saved"),
      alsoIn: query.get("alsoIn"),
      may: {
        begin: apply && page.startable !== null,
        write: apply && possible("submit"),
        sign: sign && possible("sign"),
        decide: decide && possible("pass"),
        withdraw: apply && possible("withdraw"),
        checkArchive: may("archive:check") && toAccept,
        convene: may("expert:convene"),
        extension: {
          sign,
          decide,
          withdraw: apply,
          request:
            apply &&
            clock?.appliedOn === null &&
            !extensions.some(({ state }) => state === "signing" || state === "open"),
        },
      },
    };
  },
});

export const action = pageAction({
  access: "project:read",
  params: idParams,
  run: ({ ctx, params, form }) => answerAcceptance({ ctx, projectId: params.id, form }),
});

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function AcceptanceOfProject() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<FormReply>();
  const { project, unitName, current, may } = data;
  const answered = reply?.form.initialValue?.intent;
  // Each form is told only of what was wrong with itself.
  const replyTo = (...intents: string[]) =>
    reply && typeof answered === "string" && intents.includes(answered) ? reply.form : null;
  const next = nextOf(project.stage, project.completedOn, current);
  return (
    <>
      <PageHead
        title={`验收：${project.name}`}
        code={project.code}
        status={<StatusTag tone={stageTone(project.stage)}>{PROJECT_STAGES[project.stage]}</StatusTag>}
        meta={
          <span>
            {unitName} · <a href={`/projects/${project.id}`}>查看项目</a>
          </span>
        }
        next={next && { ...next, remainingWorkdays: current?.remaining ?? null }}
      />
      {data.saved && <Notice tone="good" title="已保存" />}
      <SideLayout sideLabel="期限与档案" side={<Side data={data} replyTo={replyTo} />}>
        <Current data={data} replyTo={replyTo} />
        {may.begin && data.startable && (
          <BeginForm
            kind={data.startable}
            further={data.applications.some(({ kind }) => kind === data.startable)}
            reply={replyTo("draft")}
          />
        )}
        {!may.begin && data.applications.length === 0 && (
          <Notice title="还没有验收申请">
            {project.completedOn === null
              ? "建设单位宣布完工后可以申请初验，试运行后可以申请终验。"
              : "建设单位可以在这里申请验收。"}
          </Notice>
        )}
        <EntriesTable entries={data.entries} />
        {data.applications
          .filter(({ id }) => id !== current?.id)
          .map((application) => (
            <ApplicationView
              key={application.id}
              projectId={project.id}
              application={application}
              papers={papersIn(data, application.id)}
              names={data.names}
            />
          ))}
      </SideLayout>
    </>
  );
}

interface PartProps {
  readonly data: Loaded;
  readonly replyTo: (...intents: string[]) => FormReply["form"] | null;
}

const papersIn = ({ papers }: Loaded, id: string) => papers.filter(({ acceptanceId }) => acceptanceId === id);

/** The application that is under way: what is missing, then what the reader may do with it. */
function Current({ data, replyTo }: PartProps) {
  const { project, current, may, missing, toSubmit } = data;
  if (!current) return null;
  const ref = { acceptanceId: current.id, version: current.version };
  const papers = papersIn(data, current.id);
  return (
    <>
      <span id="application" />
      {current.state === "returned" && (
        <Notice tone="warn" title="数据局退回补正">
          {current.opinion}
        </Notice>
      )}
      <MissingList projectId={project.id} missing={missing} toSubmit={toSubmit} />
      {may.sign && <SignForm {...ref} reply={replyTo("sign", "decline")} />}
      {may.decide && (
        <DecideForm
          {...ref}
          reply={replyTo("pass", "fail", "returnForSupplement")}
          kind={current.kind}
          missing={missing.length}
          panelOpen={current.panel?.state === "open"}
          panelHref={may.convene ? `/projects/${project.id}/panel` : undefined}
        />
      )}
      {may.write ? (
        <>
          <StatementForm {...ref} reply={replyTo("save")} statement={current.statement} />
          <PapersForm
            projectId={project.id}
            acceptanceId={current.id}
            papers={papers}
            needed={data.needed}
            alsoIn={data.alsoIn}
            limits={data.uploadLimits}
            reply={replyTo("upload")}
          />
          <SubmitForm {...ref} reply={replyTo("submit")} toSubmit={toSubmit} />
        </>
      ) : (
        <ApplicationView projectId={project.id} application={current} papers={papers} names={data.names} />
      )}
      {may.withdraw && <WithdrawForm {...ref} reply={replyTo("withdraw")} />}
    </>
  );
}

function Side({ data, replyTo }: PartProps) {
  const { project, money, clock } = data;
  return (
    <>
      <ClockPanel
        completedOn={project.completedOn}
        acceptedOn={project.acceptedOn}
        applyMonths={data.applyMonths}
        clock={clock}
        trialRun={data.trialRun}
      />
      {data.evaluation && <EvaluationPanel window={data.evaluation} />}
      <ArchivePanel
        checks={data.checks}
        names={data.names}
        may={data.may.checkArchive}
        reply={replyTo("checkArchive")}
      />
      <ExtensionPanel
        projectId={project.id}
        rows={data.extensions}
        names={data.names}
        may={data.may.extension}
        months={data.extensionMonths}
        daysLeft={clock?.daysLeft ?? null}
        replyTo={replyTo}
      />
      <Section title="合同与支付" note="供参考，不作为验收条件">
        <DescriptionList
          columns={1}
          items={[
            { term: "已签合同", detail: <Amount fen={fen(money.contractedFen)} unit /> },
            { term: "已支付", detail: <Amount fen={fen(money.paidFen)} unit /> },
          ]}
        />
      </Section>
    </>
  );
}
