import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { formatOfficialDate } from "~/kernel/local-date";
import { isUuid } from "~/kernel/uuid";
import { SANCTION_RUNGS, SANCTION_STATES } from "~/kernel/vocabulary";
import { unitOptions } from "~/modules/identity/index.server";
import { authorize, scopeFor } from "~/policy";
import {
  Columns,
  DateInput,
  ErrorSummary,
  FormActions,
  LinkButton,
  PageHead,
  QueryBar,
  Section,
  Select,
  SubmitButton,
  TextArea,
  TextInput,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused } from "~/web/form.server";
import { optionsOf } from "~/web/options";
import { pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import { proposeSanction } from "../sanction/propose-sanction.server";
import { readNewSanction } from "../sanction/sanction.queries.server";
import { saySanctionRefusal } from "../sanction/sanction.refusals";
import { sanctionName } from "../sanction/sanction.rules";
import { proposeSanctionSchema } from "../sanction/sanction.schema";

export const handle = crumbs(() => [{ label: "惩戒", href: "/sanctions" }, { label: "提出惩戒" }]);

export const loader = pageLoader({
  access: "sanction:propose",
  load: async ({ ctx, query }) => {
    const unitId = query.get("unit") ?? "";
    const [units, chosen] = await Promise.all([
      unitOptions(ctx.db, scopeFor(ctx.actor, "sanction:propose")),
      isUuid(unitId) ? readNewSanction(ctx.db, ctx.actor, unitId, ctx.today) : null,
    ]);
    if (chosen) authorize(ctx.actor, "sanction:propose", chosen.unit);
    return { units: units.map(({ id: value, name: label }) => ({ value, label })), chosen };
  },
});

export const action = pageAction({
  access: "sanction:propose",
  run: async ({ ctx, form }) => {
    const submission = parseForm(form, proposeSanctionSchema);
    if (submission.status !== "success") return invalid(submission);
    const result = await proposeSanction(ctx, submission.value);
    if (!result.ok) return refused(submission, result.refusals, saySanctionRefusal);
    return redirect(`/sanctions/${result.value.id}`);
  },
});

type Chosen = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>["chosen"]>;

export default function NewSanction() {
  const { units, chosen } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="提出惩戒" meta="提出后由另一位同志复核，复核通过即生效" />
      <QueryBar
        action="/sanctions/new"
        resetHref="/sanctions/new"
        filters={[
          { name: "unit", label: "对哪个单位", value: chosen?.unit.unitId ?? "", options: units, blank: "请选择" },
        ]}
      />
      {chosen ? (
        <Proposal key={chosen.unit.unitId} chosen={chosen} />
      ) : (
        <Section title="措施">
          <p className="text-secondary">请先在上面选择单位并点“查询”，再填写措施。</p>
        </Section>
      )}
    </>
  );
}

type Field = "projectId" | "rung" | "reason" | "demand" | "basis" | "dueOn" | "skipReason";

function Proposal({ chosen: { unit, projects, standing, dueOn, rectify } }: { readonly chosen: Chosen }) {
  const reply = useActionData<typeof action>();
  const [form, fields] = useForm<Record<Field, string>>({
    lastResult: reply?.form ?? null,
    defaultValue: { dueOn },
  });
  return (
    <>
      <Section title="现有措施" note={unit.name}>
        {standing.length === 0 ? (
          <p className="text-secondary">没有未办结的惩戒，应从“限期整改”开始；越级须写明理由。</p>
        ) : (
          <ul className="list-disc space-y-1 pl-5">
            {standing.map((row) => (
              <li key={row.id}>
                <a href={`/sanctions/${row.id}`}>{sanctionName(row)}</a> {SANCTION_STATES[row.state]}
                {row.projectName && `，项目“${row.projectName}”`}
                {row.dueOn && `，整改期限${formatOfficialDate(row.dueOn)}`}
              </li>
            ))}
          </ul>
        )}
      </Section>
      <form method="post" {...getFormProps(form)}>
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="unitId" value={unit.unitId} />
        <Section title="措施">
          <div className="max-w-3xl space-y-4">
            <Columns>
              <Select
                {...wired(fields.rung)}
                label="措施"
                required
                placeholder="请选择"
                hint="逐级实施：下一级逾期未整改才能上一级"
                options={optionsOf(SANCTION_RUNGS)}
              />
              <Select
                {...wired(fields.projectId)}
                label="针对的项目"
                placeholder="针对单位"
                hint="暂停、终止项目必选"
                options={projects}
              />
            </Columns>
            <TextArea {...wired(fields.reason)} label="事由" required rows={3} hint="违反了什么要求、有何事实" />
            <TextArea {...wired(fields.demand)} label="整改要求" required rows={3} hint="做到什么即可解除" />
            <Columns>
              <DateInput
                {...wired(fields.dueOn)}
                label="整改期限"
                hint={`限期整改必填，一般为 ${rectify} 个工作日；没有期限的可不填`}
              />
              <TextInput {...wired(fields.basis)} label="依据文件" hint="名称和文号；终止项目必填" />
            </Columns>
            <TextArea {...wired(fields.skipReason)} label="越级理由" rows={2} hint="没有逾期未整改的下一级措施时必填" />
          </div>
          <FormActions>
            <SubmitButton pendingLabel="正在提出…">提出，交另一位同志复核</SubmitButton>
            <LinkButton href="/sanctions">返回列表</LinkButton>
          </FormActions>
        </Section>
      </form>
    </>
  );
}
