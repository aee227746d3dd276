import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { formatPeriod } from "~/kernel/period";
import { DomainError, forbidden } from "~/kernel/result";
import { canEver } from "~/policy";
import { ErrorSummary, LinkButton, Notice, PageHead, Pagination, QueryBar } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageAction, pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { ENTRY_PAGE, readEntry, readEntryQuery } from "../bulk/entry.queries.server";
import type { GridReply } from "../bulk/entry.types";
import { ReportGrid } from "../ui/ReportGrid";
import { ReportsToSign } from "../ui/ReportsToSign";
import { saveGrid, signGrid } from "./grid-actions.server";

const HERE = "/reports/entry";

export const handle = crumbs(() => [{ label: "月报", href: "/reports" }, { label: "批量填报" }]);

export const loader = pageLoader({
  access: "report:read",
  load: async ({ ctx, query }) => {
    const mayFill = canEver(ctx.actor, "report:fill");
    if (!mayFill && !canEver(ctx.actor, "report:sign")) throw forbidden("report:fill");
    const question = readEntryQuery(query, ctx.today);
    const count = (name: string) => Number(query.get(name) ?? 0);
    return {
      ...(await readEntry(ctx.db, ctx.actor, question, ctx.today)),
      question,
      mayFill,
      pageSize: ENTRY_PAGE,
      search: query.toString(),
      done: { saved: count("saved"), submitted: count("submitted"), signed: count("signed") },
    };
  },
});

export const action = pageAction({
  access: "report:read",
  run: async ({ ctx, form, query }): Promise<Response> => {
    const back = (done: Record<string, number | undefined>) =>
      redirect(
        withQuery(HERE, query.toString(), { saved: undefined, submitted: undefined, signed: undefined, ...done }),
      );
    switch (form.get("intent")) {
      case "save":
        return saveGrid(ctx, form, "save", back);
      case "submit":
        return saveGrid(ctx, form, "submit", back);
      case "sign":
        return signGrid(ctx, form, back);
      default:
        throw new DomainError("invalid", "malformedForm");
    }
  },
});

export default function ReportEntry() {
  const { rows, total, counts, question, mayFill, pageSize, search, done } = useLoaderData<typeof loader>();
  const reply = useActionData<GridReply>();
  const month = formatPeriod(question.period);
  const toFill = rows.filter((row) => row.mayFill);
  const waiting = rows.filter((row) => row.state === "awaitingSignature");
  const told = reply?.done ?? done;
  return (
    <>
      <PageHead
        title={mayFill ? "批量填报月报" : "批量签批月报"}
        meta={`${month} · 待填报 ${counts.open} 份，填报中 ${counts.draft} 份，待签批 ${counts.awaitingSignature} 份，已报送 ${counts.signed} 份`}
        actions={
          mayFill && (
            <>
              <LinkButton href={`/reports/entry/sheet?period=${question.period}`}>下载填报表</LinkButton>
              <LinkButton href="/intake/reports">导入填报表</LinkButton>
            </>
          )
        }
      />
      {told.saved + told.submitted + told.signed > 0 && (
        <Notice tone="good">
          {[
            told.saved > 0 && `已保存 ${told.saved} 份`,
            told.submitted > 0 && `已提交签批 ${told.submitted} 份`,
            told.signed > 0 && `已签批报送 ${told.signed} 份`,
          ]
            .filter(Boolean)
            .join("，")}
          。
        </Notice>
      )}
      <ErrorSummary
        errors={reply?.errors ?? []}
        title={`有 ${reply?.errors.length ?? 0} 处没有办理，填写的内容都保留着`}
      />
      <QueryBar
        action={HERE}
        resetHref={HERE}
        filters={[{ name: "period", label: "月份", kind: "month", value: question.period }]}
      />
      {mayFill && <ReportGrid rows={toFill} month={month} reply={reply} />}
      {(waiting.length > 0 || !mayFill) && <ReportsToSign rows={waiting} month={month} reply={reply} />}
      <Pagination
        page={question.page}
        pageSize={pageSize}
        total={total}
        hrefFor={(page) => withQuery(HERE, search, { page, saved: undefined, submitted: undefined, signed: undefined })}
      />
    </>
  );
}
