import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { PROJECT_STAGES } from "~/kernel/vocabulary";
import { authorize } from "~/policy";
import { LinkButton, Notice, PageHead, SubmitButton } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { acceptBasis } from "../accept-basis.server";
import { readNewChange } from "../change.queries.server";
import { sayChangeRefusal } from "../change.refusals";
import { changeNumber } from "../change.rules";
import { draftChangeSchema } from "../change.schema";
import { draftChange } from "../draft-change.server";
import { ChangeForm } from "../ui/ChangeForm";

export const handle = crumbs<Loaded>(({ project }) => [
  { label: "项目", href: "/projects" },
  { label: project.name, href: `/projects/${project.id}` },
  { label: "申请变更" },
]);

export const loader = pageLoader({
  access: "change:request",
  params: idParams,
  load: async ({ ctx, params }) => {
    const question = await readNewChange(ctx.db, ctx.actor, params.id, ctx.today);
    authorize(ctx.actor, "change:request", question.project);
    return question;
  },
});

export const action = pageAction({
  access: "change:request",
  params: idParams,
  run: async ({ ctx, params, form }) => {
    const submission = parseForm(form, draftChangeSchema);
    if (submission.status !== "success") return invalid(submission);
    const { file, ...input } = submission.value;
    const basis = await acceptBasis(ctx, file);
    if (!basis.ok) return refused(submission, basis.refusals, sayChangeRefusal);
    const result = await draftChange(ctx, params.id, input, basis.value);
    if (!result.ok) return refused(submission, result.refusals, sayChangeRefusal);
    return redirect(`/changes/${result.value.id}`);
  },
});

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function NewChange() {
  const { project, open, possible, figures } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  return (
    <>
      <PageHead title="申请变更" code={project.code} meta={project.name} />
      {open && (
        <Notice tone="warn" title={`${changeNumber(open.number)}尚未办结`}>
          一个项目同时只能办理一件变更，请<a href={`/changes/${open.id}`}>打开{changeNumber(open.number)}</a>
          继续办理或撤回。
        </Notice>
      )}
      {!possible && !open && (
        <Notice tone="warn" title="现在不能申请变更">
          项目现处于“{PROJECT_STAGES[project.stage]}”阶段，批复之后、终验之前且未暂停的项目才能办理变更。
        </Notice>
      )}
      {possible && (
        <ChangeForm
          reply={reply?.form ?? null}
          estimateFen={project.approvedFen ?? 0}
          feasibilityFen={project.feasibilityFen}
          plannedEndOn={project.plannedEndOn}
          figures={figures}
          actions={
            <>
              <SubmitButton variant="primary" pendingLabel="正在保存…">
                保存，下一步提交
              </SubmitButton>
              <LinkButton href={`/projects/${project.id}`}>返回项目</LinkButton>
            </>
          }
        />
      )}
    </>
  );
}
