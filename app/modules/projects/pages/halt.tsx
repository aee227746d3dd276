import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { isConflict, type Refusal } from "~/kernel/result";
import { PROJECT_STAGES } from "~/kernel/vocabulary";
import type { Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";
import { EmptyState, PageHead, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { haltOf } from "../halt.queries.server";
import { haltSchema, type HaltInput } from "../halt.schema";
import { readProject } from "../load-project.server";
import { stageTone } from "../project-words";
import { resumeProject } from "../resume-project.server";
import { isPossible, type TransitionRefusal } from "../stage.rules";
import { suspendProject } from "../suspend-project.server";
import { terminateProject } from "../terminate-project.server";
import { sayTransitionRefusal } from "../transition.refusals";
import { HaltNotice, ResumeForm, SuspendForm, TerminateForm } from "../ui/LifecycleForms";

export const handle = crumbs<Loaded>(({ project }) => [
  { label: "项目", href: "/projects" },
  { label: project.name, href: `/projects/${project.id}` },
  { label: "暂停、恢复与终止" },
]);

export const loader = pageLoader({
  access: "project:approve",
  params: idParams,
  load: async ({ ctx, params }) => {
    const project = await readProject(ctx.db, ctx.actor, params.id);
    authorize(ctx.actor, "project:approve", project);
    const { id, name, code, stage, version, suspendedFrom } = project;
    return {
      project: { id, name, code, stage, version, suspendedFrom },
      halt: await haltOf(ctx.db, project),
      may: {
        suspend: isPossible(stage, "suspend"),
        resume: isPossible(stage, "resume"),
        terminate: isPossible(stage, "terminate"),
      },
    };
  },
});

export const action = pageAction({
  access: "project:approve",
  params: idParams,
  run: async ({ ctx, params, form }) => {
    const submission = parseForm(form, haltSchema);
    if (submission.status !== "success") return invalid(submission);
    try {
      const result = await take(ctx, params.id, submission.value);
      if (result.ok) return redirect(`/projects/${params.id}`);
      const atField = result.refusals.map((refusal) =>
        refusal.code === "reasonGiven" ? { ...refusal, field: "reason" } : refusal,
      );
      return refused(submission, atField, say);
    } catch (error) {
      if (!isConflict(error)) throw error;
      const formErrors = ["项目刚刚有了新的变动，这一步没有生效。请核对最新内容后再办理，您写的内容已保留。"];
      return json<FormReply>({ form: submission.reply({ formErrors }) }, { status: 409 });
    }
  },
});

const say = ({ code, ...rest }: Refusal<TransitionRefusal | "basisGiven">): string =>
  code === "basisGiven" ? "请写明依据文件和文号，终止须有据可查。" : sayTransitionRefusal({ code, ...rest });

function take(ctx: Ctx, projectId: string, { intent, version, reason, basis }: HaltInput) {
  const ref = { projectId, version, reason };
  switch (intent) {
    case "suspend":
      return suspendProject(ctx, ref);
    case "resume":
      return resumeProject(ctx, ref);
    case "terminate":
      return terminateProject(ctx, { ...ref, basis });
  }
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function HaltPage() {
  const { project, halt, may } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const answered = reply?.form.initialValue?.intent;
  const props = (intent: HaltInput["intent"]) => ({
    version: project.version,
    reply: reply && answered === intent ? reply.form : null,
  });
  return (
    <>
      <PageHead
        title="暂停、恢复与终止"
        code={project.code}
        status={<StatusTag tone={stageTone(project.stage)}>{PROJECT_STAGES[project.stage]}</StatusTag>}
        meta={<a href={`/projects/${project.id}`}>{project.name}</a>}
      />
      <HaltNotice stage={project.stage} halt={halt} />
      {may.resume && <ResumeForm {...props("resume")} from={project.suspendedFrom} />}
      {may.suspend && <SuspendForm {...props("suspend")} />}
      {may.terminate && <TerminateForm {...props("terminate")} />}
      {!may.resume && !may.suspend && !may.terminate && (
        <EmptyState title="现在没有可以办理的事项" explanation="批复后、终验前的项目才能暂停或终止。" />
      )}
    </>
  );
}
