import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { loadFigures } from "~/platform/figures.server";
import { canEver, isDelegable, ownRoles } from "~/policy";
import {
  ConfirmSubmit,
  DataTable,
  DateInput,
  EmptyState,
  ErrorSummary,
  Fields,
  FormActions,
  Notice,
  PageHead,
  Section,
  Select,
  StatusTag,
  SubmitButton,
  TextInput,
  type Tone,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";

import { sayDelegationRefusal } from "../delegation/delegation.refusals";
import type { DelegationState } from "../delegation/delegation.rules";
import { grantDelegationSchema, revokeDelegationSchema, type GrantDelegation } from "../delegation/delegation.schema";
import { colleagueOptions, delegationsOf } from "../delegation/delegations.queries.server";
import { grantDelegation } from "../delegation/grant-delegation.server";
import { revokeDelegation } from "../delegation/revoke-delegation.server";
import { roleLabels } from "../role-labels";

export const handle = crumbs(() => [{ label: "委托代办" }]);

export const loader = pageLoader({
  access: "desk:read",
  load: async ({ ctx, query }) => {
    const roles = canEver(ctx.actor, "delegation:grant") ? ownRoles(ctx.actor).filter(isDelegable) : [];
    const [rows, colleagues, figures] = await Promise.all([
      delegationsOf(ctx.db, ctx.actor.userId, ctx.today),
      colleagueOptions(ctx.db, ctx.actor),
      loadFigures(ctx.db, ctx.today),
    ]);
    return {
      given: rows.filter((row) => row.given),
      received: rows.filter((row) => !row.given),
      roles,
      colleagues,
      maxDays: figures.number("delegation.maxDays"),
      today: ctx.today,
      done: query.get("done"),
    };
  },
});

export const action = pageAction({
  access: "delegation:grant",
  run: async ({ ctx, form }) => {
    if (form.get("intent") === "revoke") {
      const submission = parseForm(form, revokeDelegationSchema);
      if (submission.status !== "success") return invalid(submission);
      const revoked = await revokeDelegation(ctx, submission.value);
      if (!revoked.ok) return refused(submission, revoked.refusals, sayDelegationRefusal);
      return redirect("/delegations?done=revoked");
    }
    const submission = parseForm(form, grantDelegationSchema);
    if (submission.status !== "success") return invalid(submission);
    const granted = await grantDelegation(ctx, submission.value);
    if (!granted.ok) return refused(submission, granted.refusals, sayDelegationRefusal);
    return redirect("/delegations?done=granted");
  },
});

const STATES: Readonly<Record<DelegationState, { word: string; tone: Tone }>> = {
  coming: { word: "待生效", tone: "info" },
  inForce: { word: "生效中", tone: "good" },
  ended: { word: "已到期", tone: "neutral" },
  revoked: { word: "已撤销", tone: "neutral" },
};

const DONE: Readonly<Record<string, string>> = {
  granted: "委托已登记，从开始日期起自动生效，到期自动失效。办理记录会同时写明您和受托人。",
  revoked: "委托已撤销，受托人即刻不能再代办。",
};

type Shown = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Delegations() {
  const data = useLoaderData<typeof loader>();
  const done = data.done ? DONE[data.done] : undefined;
  return (
    <>
      <PageHead title="委托代办" meta="请假、外出期间由本单位同志代为办理；以谁的名义办理，全程留痕" />
      {done && <Notice tone="good">{done}</Notice>}
      {data.roles.length > 0 && <GrantForm {...data} />}
      {data.roles.length > 0 && (
        <Section title="我委托的" flush>
          <Table
            caption="我委托的"
            rows={data.given}
            revocable
            empty={<EmptyState title="没有委托过他人" explanation="请假前在上面登记，期间的待办由受托人办理。" />}
          />
        </Section>
      )}
      <Section title="委托我的" flush>
        <Table
          caption="委托我的"
          rows={data.received}
          empty={<EmptyState title="没有委托给您的事项" explanation="同事委托您代办时会列在这里，并发消息告知您。" />}
        />
      </Section>
    </>
  );
}

function Table({
  caption,
  rows,
  revocable = false,
  empty,
}: {
  caption: string;
  rows: Shown["given"];
  revocable?: boolean;
  empty: JSX.Element;
}) {
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={(row) => row.id}
      empty={empty}
      columns={[
        { key: "role", title: "岗位", primary: true, render: (row) => roleLabels[row.role] },
        {
          key: "who",
          title: revocable ? "受托人" : "委托人",
          nowrap: true,
          render: (row) => (revocable ? row.toName : row.fromName),
        },
        { key: "from", title: "开始", nowrap: true, render: (row) => row.fromOn },
        { key: "until", title: "结束", nowrap: true, render: (row) => row.untilOn },
        { key: "reason", title: "事由", render: (row) => row.reason },
        {
          key: "state",
          title: "状态",
          nowrap: true,
          render: (row) => <StatusTag tone={STATES[row.state].tone}>{STATES[row.state].word}</StatusTag>,
        },
        ...(revocable
          ? [
              {
                key: "revoke",
                title: "操作",
                render: (row: Shown["given"][number]) =>
                  (row.state === "coming" || row.state === "inForce") && (
                    <form method="post">
                      <input type="hidden" name="delegationId" value={row.id} />
                      <input type="hidden" name="version" value={row.version} />
                      <ConfirmSubmit
                        name="intent"
                        value="revoke"
                        variant="secondary"
                        title="撤销这项委托？"
                        consequence={`${row.toName}即刻不能再以您的名义办理。已办的事项不受影响。`}
                        confirmLabel="撤销委托"
                      >
                        撤销
                      </ConfirmSubmit>
                    </form>
                  ),
              },
            ]
          : []),
      ]}
    />
  );
}

