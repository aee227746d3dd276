import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { formatInstant } from "~/kernel/local-date";
import { keysOf } from "~/kernel/vocabulary";
import { categoryOptions } from "~/modules/catalog/index.server";
import { unitOptions } from "~/modules/identity/index.server";
import {
  Columns,
  FormActions,
  LinkButton,
  Notice,
  PageHead,
  Section,
  SideLayout,
  StatusTag,
  SubmitButton,
  TaskList,
} from "~/ui";
import { authorize, scopeFor } from "~/policy";
import { crumbs } from "~/web/crumbs";
import { pageAction, pageLoader } from "~/web/page.server";

import { isEditable } from "../edit-filing.server";
import { checkFiling } from "../filing.queries.server";
import { sayFilingProblem } from "../filing.refusals";
import { sectionStatuses } from "../filing.rules";
import { FILING_SECTIONS, type FilingSection } from "../filing.types";
import { readProject } from "../load-project.server";
import { lastSaver } from "../timeline.queries.server";
import { AttachmentForms } from "../ui/AttachmentForms";
import { BasicsForm } from "../ui/BasicsForm";
import { ComponentsForm } from "../ui/ComponentsForm";
import { DataForms } from "../ui/DataForms";
import { FilingView } from "../ui/FilingView";
import { GoalsForm } from "../ui/GoalsForm";
import { MoneyForm } from "../ui/MoneyForm";
import { SecurityForm } from "../ui/SecurityForm";
import { saveSection, type SectionReply } from "./section-actions.server";

const NO_OPTIONS: { value: string; label: string }[] = [];

const params = z.object({ id: z.uuid(), section: z.enum(keysOf(FILING_SECTIONS)) });

export const handle = crumbs<Loaded>(({ project, section }) => [
  { label: "项目", href: "/projects" },
  { label: project.name, href: `/projects/${project.id}` },
  { label: "填报", href: `/projects/${project.id}/check` },
  { label: FILING_SECTIONS[section] },
]);

export const loader = pageLoader({
  access: "project:draft",
  params,
  load: async ({ ctx, params: { id, section }, query }) => {
    const project = await readProject(ctx.db, ctx.actor, id);
    authorize(ctx.actor, "project:draft", project);
    if (!isEditable(project)) throw redirect(`/projects/${id}`);
    const needsChoices = section === "data";
    const [{ filing, problems }, saver, categories, units] = await Promise.all([
      checkFiling(ctx.db, project, ctx.today),
      lastSaver(ctx.db, id),
      needsChoices ? categoryOptions(ctx.db) : NO_OPTIONS,
      needsChoices ? unitOptions(ctx.db, scopeFor(ctx.actor, "catalog:read")) : [],
    ]);
    const statuses = sectionStatuses(filing, problems);
    return {
      project: { id, name: project.name, code: project.code, version: project.version },
      section,
      filing,
      statuses,
      problems: statuses[section] === "notStarted" ? [] : problems.filter((problem) => problem.section === section),
      saver: saver && { name: saver.name, at: formatInstant(saver.at) },
      categories,
      units: units.filter((unit) => unit.id !== project.unitId).map(({ id: value, name: label }) => ({ value, label })),
      done: [query.get("saved"), query.get("added"), query.get("imported") && "imported"].find(Boolean) ?? null,
      imported: Number(query.get("imported")) || 0,
    };
  },
});

export const action = pageAction({
  access: "project:draft",
  params,
  run: ({ ctx, params: { id, section }, form }) => saveSection(section, { ctx, projectId: id, form }),
});

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function FilingSectionPage() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>() as SectionReply | undefined;
  const { project, section } = data;
  return (
    <>
      <PageHead
        title={`填报：${FILING_SECTIONS[section]}`}
        code={project.code}
        meta={project.name}
        actions={<LinkButton href={`/projects/${project.id}/check`}>检查并提交</LinkButton>}
      />
      {!reply && <Outcome {...data} />}
      {reply?.conflict ? (
        <Conflict {...data}>
          <SectionForm data={data} reply={reply} />
        </Conflict>
      ) : (
        <SideLayout sideLabel="填报进度" side={<Progress {...data} />}>
          <SectionForm data={data} reply={reply} />
        </SideLayout>
      )}
    </>
  );
}

