import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { formatInstant, formatOfficialDate } from "~/kernel/local-date";
import { isConflict } from "~/kernel/result";
import { ENTRY_STATES, FUNDING_SOURCES, keysOf, PROCUREMENT_METHODS } from "~/kernel/vocabulary";
import { isMoneyOpen } from "~/modules/compliance";
import { readGate } from "~/modules/compliance/index.server";
import type { Ctx } from "~/platform/transaction.server";
import { can } from "~/policy";
import {
  Amount,
  DescriptionList,
  LinkButton,
  Notice,
  PageHead,
  Section,
  SideLayout,
  StatusTag,
  Timeline,
  type Description,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused, type FormReply } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";

import { confirmEntry } from "../execution/confirm-entry.server";
import { readEntry } from "../execution/entries.queries.server";
import { ENTRY_KINDS, type EntryEvent, type EntryKind } from "../execution/entry.lifecycle";
import { sayEntryRefusal } from "../execution/entry.refusals";
import { entryAction, isEntryEventPossible } from "../execution/entry.rules";
import { entryStepSchema, type EntryStepInput } from "../execution/entry.schema";
import { entryTone, sayStep } from "../execution/execution.words";
import { returnEntry } from "../execution/return-entry.server";
import { revokeEntry } from "../execution/revoke-entry.server";
import { ConfirmForm, VoidForm } from "../execution/ui/EntrySteps";
import { withdrawEntry } from "../execution/withdraw-entry.server";

const params = z.object({ kind: z.enum(keysOf(ENTRY_KINDS)), id: z.uuid() });

export const handle = crumbs<Loaded>(({ project, kind }) => [
  { label: "资金执行", href: "/funding/execution" },
  { label: project.name, href: `/funding/${project.id}/execution` },
  { label: ENTRY_KINDS[kind] },
]);

export const loader = pageLoader({
  access: "funding:read",
  params,
  load: async ({ ctx, params: { kind, id }, query }) => {
    const detail = await readEntry(ctx.db, ctx.actor, kind, id);
    const { project, entry } = detail;
    const may = (event: EntryEvent): boolean => {
      const action = entryAction(kind, event);
      return action !== null && can(ctx.actor, action, project) && isEntryEventPossible(kind, entry.state, event);
    };
    const confirms = may("confirm");
    const gate = kind === "payment" && confirms ? await readGate(ctx.db, project.unitId, ctx.today) : undefined;
    return {
      ...detail,
      saved: query.has("saved"),
      gateClosed: gate !== undefined && !isMoneyOpen(gate, project),
      may: {
        correct: may("correct"),
        confirm: confirms && !detail.own,
        withdraw: may("withdraw"),
        revoke: may("revoke") && !detail.own,
      },
      waitsForOther: confirms && detail.own,
    };
  },
});

export const action = pageAction({
  access: "funding:read",
  params,
  run: async ({ ctx, params: { kind, id }, form }) => {
    const submission = parseForm(form, entryStepSchema);
    if (submission.status !== "success") return invalid(submission);
    try {
      const result = await step(ctx, kind, id, submission.value);
      if (result.ok) return redirect(`/funding/entries/${kind}/${id}`);
      const atField = result.refusals.map(({ field: _field, ...refusal }) =>
        refusal.code === "reasonGiven" ? { ...refusal, field: "reason" } : refusal,
      );
      return refused(submission, atField, sayEntryRefusal);
    } catch (error) {
      if (!isConflict(error)) throw error;
      const formErrors = ["这条登记刚刚有了新的变动，这一步没有生效。请核对最新内容后再办理，您写的内容已保留。"];
      return json<FormReply>({ form: submission.reply({ formErrors }) }, { status: 409 });
    }
  },
});

function step(ctx: Ctx, kind: EntryKind, entryId: string, { intent, version, reason }: EntryStepInput) {
  const ref = { kind, entryId, version };
  switch (intent) {
    case "confirm":
      return confirmEntry(ctx, ref);
    case "return":
      return returnEntry(ctx, { ...ref, reason });
    case "withdraw":
      return withdrawEntry(ctx, { ...ref, reason });
    case "revoke":
      return revokeEntry(ctx, { ...ref, reason });
  }
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function EntryPage() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<FormReply>();
  const { kind, project, entry, may } = data;
  const answered = reply?.form.initialValue?.intent;
  // Each form is told only of what was wrong with itself.
  const replyTo = (...intents: string[]) =>
    reply && typeof answered === "string" && intents.includes(answered) ? reply.form : null;
  const common = { kind, version: entry.version };
  return (
    <>
      <PageHead
        title={`${ENTRY_KINDS[kind]}：${titleOf(data)}`}
        status={<StatusTag tone={entryTone(entry.state)}>{ENTRY_STATES[entry.state]}</StatusTag>}
        meta={
          <span>
            {data.unitName} · <a href={`/funding/${project.id}/execution`}>{project.name}</a>
          </span>
        }
        actions={
          may.correct && (
            <LinkButton href={`/funding/${project.id}/execution/${kind}?entry=${entry.id}`}>更正</LinkButton>
          )
        }
        next={nextOf(data)}
      />
      <Notices data={data} />
      <SideLayout
        sideLabel="办理过程"
        side={
          <Section title="办理过程">
            <Timeline
              entries={data.events.map((event) => ({
                key: event.id,
                what: sayStep(kind, event.type),
                who: `${event.unitName} ${event.actorName}`,
                when: formatInstant(new Date(event.at)),
                reason: event.reason,
                tone: "info" as const,
              }))}
            />
          </Section>
        }
      >
        <Section title="登记内容">
          <DescriptionList items={detailsOf(data)} />
        </Section>
        {may.confirm && <ConfirmForm {...common} reply={replyTo("confirm", "return")} />}
        {may.withdraw && <VoidForm {...common} revoke={false} reply={replyTo("withdraw")} />}
        {may.revoke && <VoidForm {...common} revoke reply={replyTo("revoke")} />}
      </SideLayout>
    </>
  );
}

