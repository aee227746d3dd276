import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { formatInstant } from "~/kernel/local-date";
import { isConflict } from "~/kernel/result";
import { INTAKE_OUTCOMES, INTAKE_STATES, keysOf } from "~/kernel/vocabulary";
import { applySheet } from "~/platform/intake/apply-sheet.server";
import { discardSheet } from "~/platform/intake/discard-sheet.server";
import { INTAKE_PAGE, readIntakeQuery, readIntakeSheet } from "~/platform/intake/intake.queries.server";
import { sayIntakeRefusal } from "~/platform/intake/intake.refusals";
import { authorizeIntake } from "~/platform/intake/intake-sheets.server";
import { sayPlace } from "~/platform/intake/register-sheets.server";
import { ErrorSummary, LinkButton, Notice, PageHead, Pagination, Section, StatusTag, Tabs } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageAction, pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { sayCounts, stateTone } from "../intake.words";
import { sheetParams } from "../kind-params";
import { kindOf } from "../kinds.server";
import { ConfirmIntake } from "../ui/ConfirmIntake";
import { IntakeRows } from "../ui/IntakeRows";

export const handle = crumbs<Loaded>(({ kind, sheet }) => [
  { label: kind.title, href: kind.listHref },
  { label: "导入", href: `/intake/${kind.key}` },
  { label: sheet.fileName },
]);

export const loader = pageLoader({
  access: "desk:read",
  params: sheetParams,
  load: async ({ ctx, params, query }) => {
    const kind = kindOf(params.kind);
    authorizeIntake(ctx, kind);
    const question = readIntakeQuery(query);
    const { rows, ...detail } = await readIntakeSheet(ctx.db, ctx.actor, kind, params.id, question);
    const { key, title, counter, listHref, columns } = kind;
    return {
      ...detail,
      kind: { key, title, counter, listHref },
      rows: rows.map(({ problems, ...row }) => ({
        ...row,
        problems: problems.map((problem) => sayPlace(columns, problem)),
      })),
      question,
      pageSize: INTAKE_PAGE,
      search: query.toString(),
    };
  },
});

const stepSchema = z.object({ version: z.coerce.number().int(), intent: z.enum(["all", "good", "discard"]) });

export const action = pageAction({
  access: "desk:read",
  params: sheetParams,
  run: async ({ ctx, params, form }) => {
    const kind = kindOf(params.kind);
    const here = `/intake/${kind.key}/${params.id}`;
    const refuseWith = (status: 409 | 422, ...errors: string[]) => json({ errors }, { status });
    const asked = stepSchema.safeParse(Object.fromEntries(form));
    if (!asked.success) return refuseWith(422, "请刷新页面后重试。");
    const { intent, version } = asked.data;
    const ref = { sheetId: params.id, version };
    try {
      const done = intent === "discard" ? await discardSheet(ctx, kind, ref) : await applySheet(ctx, kind, ref, intent);
      return done.ok ? redirect(here) : refuseWith(422, ...done.refusals.map(sayIntakeRefusal));
    } catch (error) {
      if (!isConflict(error)) throw error;
      return refuseWith(409, "这份表格或其中的登记内容刚刚被办理过，这一步没有生效。请核对下面的最新内容后再办理。");
    }
  },
});

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function IntakeSheetPage() {
  const { kind, sheet, rows, total, understood, question, pageSize, search } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const here = `/intake/${kind.key}/${sheet.id}`;
  return (
    <>
      <PageHead
        title={sheet.fileName}
        status={<StatusTag tone={stateTone(sheet.state)}>{INTAKE_STATES[sheet.state]}</StatusTag>}
        meta={`导入${kind.title}，${formatInstant(new Date(sheet.uploadedAt))} 上传，共 ${sheet.totalRows} 行`}
        actions={
          <>
            {sheet.problem > 0 && <LinkButton href={`${here}/errors`}>下载问题清单</LinkButton>}
            <LinkButton href={`/intake/${kind.key}`}>上传另一份</LinkButton>
          </>
        }
      />
      <ErrorSummary errors={(reply?.errors ?? []).map((message) => ({ message }))} title="没有办理" />
      <Standing kind={kind} sheet={sheet} understood={understood} />
      {sheet.state === "read" && <ConfirmIntake sheet={sheet} counter={kind.counter} />}
      <Tabs
        label="逐行检查结果"
        tabs={[
          { href: here, label: "全部", active: question.outcome === undefined, count: sheet.totalRows },
          ...keysOf(INTAKE_OUTCOMES).map((outcome) => ({
            href: `${here}?rows=${outcome}`,
            label: INTAKE_OUTCOMES[outcome],
            active: question.outcome === outcome,
            count: sheet[outcome],
          })),
        ]}
      />
      <Section title="逐行结果" flush>
        <IntakeRows rows={rows} />
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

/** How the sheet stands: what was read, or what became of it. */
function Standing({ kind, sheet, understood }: Pick<Loaded, "kind" | "sheet" | "understood">) {
  if (sheet.state === "discarded") return <Notice title="已放弃">没有写入任何内容；同一份表格可以重新上传。</Notice>;
  if (sheet.state === "applied")
    return (
      <Notice
        tone="good"
        title={`已导入 ${sheet.appliedRows} ${kind.counter}：新增 ${sheet.add}，更新 ${sheet.change}`}
      >
        {sheet.appliedAt && `${formatInstant(new Date(sheet.appliedAt))} 导入。`}
        {sheet.problem > 0 && `有问题的 ${sheet.problem} 行没有导入，可下载问题清单，改正后重新上传。`}
        <a href={kind.listHref}>查看{kind.title}</a>
      </Notice>
    );
  return (
    <Notice tone={sheet.problem > 0 ? "warn" : "info"} title={sayCounts(sheet)}>
      {understood && (
        <p>
          工作表“{understood.sheet}”，表头在第 {understood.headerRow} 行。
          {understood.dropped > 0 && `已略去合计、注释、示例等 ${understood.dropped} 行。`}
          {understood.unknownHeaders.length > 0 && `没有使用的列：${understood.unknownHeaders.join("、")}。`}
        </p>
      )}
      {sheet.problem > 0 && (
        <p>问题清单保留原来的内容，并在红色的“问题”列和单元格批注中写明原因；改正后只需重新上传这份清单。</p>
      )}
    </Notice>
  );
}
