import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { authorize } from "~/policy";
import {
  ErrorSummary,
  FormActions,
  LinkButton,
  PageHead,
  QueryBar,
  RadioGroup,
  Section,
  Select,
  SubmitButton,
  TextArea,
  TextInput,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import { readNewRecollection } from "../recollection/recollection.queries.server";
import { sayRecollectionRefusal } from "../recollection/recollection.refusals";
import { recollectionSchema } from "../recollection/recollection.schema";
import { reportRecollection } from "../recollection/report-recollection.server";

export const handle = crumbs<Loaded>(({ unit }) => [
  { label: "共享闸口", href: "/gates" },
  { label: unit.name, href: `/gates/${unit.unitId}` },
  { label: "登记重复采集" },
]);

const params = z.object({ unitId: z.uuid() });

export const loader = pageLoader({
  access: "recollection:report",
  params,
  load: async ({ ctx, params: { unitId }, query }) => {
    const wanted = (query.get("q") ?? "").trim().slice(0, 100);
    const question = await readNewRecollection(ctx.db, ctx.actor, unitId, wanted);
    authorize(ctx.actor, "recollection:report", question.unit);
    return question;
  },
});

export const action = pageAction({
  access: "recollection:report",
  params,
  run: async ({ ctx, params: { unitId }, form }) => {
    const submission = parseForm(form, recollectionSchema);
    if (submission.status !== "success") return invalid(submission);
    const result = await reportRecollection(ctx, unitId, submission.value);
    if (!result.ok) return refused(submission, result.refusals, sayRecollectionRefusal);
    return redirect(`/gates/recollections/${result.value.id}`);
  },
});

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function NewRecollection() {
  const { unit, systems, resources, wanted } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const [form, fields] = useForm<Record<"resourceId" | "systemId" | "where" | "finding", string>>({
    lastResult: reply?.form ?? null,
  });
  const here = `/gates/${unit.unitId}/recollections/new`;
  return (
    <>
      <PageHead title="登记重复采集" meta={`${unit.name} · 由另一位同志复核认定后关闭闸口`} />
      <QueryBar
        action={here}
        resetHref={here}
        search={{ name: "q", value: wanted, placeholder: "已共享资源的名称或编码" }}
      />
      {resources.length === 0 ? (
        <Section title="已共享的资源">
          <p className="text-secondary">
            {wanted
              ? "没有找到其他单位已发布、可共享的资源，请换一个词再查。"
              : "请先查找其他单位已经共享、而该单位仍在重复采集的资源。"}
          </p>
        </Section>
      ) : (
        <form method="post" {...getFormProps(form)}>
          <ErrorSummary errors={summaryOf(form)} />
          <Section title="重复采集的情况">
            <div className="max-w-3xl space-y-4">
              <RadioGroup
                {...wired(fields.resourceId)}
                label="已共享的资源"
                required
                options={resources.map(({ id, code, name, unitName }) => ({
                  value: id,
                  label: name,
                  hint: `${code ?? ""} ${unitName}`,
                }))}
              />
              <TextInput
                {...wired(fields.where)}
                label="重复采集的环节"
                required
                hint="哪张表、哪个事项或哪个系统，例如“低保申请表”"
              />
              <Select
                {...wired(fields.systemId)}
                label="涉及的系统"
                placeholder="不涉及系统"
                options={systems}
                hint="通过系统采集的请选择"
              />
              <TextArea
                {...wired(fields.finding)}
                label="发现的情况"
                required
                rows={4}
                hint="什么时候、怎样发现，采集了哪些已共享的信息项"
              />
            </div>
            <FormActions>
              <SubmitButton pendingLabel="正在登记…">登记，交另一位同志复核</SubmitButton>
              <LinkButton href={`/gates/${unit.unitId}`}>返回共享闸口</LinkButton>
            </FormActions>
          </Section>
        </form>
      )}
    </>
  );
}
