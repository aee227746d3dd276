import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { formatInstant } from "~/kernel/local-date";
import { INTAKE_STATES } from "~/kernel/vocabulary";
import { recentIntakeSheets } from "~/platform/intake/intake.queries.server";
import { sayIntakeRefusal } from "~/platform/intake/intake.refusals";
import { authorizeIntake } from "~/platform/intake/intake-sheets.server";
import { takeSheet } from "~/platform/intake/take-sheet.server";
import {
  DataTable,
  EmptyState,
  ErrorSummary,
  FileInput,
  FormActions,
  LinkButton,
  PageHead,
  Section,
  StatusTag,
  SubmitButton,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageAction, pageLoader } from "~/web/page.server";

import { stateTone } from "../intake.words";
import { kindParams } from "../kind-params";
import { kindOf } from "../kinds.server";

export const handle = crumbs<Loaded>(({ kind }) => [{ label: kind.title, href: kind.listHref }, { label: "导入" }]);

export const loader = pageLoader({
  access: "desk:read",
  params: kindParams,
  load: async ({ ctx, params }) => {
    const kind = kindOf(params.kind);
    authorizeIntake(ctx, kind);
    const { key, title, listHref, columns } = kind;
    return {
      kind: { key, title, listHref },
      required: columns.flatMap((column) => (column.required === true ? [column.title] : [])),
      optional: columns.flatMap((column) => (column.required === true ? [] : [column.title])),
      sheets: await recentIntakeSheets(ctx.db, ctx.actor, kind),
    };
  },
});

export const action = pageAction({
  access: "desk:read",
  params: kindParams,
  run: async ({ ctx, params, form }) => {
    const kind = kindOf(params.kind);
    const refuseWith = (errors: string[], known?: string) => json({ errors, known }, { status: 422 });
    const file = form.get("file");
    if (!(file instanceof File) || file.name === "") return refuseWith([sayIntakeRefusal({ code: "fileMissing" })]);
    const bytes = new Uint8Array(await file.arrayBuffer());
    const taken = await takeSheet(ctx, kind, { name: file.name, bytes });
    if (taken.ok) return redirect(`/intake/${kind.key}/${taken.value.sheetId}`);
    const known = taken.refusals.find(({ code }) => code === "sheetKnown")?.facts?.id;
    return refuseWith(taken.refusals.map(sayIntakeRefusal), known === undefined ? undefined : String(known));
  },
});

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Intake() {
  const { kind, required, optional, sheets } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const here = `/intake/${kind.key}`;
  return (
    <>
      <PageHead
        title={`导入${kind.title}`}
        meta="先检查、再导入，确认之前不写入任何内容"
        actions={<LinkButton href={`${here}/template`}>下载导入模板</LinkButton>}
      />
      <ErrorSummary
        errors={(reply?.errors ?? []).map((message) => ({ message, field: "file" }))}
        title="表格没有读入"
      />
      {reply?.known && (
        <p className="mb-4">
          <a href={`${here}/${reply.known}`}>打开等待确认的这份表格</a>
        </p>
      )}
      <Section title="上传表格">
        <form method="post" encType="multipart/form-data" className="max-w-2xl space-y-4">
          <FileInput
            name="file"
            label="表格文件"
            required
            accept=".xlsx,.xls,.csv"
            hint="支持 .xlsx、.xls、.csv（UTF-8 或 GBK），20 MB 以内；列的顺序不限，可带标题行和多行表头"
          />
          <p className="text-[0.8125rem] text-secondary">
            须有的列：{required.length > 0 ? required.join("、") : "无"}
            {optional.length > 0 && `；可有的列：${optional.join("、")}`}
          </p>
          <FormActions>
            <SubmitButton pendingLabel="正在读取…">上传并预览</SubmitButton>
          </FormActions>
        </form>
      </Section>
      <Section title="最近上传" flush>
        <Recent here={here} sheets={sheets} />
      </Section>
    </>
  );
}

function Recent({ here, sheets }: { here: string; sheets: Loaded["sheets"] }) {
  return (
    <DataTable
      caption="最近上传的表格"
      rows={sheets}
      rowKey={(row) => row.id}
      empty={<EmptyState title="还没有上传过表格" explanation="可先下载模板，填好后上传。" />}
      columns={[
        {
          key: "file",
          title: "文件",
          primary: true,
          render: (row) => <a href={`${here}/${row.id}`}>{row.fileName}</a>,
        },
        { key: "at", title: "上传时间", nowrap: true, render: (row) => formatInstant(new Date(row.uploadedAt)) },
        { key: "rows", title: "数据行", align: "right", render: (row) => row.totalRows },
        { key: "problem", title: "有问题", align: "right", render: (row) => row.problem },
        { key: "applied", title: "已导入", align: "right", render: (row) => row.appliedRows },
        {
          key: "state",
          title: "状态",
          nowrap: true,
          render: (row) => <StatusTag tone={stateTone(row.state)}>{INTAKE_STATES[row.state]}</StatusTag>,
        },
      ]}
    />
  );
}
