import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { formatOfficialDate } from "~/kernel/local-date";
import { isConflict } from "~/kernel/result";
import { keysOf, PROJECT_STAGES } from "~/kernel/vocabulary";
import type { Ctx } from "~/platform/transaction.server";
import { can } from "~/policy";
import { DescriptionList, LinkButton, PageHead, Section, SideLayout, StatusTag, Tabs } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { declineToSign } from "../decline-to-sign.server";
import { isEditable } from "../edit-filing.server";
import { changesOf } from "../changes.queries.server";
import { completeConstruction } from "../complete-construction.server";
import { checkFiling } from "../filing.queries.server";
import { FILING_SECTIONS, type FilingSection } from "../filing.types";
import { haltOf } from "../halt.queries.server";
import { nextStepOf } from "../next-step";
import { readFamily } from "../parts.queries.server";
import { mayTakeBack } from "../parts.rules";
import { readProjectDetail } from "../project-detail.queries.server";
import { stageTone } from "../project-words";
import { signProject } from "../sign-project.server";
import { isPossible } from "../stage.rules";
import { startImplementation } from "../start-implementation.server";
import { startOperation } from "../start-operation.server";
import { startProcurement } from "../start-procurement.server";
import { startTrialRun } from "../start-trial-run.server";
import { stepSchema, type StepInput } from "../step.schema";
import { sayTransitionRefusal } from "../transition.refusals";
import { ChangesPanel } from "../ui/ChangesPanel";
import { FilingView, YearsAndSources } from "../ui/FilingView";
import { HaltNotice } from "../ui/LifecycleForms";
import { PartsPanel } from "../ui/PartsPanel";
import { ProblemsPanel } from "../ui/ProblemsPanel";
import { ProjectTimeline, ReturnReasons } from "../ui/ProjectTimeline";
import { AmountsAtAGlance, MoneyLines, ReportRows } from "../ui/ProjectTabs";
import { CompleteForm, SignForm, StepForm, WithdrawForm } from "../ui/StepForms";
import { withdrawProject } from "../withdraw-project.server";

const TABS = {
  overview: "概况",
  money: "资金",
  data: "数据目录",
  security: "云与安全",
  progress: "进度",
  attachments: "附件",
  history: "办理过程",
} as const;

export const handle = crumbs<Loaded>(({ project }) => [{ label: "项目", href: "/projects" }, { label: project.name }]);

export const loader = pageLoader({
  access: "project:read",
  params: idParams,
  load: async ({ ctx, params, query }) => {
    const detail = await readProjectDetail(ctx.db, ctx.actor, params.id, ctx.today);
    const { project } = detail;
    const may = (action: Parameters<typeof can>[1]) => can(ctx.actor, action, project);
    const edit = may("project:draft") && isEditable(project);
    const [changes, halt, family, outstanding] = await Promise.all([
      changesOf(ctx.db, project.id),
      haltOf(ctx.db, project),
      readFamily(ctx.db, ctx.actor, project),
      edit ? checkFiling(ctx.db, project, ctx.today) : null,
    ]);
    return {
      ...detail,
      changes,
      halt,
      family,
      outstanding: outstanding && { problems: outstanding.problems, notes: outstanding.notes },
      tab: keysOf(TABS).find((tab) => tab === query.get("tab")) ?? "overview",
      may: {
        edit,
        sign: may("project:sign") && isPossible(project.stage, "sign"),
        withdraw: may("project:withdraw") && isPossible(project.stage, "withdraw") && mayTakeBack(project),
        review:
          may("project:review") &&
          (isPossible(project.stage, "pass") ||
            (isPossible(project.stage, "approve") && detail.standing.fundingConcluded)),
        fund:
          may("funding:review") && isPossible(project.stage, "concludeFunding") && !detail.standing.fundingConcluded,
        halt:
          may("project:approve") &&
          (["suspend", "resume", "terminate"] as const).some((event) => isPossible(project.stage, event)),
        // The way of a change begins where a project can also be stopped: after its approval.
        change: may("change:request") && project.approvedFen !== null && isPossible(project.stage, "terminate"),
        copy: may("project:draft") && (project.stage === "withdrawn" || project.stage === "rejected"),
        procure: may("project:start") && isPossible(project.stage, "startProcurement"),
        implement: may("project:start") && isPossible(project.stage, "startImplementation"),
        complete:
          may("project:start") && isPossible(project.stage, "completeConstruction") && project.completedOn === null,
        tryOut: may("project:start") && isPossible(project.stage, "startTrialRun"),
        operate: may("project:start") && isPossible(project.stage, "startOperation"),
      },
    };
  },
});

