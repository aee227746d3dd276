import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { isUuid } from "~/kernel/uuid";
import { SLIP_COLOURS, SUPERVISION_ORIGINS, SUPERVISION_STATES } from "~/kernel/vocabulary";
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
  LinkButton,
  Notice,
  PageHead,
  Pagination,
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
import { optionsOf } from "~/web/options";
import { pageAction, pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";
import { summaryOf } from "~/web/summary";

import { CLOSING_STANDINGS } from "../register/closing-standing";
import { readRegisterQuery } from "../register/register-query.server";
import { readRegister, REGISTER_PAGE, registerYears } from "../register/register.queries.server";
import { registerItem } from "../register-item.server";
import { saySupervisionRefusal } from "../supervision.refusals";
import { isSupervisionEventPossible } from "../supervision.rules";
import { registerSchema } from "../supervision.schema";
import { slipTone, supervisionTone } from "../supervision.words";
import { MonthsNote } from "../ui/MonthsNote";
import { SupervisionTabs } from "../ui/SupervisionTabs";
import { urgeItems } from "../urge-items.server";

export const handle = crumbs(() => [{ label: "督办" }]);

export const loader = pageLoader({
  access: "supervision:read",
  load: async ({ ctx, query }) => {
    const scope = scopeFor(ctx.actor, "supervision:read");
    const question = readRegisterQuery(query);
    const [register, unit, years] = await Promise.all([
      readRegister(ctx.db, scope, question, ctx.today),
      unitFilter(ctx.db, scope, question.unit),
      registerYears(ctx.db, scope),
    ]);
    return {
      ...register,
      ...{ unit, years, question },
      pageSize: REGISTER_PAGE,
      search: query.toString(),
      today: ctx.today,
      urged: readUrged(query),
      mayRegister: canEver(ctx.actor, "supervision:register"),
      mayUrge: canEver(ctx.actor, "supervision:urge"),
    };
  },
});

/** How many were urged just now, as the redirect says it. */
function readUrged(query: URLSearchParams): { urged: number; passed: number } | null {
  const [urged, passed] = [Number(query.get("urged")), Number(query.get("passed"))];
  const isCount = (value: number) => Number.isInteger(value) && value >= 0;
  return query.has("urged") && isCount(urged) && isCount(passed) ? { urged, passed } : null;
}

export const action = pageAction({
  access: "supervision:read",
  run: async ({ ctx, form, query }) => {
    if (form.get("intent") === "urge") {
      const chosen = form.getAll("item").filter((value) => typeof value === "string" && isUuid(value)) as string[];
      const result = await urgeItems(ctx, chosen);
      const told = result.ok ? result.value : { urged: 0, passed: 0 };
      return redirect(withQuery("/supervision", query.toString(), told));
    }
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

type Page = ReturnType<typeof useLoaderData<typeof loader>>;

/** What is not asked for any more once the list is asked anew. */
const ANEW = { page: undefined, urged: undefined, passed: undefined };

export default function Supervision() {
  const { total, open, overdue, unit, years, question, search, urged, mayRegister } = useLoaderData<typeof loader>();
  const { from, to } = question;
  return (
    <>
      <PageHead
        title="督办"
        meta={`共 ${total} 项 · 在办 ${open} 项 · 超期 ${overdue} 项`}
        actions={
          <>
            {mayRegister && <LinkButton href="#register">登记督办事项</LinkButton>}
            <LinkButton href={withQuery("/supervision/export", search, ANEW)}>导出表格</LinkButton>
          </>
        }
      />
      <SupervisionTabs active="/supervision" />
      {urged && (
        <Notice tone={urged.urged > 0 ? "good" : "warn"} title={`已催办 ${urged.urged} 项`}>
          {urged.urged + urged.passed === 0
            ? "没有选择事项。请在下面勾选要催办的事项。"
            : urged.passed > 0
              ? `另有 ${urged.passed} 项今天已催办过，或已不在承办单位手中，未重复催办。`
              : "已通知承办单位的填报人和负责人。"}
        </Notice>
      )}
      <QueryBar
        action="/supervision"
        resetHref="/supervision"
        search={{ name: "q", value: question.q, placeholder: "事项名称或编号" }}
        keep={{ ...(from && { from }), ...(to && { to }) }}
        filters={[
          ...(unit ? [unit] : []),
          { name: "state", label: "状态", value: question.state ?? "", options: optionsOf(SUPERVISION_STATES) },
          { name: "colour", label: "督办单", value: question.colour ?? "", options: optionsOf(SLIP_COLOURS) },
          { name: "origin", label: "来源", value: question.origin ?? "", options: optionsOf(SUPERVISION_ORIGINS) },
          {
            name: "standing",
            label: "办结情况",
            value: question.standing ?? "",
            options: optionsOf(CLOSING_STANDINGS),
          },
          {
            name: "year",
            label: "立项年度",
            value: String(question.year ?? ""),
            options: years.map((year) => ({ value: String(year), label: `${year} 年` })),
          },
        ]}
      />
      <MonthsNote
        label="立项月份"
        from={from}
        to={to}
        clearHref={withQuery("/supervision", search, { ...ANEW, from: undefined, to: undefined })}
      />
      <Items />
      {mayRegister && <RegisterForm units={unit?.kind === "select" ? unit.options : null} />}
    </>
  );
}

/** The list; who may urge gets a box for each item that can be urged today. */
function Items() {
  const { items, total, question, search, pageSize, mayUrge, today } = useLoaderData<typeof loader>();
  const isUrgeable = (row: Page["items"][number]) =>
    isSupervisionEventPossible(row.state, "urge") && row.urgedOn !== today;
  const offersUrging = mayUrge && items.some(isUrgeable);
  const list = (
    <>
      <DataTable
        caption="督办事项"
        rows={items}
        rowKey={(row) => row.id}
        empty={
          <EmptyState
            title="没有符合条件的督办事项"
            explanation="可放宽上面的条件再查；通报整改、领导批示、台账任务和协调事项转办后列入这里。"
          />
        }
        columns={[
          ...(offersUrging
            ? [
                {
                  key: "choose",
                  title: "选择",
                  render: (row: Page["items"][number]) =>
                    isUrgeable(row) && (
                      <input
                        type="checkbox"
                        name="item"
                        value={row.id}
                        aria-label={`催办 ${row.title}`}
                        className="h-4 w-4"
                      />
                    ),
                },
              ]
            : []),
          {
            key: "title",
            title: "事项",
            primary: true,
            render: (row) => (
              <>
                <a href={`/supervision/${row.id}`}>{row.title}</a>
                <span className="block whitespace-nowrap text-[0.8125rem] font-normal text-secondary">
                  {row.number}
                </span>
              </>
            ),
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
            key: "colour",
            title: "督办单",
            nowrap: true,
            render: (row) =>
              row.colour !== "none" && <StatusTag tone={slipTone(row.colour)}>{SLIP_COLOURS[row.colour]}</StatusTag>,
          },
          {
            key: "slips",
            title: "已发单",
            unit: "份",
            align: "right",
            render: (row) => row.slips > 0 && <a href={`/supervision/${row.id}#slips`}>{row.slips}</a>,
          },
          { key: "due", title: "办理期限", nowrap: true, render: (row) => row.dueOn },
          {
            key: "left",
            title: "剩余工作日",
            nowrap: true,
            render: (row) =>
              row.closedOn ? `${row.closedOn} 销号` : <Countdown remaining={row.remainingWorkdays ?? 0} compact />,
          },
          { key: "urged", title: "最近催办", nowrap: true, wideOnly: true, render: (row) => row.urgedOn },
        ]}
      />
      <Pagination
        page={question.page}
        pageSize={pageSize}
        total={total}
        hrefFor={(page) => withQuery("/supervision", search, { ...ANEW, page })}
      />
    </>
  );
  if (!offersUrging) return <Section flush>{list}</Section>;
  return (
    <form method="post" action={withQuery("/supervision", search, ANEW)}>
      <Section
        title="督办事项"
        note="勾选后可一并催办；每个事项每天最多催办一次"
        flush
        actions={
          <SubmitButton name="intent" value="urge" pendingLabel="正在催办…">
            催办所选
          </SubmitButton>
        }
      >
        {list}
      </Section>
    </form>
  );
}

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
