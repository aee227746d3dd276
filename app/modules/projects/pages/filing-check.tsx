import { getFormProps, useForm } from "@conform-to/react";
import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { isConflict } from "~/kernel/result";
import { keysOf } from "~/kernel/vocabulary";
import { authorize } from "~/policy";
import {
  ErrorSummary,
  LinkButton,
  Notice,
  PageHead,
  Section,
  SideLayout,
  SubmitButton,
  TaskList,
  TextArea,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import { isEditable } from "../edit-filing.server";
import { filingDifferences } from "../filing-differences";
import { checkFiling } from "../filing.queries.server";
import { sayFilingProblem } from "../filing.refusals";
import { sectionStatuses, type FilingProblem } from "../filing.rules";
import { checkSchema } from "../filing.schema";
import { FILING_SECTIONS, type FilingSection } from "../filing.types";
import { readProject } from "../load-project.server";
import { readFamily } from "../parts.queries.server";
import { sayProjectRefusal } from "../projects.refusals";
import { lastTwoSubmissions } from "../review.queries.server";
import { saveDifference } from "../save-difference.server";
import { submitProject } from "../submit-project.server";
import { FilingView } from "../ui/FilingView";
import { PartsPanel } from "../ui/PartsPanel";
import { problemLink } from "../ui/problem-link";
import { ProblemsPanel } from "../ui/ProblemsPanel";
import { DifferenceTable } from "../ui/ReviewPanels";
import { SimilarHits } from "../ui/SimilarHits";

export const handle = crumbs<Loaded>(({ project }) => [
  { label: "项目", href: "/projects" },
  { label: project.name, href: `/projects/${project.id}` },
  { label: "填报" },
]);

export const loader = pageLoader({
  access: "project:draft",
  params: idParams,
  load: async ({ ctx, params: { id } }) => {
    const project = await readProject(ctx.db, ctx.actor, id);
    authorize(ctx.actor, "project:draft", project);
    if (!isEditable(project)) throw redirect(`/projects/${id}`);
    const [{ filing, surroundings, problems, notes }, family, { current: last }] = await Promise.all([
      checkFiling(ctx.db, project, ctx.today),
      readFamily(ctx.db, ctx.actor, project),
      lastTwoSubmissions(ctx.db, id),
    ]);
    return {
      project: {
        id,
        name: project.name,
        code: project.code,
        version: project.version,
        stage: project.stage,
        parentId: project.parentId,
      },
      notes,
      family,
      since: last ? { round: last.round, differences: filingDifferences(last.content, filing) } : null,
      filing,
      similar: surroundings.similar,
      unitId: ctx.actor.unitId,
      problems,
      statuses: sectionStatuses(filing, problems),
    };
  },
});

export const action = pageAction({
  access: "project:draft",
  params: idParams,
  run: async ({ ctx, params: { id }, form }) => {
    const submission = parseForm(form, checkSchema);
    if (submission.status !== "success") return invalid(submission);
    const { intent, version, differenceStatement } = submission.value;
    try {
      if (intent === "difference") {
        const saved = await saveDifference(ctx, id, { version, differenceStatement });
        if (!saved.ok) return refused(submission, saved.refusals, sayProjectRefusal);
        return redirect(`/projects/${id}/check#similar`);
      }
      const submitted = await submitProject(ctx, { projectId: id, version });
      // The page reads the problems anew and lists each with the way to its field; the reply only says that it was asked.
      if (!submitted.ok) return json<FormReply>({ form: submission.reply() }, { status: 422 });
      return redirect(`/projects/${id}/receipt?submitted=1`);
    } catch (error) {
      if (!isConflict(error)) throw error;
      const formErrors = ["您打开本页之后，别人保存了填报内容。下面已是最新内容，请核对后再办理；您写的说明已保留。"];
      return json<FormReply>({ form: submission.reply({ formErrors }) }, { status: 409 });
    }
  },
});

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function FilingCheck() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { project, filing, problems, statuses } = data;
  const [form] = useForm({ id: "submit", lastResult: reply?.form ?? null });
  const ready = problems.length === 0;
  return (
    <>
      <PageHead
        title={`填报：${project.name}`}
        code={project.code}
        meta={project.stage === "returned" ? "退回补正" : "填报中"}
        actions={<LinkButton href={`/projects/${project.id}`}>查看项目</LinkButton>}
      />
      <ErrorSummary
        errors={[
          ...summaryOf(form),
          ...(reply ? problems : []).map((problem) => ({
            message: sayFilingProblem(problem),
            href: problemLink(project.id, problem),
          })),
        ]}
        title={ready ? "请核对后再办理" : `没有提交，还有 ${problems.length} 处要处理`}
      />
      <SideLayout
        sideLabel="填报各部分"
        side={
          <Section title="填报各部分">
            <TaskList
              label="填报各部分"
              tasks={keysOf(FILING_SECTIONS).map((section) => ({
                title: FILING_SECTIONS[section],
                href: `/projects/${project.id}/filing/${section}`,
                status: statuses[section],
                hint: hintOf(problems, section),
              }))}
            />
          </Section>
        }
      >
        <div id="problems">
          {ready && (
            <Notice tone="good" title="全部检查通过，可以提交">
              请核对下面的内容，在<a href="#submit">本页末尾</a>提交。提交后由本单位分管领导签批，签批前您不能再修改。
            </Notice>
          )}
          {!ready && !reply && (
            <ProblemsPanel projectId={project.id} problems={problems} notes={data.notes} here="check" />
          )}
        </div>
        <PartsPanel
          family={data.family}
          inviteHref={project.parentId === null ? `/projects/${project.id}/parts` : undefined}
        />
        {data.since && (
          <Section
            title="退回后改动了什么"
            note={`与第 ${data.since.round} 次提交相比，${data.since.differences.length} 处`}
            flush
          >
            <DifferenceTable differences={data.since.differences} caption="与上一次提交的差别" />
          </Section>
        )}
        <Similar {...data} reply={reply?.form ?? null} />
        <h2 className="mb-2 mt-6">核对填报内容</h2>
        {keysOf(FILING_SECTIONS).map((section) => (
          <Section
            key={section}
            title={FILING_SECTIONS[section]}
            note={hintOf(problems, section)}
            actions={
              <LinkButton
                variant="quiet"
                href={`/projects/${project.id}/filing/${section}`}
                aria-label={`修改${FILING_SECTIONS[section]}`}
              >
                修改
              </LinkButton>
            }
          >
            <FilingView filing={filing} section={section} projectId={project.id} />
          </Section>
        ))}
        <Section title="提交" id="submit">
          <p className="mb-3">
            {ready
              ? "确认以上内容真实、准确、完整后提交，由本单位分管领导签批。"
              : `提交前还有 ${problems.length} 处要处理，处理完后再提交。`}
          </p>
          <form method="post" {...getFormProps(form)}>
            <input type="hidden" name="version" value={project.version} />
            <SubmitButton name="intent" value="submit" pendingLabel="正在提交…">
              提交分管领导签批
            </SubmitButton>
          </form>
        </Section>
      </SideLayout>
    </>
  );
}

