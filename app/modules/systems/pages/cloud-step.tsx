import type { SubmissionResult } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { z } from "zod";

import { formatInstant } from "~/kernel/local-date";
import { accept, isConflict, type Result } from "~/kernel/result";
import { OWNERSHIPS, SCOPE_REASONS } from "~/kernel/vocabulary";
import { loadFigures } from "~/platform/figures.server";
import { acceptFile, type AcceptedFile, type FileRefusalCode } from "~/platform/files.server";
import type { Ctx } from "~/platform/transaction.server";
import { can } from "~/policy";
import { LinkButton, Notice, PageHead, Section, SideLayout, StatusTag, Timeline } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, overtaken, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { clearBlock } from "../cloud/steps/clear-block.server";
import { recordCloudResources } from "../cloud/steps/record-cloud-resources.server";
import { recordCloudStep } from "../cloud/steps/record-cloud-step.server";
import { reportBlock } from "../cloud/steps/report-block.server";
import { figuresOn } from "../cloud/steps/resources.rules";
import { rollBackCloudStep } from "../cloud/steps/roll-back-cloud-step.server";
import { readCloudWork } from "../cloud/steps/steps.queries.server";
import { sayCloudWorkRefusal, type CloudWorkRefusalCode } from "../cloud/steps/steps.refusals";
import { closedToCloud, isMigrated, nextCloudStep, stepsStandingOn } from "../cloud/steps/steps.rules";
import { cloudWorkSchema } from "../cloud/steps/steps.schema";
import { sayCloudEvent } from "../cloud/steps/steps.words";
import { BlockNotice } from "../ui/BlockNotice";
import { BlockForm, ClearForm, RecordForm, ResourceForm, RollbackForm } from "../ui/CloudForms";
import { ResourceTable, SevenSteps, StepTable } from "../ui/CloudTables";

export const handle = crumbs<{ system: { id: string; name: string } }>(({ system }) => [
  { label: "系统清单", href: "/systems" },
  { label: system.name, href: `/systems/${system.id}` },
  { label: "上云办理" },
]);

export const loader = pageLoader({
  access: "system:read",
  params: idParams,
  load: async ({ ctx, params }) => {
    const work = await readCloudWork(ctx.db, ctx.actor, params.id, ctx.today);
    const closed = closedToCloud({ outOfScope: work.standing.scope === "out", retired: work.retired });
    return {
      ...work,
      closed: closed ?? null,
      may: {
        record: !closed && can(ctx.actor, "cloud:record", work.system),
        rollBack: !work.retired && can(ctx.actor, "cloud:rollback", work.system),
      },
      today: ctx.today,
    };
  },
});

export const action = pageAction({
  access: "system:read",
  params: idParams,
  run: async ({ ctx, params: { id }, form }) => {
    const submission = parseForm(form, cloudWorkSchema);
    if (submission.status !== "success") return invalid(submission);
    try {
      const result = await act(ctx, id, submission.value);
      if (!result.ok) return refused(submission, result.refusals, sayCloudWorkRefusal);
      return redirect(`/systems/${id}/cloud`);
    } catch (error) {
      if (!isConflict(error)) throw error;
      return overtaken(
        submission,
        "该系统刚刚有了新的变动，这次没有登记。请核对最新情况后再提交，您填写的内容已保留。",
      );
    }
  },
});

async function act(
  ctx: Ctx,
  id: string,
  work: z.infer<typeof cloudWorkSchema>,
): Promise<Result<null, CloudWorkRefusalCode>> {
  switch (work.intent) {
    case "record": {
      const paper = await acceptEvidence(ctx, work.file);
      return paper.ok ? recordCloudStep(ctx, id, work, paper.value) : paper;
    }
    case "rollBack":
      return rollBackCloudStep(ctx, id, work);
    case "reportBlock":
      return reportBlock(ctx, id, work);
    case "clearBlock":
      return clearBlock(ctx, id, work);
    case "resources":
      return recordCloudResources(ctx, id, work);
  }
}