export const action = pageAction({
  access: "project:read",
  params: idParams,
  run: async ({ ctx, params, form }) => {
    const submission = parseForm(form, stepSchema);
    if (submission.status !== "success") return invalid(submission);
    try {
      const result = await takeStep(ctx, params.id, submission.value);
      if (result.ok) return redirect(`/projects/${params.id}`);
      const atField = result.refusals.map((refusal) =>
        refusal.code === "reasonGiven" || refusal.code === "milestonesDoneOrReasoned"
          ? { ...refusal, field: "reason" }
          : refusal,
      );
      return refused(submission, atField, sayTransitionRefusal);
    } catch (error) {
      if (!isConflict(error)) throw error;
      const formErrors = ["项目刚刚有了新的变动，这一步没有生效。请核对最新内容后再办理，您写的意见已保留。"];
      return json<FormReply>({ form: submission.reply({ formErrors }) }, { status: 409 });
    }
  },
});

function takeStep(ctx: Ctx, projectId: string, { intent, version, reason }: StepInput) {
  const ref = { projectId, version };
  switch (intent) {
    case "sign":
      return signProject(ctx, ref);
    case "declineToSign":
      return declineToSign(ctx, { ...ref, reason });
    case "withdraw":
      return withdrawProject(ctx, { ...ref, reason });
    case "startProcurement":
      return startProcurement(ctx, ref);
    case "startImplementation":
      return startImplementation(ctx, ref);
    case "completeConstruction":
      return completeConstruction(ctx, { ...ref, reason });
    case "startTrialRun":
      return startTrialRun(ctx, ref);
    case "startOperation":
      return startOperation(ctx, ref);
  }
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function ProjectPage() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { project, may, tab, filing } = data;
  const next = nextStepOf(project.stage, data.standing);
  const step = { version: project.version, reply: reply?.form ?? null };
  return (
    <>
      <PageHead
        title={project.name}
        code={project.code}
        status={<StatusTag tone={stageTone(project.stage)}>{PROJECT_STAGES[project.stage]}</StatusTag>}
        light={project.lightAsOf ? project.light : null}
        meta={
          <span>
            {data.unitName} · {project.year} 年{project.demonstrationFigures && " · 金额为演示数据"}
          </span>
        }
        actions={<MainActions {...data} />}
        next={next && { ...next, remainingWorkdays: data.standing.remaining, light: data.standing.light }}
      />
      <HaltNotice stage={project.stage} halt={data.halt} />
      <ReturnReasons {...data} />
      <Tabs
        label="项目内容"
        tabs={keysOf(TABS).map((key) => ({
          href: `/projects/${project.id}?tab=${key}`,
          label: TABS[key],
          active: key === tab,
        }))}
      />
      <SideLayout
        sideLabel="办理过程"
        side={
          <>
            {data.outstanding && <ProblemsPanel projectId={project.id} {...data.outstanding} />}
            {tab !== "history" && (
              <Section title="办理过程">
                <ProjectTimeline {...data} />
              </Section>
            )}
          </>
        }
      >
        {may.sign && <SignForm {...step} />}
        {may.procure && (
          <StepForm
            {...step}
            intent="startProcurement"
            title="启动采购"
            explanation="项目已批复，可以开始采购。"
            button="启动采购"
          />
        )}
        {may.implement && (
          <StepForm
            {...step}
            intent="startImplementation"
            title="开工建设"
            explanation="合同签订后开工；从今天起按月报送进度。"
            button="开工建设"
          />
        )}
        {may.tryOut && (
          <StepForm
            {...step}
            intent="startTrialRun"
            title="进入试运行"
            explanation="初验已通过，从今天起计算试运行时间；试运行期满后可以终验。"
            button="进入试运行"
          />
        )}
        {may.operate && (
          <StepForm
            {...step}
            intent="startOperation"
            title="转入运维"
            explanation="终验已通过，移交运维后点击。"
            button="转入运维"
          />
        )}
        {tab === "overview" && (
          <PartsPanel
            family={data.family}
            inviteHref={may.edit && project.parentId === null ? `/projects/${project.id}/parts` : undefined}
          />
        )}
        <TabContent {...data} />
        {tab === "overview" && (
          <ChangesPanel
            rows={data.changes}
            newHref={may.change && project.stage !== "suspended" ? `/projects/${project.id}/changes/new` : undefined}
          />
        )}
        {may.complete && tab === "overview" && <CompleteForm {...step} />}
        {may.withdraw && tab === "overview" && <WithdrawForm {...step} stage={project.stage} />}
        {tab === "overview" && filing.differenceStatement && (
          <Section title="差异说明">
            <p className="whitespace-pre-line">{filing.differenceStatement}</p>
          </Section>
        )}
      </SideLayout>
    </>
  );
}