function Progress({ project, statuses }: Loaded) {
  return (
    <Section title="填报进度">
      <TaskList
        label="填报各部分"
        tasks={keysOf(FILING_SECTIONS).map((key) => ({
          title: FILING_SECTIONS[key],
          href: `/projects/${project.id}/filing/${key}`,
          status: statuses[key],
        }))}
      />
    </Section>
  );
}

/** What just happened, and what this section still lacks. */
function Outcome({ done, imported, problems }: Loaded) {
  return (
    <>
      {done && (
        <Notice
          tone="good"
          title={
            imported > 0
              ? `已导入 ${imported} 条数据资源`
              : done in FILING_SECTIONS
                ? `已保存：${FILING_SECTIONS[done as FilingSection]}`
                : "已加入"
          }
        />
      )}
      {problems.length > 0 && (
        <Notice tone="warn" title={`本部分提交前还有 ${problems.length} 处要处理（草稿可以先保存）`}>
          <ul className="list-disc pl-5">
            {problems.map((problem) => (
              <li key={`${problem.code} ${problem.field ?? ""} ${JSON.stringify(problem.facts)}`}>
                {sayFilingProblem(problem)}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}

/** Two people edited: what the other saved on the left, what was typed here on the right. */
function Conflict({ filing, section, project, saver, children }: Loaded & { children: React.ReactNode }) {
  return (
    <>
      <Notice tone="bad" title="您填写期间，别人保存了这个项目">
        左边是已保存的内容，右边是您填写的内容，都没有丢失。请对照修改右边后再次保存，将以您保存的为准。
      </Notice>
      <Columns>
        <Section title="已保存的内容" note={saver && <StatusTag tone="info">{`${saver.name} ${saver.at}`}</StatusTag>}>
          <FilingView filing={filing} section={section} projectId={project.id} />
        </Section>
        <div>{children}</div>
      </Columns>
    </>
  );
}

function SectionForm({ data, reply }: { data: Loaded; reply: SectionReply | undefined }) {
  const { project, filing, section, categories, units } = data;
  // A form that was answered with errors keeps the version it was filled in from, or a later save of someone else would
  // be overwritten unseen; after a conflict that was shown, the newest one counts.
  const typed = reply && !reply.conflict ? Number(reply.form.initialValue?.version) : NaN;
  const actions = (
    <FormActions note="草稿可随时保存，不要求填全。">
      <SubmitButton name="intent" value="next" pendingLabel="正在保存…">
        保存并继续
      </SubmitButton>
      <SubmitButton variant="secondary" name="intent" value="save" pendingLabel="正在保存…">
        保存
      </SubmitButton>
    </FormActions>
  );
  const props = {
    filing,
    version: Number.isInteger(typed) ? typed : project.version,
    reply: reply?.form ?? null,
    actions,
  };
  switch (section) {
    case "basics":
      return <BasicsForm {...props} />;
    case "goals":
      return <GoalsForm {...props} />;
    case "money":
      return <MoneyForm {...props} />;
    case "data":
      return (
        <DataForms
          {...props}
          projectId={project.id}
          categories={categories}
          units={units}
          answered={reply?.answered ?? null}
        />
      );
    case "security":
      return <SecurityForm {...props} />;
    case "components":
      return <ComponentsForm {...props} />;
    case "attachments":
      return (
        <AttachmentForms
          {...props}
          projectId={project.id}
          actions={
            <FormActions>
              <LinkButton href={`/projects/${project.id}/check`} variant="primary">
                检查并提交
              </LinkButton>
            </FormActions>
          }
        />
      );
  }
}
