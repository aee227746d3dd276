import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { keysOf, SLIP_COLOURS, SUPERVISION_ORIGINS, SUPERVISION_STATES } from "~/kernel/vocabulary";
import { findUnit, unitFilter } from "~/modules/identity/index.server";
import { canEver, scopeFor } from "~/policy";
import {
  Countdown,
  DataTable,
  DateInput,
  EmptyState,
  ErrorSummary,
  Fields,
  FormActions,
  PageHead,
  QueryBar,
  Section,
  Select,
  StatusTag,
  SubmitButton,
  TextArea,
  TextInput,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";

import { registerItem } from "../register-item.server";
import { listItems, readSupervisionQuery } from "../supervision.queries.server";
import { saySupervisionRefusal } from "../supervision.refusals";
import { registerSchema } from "../supervision.schema";
import { slipTone, supervisionTone } from "../supervision.words";

export const handle = crumbs(() => [{ label: "督办" }]);

export const loader = pageLoader({
  access: "supervision:read",
  load: async ({ ctx, query }) => {
    const scope = scopeFor(ctx.actor, "supervision:read");
    const question = readSupervisionQuery(query);
    const [items, unit] = await Promise.all([
      listItems(ctx.db, scope, question, ctx.today),
      unitFilter(ctx.db, scope, question.unit),
    ]);
    return { items, unit, question, today: ctx.today, mayRegister: canEver(ctx.actor, "supervision:register") };
  },
});

export const action = pageAction({
  access: "supervision:register",
  run: async ({ ctx, form }) => {
    const submission = parseForm(form, registerSchema);
    if (submission.status !== "success") return invalid(submission);
    const { unitId: wanted, ...input } = submission.value;
    const unitId = await findUnit(ctx.db, scopeFor(ctx.actor, "supervision:register"), wanted);
    if (!unitId) return refused(submission, [{ code: "unitUnknown", field: "unitId" }], saySupervisionRefusal);
    const result = await registerItem(ctx, { ...input, unitId });
    if (!result.ok) return refused(submission, result.refusals, saySupervisionRefusal);
    return redirect(`/supervision/${result.value.id}`);
  },
});

export default function Supervision() {
  const { items, unit, question, mayRegister } = useLoaderData<typeof loader>();
  const open = items.filter(({ closedAt }) => closedAt === null);
  const overdue = open.filter(({ slip }) => slip === "orange" || slip === "red");
  return (
    <>
      <PageHead title="督办" meta={`共 ${items.length} 项 · 在办 ${open.length} 项 · 超期 ${overdue.length} 项`} />
      <QueryBar
        action="/supervision"
        resetHref="/supervision"
        filters={[
          { name: "state", label: "状态", value: question.state ?? "", options: optionsOf(SUPERVISION_STATES) },
          { name: "colour", label: "督办单", value: question.colour ?? "", options: optionsOf(SLIP_COLOURS) },
          ...(unit ? [unit] : []),
        ]}
      />
      <Section flush>
        <DataTable
          caption="督办事项"
          rows={items}
          rowKey={(row) => row.id}
          empty={<EmptyState title="没有符合条件的督办事项" explanation="通报整改、领导批示会自动转为督办事项。" />}
          columns={[
            { key: "number", title: "编号", nowrap: true, render: (row) => row.number },
            {
              key: "title",
              title: "事项",
              primary: true,
              render: (row) => <a href={`/supervision/${row.id}`}>{row.title}</a>,
            },
            { key: "unit", title: "承办单位", render: (row) => row.unitName },
            { key: "origin", title: "来源", nowrap: true, render: (row) => SUPERVISION_ORIGINS[row.origin] },
            {
              key: "state",
              title: "状态",
              nowrap: true,
              render: (row) => <StatusTag tone={supervisionTone(row.state)}>{SUPERVISION_STATES[row.state]}</StatusTag>,
            },
            {
              key: "slip",
              title: "督办单",
              nowrap: true,
              render: (row) =>
                row.slip !== "none" && <StatusTag tone={slipTone(row.slip)}>{SLIP_COLOURS[row.slip]}</StatusTag>,
            },
            { key: "due", title: "办理期限", nowrap: true, render: (row) => row.dueOn },
            {
              key: "left",
              title: "剩余工作日",
              nowrap: true,
              render: (row) =>
                row.remainingWorkdays !== null && <Countdown remaining={row.remainingWorkdays} compact />,
            },
            {
              key: "reopened",
              title: "重办",
              unit: "次",
              align: "right",
              wideOnly: true,
              render: (row) => row.reopenedCount > 0 && row.reopenedCount,
            },
          ]}
        />
      </Section>
      {mayRegister && <RegisterForm units={unit?.kind === "select" ? unit.options : null} />}
    </>
  );
}

const optionsOf = (set: Record<string, string>) => keysOf(set).map((value) => ({ value, label: set[value] ?? value }));

interface Typed {
  readonly unitId: string;
  readonly origin: string;
  readonly title: string;
  readonly requirement: string;
  readonly dueOn: string;
}

/** Units are null where they are too many to choose from: one writes the name. */
function RegisterForm({ units }: { units: readonly { value: string; label: string }[] | null }) {
  const { today } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const [form, fields] = useForm<Typed>({ lastResult: reply?.form ?? null, defaultValue: { origin: "manual" } });
  return (
    <Section title="登记督办事项" id="register" note="登记即交办，编号自动生成">
      <form method="post" className="max-w-2xl" {...getFormProps(form)}>
        <ErrorSummary errors={summaryOf(form)} />
        <Fields>
          <TextInput
            name="title"
            label="事项名称"
            required
            defaultValue={fields.title.initialValue}
            error={fields.title.errors}
          />
          {units ? (
            <Select
              name="unitId"
              label="承办单位"
              required
              placeholder="请选择"
              options={units}
              defaultValue={fields.unitId.initialValue}
              error={fields.unitId.errors}
            />
          ) : (
            <TextInput
              name="unitId"
              label="承办单位"
              required
              hint="填写单位全称，或能唯一识别的名称"
              defaultValue={fields.unitId.initialValue}
              error={fields.unitId.errors}
            />
          )}
          <Select
            name="origin"
            label="来源"
            required
            options={optionsOf(SUPERVISION_ORIGINS)}
            defaultValue={fields.origin.initialValue}
            error={fields.origin.errors}
          />
          <TextArea
            name="requirement"
            label="办理要求"
            required
            rows={3}
            defaultValue={fields.requirement.initialValue}
            error={fields.requirement.errors}
          />
          <DateInput
            name="dueOn"
            label="办理期限"
            hint="不填则按规则参数“督办默认时限”计算"
            min={today}
            defaultValue={fields.dueOn.initialValue}
            error={fields.dueOn.errors}
          />
        </Fields>
        <FormActions>
          <SubmitButton variant="primary" pendingLabel="正在登记…">
            登记并交办
          </SubmitButton>
        </FormActions>
      </form>
    </Section>
  );
}
