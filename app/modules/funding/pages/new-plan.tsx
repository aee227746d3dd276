import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { isConflict } from "~/kernel/result";
import { FUNDING_SOURCES } from "~/kernel/vocabulary";
import { unitOptions } from "~/modules/identity/index.server";
import { scopeFor } from "~/policy";
import {
  ErrorSummary,
  Fields,
  FormActions,
  LinkButton,
  PageHead,
  Section,
  Select,
  SubmitButton,
  TextInput,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, overtaken, parseForm, refused, type FormReply } from "~/web/form.server";
import { optionsOf } from "~/web/options";
import { pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import { readPlanQuery } from "../plan/plan.queries.server";
import { sayPlanRefusal } from "../plan/plan.refusals";
import { firstPlanSchema } from "../plan/plan.schema";
import { proposeAdjustment } from "../plan/propose-adjustment.server";
import { ProposalFields } from "../ui/ProposalFields";

export const handle = crumbs(() => [{ label: "年度资金计划", href: "/funding/plan" }, { label: "编制计划" }]);

export const loader = pageLoader({
  access: "plan:propose",
  load: async ({ ctx, query }) => {
    const question = readPlanQuery(query, ctx.today);
    return { question, units: await unitOptions(ctx.db, scopeFor(ctx.actor, "plan:propose")) };
  },
});

const TAKEN = "该单位当年这一资金来源已有计划，请返回列表，在计划页面提出调整。您填写的内容已保留。";

export const action = pageAction({
  access: "plan:propose",
  run: async ({ ctx, form }) => {
    const submission = parseForm(form, firstPlanSchema);
    if (submission.status !== "success") return invalid(submission);
    const { after, ...proposal } = submission.value;
    try {
      const proposed = await proposeAdjustment(ctx, { ...proposal, version: null, afterFen: after });
      return proposed.ok
        ? redirect(`/funding/plan/${proposed.value.planId}`)
        : refused(submission, proposed.refusals, sayPlanRefusal);
    } catch (error) {
      if (!isConflict(error)) throw error;
      return overtaken(submission, TAKEN);
    }
  },
});

export default function NewPlan() {
  const { question, units } = useLoaderData<typeof loader>();
  const reply = useActionData<FormReply>();
  const [form, fields] = useForm<Record<"unitId" | "year" | "source" | "after" | "reason" | "basis", string>>({
    lastResult: reply?.form ?? null,
    defaultValue: {
      unitId: question.unit ?? "",
      year: String(question.year),
      source: question.source ?? "cityBudget",
    },
  });
  return (
    <>
      <PageHead title="编制年度资金计划" meta="首次编制也是一次调整，由另一位财政人员复核后生效" />
      <form method="post" {...getFormProps(form)}>
        <Section title="计划">
          <ErrorSummary errors={summaryOf(form)} />
          <Fields>
            <Select
              {...wired(fields.unitId)}
              label="单位"
              placeholder="请选择"
              options={units.map(({ id, name }) => ({ value: id, label: name }))}
              className="max-w-md"
              required
            />
            <TextInput {...wired(fields.year)} label="年度" inputMode="numeric" className="max-w-[8rem]" required />
            <Select
              {...wired(fields.source)}
              label="资金来源"
              options={optionsOf(FUNDING_SOURCES)}
              className="max-w-md"
              required
            />
            <ProposalFields fields={fields} />
          </Fields>
          <FormActions>
            <SubmitButton pendingLabel="正在提交…">提交复核</SubmitButton>
            <LinkButton href={`/funding/plan?year=${question.year}`} variant="quiet">
              返回列表
            </LinkButton>
          </FormActions>
        </Section>
      </form>
    </>
  );
}
