import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { DomainError } from "~/kernel/result";
import { isUuid } from "~/kernel/uuid";
import { SHARING_TYPES } from "~/kernel/vocabulary";
import { newId } from "~/platform/ids.server";
import {
  DateInput,
  ErrorSummary,
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
import { pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";

import { sayDemandRefusal } from "../demand/demand.refusals";
import { useSchema, type UseInput } from "../demand/demand.schema";
import { recordUse } from "../demand/record-use.server";
import { readUseForm } from "../demand/uses.queries.server";

export const handle = crumbs<{ resource: { id: string; name: string } }>(({ resource }) => [
  { label: "资源目录", href: "/catalog" },
  { label: resource.name, href: `/catalog/${resource.id}` },
  { label: "登记使用" },
]);

export const loader = pageLoader({
  access: "demand:apply",
  load: async ({ ctx, query }) => {
    const resourceId = query.get("resource") ?? "";
    if (!isUuid(resourceId)) throw new DomainError("notFound", "resource");
    const form = await readUseForm(ctx.db, ctx.actor, resourceId);
    return { ...form, useId: newId(), today: ctx.today };
  },
});

export const action = pageAction({
  access: "demand:apply",
  run: async ({ ctx, form }) => {
    const submission = parseForm(form, useSchema);
    if (submission.status !== "success") return invalid(submission);
    const result = await recordUse(ctx, submission.value);
    if (!result.ok) return refused(submission, result.refusals, sayDemandRefusal);
    return redirect(`/catalog/${submission.value.resourceId}#uses`);
  },
});

type Values = Readonly<Record<keyof UseInput, string>>;

export default function NewUse() {
  const { resource, providerName, rights, useId, today } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const [first] = rights;
  const [form, fields] = useForm<Values>({
    lastResult: reply?.form ?? null,
    defaultValue: { id: useId, usedOn: today, demandId: first?.id ?? "", basis: first?.legalBasis ?? "" },
  });
  const at = (name: keyof UseInput) => ({
    name,
    defaultValue: fields[name].initialValue ?? "",
    error: fields[name].errors,
  });
  return (
    <>
      <PageHead
        title={`登记使用：${resource.name}`}
        meta={`${providerName} · ${SHARING_TYPES[resource.sharingType]}`}
      />
      <ErrorSummary errors={summaryOf(form)} />
      {rights.length === 0 && resource.sharingType !== "unconditional" && (
        <Notice tone="warn" title="本单位还没有使用权">
          有条件共享的数据须先<a href={`/catalog/demands/new?resource=${resource.id}`}>提出数据需求</a>
          ，由提供方提供后才能使用。
        </Notice>
      )}
      <Section title="这一天的使用">
        <form method="post" className="max-w-2xl space-y-4" {...getFormProps(form)}>
          <input type="hidden" name="id" value={fields.id.initialValue ?? useId} />
          <input type="hidden" name="resourceId" value={resource.id} />
          {rights.length > 0 && (
            <Select
              label="使用权来自"
              placeholder={resource.sharingType === "unconditional" ? "无条件共享，不需要需求" : undefined}
              options={rights.map(({ id, scene }) => ({ value: id, label: scene }))}
              {...at("demandId")}
            />
          )}
          <TextInput label="使用依据" required hint="履行什么职责、办理什么事项" {...at("basis")} />
          <DateInput label="使用日期" required {...at("usedOn")} />
          <TextInput label="使用次数" required inputMode="numeric" hint="当天调用或取用的次数" {...at("times")} />
          <FormActions>
            <SubmitButton variant="primary" pendingLabel="正在登记…">
              登记
            </SubmitButton>
            <LinkButton href={`/catalog/${resource.id}`}>返回资源</LinkButton>
          </FormActions>
        </form>
      </Section>
    </>
  );
}