function hintOf(problems: readonly FilingProblem[], section: FilingSection): string | undefined {
  const count = problems.filter((problem) => problem.section === section).length;
  return count > 0 ? `${count} 处待处理` : undefined;
}

/** 查重: what resembles this project, and why it is not the same. */
function Similar({ similar, unitId, filing, project, reply }: Loaded & { reply: FormReply["form"] | null }) {
  const [form, fields] = useForm<{ differenceStatement: string }>({
    id: "difference",
    lastResult: reply,
    defaultValue: { differenceStatement: filing.differenceStatement },
  });
  const due = similar.filter(({ statementDue }) => statementDue).length;
  return (
    <Section title="查重" id="similar" note={due > 0 ? `${due} 个须填写差异说明` : undefined} flush>
      <SimilarHits hits={similar} opens={{ unitId }} />
      {(due > 0 || filing.differenceStatement) && (
        <form method="post" className="border-t border-line px-4 py-3" {...getFormProps(form)}>
          <input type="hidden" name="version" value={project.version} />
          <TextArea
            {...wired(fields.differenceStatement)}
            label="差异说明"
            required={due > 0}
            hint="逐个说明与标“须说明”的项目、系统在服务对象、功能、数据上有何不同，为何不能复用"
          />
          <div className="mt-3">
            <SubmitButton variant="secondary" name="intent" value="difference" pendingLabel="正在保存…">
              保存差异说明
            </SubmitButton>
          </div>
        </form>
      )}
    </Section>
  );
}
