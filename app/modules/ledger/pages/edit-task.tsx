import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { isConflict } from "~/kernel/result";
import { DescriptionList, LinkButton, PageHead, Section } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { editedRows, withoutBlankRows } from "~/web/form-rows";
import { invalid, overtaken, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { originalWords } from "../plan/plan.columns";
import { editTask } from "../task/edit-task.server";
import { readTaskToEdit } from "../task/task.queries.server";
import { sayTaskRefusal } from "../task/task.refusals";
import { editSchema } from "../task/task.schema";
import { TaskEditor } from "../ui/TaskEditor";

export const handle = crumbs<Loaded>(({ plan, task }) => [
  { label: "任务台账", href: "/tasks" },
  { label: plan.title, href: `/tasks/plans/${plan.id}` },
  { label: `更正第 ${task.number} 项` },
]);

export const loader = pageLoader({
  access: "task:confirm",
  params: idParams,
  load: ({ ctx, params }) => readTaskToEdit(ctx.db, ctx.actor, params.id),
});

/** The kind of a date is always chosen: it says nothing of a row in which nothing was typed. */
const CHOICES = { deadlines: ["mode"] };
const OVERTAKEN = "任务刚刚被更正或确认，这次没有保存。请核对最新内容后再保存，您填写的内容已保留。";

export const action = pageAction({
  access: "task:confirm",
  params: idParams,
  run: async ({ ctx, params: { id }, form }) => {
    const changed = editedRows(form);
    if (changed) return invalid(parseForm(changed, editSchema));
    const submission = parseForm(withoutBlankRows(form, CHOICES), editSchema);
    if (submission.status !== "success") return invalid(submission);
    const { version, ...input } = submission.value;
    try {
      const result = await editTask(ctx, { id, version }, input, { confirm: form.get("intent") === "confirm" });
      if (!result.ok) return refused(submission, result.refusals, sayTaskRefusal);
      return redirect(`/tasks/plans/${result.value.planId}#task-${id}`);
    } catch (error) {
      if (!isConflict(error)) throw error;
      return overtaken(submission, OVERTAKEN);
    }
  },
});

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function EditTask() {
  const { task, plan, mentions, names } = useLoaderData<typeof loader>();
  const reply = useActionData<FormReply>();
  return (
    <>
      <PageHead
        title={`更正第 ${task.number} 项任务`}
        meta={plan.title}
        actions={<LinkButton href={`/tasks/plans/${plan.id}#task-${task.id}`}>返回方案</LinkButton>}
      />
      {task.original && (
        <Section title="方案原文">
          <DescriptionList columns={1} items={originalWords(task.original)} />
        </Section>
      )}
      <TaskEditor key={task.version} task={task} mentions={mentions} names={names} reply={reply?.form ?? null} />
    </>
  );
}
