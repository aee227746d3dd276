import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { eventsFrom } from "~/kernel/lifecycle";
import { formatInstant } from "~/kernel/local-date";
import { isConflict } from "~/kernel/result";
import { MATTER_STATES, MATTER_TYPES } from "~/kernel/vocabulary";
import type { Ctx } from "~/platform/transaction.server";
import { can } from "~/policy";
import { DescriptionList, ErrorSummary, LinkButton, Notice, PageHead, Section, SideLayout, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, overtaken, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { addMaterial } from "../add-material.server";
import { linkSystem } from "../link-system.server";
import { likelyMaterials } from "../materials.queries.server";
import { MATTER_LIFECYCLE } from "../matter.lifecycle";
import { sayMatterRefusal } from "../matter.refusals";
import { matterStepSchema, type MatterStepInput } from "../matter.schema";
import { MATTER_TONES } from "../matter.words";
import { readMatter, systemChoices } from "../matters.queries.server";
import { removeMaterial } from "../remove-material.server";
import { setMatterState } from "../set-matter-state.server";
import { History } from "../ui/History";
import { MatterMaterials } from "../ui/MatterMaterials";
import { MatterSystems } from "../ui/MatterSystems";
import { StateForm } from "../ui/StateForm";
import { unlinkSystem } from "../unlink-system.server";

export const handle = crumbs<{ matter: { name: string } }>(({ matter }) => [
  { label: "政务服务事项", href: "/matters" },
  { label: matter.name },
]);

type Choices = Awaited<ReturnType<typeof systemChoices>>;
type Likely = Awaited<ReturnType<typeof likelyMaterials>>;

export const loader = pageLoader({
  access: "matter:read",
  params: idParams,
  load: async ({ ctx, params, query }) => {
    const detail = await readMatter(ctx.db, ctx.actor, params.id);
    const { matter } = detail;
    const mayEdit = can(ctx.actor, "matter:edit", matter);
    const edits = mayEdit && matter.state !== "abolished";
    const typed = (query.get("material") ?? "").trim().slice(0, 100);
    const [choices, likely] = await Promise.all([
      edits ? systemChoices(ctx, matter) : Promise.resolve<Choices>([]),
      edits ? likelyMaterials(ctx.db, matter.regionId, typed) : Promise.resolve<Likely>([]),
    ]);
    return { ...detail, mayEdit, edits, choices, typed, likely };
  },
});

export const action = pageAction({
  access: "matter:edit",
  params: idParams,
  run: async ({ ctx, params, form }) => {
    const submission = parseForm(form, matterStepSchema);
    if (submission.status !== "success") return invalid(submission);
    try {
      const result = await step(ctx, params.id, submission.value);
      if (!result.ok) return refused(submission, result.refusals, sayMatterRefusal);
      return redirect(`/matters/${params.id}`);
    } catch (error) {
      if (!isConflict(error)) throw error;
      return overtaken(submission, "事项刚被其他人修改，这一步没有生效。请核对下面的最新内容后再办理。");
    }
  },
});

function step(ctx: Ctx, id: string, input: MatterStepInput) {
  const ref = { id, version: input.version };
  switch (input.intent) {
    case "linkSystem":
      return linkSystem(ctx, ref, input.systemId);
    case "unlinkSystem":
      return unlinkSystem(ctx, ref, input.systemId);
    case "addMaterial":
      return addMaterial(ctx, id, input);
    case "removeMaterial":
      return removeMaterial(ctx, ref, input.materialId);
    default:
      return setMatterState(ctx, { ...ref, event: input.intent, reason: input.reason });
  }
}

export default function MatterPage() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<FormReply>();
  const { matter, unitName, updaterName, systems, papers, events, mayEdit, edits, choices, typed, likely } = data;
  const problems = Object.values(reply?.form.error ?? {}).flatMap((messages) => messages ?? []);
  const relieved = papers.filter(({ required, standing }) => required && standing === "replaceable").length;
  return (
    <>
      <PageHead
        title={matter.name}
        code={matter.code}
        status={<StatusTag tone={MATTER_TONES[matter.state]}>{MATTER_STATES[matter.state]}</StatusTag>}
        meta={unitName}
        actions={edits && <LinkButton href={`/matters/${matter.id}/edit`}>修改</LinkButton>}
        {...(edits && nextOf(systems.length, papers.length, unitName))}
      />
      <ErrorSummary errors={problems.map((message) => ({ message }))} />
      {relieved > 0 && matter.state === "inForce" && (
        <Notice tone="good" title={`${relieved} 份必需材料可由数据替代`}>
          办理时可直接核验数据，不必再请申请人提交。
        </Notice>
      )}
      <SideLayout sideLabel="变更记录" side={<History events={events} />}>
        <Section title="事项信息">
          <DescriptionList
            items={[
              { term: "单位", detail: unitName },
              { term: "类型", detail: MATTER_TYPES[matter.type] },
              { term: "全程网办", detail: matter.online ? "是" : "否" },
              {
                term: "年办件量",
                detail: matter.yearlyCases === null ? "未填报" : `${matter.yearlyCases.toLocaleString("zh-CN")} 件`,
              },
              ...(matter.tags.length > 0 ? [{ term: "标签", detail: matter.tags.join("、") }] : []),
              {
                term: "最近更新",
                detail: matter.updatedAt && `${formatInstant(new Date(matter.updatedAt))} ${updaterName ?? ""}`,
              },
            ]}
          />
        </Section>
        <MatterSystems version={matter.version} systems={systems} choices={choices} edits={edits} />
        <MatterMaterials
          matterId={matter.id}
          version={matter.version}
          papers={papers}
          edits={edits}
          typed={typed}
          likely={likely}
        />
        {mayEdit && (
          <StateForm
            version={matter.version}
            events={eventsFrom(MATTER_LIFECYCLE, matter.state).map(({ on }) => on)}
            reason={typeof reply?.form.initialValue?.reason === "string" ? reply.form.initialValue.reason : ""}
          />
        )}
      </SideLayout>
    </>
  );
}

function nextOf(systems: number, papers: number, who: string) {
  if (systems === 0) return { next: { what: "关联办理系统", who: `${who}填报人`, href: "#systems" } };
  if (papers === 0) return { next: { what: "添加申请材料", who: `${who}填报人`, href: "#materials" } };
  return {};
}