/** Looks at the proof that a form brought, if it brought one. */
async function acceptEvidence(
  ctx: Ctx,
  file: File | undefined,
): Promise<Result<AcceptedFile | undefined, FileRefusalCode>> {
  if (!file || file.name === "") return accept(undefined);
  const figures = await loadFigures(ctx.db, ctx.today);
  return acceptFile(file, { maxMegabytes: figures.number("attachment.maxMegabytes") });
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;
type Reply = SubmissionResult<string[]>;

/** Each form is told only of what was wrong with itself. */
const replyTo = (reply: FormReply | undefined, intent: string): Reply | null =>
  reply?.form.initialValue?.intent === intent ? reply.form : null;

export default function CloudWork() {
  const data = useLoaderData<typeof loader>();
  const { system, unitName, operatorName, batch, today, closed } = data;
  const steps = stepsStandingOn(data.steps, today);
  const next = closed ? undefined : nextCloudStep(steps);
  return (
    <>
      <PageHead
        title={`上云办理：${system.name}`}
        code={system.code}
        meta={[unitName, OWNERSHIPS[system.ownership], batch && `${batch.name}，${batch.targetOn} 前完成`]
          .filter(Boolean)
          .join(" · ")}
        status={<Standing closed={closed} migrated={isMigrated(steps)} />}
        next={next && { what: next, who: operatorName ?? unitName }}
        actions={
          <>
            <LinkButton href={`/systems/${system.id}`}>系统档案</LinkButton>
            <LinkButton href={`/systems/${system.id}/cloud/history`}>退回、受阻与资源历史</LinkButton>
          </>
        }
      />
      <SideLayout
        sideLabel="办理过程"
        side={
          <Section title="办理过程">
            <CloudTimeline systemId={system.id} events={data.events} />
          </Section>
        }
      >
        <Body data={data} />
      </SideLayout>
    </>
  );
}

function Standing({ closed, migrated }: { readonly closed: Loaded["closed"]; readonly migrated: boolean }) {
  if (closed === "systemRetired") return <StatusTag tone="neutral">已下线</StatusTag>;
  if (closed === "outOfScope") return <StatusTag tone="neutral">不在上云范围</StatusTag>;
  return migrated ? <StatusTag tone="good">已上云</StatusTag> : <StatusTag tone="info">上云迁移中</StatusTag>;
}

function Body({ data }: { readonly data: Loaded }) {
  const reply = useActionData<FormReply>();
  const { system, standing, closed, may, today } = data;
  const steps = stepsStandingOn(data.steps, today);
  const next = nextCloudStep(steps);
  const block = data.blocks.find(({ clearedOn }) => clearedOn === null);
  const figures = figuresOn(data.figures, today);
  const form = (intent: string) => ({ version: system.version, reply: replyTo(reply, intent) });
  return (
    <>
      {closed === "outOfScope" && standing.reason && (
        <Notice tone="info">{`${SCOPE_REASONS[standing.reason]}，不计入上云率，不办理上云步骤。`}</Notice>
      )}
      {block && <BlockNotice block={block} today={today} />}
      {!block && next && <RollbackNotice steps={data.steps} next={next} />}
      <Section title="上云七步" id="steps">
        <SevenSteps steps={steps} blocked={block !== undefined} />
      </Section>
      {may.record && next && (
        <RecordForm key={`${next} ${system.version}`} step={next} today={today} {...form("record")} />
      )}
      <Section title="步骤与依据" id="evidence" flush>
        <StepTable systemId={system.id} steps={steps} />
      </Section>
      {may.record && next && !block && <BlockForm step={next} today={today} {...form("reportBlock")} />}
      {may.record && block && <ClearForm {...form("clearBlock")} />}
      <Section title="云资源" id="resources" note="使用率 = 使用 ÷ 开通，各数取截至日期最近的一次登记" flush>
        <ResourceTable figures={figures} />
        {may.record && <ResourceForm key={system.version} figures={figures} today={today} {...form("resources")} />}
      </Section>
      {may.rollBack && steps.length > 0 && <RollbackForm steps={steps.map(({ step }) => step)} {...form("rollBack")} />}
    </>
  );
}

/** Says of a step that is to be done again why it was rolled back. */
function RollbackNotice({ steps, next }: { readonly steps: Loaded["steps"]; readonly next: string }) {
  const attempt = steps.filter(({ step, rolledBackOn }) => step === next && rolledBackOn !== null).at(-1);
  if (!attempt) return null;
  return (
    <Notice tone="warn" title={`“${next}”于 ${attempt.rolledBackOn} 被退回，须重新办理`}>
      {attempt.rollbackReason}
    </Notice>
  );
}

function CloudTimeline({ systemId, events }: { readonly systemId: string; readonly events: Loaded["events"] }) {
  if (events.length === 0) return <p className="text-secondary">暂无记录</p>;
  return (
    <Timeline
      entries={events.map(({ id, type, payload, unitName, actorName, at, reason }) => ({
        key: id,
        who: `${unitName} ${actorName}`,
        when: formatInstant(new Date(at)),
        what: type,
        reason: reasonOf(systemId, reason, payload),
        ...sayCloudEvent({ type, payload }),
      }))}
    />
  );
}

function reasonOf(systemId: string, reason: string | null, payload: Loaded["events"][number]["payload"]) {
  if (typeof payload.fileId !== "string") return reason;
  return <a href={`/systems/${systemId}/cloud/evidence/${payload.fileId}`}>查看检测报告</a>;
}