function Notices({ data: { saved, entry, waitsForOther, gateClosed, project } }: { data: Loaded }) {
  return (
    <>
      {saved && entry.state === "entered" && (
        <Notice tone="good" title="已登记，等待确认">
          确认之前不计入各项统计。
        </Notice>
      )}
      {(entry.state === "returned" || entry.state === "void") && (
        <Notice tone={entry.state === "returned" ? "bad" : "info"} title={`${ENTRY_STATES[entry.state]}的理由`}>
          {entry.stateReason}
        </Notice>
      )}
      {waitsForOther && <Notice title="由您本人登记">按照双人原则，请由另一位有权限的同志确认。</Notice>}
      {gateClosed && (
        <Notice tone="bad" title="共享闸口关闭，不能确认支付">
          <a href={`/funding/${project.id}`}>查看原因和证据</a>，原因消除后自动打开，或按程序办理豁免。
        </Notice>
      )}
    </>
  );
}

function titleOf({ contract, contractChange, ofContract, arrival, payment }: Loaded): string {
  if (contract) return contract.name;
  if (contractChange) return `${ofContract?.name ?? ""}（变更${contractChange.number}）`;
  return arrival?.documentNumber ?? payment?.voucher ?? "";
}

function nextOf({ kind, entry }: Loaded) {
  const [unit, finance] = ["单位填报人", "财政部门"];
  if (entry.state === "entered")
    return { what: `确认${ENTRY_KINDS[kind]}`, who: kind === "arrival" ? `${unit}或另一位财政同志` : finance };
  return entry.state === "returned"
    ? { what: "更正后重新提交，或作废", who: kind === "arrival" ? finance : unit }
    : undefined;
}

const money = (amount: Parameters<typeof Amount>[0]["fen"]) => <Amount fen={amount} in="yuan" unit />;
const day = (value: Parameters<typeof formatOfficialDate>[0] | null) => value && formatOfficialDate(value);

function detailsOf(data: Loaded): Description[] {
  const { kind, contract, contractChange, arrival, payment, ofContract, entry, fileName, sheet } = data;
  const paper = fileName && <a href={`/funding/entries/${kind}/${entry.id}/paper`}>{fileName}</a>;
  const contractLink = ofContract && (
    <a href={`/funding/entries/contract/${ofContract.id}`}>
      {ofContract.number} {ofContract.name}
    </a>
  );
  if (contract)
    return [
      { term: "合同编号", detail: contract.number },
      { term: "金额", detail: money(contract.amountFen) },
      { term: "供应商", detail: contract.supplier },
      { term: "信用代码", detail: contract.supplierCreditCode },
      { term: "采购方式", detail: PROCUREMENT_METHODS[contract.procurementMethod] },
      { term: "运营单位", detail: data.operatorName },
      { term: "签订日期", detail: day(contract.signedOn) },
      { term: "履约截止", detail: day(contract.endsOn) },
      { term: "扫描件", detail: paper, wide: true },
    ];
  if (contractChange)
    return [
      { term: "合同", detail: contractLink, wide: true },
      { term: "变更前金额", detail: money(contractChange.beforeFen) },
      { term: "变更后金额", detail: money(contractChange.afterFen) },
      { term: "变更前截止", detail: day(contractChange.beforeEndsOn) },
      { term: "变更后截止", detail: day(contractChange.afterEndsOn) },
      { term: "变更理由", detail: <p className="whitespace-pre-line">{contractChange.reason}</p>, wide: true },
      { term: "依据文件", detail: paper, wide: true },
    ];
  if (arrival)
    return [
      { term: "金额", detail: money(arrival.amountFen) },
      { term: "到位日期", detail: day(arrival.arrivedOn) },
      { term: "资金来源", detail: FUNDING_SOURCES[arrival.source] },
      { term: "指标文号", detail: arrival.documentNumber },
    ];
  return [
    { term: "合同", detail: contractLink, wide: true },
    { term: "金额", detail: payment && money(payment.amountFen) },
    { term: "支付日期", detail: payment && day(payment.paidOn) },
    { term: "凭证号", detail: payment?.voucher },
    { term: "支付明细表", detail: sheet && <a href={`/funding/payments/import/${sheet.id}`}>{sheet.name}</a> },
  ];
}
