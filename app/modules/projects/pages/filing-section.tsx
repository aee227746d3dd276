import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData, useRevalidator } from "@remix-run/react";
import { useState } from "react";
import { z } from "zod";

import { formatInstant } from "~/kernel/local-date";
import { keysOf } from "~/kernel/vocabulary";
import { projectResources, resourceOptions } from "~/modules/catalog/index.server";
import { unitOptions } from "~/modules/identity/index.server";
import {
  ConflictForm,
  FormActions,
  LinkButton,
  Notice,
  PageHead,
  Section,
  SideLayout,
  SubmitButton,
  TaskList,
} from "~/ui";
import { loadFigures } from "~/platform/figures.server";
import { authorize, scopeFor } from "~/policy";
import { crumbs } from "~/web/crumbs";
import { pageAction, pageLoader } from "~/web/page.server";

import { isEditable } from "../edit-filing.server";
import { fingerprints } from "../filing-conflict";
import { sectionValues } from "../filing.form-values";
import { checkFiling } from "../filing.queries.server";
import { sectionStatuses } from "../filing.rules";
import { FILING_SECTIONS, type FilingSection } from "../filing.types";
import { readProject } from "../load-project.server";
import { lastSaver } from "../timeline.queries.server";
import { AttachmentForms } from "../ui/AttachmentForms";
import { AutoSave } from "../ui/AutoSave";
import { BasicsForm } from "../ui/BasicsForm";
import { ComponentsForm } from "../ui/ComponentsForm";
import { DataForms } from "../ui/DataForms";
import { GoalsForm } from "../ui/GoalsForm";
import { MoneyForm } from "../ui/MoneyForm";
import { ProblemsPanel } from "../ui/ProblemsPanel";
import { SecurityForm } from "../ui/SecurityForm";
import { saveSection, type SectionReply } from "./section-actions.server";

const NO_CHOICES: Awaited<ReturnType<typeof resourceOptions>> = { categories: [], systems: [], basicDatabases: [] };

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
    const [{ filing, surroundings, problems, notes }, saver, earlier, figures, source, choices, units] =
      await Promise.all([
        checkFiling(ctx.db, project, ctx.today),
        lastSaver(ctx.db, id),
        needsChoices && project.copiedFromId ? projectResources(ctx.db, project.copiedFromId) : [],
        loadFigures(ctx.db, ctx.today),
        query.has("copied") && project.copiedFromId ? readProject(ctx.db, ctx.actor, project.copiedFromId) : null,
        needsChoices ? resourceOptions(ctx.db, project.unitId) : NO_CHOICES,
        needsChoices ? unitOptions(ctx.db, scopeFor(ctx.actor, "catalog:read")) : [],
      ]);
    const statuses = sectionStatuses(filing, problems);
    return {
      project: { id, name: project.name, code: project.code, version: project.version },
      section,
      filing,
      inventory: section === "basics" ? surroundings.inventory : [],
      statuses,
      problems,
      notes,
      fingerprints: fingerprints(sectionValues(section, filing)),
      earlier: earlier.map(({ id: resourceId, name, sharingType, updateCycle }) => ({
        id: resourceId,
        name,
        sharingType,
        updateCycle,
      })),
      limits: {
        maxMegabytes: figures.number("attachment.maxMegabytes"),
        quotaMegabytes: figures.number("attachment.projectQuotaMegabytes"),
      },
      userId: ctx.actor.userId,
      saver: saver && { name: saver.name, at: formatInstant(saver.at) },
      choices,
      units: units.filter((unit) => unit.id !== project.unitId).map(({ id: value, name: label }) => ({ value, label })),
      done: [query.get("saved"), query.get("added"), query.get("imported") && "imported"].find(Boolean) ?? null,
      kept: query.get("kept"),
      alsoIn: query.get("alsoIn"),
      newFrom: source?.name ?? null,
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
      {reply?.attached && reply.attached.length > 0 && (
        <Notice tone="good" title={`已上传：${reply.attached.join("、")}`} />
      )}
      <SideLayout
        sideLabel="填报进度"
        side={
          <>
            <ProblemsPanel projectId={project.id} problems={data.problems} notes={data.notes} here={section} />
            <Progress {...data} />
          </>
        }
      >
        {reply?.conflict ? (
          <ConflictForm {...reply.conflict} saver={data.saver} />
        ) : (
          <Typing key={`${project.id} ${section}`} data={data} reply={reply} />
        )}
      </SideLayout>
    </>
  );
}

/**
 * The form that is typed into. It keeps the filing it was opened with: what others save meanwhile is for the panel beside
 * it, and must not change what stands in the fields.
 */
function Typing({ data, reply }: { data: Loaded; reply: SectionReply | undefined }) {
  const [opened] = useState(data);
  const { revalidate } = useRevalidator();
  const { project, section } = opened;
  // A form that was answered keeps the version it was filled in from, or a later save of someone else would be
  // overwritten unseen.
  const typed = reply?.form.initialValue;
  const version = typed?.version === undefined ? NaN : Number(typed.version);
  const draftOf = (of: string) => `filing-draft ${opened.userId} ${project.id} ${of}`;
  return (
    <AutoSave
      href={`/projects/${project.id}/filing/${section}/autosave`}
      storageKey={draftOf(section)}
      settledKeys={[opened.done, opened.kept].flatMap((of) => (of ? [draftOf(of)] : []))}
      version={Number.isInteger(version) ? version : project.version}
      opened={typeof typed?.opened === "string" ? typed.opened : opened.fingerprints}
      unsaved={Number.isInteger(version)}
      onSaved={revalidate}
    >
      {(chain) => <SectionForm data={opened} reply={reply} chain={chain} />}
    </AutoSave>
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

/** What just happened. */
function Outcome({ done, kept, imported, alsoIn, newFrom }: Loaded) {
  if (kept) return <Notice tone="info" title="已保留他人保存的内容，您填写的没有保存" />;
  if (newFrom) {
    return (
      <Notice tone="good" title={`已按“${newFrom}”建立新的申报`}>
        日期已按年度顺延；附件、可研估算和已在目录中的数据资源没有复制。请逐个部分核对后保存。
      </Notice>
    );
  }
  if (!done) return null;
  const title =
    imported > 0
      ? `已导入 ${imported} 条数据资源`
      : done in FILING_SECTIONS
        ? `已保存：${FILING_SECTIONS[done as FilingSection]}`
        : done === "attachment"
          ? "已上传"
          : "已加入";
  return (
    <Notice tone="good" title={title}>
      {alsoIn && `内容与项目“${alsoIn}”的附件相同，系统只存一份，两个项目都可以使用。`}
    </Notice>
  );
}

interface SectionFormInput {
  readonly data: Loaded;
  readonly reply: SectionReply | undefined;
  readonly chain: { readonly version: number; readonly opened: string };
}

function SectionForm({ data, reply, chain }: SectionFormInput) {
  const { project, filing, section, choices, units } = data;
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
  const props = { filing, projectId: project.id, ...chain, reply: reply?.form ?? null, actions };
  switch (section) {
    case "basics":
      return <BasicsForm {...props} inventory={data.inventory} />;
    case "goals":
      return <GoalsForm {...props} />;
    case "money":
      return <MoneyForm {...props} />;
    case "data":
      return (
        <DataForms
          {...props}
          resourceOptions={choices}
          units={units}
          answered={reply?.answered ?? null}
          earlier={data.earlier}
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
          limits={data.limits}
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
