import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { formatInstant } from "~/kernel/local-date";
import { PAYMENT_SHEET_STATES } from "~/kernel/vocabulary";
import {
  DataTable,
  EmptyState,
  ErrorSummary,
  FileInput,
  FormActions,
  PageHead,
  Section,
  StatusTag,
  SubmitButton,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageAction, pageLoader } from "~/web/page.server";

import { sheetTone } from "../execution/execution.words";
import { recentSheets } from "../execution/sheet/sheet.queries.server";
import { sayPaymentSheetRefusal } from "../execution/sheet/sheet.refusals.server";
import { uploadPaymentSheet } from "../execution/sheet/upload-payment-sheet.server";

export const handle = crumbs(() => [{ label: "资金执行", href: "/funding/execution" }, { label: "国库支付明细" }]);

export const loader = pageLoader({
  access: "payment:import",
  load: async ({ ctx }) => ({ sheets: await recentSheets(ctx.db, ctx.actor) }),
});

export const action = pageAction({
  access: "payment:import",
  run: async ({ ctx, form }) => {
    const refuseWith = (errors: string[], known?: string) => json({ errors, known }, { status: 422 });
    const file = form.get("file");
    if (!(file instanceof File) || file.name === "")
      return refuseWith([sayPaymentSheetRefusal({ code: "fileMissing" })]);
    const bytes = new Uint8Array(await file.arrayBuffer());
    const uploaded = await uploadPaymentSheet(ctx, { name: file.name, bytes });
    if (uploaded.ok) return redirect(`/funding/payments/import/${uploaded.value.sheetId}`);
    const known = uploaded.refusals.find(({ code }) => code === "sheetKnown")?.facts?.id;
    return refuseWith(uploaded.refusals.map(sayPaymentSheetRefusal), known === undefined ? undefined : String(known));
  },
});

export default function PaymentSheets() {
  const { sheets } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const errors = (reply?.errors ?? []).map((message) => ({ message, field: "file" }));
  return (
    <>
      <PageHead title="国库支付明细" meta="先比对、再入账，入账之前不写入任何支付" />
      <ErrorSummary errors={errors} />
      {reply?.known && (
        <p className="mb-4">
          <a href={`/funding/payments/import/${reply.known}`}>打开已上传的这张表</a>
        </p>
      )}
      <Section title="上传支付明细表">
        <form method="post" encType="multipart/form-data" className="max-w-2xl space-y-4">
          <FileInput
            name="file"
            label="支付明细表"
            required
            accept=".xlsx,.xls,.csv"
            hint="支持 .xlsx、.xls、.csv。须有“支付日期”“支付金额”两列，另有支付凭证号、合同编号、项目编号或项目名称之一；列的顺序不限，金额按表头写明的元或万元读取"
          />
          <FormActions>
            <SubmitButton pendingLabel="正在读取…">上传并比对</SubmitButton>
          </FormActions>
        </form>
      </Section>
      <Section title="最近上传" flush>
        <DataTable
          caption="最近上传的支付明细表"
          rows={sheets}
          rowKey={(row) => row.id}
          empty={<EmptyState title="还没有上传过支付明细表" />}
          columns={[
            {
              key: "file",
              title: "文件",
              primary: true,
              render: (row) => <a href={`/funding/payments/import/${row.id}`}>{row.fileName}</a>,
            },
            { key: "who", title: "上传人", render: (row) => row.uploaderName },
            { key: "at", title: "上传时间", nowrap: true, render: (row) => formatInstant(new Date(row.uploadedAt)) },
            { key: "confirms", title: "确认支付", unit: "笔", align: "right", render: (row) => row.confirms },
            { key: "enters", title: "补录", unit: "笔", align: "right", render: (row) => row.enters },
            { key: "unmatched", title: "未匹配", unit: "行", align: "right", render: (row) => row.unmatched },
            {
              key: "state",
              title: "状态",
              nowrap: true,
              render: (row) => <StatusTag tone={sheetTone(row.state)}>{PAYMENT_SHEET_STATES[row.state]}</StatusTag>,
            },
          ]}
        />
      </Section>
    </>
  );
}
