import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { formatInstant, formatOfficialDate } from "~/kernel/local-date";
import { forbidden, isConflict } from "~/kernel/result";
import { CHANNEL_KINDS, keysOf, SENDING_STATES } from "~/kernel/vocabulary";
import { unitFilter } from "~/modules/identity/index.server";
import { mailIsConfigured } from "~/platform/mail.server";
import { canEver, scopeFor } from "~/policy";
import {
  DataTable,
  EmptyState,
  ErrorSummary,
  Figure,
  Notice,
  PageHead,
  Pagination,
  QueryBar,
  Section,
  StatGrid,
  StatusTag,
  SubmitButton,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, overtaken, parseForm, refused, type FormReply } from "~/web/form.server";
import { optionsOf } from "~/web/options";
import { pageAction, pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { resendSchema } from "../channels.schema";
import { sayInboxRefusal } from "../inbox.refusals";
import { logAction } from "../log-access";
import { listSendings, readLogQuery } from "../log.queries.server";
import { resendSending } from "../resend-sending.server";
import { failureWords, SENDING_MEANINGS, sendingTone } from "../sending.words";
import { ChannelTabs } from "../ui/ChannelTabs";
import { MailNotice } from "../ui/MailNotice";

export const handle = crumbs(() => [{ label: "消息发送记录" }]);

export const loader = pageLoader({
  access: "desk:read",
  load: async ({ ctx, query }) => {
    const { db, actor, today } = ctx;
    const action = logAction(actor);
    if (!canEver(actor, action)) throw forbidden(action);
    const scope = scopeFor(actor, action);
    const question = readLogQuery(query);
    const [page, unit] = await Promise.all([listSendings(db, scope, question), unitFilter(db, scope, question.unit)]);
    return {
      ...page,
      question,
      unit,
      today,
      mail: mailIsConfigured(),
      administers: canEver(actor, "admin:system"),
      resent: query.has("resent"),
      search: query.toString(),
    };
  },
});

export const action = pageAction({
  access: "desk:read",
  run: async ({ ctx, form, query }) => {
    const submission = parseForm(form, resendSchema);
    if (submission.status !== "success") return invalid(submission);
    try {
      const result = await resendSending(ctx, submission.value);
      if (!result.ok) return refused(submission, result.refusals, sayInboxRefusal);
      return redirect(withQuery("/messages/log", query.toString(), { resent: 1 }));
    } catch (error) {
      if (!isConflict(error)) throw error;
      return overtaken(submission, "该消息刚刚有了新的变动，请核对最新状态后再办理。");
    }
  },
});

type Page = ReturnType<typeof useLoaderData<typeof loader>>;
type Row = Page["rows"][number];

export default function Log() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<FormReply>();
  const { rows, counts, total, pageSize, question, unit, search, today } = data;
  const here = (changes: Record<string, string | number | undefined>) =>
    withQuery("/messages/log", search, { page: undefined, resent: undefined, ...changes });
  return (
    <>
      <PageHead title="消息发送记录" meta="经邮件和群机器人外发的提醒、催报和督办；站内消息不在此列" />
      <ChannelTabs active="log" also={data.administers ? ["channels", "hosts", "log"] : ["log"]} />
      <MailNotice configured={data.mail} />
      {data.resent && <Notice tone="good">已重新排队，几秒后请刷新查看结果。</Notice>}
      <ErrorSummary errors={(reply?.form.error?.[""] ?? []).map((message) => ({ message }))} />
      <StatGrid>
        {keysOf(SENDING_STATES).map((state) => (
          <Figure
            key={state}
            label={SENDING_STATES[state]}
            value={counts[state]}
            unit="条"
            definition={SENDING_MEANINGS[state]}
            cutoff={formatOfficialDate(today)}
            href={here({ state })}
            tone={state === "dead" && counts.dead > 0 ? "bad" : "neutral"}
          />
        ))}
      </StatGrid>
      <QueryBar
        action="/messages/log"
        resetHref="/messages/log"
        search={{ name: "q", value: question.q, placeholder: "消息内容、邮箱或机器人名称" }}
        filters={[
          { name: "kind", label: "通道", value: question.kind ?? "", options: optionsOf(CHANNEL_KINDS) },
          { name: "state", label: "状态", value: question.state ?? "", options: optionsOf(SENDING_STATES) },
          { name: "day", label: "生成日期", kind: "date", value: question.day ?? "" },
          ...(unit ? [unit] : []),
        ]}
      />
      <Section title="发送记录" note={`共 ${total} 条，最近的在前`} flush>
        <DataTable
          caption="消息发送记录"
          rows={rows}
          rowKey={(row) => row.id}
          empty={<EmptyState title="没有符合条件的记录" explanation="可放宽上面的条件再查。" />}
          columns={[
            { key: "subject", title: "消息", primary: true, render: (row) => row.subject },
            { key: "to", title: "发给", render: (row) => <Addressee row={row} /> },
            { key: "at", title: "生成时间", nowrap: true, render: (row) => formatInstant(new Date(row.createdAt)) },
            {
              key: "state",
              title: "状态",
              nowrap: true,
              render: (row) => <StatusTag tone={sendingTone(row.state)}>{SENDING_STATES[row.state]}</StatusTag>,
            },
            { key: "attempts", title: "发送次数", align: "right", render: (row) => row.attempts },
            { key: "result", title: "结果", render: (row) => <Outcome row={row} mail={data.mail} /> },
            {
              key: "resend",
              title: "操作",
              nowrap: true,
              render: (row) =>
                row.state === "dead" && (
                  <form method="post">
                    <input type="hidden" name="id" value={row.id} />
                    <input type="hidden" name="attempts" value={row.attempts} />
                    <SubmitButton variant="quiet" pendingLabel="正在排队…" aria-label={`重新发送：${row.subject}`}>
                      重新发送
                    </SubmitButton>
                  </form>
                ),
            },
          ]}
        />
        <Pagination
          page={question.page}
          pageSize={pageSize}
          total={total}
          hrefFor={(page) => withQuery("/messages/log", search, { page })}
        />
      </Section>
    </>
  );
}