function GrantForm({ roles, colleagues, maxDays, today }: Shown) {
  const reply = useActionData<typeof action>();
  const [form, fields] = useForm<GrantDelegation>({ lastResult: reply?.form ?? null });
  if (colleagues.length === 0)
    return (
      <Section title="登记委托">
        <p className="text-secondary">本单位没有可以受托的其他同志，请联系系统管理员添加人员。</p>
      </Section>
    );
  return (
    <Section title="登记委托" note={`一次最长 ${maxDays} 天`}>
      <ErrorSummary errors={summaryOf(form)} />
      <form method="post" className="max-w-2xl" {...getFormProps(form)}>
        <Fields>
          <Select
            name="role"
            label="委托的岗位"
            required
            options={roles.map((role) => ({ value: role, label: roleLabels[role] }))}
            defaultValue={fields.role.initialValue ?? roles[0]}
            error={fields.role.errors}
          />
          <Select
            name="toUserId"
            label="受托人"
            required
            hint="本单位的同志；管理员和审计人员不能受托"
            placeholder="请选择"
            options={colleagues.map(({ id, name }) => ({ value: id, label: name }))}
            defaultValue={fields.toUserId.initialValue}
            error={fields.toUserId.errors}
          />
          <DateInput
            name="fromOn"
            label="开始日期"
            required
            defaultValue={fields.fromOn.initialValue ?? today}
            error={fields.fromOn.errors}
          />
          <DateInput
            name="untilOn"
            label="结束日期"
            required
            hint="当天仍有效，次日自动失效"
            defaultValue={fields.untilOn.initialValue}
            error={fields.untilOn.errors}
          />
          <TextInput
            name="reason"
            label="委托事由"
            required
            defaultValue={fields.reason.initialValue}
            error={fields.reason.errors}
          />
        </Fields>
        <FormActions>
          <SubmitButton name="intent" value="grant" pendingLabel="正在登记…">
            登记委托
          </SubmitButton>
        </FormActions>
      </form>
    </Section>
  );
}
