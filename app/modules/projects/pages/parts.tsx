import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { can } from "~/policy";
import {
  EmptyState,
  ErrorSummary,
  Fields,
  FormActions,
  LinkButton,
  Notice,
  PageHead,
  Section,
  Select,
  SubmitButton,
  TextInput,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import { isEditable } from "../edit-filing.server";
import { invitationSchema, type InvitationInput } from "../filing.schema";
import { invitePart } from "../invite-part.server";
import { readProject } from "../load-project.server";
import { partnersToInvite, readFamily } from "../parts.queries.server";
import { sayInvitationRefusal } from "../parts.refusals";
import { PartsPanel } from "../ui/PartsPanel";

export const handle = crumbs<Loaded>(({ project }) => [
  { label: "项目", href: "/projects" },
  { label: project.name, href: `/projects/${project.id}` },
  { label: "联合申报" },
]);

export const loader = pageLoader({
  access: "project:read",
  params: idParams,
  load: async ({ ctx, params: { id }, query }) => {
    const project = await readProject(ctx.db, ctx.actor, id);
    const mayInvite = can(ctx.actor, "project:draft", project) && isEditable(project) && project.parentId === null;
    const [family, partners] = await Promise.all([
      readFamily(ctx.db, ctx.actor, project),
      mayInvite ? partnersToInvite(ctx.db, project) : [],
    ]);
    return {
      project: { id, name: project.name, code: project.code },
      family,
      mayInvite,
      partners: partners.map(({ id: value, name: label }) => ({ value, label })),
      invited: query.has("invited"),
    };
  },
});

export const action = pageAction({
  access: "project:draft",
  params: idParams,
  run: async ({ ctx, params: { id }, form }) => {
    const submission = parseForm(form, invitationSchema);
    if (submission.status !== "success") return invalid(submission);
    const result = await invitePart(ctx, id, submission.value);
    if (!result.ok) return refused(submission, result.refusals, sayInvitationRefusal);
    return redirect(`/projects/${id}/parts?invited=1`);
  },
});

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Parts() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { project, family, mayInvite, partners } = data;
  const [form, fields] = useForm<InvitationInput>({
    lastResult: reply?.form ?? null,
    defaultValue: { name: `${project.name}（分部分）` },
  });
  return (
    <>
      <PageHead
        title="联合申报"
        code={project.code}
        meta={project.name}
        actions={<LinkButton href={`/projects/${project.id}`}>返回项目</LinkButton>}
      />
      {data.invited && !reply && (
        <Notice tone="good" title="已邀请，对方单位的填报人已收到消息">
          对方完成填报并经其分管领导签批后，牵头单位才能提交。
        </Notice>
      )}
      {family ? (
        <PartsPanel family={family} />
      ) : (
        <Section title="各个部分">
          <EmptyState title="还没有邀请其他单位" explanation="由多个单位共同建设的项目，各单位填报各自负责的部分。" />
        </Section>
      )}
      {mayInvite && (
        <Section title="邀请单位填报" id="invite" note="每个单位一个部分，由其自行填报、签批">
          {partners.length === 0 ? (
            <EmptyState
              title="没有可以邀请的单位"
              explanation="请先在“基本信息”的共同牵头单位或配合单位中填写单位全称并保存；已邀请的单位不再列出。"
              action={
                <LinkButton href={`/projects/${project.id}/filing/basics#field-partners`}>填写配合单位</LinkButton>
              }
            />
          ) : (
            <form method="post" {...getFormProps(form)}>
              <ErrorSummary errors={summaryOf(form)} />
              <Fields>
                <Select {...wired(fields.unitId)} label="单位" required placeholder="请选择" options={partners} />
                <TextInput
                  {...wired(fields.name)}
                  label="该部分的名称"
                  required
                  hint="写明该单位负责的内容，例如“智慧水务（排水监测部分）”"
                />
              </Fields>
              <FormActions>
                <SubmitButton pendingLabel="正在邀请…">邀请</SubmitButton>
              </FormActions>
            </form>
          )}
        </Section>
      )}
    </>
  );
}
