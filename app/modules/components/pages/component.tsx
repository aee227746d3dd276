import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { formatInstant, formatOfficialDate } from "~/kernel/local-date";
import { isConflict } from "~/kernel/result";
import { COMPONENT_DECISIONS } from "~/kernel/vocabulary";
import { unitOptions } from "~/modules/identity/index.server";
import type { Ctx } from "~/platform/transaction.server";
import { canEver, scopeFor } from "~/policy";
import {
  DataTable,
  DescriptionList,
  EmptyState,
  PageHead,
  Pagination,
  Percent,
  QueryBar,
  Section,
  SideLayout,
  StatusTag,
  SubmitButton,
  Timeline,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, overtaken, parseForm, refused, type FormReply } from "~/web/form.server";
import { optionsOf } from "~/web/options";
import { pageAction, pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { readAsOf, readComponent, readDecisionQuery } from "../adoption.queries.server";
import { sayComponentRefusal } from "../component.refusals";
import { AVAILABILITIES, availability, reuseRate } from "../component.rules";
import { editComponentSchema, retireComponentSchema } from "../component.schema";
import { availabilityTone, COMPONENT_RATE, decisionTone } from "../component.words";
import { editComponent } from "../edit-component.server";
import { retireComponent } from "../retire-component.server";
import { ComponentForm } from "../ui/ComponentForm";
import { RetireForm } from "../ui/RetireForm";

export const handle = crumbs<Loaded>(({ component }) => [
  { label: "统一组件", href: "/components" },
  { label: component.name },
]);

const params = z.object({ code: z.string().max(60) });

export const loader = pageLoader({
  access: "component:read",
  params,
  load: async ({ ctx, params: { code }, query }) => {
    const asOf = readAsOf(query, ctx.today);
    const question = readDecisionQuery(query);
    const mayEdit = canEver(ctx.actor, "component:edit");
    const [found, units] = await Promise.all([
      readComponent(ctx.db, scopeFor(ctx.actor, "project:read"), code, asOf, question),
      mayEdit ? unitOptions(ctx.db, scopeFor(ctx.actor, "component:edit")) : [],
    ]);
    return {
      ...found,
      units: units.map(({ id, name }) => ({ value: id, label: name })),
      question,
      asOf,
      today: ctx.today,
      state: availability(found.component, ctx.today),
      search: query.toString(),
      mayEdit,
    };
  },
});

export const action = pageAction({
  access: "component:edit",
  params,
  run: ({ ctx, params: { code }, form }) => (form.get("intent") === "retire" ? retire : edit)(ctx, code, form),
});

const OVERTAKEN = "本组件刚刚被别人修改，这次没有生效。请核对最新内容后再办理，您填写的内容已保留。";

async function edit(ctx: Ctx, code: string, form: FormData): Promise<Response> {
  const submission = parseForm(form, editComponentSchema);
  if (submission.status !== "success") return invalid(submission);
  const { version, ...input } = submission.value;
  try {
    const result = await editComponent(ctx, { code, version }, input);
    return result.ok ? redirect(`/components/${code}`) : refused(submission, result.refusals, sayComponentRefusal);
  } catch (error) {
    if (!isConflict(error)) throw error;
    return overtaken(submission, OVERTAKEN);
  }
}

async function retire(ctx: Ctx, code: string, form: FormData): Promise<Response> {
  const submission = parseForm(form, retireComponentSchema);
  if (submission.status !== "success") return invalid(submission);
  try {
    const result = await retireComponent(ctx, { code, ...submission.value });
    return result.ok ? redirect(`/components/${code}`) : refused(submission, result.refusals, sayComponentRefusal);
  } catch (error) {
    if (!isConflict(error)) throw error;
    return overtaken(submission, OVERTAKEN);
  }
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

const WORDS: Readonly<Record<string, string>> = {
  componentAdded: "登记组件",
  componentEdited: "修改组件",
  componentRetired: "停用组件",
};

export default function ComponentPage() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<FormReply>();
  const { component, state, events, mayEdit, today } = data;
  const answered = reply?.form.initialValue?.intent;
  return (
    <>
      <PageHead
        title={component.name}
        status={<StatusTag tone={availabilityTone(state)}>{AVAILABILITIES[state]}</StatusTag>}
        meta={data.providerName ? `由${data.providerName}提供` : "提供单位未确定"}
      />
      <SideLayout
        sideLabel="登记经过"
        side={
          <Section title="登记经过">
            {events.length === 0 ? (
              <p className="text-secondary">随系统预置，没有变更记录</p>
            ) : (
              <Timeline
                entries={events.map((event) => ({
                  key: event.id,
                  what: WORDS[event.type] ?? event.type,
                  who: `${event.unitName} ${event.actorName}`,
                  when: formatInstant(new Date(event.at)),
                  reason: event.reason,
                  tone: event.type === "componentRetired" ? ("bad" as const) : ("info" as const),
                }))}
              />
            )}
          </Section>
        }
      >
        <Section title="组件情况">
          <DescriptionList
            columns={2}
            items={[
              { term: "提供单位", detail: data.providerName },
              { term: "开放日期", detail: component.availableFrom && formatOfficialDate(component.availableFrom) },
              ...(component.retiredOn ? [{ term: "停用日期", detail: formatOfficialDate(component.retiredOn) }] : []),
              { term: "用途", detail: <p className="whitespace-pre-line">{component.purpose}</p>, wide: true },
              { term: "接入方式", detail: <p className="whitespace-pre-line">{component.access}</p>, wide: true },
            ]}
          />
        </Section>
        <Decisions data={data} />
        {mayEdit && state !== "retired" && (
          <>
            <ComponentForm
              key={component.version}
              title="修改组件"
              reply={answered === "edit" && reply ? reply.form : null}
              defaults={{
                name: component.name,
                purpose: component.purpose,
                access: component.access,
                providerUnitId: component.providerUnitId ?? "",
                availableFrom: component.availableFrom ?? "",
              }}
              version={component.version}
              units={data.units}
              actions={
                <SubmitButton name="intent" value="edit" pendingLabel="正在保存…">
                  保存
                </SubmitButton>
              }
            />
            <RetireForm
              version={component.version}
              today={today}
              reply={answered === "retire" && reply ? reply.form : null}
            />
          </>
        )}
      </SideLayout>
    </>
  );
}

/** The projects behind the adoption, each with what its filing decided and why. */
function Decisions({ data }: { readonly data: Loaded }) {
  const { component, adoption, rows, total, pageSize, question, asOf, today, search } = data;
  const here = `/components/${component.code}`;
  return (
    <>
      <QueryBar
        action={here}
        resetHref={here}
        filters={[
          { name: "asOf", label: "截至日期", value: asOf === today ? "" : asOf, kind: "date" },
          { name: "decision", label: "决定", value: question.decision ?? "", options: optionsOf(COMPONENT_DECISIONS) },
        ]}
      />
      <Section
        title="复用情况"
        id="decisions"
        note={
          <span title={COMPONENT_RATE}>
            截至{formatOfficialDate(asOf)}，利用率 <Percent share={reuseRate(adoption)} digits={2} />
            （复用 {adoption.reuse} 次，适用 {adoption.reuse + adoption.notReused} 次）
          </span>
        }
        flush
      >
        <DataTable
          caption="复用情况"
          rows={rows}
          rowKey={(row) => row.projectId}
          empty={<EmptyState title="没有符合条件的项目" explanation="只列已批复的新建项目。" />}
          columns={[
            {
              key: "project",
              title: "项目",
              primary: true,
              render: (row) => <a href={`/projects/${row.projectId}`}>{row.name}</a>,
            },
            { key: "unit", title: "单位", render: (row) => row.unitName },
            { key: "approved", title: "批复日期", nowrap: true, render: (row) => row.approvedOn },
            {
              key: "decision",
              title: "决定",
              nowrap: true,
              render: (row) => (
                <StatusTag tone={decisionTone(row.decision)}>{COMPONENT_DECISIONS[row.decision]}</StatusTag>
              ),
            },
            { key: "reason", title: "理由", render: (row) => row.reason },
          ]}
        />
        <Pagination
          page={question.page}
          pageSize={pageSize}
          total={total}
          hrefFor={(page) => withQuery(here, search, { page })}
        />
      </Section>
    </>
  );
}
