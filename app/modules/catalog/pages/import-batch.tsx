import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import {
  IMPORT_STATES,
  keysOf,
  SHARING_TYPES,
  UPDATE_CYCLES,
  type SharingType,
  type UpdateCycle,
} from "~/kernel/vocabulary";
import {
  DataTable,
  EmptyState,
  ErrorSummary,
  FormActions,
  LinkButton,
  Notice,
  PageHead,
  Pagination,
  ProgressBar,
  RadioGroup,
  Section,
  StatusTag,
  SubmitButton,
  Tabs,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { idParams, pageAction, pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { confirmImport } from "../import/confirm-import.server";
import { discardImport } from "../import/discard-import.server";
import { IMPORT_POLICIES } from "../import/import-batch";
import { importTone } from "../import/import-words";
import { isAtWork } from "../import/import.lifecycle";
import { PREVIEW_PAGE, readBatch, readFilingName, readPreview, type RowFilter } from "../import/import.queries.server";
import { sayImportRefusal } from "../import/import.refusals.server";
import { isSmallImport, workOnBatch } from "../import/import.jobs.server";

export const handle = crumbs(() => [
  { label: "资源目录", href: "/catalog" },
  { label: "导入资源目录", href: "/catalog/import" },
  { label: "预览与确认" },
]);

const FILTERS: readonly RowFilter[] = ["all", "good", "bad"];
const MOST_PAGES = 100_000;

export const loader = pageLoader({
  access: "catalog:register",
  params: idParams,
  load: async ({ ctx, params, query }) => {
    const { mapping, ...batch } = await readBatch(ctx.db, ctx.actor, params.id);
    const filing = batch.subjectId === null ? null : await readFilingName(ctx.db, ctx.actor, batch.subjectId);
    const filter = FILTERS.find((each) => each === query.get("rows")) ?? "all";
    const page = Math.min(MOST_PAGES, Math.max(1, Number.parseInt(query.get("page") ?? "1", 10) || 1));
    const hasRows = batch.state === "previewed" || batch.state === "imported";
    const rows = hasRows ? await readPreview(ctx.db, { id: batch.id, mapping }, { filter, page }) : [];
    const sheet = mapping?.sheets[mapping.chosen.sheet];
    return {
      batch,
      filing,
      rows,
      filter,
      page,
      pageSize: PREVIEW_PAGE,
      search: query.toString(),
      sheetName: sheet?.name ?? "",
      headerRow: mapping?.chosen.header ? mapping.chosen.header.last + 1 : null,
      facts: mapping?.facts ?? null,
    };
  },
});

const orderSchema = z.object({
  version: z.coerce.number().int(),
  policy: z.enum(keysOf(IMPORT_POLICIES)).catch("goodRows"),
});

export const action = pageAction({
  access: "catalog:register",
  params: idParams,
  run: async ({ ctx, params, form }) => {
    const refuseWith = (...errors: string[]) => json({ errors }, { status: 422 });
    const order = orderSchema.safeParse({ version: form.get("version"), policy: form.get("policy") ?? undefined });
    if (!order.success) return refuseWith("请刷新页面后重试。");
    const ref = { batchId: params.id, version: order.data.version };
    if (form.get("intent") === "discard") {
      const discarded = await discardImport(ctx, ref);
      return discarded.ok ? redirect("/catalog/import") : refuseWith(...discarded.refusals.map(sayImportRefusal));
    }
    const confirmed = await confirmImport(ctx, ref, order.data.policy);
    if (!confirmed.ok) return refuseWith(...confirmed.refusals.map(sayImportRefusal));
    const batch = await readBatch(ctx.db, ctx.actor, params.id);
    if (isSmallImport(batch.goodRows)) {
      await workOnBatch(ctx.db, params.id, true);
      const after = await readBatch(ctx.db, ctx.actor, params.id);
      if (after.state === "imported" && after.subjectId !== null && after.badRows === 0)
        return redirect(`/projects/${after.subjectId}/filing/data?imported=${after.goodRows}`);
    }
    return redirect(`/catalog/import/${params.id}`);
  },
});

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function ImportBatch() {
  const loaded = useLoaderData<typeof loader>();
  const { batch, filing } = loaded;
  const reply = useActionData<typeof action>();
  const hasRows = batch.state === "previewed" || batch.state === "imported";
  const told = batch.state === "mapping" ? [] : batch.failure;
  const errors = (reply?.errors ?? told).map((message) => ({ message }));
  return (
    <>
      <PageHead
        title={batch.fileName}
        status={<StatusTag tone={importTone(batch.state)}>{IMPORT_STATES[batch.state]}</StatusTag>}
        meta={filing ? `导入到项目：${filing.name}` : "导入到：本单位资源目录"}
        actions={
          <>
            {hasRows && batch.badRows > 0 && (
              <LinkButton href={`/catalog/import/${batch.id}/errors`}>下载错误清单</LinkButton>
            )}
            {filing && <LinkButton href={`/projects/${filing.id}/filing/data`}>返回填报</LinkButton>}
            <LinkButton href={filing ? `/catalog/import?project=${filing.id}` : "/catalog/import"}>
              上传另一份
            </LinkButton>
          </>
        }
      />
      <ErrorSummary errors={errors} title={batch.state === "failed" ? "文件未能读取" : "不能导入"} />
      {isAtWork(batch.state) && <AtWork {...loaded} />}
      {batch.state === "mapping" && (
        <Notice
          tone="warn"
          title="需要确认列的对应关系"
          action={
            <LinkButton href={`/catalog/import/${batch.id}/mapping`} variant="primary">
              确认列对应
            </LinkButton>
          }
        >
          {batch.failure.join(" ")}
        </Notice>
      )}
      {batch.state === "discarded" && <Notice title="已放弃">这份表格没有导入，需要时请重新上传。</Notice>}
      {batch.state === "failed" && (
        <form method="post">
          <input type="hidden" name="version" value={batch.version} />
          <SubmitButton variant="secondary" name="intent" value="discard">
            不再保留
          </SubmitButton>
        </form>
      )}
      {hasRows && <Rows {...loaded} />}
    </>
  );
}

/** The page looks again by itself, also before JavaScript; it can be left and returned to. */
function AtWork({ batch }: Loaded) {
  const percent = batch.totalRows > 0 ? Math.min(100, Math.floor((batch.doneRows * 100) / batch.totalRows)) : 0;
  return (
    <Section title={batch.state === "importing" ? "正在导入" : "正在读取和检查"}>
      <meta httpEquiv="refresh" content="2" />
      <ProgressBar actual={percent} actualWord="已完成" />
      <p className="mt-2">
        {batch.totalRows > 0 ? `已处理 ${batch.doneRows} 行，共 ${batch.totalRows} 行。` : "正在打开文件。"}
        页面每 2 秒自动刷新，可以离开，稍后在“导入资源目录”的“最近上传”中回来查看。
      </p>
    </Section>
  );
}

function Rows({ batch, rows, filter, page, pageSize, search, sheetName, headerRow, facts }: Loaded) {
  const imported = batch.state === "imported";
  const address = `/catalog/import/${batch.id}`;
  const totals = { all: batch.totalRows, good: batch.goodRows, bad: batch.badRows };
  const tabs = [
    { key: "all", label: "全部" },
    { key: "good", label: imported ? "已导入" : "可以导入" },
    { key: "bad", label: "有问题" },
  ] as const;
  return (
    <>
      <Notice
        tone={batch.badRows > 0 ? "warn" : "good"}
        title={
          imported
            ? `已导入 ${batch.goodRows} 条数据资源${batch.badRows > 0 ? `，${batch.badRows} 行有问题未导入` : ""}`
            : `读到 ${batch.totalRows} 行：${batch.goodRows} 行可以导入，${batch.badRows} 行有问题`
        }
      >
        <p>
          工作表“{sheetName}”，{headerRow === null ? "没有表头" : `表头在第 ${headerRow} 行`}。
          {facts && facts.droppedCount > 0 && `已略去标题、合计、注释等 ${facts.droppedCount} 行。`}
          {facts && facts.unmatchedHeaders.length > 0 && `未使用的列：${facts.unmatchedHeaders.join("、")}。`}
          {!imported && <a href={`${address}/mapping`}>查看或更改列对应</a>}
        </p>
        {batch.badRows > 0 && (
          <p>错误清单保留原来的内容，并在红色的“问题”列和单元格批注中写明原因；改正后只需重新上传这份清单。</p>
        )}
        {imported && batch.subjectId === null && (
          <p>
            导入的资源为待登记状态，由本单位分管领导登记后报数据管理部门发布。
            <a href="/catalog?state=draft">查看待登记的资源</a>
          </p>
        )}
      </Notice>
      {!imported && (
        <Section title="确认导入">
          <form method="post" className="space-y-4">
            <input type="hidden" name="version" value={batch.version} />
            {batch.badRows > 0 && (
              <RadioGroup
                name="policy"
                label="有问题的行怎么办"
                defaultValue="goodRows"
                options={keysOf(IMPORT_POLICIES).map((value) => ({ value, label: IMPORT_POLICIES[value] }))}
              />
            )}
            <FormActions>
              {batch.goodRows > 0 && (
                <SubmitButton variant="primary" name="intent" value="confirm" pendingLabel="正在导入…">
                  {`导入 ${batch.goodRows} 行`}
                </SubmitButton>
              )}
              <SubmitButton variant="secondary" name="intent" value="discard">
                放弃这份表格
              </SubmitButton>
            </FormActions>
          </form>
        </Section>
      )}
      <Tabs
        label="行的检查结果"
        tabs={tabs.map(({ key, label }) => ({
          href: withQuery(address, search, { rows: key, page: 1 }),
          label,
          count: totals[key],
          active: filter === key,
        }))}
      />
      <Section title="逐行结果" flush>
        <DataTable
          caption="导入预览"
          rows={rows}
          rowKey={(row) => String(row.rowNumber)}
          empty={<EmptyState title="没有这样的行" />}
          isHighlighted={(row) => !row.good}
          columns={[
            { key: "row", title: "行号", align: "right", render: (row) => row.rowNumber },
            { key: "name", title: "资源名称", primary: true, render: (row) => row.name || "（空）" },
            {
              key: "sharing",
              title: "共享类型",
              nowrap: true,
              render: (row) => row.input && SHARING_TYPES[row.input.sharingType as SharingType],
            },
            {
              key: "cycle",
              title: "更新周期",
              nowrap: true,
              render: (row) => row.input && UPDATE_CYCLES[row.input.updateCycle as UpdateCycle],
            },
            { key: "items", title: "信息项", render: (row) => row.input && row.input.items.join("、") },
            {
              key: "state",
              title: "检查结果",
              render: (row) =>
                row.good ? (
                  <StatusTag tone="good">{imported ? "已导入" : "可以导入"}</StatusTag>
                ) : (
                  <ul className="text-[color:var(--bad-text)]">
                    {row.problems.map(({ place, message }) => (
                      <li key={place + message}>
                        {place}：{message}
                      </li>
                    ))}
                  </ul>
                ),
            },
          ]}
        />
        <Pagination
          page={page}
          pageSize={pageSize}
          total={totals[filter]}
          hrefFor={(to) => withQuery(address, search, { page: to })}
        />
      </Section>
    </>
  );
}