/** Whom it is for: a person with the mail address, or a group. */
function Addressee({ row }: { readonly row: Row }) {
  return (
    <>
      {row.kind === "mail" ? (row.personName ?? row.address) : row.address}
      <span className="block text-[0.8125rem] text-secondary">
        {CHANNEL_KINDS[row.kind]}
        {row.kind === "mail" && row.personName && ` · ${row.address}`}
        {` · ${row.unitName ?? "全地区"}`}
      </span>
    </>
  );
}

/** How many characters of a batch's name tell it from the others on a page. */
const BATCH_CHARACTERS = 6;

function Outcome({ row, mail }: { readonly row: Row; readonly mail: boolean }) {
  const { state, sentAt, lastError, nextAttemptAt, batchId } = row;
  const why = lastError && <span className="block">{failureWords(lastError)}</span>;
  switch (state) {
    case "sent":
      return (
        <>
          {sentAt && `${formatInstant(new Date(sentAt))} 发出`}
          {row.kind === "robot" && batchId && (
            <span className="block text-[0.8125rem] text-secondary" title="批次相同的合并为一条发出">
              批次 {batchId.slice(-BATCH_CHARACTERS)}
            </span>
          )}
        </>
      );
    case "dead":
      return <>{why}</>;
    case "waiting":
    case "retrying":
      if (row.robotEnabled === false) return <>机器人已停用，启用后发送{why}</>;
      if (row.kind === "mail" && !mail) return <>等配置邮件服务器{why}</>;
      return state === "waiting" ? (
        <>即将发送</>
      ) : (
        <>
          {formatInstant(new Date(nextAttemptAt))} 重试{why}
        </>
      );
  }
}
