import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { fen, formatYuan, type Fen } from "~/kernel/fen";
import { isConflict, notFound } from "~/kernel/result";
import { isUuid } from "~/kernel/uuid";
import { keysOf } from "~/kernel/vocabulary";
import { authorize } from "~/policy";
import { EmptyState, PageHead } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, refused, type FormReply } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";

import { acceptPaper } from "../execution/accept-paper.server";
import { correctEntry } from "../execution/correct-entry.server";
import { operatorOptions, readEntry, readExecution } from "../execution/entries.queries.server";
import { enterEntry } from "../execution/enter-entry.server";
import { ENTRY_KINDS, type EntryKind } from "../execution/entry.lifecycle";
import { sayEntryRefusal } from "../execution/entry.refusals";
import { entryAction } from "../execution/entry.rules";
import { boundFen, countedTotals } from "../execution/limits.rules";
import { readDraft } from "../execution/read-draft.server";
import { ledgerOf } from "../execution/read-ledger.server";
import { EntryForm } from "../execution/ui/EntryForm";

const params = z.object({ id: z.uuid(), kind: z.enum(keysOf(ENTRY_KINDS)) });

export const handle = crumbs<Loaded>(({ project, kind, correcting }) => [
  { label: "资金执行", href: "/funding/execution" },
  { label: project.name, href: `/funding/${project.id}/execution` },
  { label: `${correcting ? "更正" : "登记"}${ENTRY_KINDS[kind]}` },
]);

/** The entry that is corrected, as the address names it. */
const entryIn = (query: URLSearchParams): string | undefined => {
  const id = query.get("entry") ?? "";
  return isUuid(id) ? id : undefined;
};

export const loader = pageLoader({
  access: "funding:read",
  params,
  load: async ({ ctx, params: { id, kind }, query }) => {
    const { project, rows, unitName } = await readExecution(ctx.db, ctx.actor, id);
    const action = entryAction(kind, "correct");
    if (!action) throw notFound("entry");
    authorize(ctx.actor, action, project);
    const entryId = entryIn(query);
    const entry = entryId ? await readEntry(ctx.db, ctx.actor, kind, entryId) : undefined;
    const ledger = ledgerOf(project, rows);
    return {
      project: { id: project.id, name: project.name, code: project.code },
      unitName,
      kind,
      correcting: entry ? { id: entry.entry.id, version: entry.entry.version, reason: entry.entry.stateReason } : null,
      defaults: entry ? defaultsOf(entry) : { contractId: query.get("contract") ?? "" },
      paper: entry?.fileName
        ? { name: entry.fileName, href: `/funding/entries/${kind}/${entry.entry.id}/paper` }
        : undefined,
      contracts: rows.contracts
        .filter(({ state }) => state === "confirmed")
        .map(({ id: value, number, name, amountFen }) => ({
          value,
          label: `${number} ${name}（${formatYuan(amountFen)} 元）`,
        })),
      operators: kind === "contract" ? await operatorOptions(ctx.db, project.regionId) : [],
      room: roomOf(kind, ledger),
    };
  },
});

type Entry = Awaited<ReturnType<typeof readEntry>>;

const typed = (amount: Fen): string => formatYuan(amount).replaceAll(",", "");

function defaultsOf({ contract, contractChange, arrival, payment }: Entry): Record<string, string> {
  if (contract) {
    const { number, name, supplier, supplierCreditCode, procurementMethod, amountFen, signedOn } = contract;
    const optional = { endsOn: contract.endsOn ?? "", operatorUnitId: contract.operatorUnitId ?? "" };
    return {
      number,
      name,
      supplier,
      supplierCreditCode,
      procurementMethod,
      amount: typed(amountFen),
      signedOn,
      ...optional,
    };
  }
  if (contractChange) {
    const { contractId, afterFen, afterEndsOn, reason } = contractChange;
    return { contractId, amount: typed(afterFen), endsOn: afterEndsOn ?? "", reason };
  }
  if (arrival) {
    const { amountFen, arrivedOn, source, documentNumber } = arrival;
    return { amount: typed(amountFen), arrivedOn, source, documentNumber };
  }
  if (!payment) return {};
  const { contractId, amountFen, paidOn, voucher } = payment;
  return { contractId: contractId ?? "", amount: typed(amountFen), paidOn, voucher };
}

/** What the limits leave, beside the amount that is typed. */
function roomOf(kind: EntryKind, ledger: ReturnType<typeof ledgerOf>): string {
  const yuan = (amount: number) => `${formatYuan(fen(amount))} 元`;
  const limit = ledger.limitFen ?? 0;
  const { arrivedFen, paidFen } = countedTotals(ledger);
  switch (kind) {
    case "contract":
    case "contractChange":
      return `批复 ${yuan(limit)}，合同已占用 ${yuan(boundFen(ledger))}，还可签 ${yuan(Math.max(0, limit - boundFen(ledger)))}`;
    case "arrival":
      return `批复 ${yuan(limit)}，已确认到位 ${yuan(arrivedFen)}`;
    case "payment":
      return `已到位 ${yuan(arrivedFen)}，已确认支付 ${yuan(paidFen)}`;
  }
}

export const action = pageAction({
  access: "funding:read",
  params,
  run: async ({ ctx, params: { id, kind }, query, form }) => {
    const { submission, filled } = readDraft(kind, form);
    if (!filled) return invalid(submission);
    const paper = await acceptPaper(ctx, filled.file);
    if (!paper.ok) return refused(submission, paper.refusals, sayEntryRefusal);
    const entryId = entryIn(query);
    try {
      const result = entryId
        ? await correctEntry(ctx, { entryId, version: filled.version ?? 0 }, filled.draft, paper.value)
        : await enterEntry(ctx, id, filled.draft, paper.value);
      if (!result.ok) return refused(submission, result.refusals, sayEntryRefusal);
      return redirect(`/funding/entries/${kind}/${result.value.id}?saved`);
    } catch (error) {
      if (!isConflict(error)) throw error;
      const formErrors = [
        "这条登记刚刚有了新的变动，您的更正没有生效。请打开登记核对最新内容后再更正，您写的内容已保留。",
      ];
      return json<FormReply>({ form: submission.reply({ formErrors }) }, { status: 409 });
    }
  },
});

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function EnterEntry() {
  const { project, unitName, kind, correcting, defaults, paper, contracts, operators, room } =
    useLoaderData<typeof loader>();
  const reply = useActionData<FormReply>();
  const needsContract = kind === "contractChange" || kind === "payment";
  const backHref = correcting ? `/funding/entries/${kind}/${correcting.id}` : `/funding/${project.id}/execution`;
  return (
    <>
      <PageHead
        title={`${correcting ? "更正" : "登记"}${ENTRY_KINDS[kind]}`}
        code={project.code}
        meta={`${unitName} · ${project.name}`}
      />
      {needsContract && contracts.length === 0 ? (
        <EmptyState title="还没有已确认的合同" explanation="请先登记合同，财政确认后再登记支付或变更。" />
      ) : (
        <EntryForm
          kind={kind}
          reply={reply?.form ?? null}
          defaults={defaults}
          version={correcting?.version}
          contracts={contracts}
          operators={operators}
          paper={paper}
          room={room}
          backHref={backHref}
        />
      )}
    </>
  );
}