function MainActions({ project, may, submission, standing }: Loaded) {
  return (
    <>
      {submission && <LinkButton href={`/projects/${project.id}/receipt`}>受理回执</LinkButton>}
      {may.copy && <LinkButton href={`/projects/new?copy=${project.id}#copy`}>复制为新申报</LinkButton>}
      {may.edit && (
        <LinkButton href={`/projects/${project.id}/check`} variant="primary">
          {project.stage === "returned" ? "补正" : "继续填报"}
        </LinkButton>
      )}
      {may.sign && (
        <LinkButton href="#sign" variant="primary">
          签批
        </LinkButton>
      )}
      {may.review && (
        <LinkButton href={`/projects/${project.id}/review`} variant="primary">
          {project.stage !== "underReview" ? "批复" : standing.desk === "formCheck" ? "形式审查" : "审核"}
        </LinkButton>
      )}
      {project.startedOn && <LinkButton href={`/projects/${project.id}/acceptance`}>验收</LinkButton>}
      {project.acceptedOn && (
        <LinkButton href={`/catalog/deliveries?q=${encodeURIComponent(project.code)}`}>目录交付</LinkButton>
      )}
      {may.halt && (
        <LinkButton href={`/projects/${project.id}/halt`}>
          {project.stage === "suspended" ? "恢复或终止" : "暂停或终止"}
        </LinkButton>
      )}
      {may.fund && (
        <LinkButton href={`/funding/${project.id}`} variant="primary">
          资金评估
        </LinkButton>
      )}
    </>
  );
}

function TabContent(data: Loaded) {
  const { project, filing, tab } = data;
  const view = (section: FilingSection) => (
    <Section title={FILING_SECTIONS[section]}>
      <FilingView filing={filing} section={section} projectId={project.id} />
    </Section>
  );
  switch (tab) {
    case "overview":
      return (
        <>
          <Section title="金额与日期">
            <AmountsAtAGlance {...project} />
            <DescriptionList
              columns={3}
              items={[
                { term: "批复日期", detail: project.approvedOn && formatOfficialDate(project.approvedOn) },
                { term: "开工日期", detail: project.startedOn && formatOfficialDate(project.startedOn) },
                { term: "完工日期", detail: project.completedOn && formatOfficialDate(project.completedOn) },
                { term: "终验日期", detail: project.acceptedOn && formatOfficialDate(project.acceptedOn) },
              ]}
            />
          </Section>
          {view("basics")}
          {view("goals")}
        </>
      );
    case "money":
      return (
        <>
          <MoneyLines lines={data.lines} reviewedFen={project.reviewedFen} />
          <Section
            title="年度安排与资金来源"
            actions={
              project.approvedFen !== null && (
                <LinkButton href={`/funding/${project.id}/execution`}>查看资金执行</LinkButton>
              )
            }
          >
            <YearsAndSources {...filing.money} />
          </Section>
        </>
      );
    case "data":
      return view("data");
    case "security":
      return (
        <>
          {view("security")}
          {view("components")}
        </>
      );
    case "progress":
      return <ReportRows projectId={project.id} reports={data.reports} />;
    case "attachments":
      return view("attachments");
    case "history":
      return (
        <Section
          title="全部记录"
          actions={data.submission && <a href={`/projects/${project.id}/submissions`}>历次提交与修改对照</a>}
        >
          <ProjectTimeline {...data} everything />
        </Section>
      );
  }
}
