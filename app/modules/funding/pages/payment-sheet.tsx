import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { formatInstant, formatOfficialDate } from "~/kernel/local-date";
import { isConflict } from "~/kernel/result";
import { keysOf, PAYMENT_MATCHES, PAYMENT_SHEET_STATES, type PaymentMatch } from "~/kernel/vocabulary";
import {
  Amount,
  ConfirmSubmit,
  DataTable,
  EmptyState,
  ErrorSummary,
  LinkButton,
  Notice,
  PageHead,
  Pagination,
  Section,
  StatusTag,
  SubmitButton,
  Tabs,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { idParams, pageAction, pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { matchTone, sheetTone } from "../execution/execution.words";
import { applyPaymentSheet } from "../execution/sheet/apply-payment-sheet.server";
import { discardPaymentSheet } from "../execution/sheet/discard-payment-sheet.server";
import { sayRowProblem } from "../execution/sheet/row-problem.words";
import type { RowProblem } from "../execution/sheet/match.types";
import { readSheet, readSheetQuery } from "../execution/sheet/sheet.queries.server";
import { sayPaymentSheetRefusal } from "../execution/sheet/sheet.refusals.server";

export const handle = crumbs<Loaded>(({ sheet }) => [
  { label: "资金执行", href: "/funding/execution" },
  { label: "国库支付明细", href: "/funding/payments/import" },
  { label: sheet.fileName },
]);

export const loader = pageLoader({
  access: "payment:import",
  params: idParams,
  load: async ({ ctx, params, query }) => {
    const question = readSheetQuery(query);
    const detail = await readSheet(ctx.db, ctx.actor, params.id, question);
    return {
      ...detail,
      rows: detail.rows.map((row) => ({ ...row, said: row.problem ? sayRowProblem(row.problem as RowProblem) : null })),
      question,
      search: query.toString(),
      moved: Number(query.get("moved") ?? 0) || 0,
    };
  },
});

const stepSchema = z.object({ version: z.coerce.number().int(), intent: z.enum(["apply", "discard"]) });

export const action = pageAction({
  access: "payment:import",
  params: idParams,
  run: async ({ ctx, params, form }) => {
    const here = `/funding/payments/import/${params.id}`;
    const refuseWith = (status: 409 | 422, ...errors: string[]) => json({ errors }, { status });
    const asked = stepSchema.safeParse(Object.fromEntries(form));
    if (!asked.success) return refuseWith(422, "请刷新页面后重试。");
    const ref = { sheetId: params.id, version: asked.data.version };
    try {
      if (asked.data.intent === "discard") {
        const discarded = await discardPaymentSheet(ctx, ref);
        return discarded.ok ? redirect(here) : refuseWith(422, ...discarded.refusals.map(sayPaymentSheetRefusal));
      }
      const applied = await applyPaymentSheet(ctx, ref);
      if (!applied.ok) return refuseWith(422, ...applied.refusals.map(sayPaymentSheetRefusal));
      return redirect(applied.value.moved > 0 ? `${here}?moved=${applied.value.moved}` : here);
    } catch (error) {
      if (!isConflict(error)) throw error;
      return refuseWith(409, "有人刚刚办理了这张表或其中的支付，这一步没有生效。请核对最新内容后再办理。");
    }
  },
});

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

const TAB_WORDS: Readonly<Record<PaymentMatch, string>> = {
  confirms: "确认支付",
  enters: "补录待复核",
  unmatched: "未匹配",
};

export default function PaymentSheetPage() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { sheet, rows, total, pageSize, question, search } = data;
  const here = `/funding/payments/import/${sheet.id}`;
  return (
    <>
      <PageHead
        title={sheet.fileName}
        status={<StatusTag tone={sheetTone(sheet.state)}>{PAYMENT_SHEET_STATES[sheet.state]}</StatusTag>}
        meta={`${sheet.uploaderName ?? ""} ${formatInstant(new Date(sheet.uploadedAt))} 上传，共 ${sheet.totalRows} 行`}
        actions={sheet.unmatched > 0 && <LinkButton href={`${here}/unmatched`}>下载未匹配清单</LinkButton>}
      />
      <ErrorSummary errors={(reply?.errors ?? []).map((message) => ({ message }))} />
      <Standing data={data} />
      <Tabs
        label="比对结果"
        tabs={[
          { href: here, label: "全部", active: question.match === undefined, count: sheet.totalRows },
          ...keysOf(PAYMENT_MATCHES).map((match) => ({
            href: `${here}?match=${match}`,
            label: TAB_WORDS[match],
            active: question.match === match,
            count: sheet[match],
          })),
        ]}
      />
      <Section title="支付明细" flush>
        <Rows rows={rows} />
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

function Standing({ data: { sheet, moved } }: { data: Loaded }) {
  if (sheet.state === "applied")
    return (
      <Notice tone="good" title={`已入账：确认支付 ${sheet.confirms} 笔，补录 ${sheet.enters} 笔`}>
        {sheet.applierName} {sheet.appliedAt && formatInstant(new Date(sheet.appliedAt))} 入账。
        {sheet.enters > 0 && "补录的支付由另一位财政同志确认后计入。"}
        {sheet.unmatched > 0 && `未匹配 ${sheet.unmatched} 行没有入账，可下载清单改正后再上传。`}
        {moved > 0 && `其中 ${moved} 行在预览之后情况有变，原因见“未匹配”。`}
      </Notice>
    );
  if (sheet.state === "discarded") return <Notice title="已放弃">没有写入任何支付；同一张表可以重新上传。</Notice>;
  const matched = sheet.confirms + sheet.enters;
  return (
    <>
      {moved > 0 && (
        <Notice tone="warn" title={`预览之后 ${moved} 行情况有变`}>
          没有可以入账的行，原因见“未匹配”。
        </Notice>
      )}
      <Section title="入账" note="入账之前不写入任何支付">
        <form method="post" className="flex flex-wrap items-center gap-3">
          <input type="hidden" name="version" value={sheet.version} />
          <p className="w-full">
            比对结果：确认支付 {sheet.confirms} 笔，补录 {sheet.enters} 笔，未匹配 {sheet.unmatched} 行（不入账）
          </p>
          {matched > 0 && (
            <ConfirmSubmit
              name="intent"
              value="apply"
              title={`入账 ${matched} 笔支付？`}
              consequence={`确认单位登记的支付 ${sheet.confirms} 笔，立即计入各项统计；补录 ${sheet.enters} 笔，由另一位财政同志确认后计入。未匹配的 ${sheet.unmatched} 行不入账。`}
              confirmLabel="确认入账"
            >
              入账
            </ConfirmSubmit>
          )}
          <SubmitButton variant="secondary" name="intent" value="discard" pendingLabel="正在放弃…">
            放弃这张表
          </SubmitButton>
        </form>
      </Section>
    </>
  );
}

function Rows({ rows }: { rows: Loaded["rows"] }) {
  return (
    <DataTable
      caption="支付明细比对结果"
      rows={rows}
      rowKey={(row) => String(row.rowNumber)}
      empty={<EmptyState title="没有这一类的行" />}
      columns={[
        { key: "row", title: "行", align: "right", render: (row) => row.rowNumber },
        {
          key: "voucher",
          title: "凭证号",
          primary: true,
          nowrap: true,
          render: (row) =>
            row.paymentId ? (
              <a href={`/funding/entries/payment/${row.paymentId}`}>{row.cells.voucher || "（无凭证号）"}</a>
            ) : (
              row.cells.voucher || "（无凭证号）"
            ),
        },
        {
          key: "contract",
          title: "合同编号",
          nowrap: true,
          render: (row) => row.contractNumber ?? row.cells.contractNumber,
        },
        {
          key: "project",
          title: "项目",
          render: (row) =>
            row.projectId ? (
              <a href={`/funding/${row.projectId}/execution`}>{row.projectName}</a>
            ) : (
              row.cells.projectName || row.cells.projectCode
            ),
        },
        {
          key: "on",
          title: "支付日期",
          nowrap: true,
          render: (row) => (row.cells.paidOn ? formatOfficialDate(row.cells.paidOn) : row.cells.paidText),
        },
        {
          key: "amount",
          title: "金额",
          unit: "元",
          align: "right",
          render: (row) =>
            row.cells.amountFen === null ? row.cells.amountText : <Amount fen={row.cells.amountFen} in="yuan" />,
        },
        {
          key: "match",
          title: "比对结果",
          render: (row) => row.said ?? <StatusTag tone={matchTone(row.match)}>{PAYMENT_MATCHES[row.match]}</StatusTag>,
        },
      ]}
    />
  );
}
