import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { rational } from "~/kernel/rational";
import { isConflict } from "~/kernel/result";
import { readWantedUnit, unitFilter } from "~/modules/identity/index.server";
import type { Ctx } from "~/platform/transaction.server";
import { scopeFor } from "~/policy";
import { Figure, PageHead, Pagination, Percent, QueryBar, Section, SideLayout, StatGrid, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, overtaken, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { assignSystems, removeSystems } from "../cloud/batches/assign-systems.server";
import { sayBatchRefusal } from "../cloud/batches/batch.refusals";
import { assignSchema, editBatchSchema } from "../cloud/batches/batch.schema";
import { readBatch, systemsWithoutBatch } from "../cloud/batches/batches.queries.server";
import { editBatch } from "../cloud/batches/save-batch.server";
import { CLOUD_DEFINITIONS } from "../cloud/rates/cloud.words";
import { readCloudQuery } from "../cloud/rates/cloud-list.queries.server";
import { AssignForm, BatchForm, RemoveForm } from "../ui/BatchForms";
import { CloudProcess } from "../ui/CloudProcess";
import { CloudTable } from "../ui/CloudTable";

export const handle = crumbs<{ batch: { name: string } }>((data) => [
  { label: "上云迁移", href: "/cloud" },
  { label: "批次", href: "/cloud/batches" },
  { label: data.batch.name },
]);

export const loader = pageLoader({
  access: "system:read",
  params: idParams,
  load: async ({ ctx, params, query }) => {
    const question = { ...readCloudQuery(query, ctx.today), unit: undefined };
    const read = await readBatch(ctx.db, ctx.actor, params.id, question);
    const wanted = readWantedUnit(query);
    const open = read.mayGovern && question.asOf === ctx.today;
    const [offered, unit] = await Promise.all([
      open ? systemsWithoutBatch(ctx.db, ctx.actor, { unit: wanted, today: ctx.today }) : null,
      open ? unitFilter(ctx.db, scopeFor(ctx.actor, "system:govern"), wanted) : undefined,
    ]);
    return { ...read, offered, unit, question, today: ctx.today, search: query.toString() };
  },
});

const WORDS = {
  edit: "批次刚刚被他人修改，您的修改没有生效。请核对最新内容后再保存，您填写的内容已保留。",
  move: "所选系统刚刚有了变动，没有列入或移出。请核对后再办理。",
} as const;

export const action = pageAction({
  access: "system:govern",
  params: idParams,
  run: async ({ ctx, params: { id }, form }) =>
    form.get("intent") === "edit" ? saveBatch(ctx, id, form) : moveSystems(ctx, id, form),
});

async function saveBatch(ctx: Ctx, id: string, form: FormData): Promise<Response> {
  const submission = parseForm(form, editBatchSchema);
  if (submission.status !== "success") return invalid(submission);
  try {
    const result = await editBatch(ctx, id, submission.value);
    return result.ok ? redirect(`/cloud/batches/${id}`) : refused(submission, result.refusals, sayBatchRefusal);
  } catch (error) {
    if (isConflict(error)) return overtaken(submission, WORDS.edit);
    throw error;
  }
}

async function moveSystems(ctx: Ctx, id: string, form: FormData): Promise<Response> {
  const submission = parseForm(form, assignSchema);
  if (submission.status !== "success") return invalid(submission);
  const { intent, systemId } = submission.value;
  try {
    const result = await (intent === "assign" ? assignSystems : removeSystems)(ctx, id, systemId);
    return result.ok ? redirect(`/cloud/batches/${id}`) : refused(submission, result.refusals, sayBatchRefusal);
  } catch (error) {
    if (isConflict(error)) return overtaken(submission, WORDS.move);
    throw error;
  }
}

export default function CloudBatch() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<FormReply>();
  const { batch, numerator, denominator, page, events, mayGovern, offered, unit, question, today, search } = data;
  const address = `/cloud/batches/${batch.id}`;
  const past = question.asOf === today ? undefined : question.asOf;
  const late = batch.targetOn < question.asOf ? denominator - numerator : 0;
  const listHref = (more: Readonly<Record<string, string>> = {}) =>
    withQuery("/cloud/list", "", { batch: batch.id, ...more, ...(past && { asOf: past }) });
  return (
    <>
      <PageHead
        title={`迁移批次：${batch.name}`}
        status={
          late > 0 ? <StatusTag tone="bad">{`逾期 ${late} 个`}</StatusTag> : <StatusTag tone="good">未逾期</StatusTag>
        }
        meta={`目标日期 ${batch.targetOn}${batch.note ? `；${batch.note}` : ""}`}
      />
      <StatGrid>
        <Figure
          label="本批上云率"
          value={<Percent share={denominator > 0 ? rational(numerator, denominator) : null} digits={2} />}
          definition={`${CLOUD_DEFINITIONS.rate}${CLOUD_DEFINITIONS.batch}`}
          cutoff={question.asOf}
          href={listHref()}
          note={`${numerator} / ${denominator} 个`}
        />
        <Figure
          label="逾期"
          value={late}
          unit="个"
          definition={CLOUD_DEFINITIONS.overdue}
          cutoff={question.asOf}
          href={listHref({ overdue: "yes" })}
          tone={late > 0 ? "bad" : "good"}
        />
      </StatGrid>
      <SideLayout sideLabel="办理过程" side={<CloudProcess events={events} words={BATCH_WORDS} next={undefined} />}>
        <QueryBar
          action={address}
          resetHref={address}
          filters={[
            { name: "asOf", label: "截至日期", value: past ?? "", kind: "date" },
            ...(offered && unit ? [{ ...unit, label: "待列入系统的单位" }] : []),
          ]}
        />
        {offered && mayGovern ? (
          <RemoveForm reply={reply} rows={page.rows} asOf={question.asOf} />
        ) : (
          <Section title="本批系统" flush>
            <CloudTable rows={page.rows} asOf={question.asOf} hideBatch />
          </Section>
        )}
        <Pagination
          page={question.page}
          pageSize={page.pageSize}
          total={page.total}
          hrefFor={(to) => withQuery(address, search, { page: to })}
        />
        {offered && <AssignForm reply={reply} offered={offered} />}
        {mayGovern && <BatchForm key={batch.version} reply={reply} batch={batch} />}
      </SideLayout>
    </>
  );
}

const BATCH_WORDS = { cloudBatchCreated: "建立批次", cloudBatchChanged: "修改批次" };
