import { redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { formatInstant } from "~/kernel/local-date";
import { notFound } from "~/kernel/result";
import { DataTable, EmptyState, PageHead, Pagination, QueryBar, Section, StatusTag, SubmitButton } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageAction, pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { listMyMessages, readMessageQuery } from "../my-messages.queries.server";
import { openMessage } from "../open-message.server";
import { readAllMessages } from "../read-all-messages.server";
import { readMessage } from "../read-message.server";

export const handle = crumbs(() => [{ label: "消息" }]);

export const loader = pageLoader({
  access: "desk:read",
  load: async ({ ctx, query }) => {
    const question = readMessageQuery(query);
    return { ...(await listMyMessages(ctx.db, ctx.actor.userId, question)), question, search: query.toString() };
  },
});

const idSchema = z.uuid();

export const action = pageAction({
  access: "desk:read",
  run: async ({ ctx, form, query }) => {
    const here = withQuery("/messages", query.toString(), {});
    if (form.get("intent") === "readAll") {
      await readAllMessages(ctx);
      return redirect(here);
    }
    const id = idSchema.safeParse(form.get("id"));
    if (!id.success) throw notFound("message");
    if (form.get("intent") !== "read") return redirect(await openMessage(ctx, id.data));
    await readMessage(ctx, id.data);
    return redirect(here);
  },
});

export default function Messages() {
  const { rows, total, unreadCount, pageSize, question, search } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="消息"
        meta={`未读 ${unreadCount} 条`}
        actions={
          unreadCount > 0 && (
            <form method="post">
              <SubmitButton name="intent" value="readAll" variant="secondary" pendingLabel="正在处理…">
                全部标为已读
              </SubmitButton>
            </form>
          )
        }
      />
      <QueryBar
        action="/messages"
        resetHref="/messages"
        search={{ name: "q", value: question.q, placeholder: "消息内容" }}
        filters={[
          {
            name: "state",
            label: "状态",
            value: question.unread ? "unread" : "",
            options: [{ value: "unread", label: "未读" }],
          },
        ]}
      />
      <Section title="我的消息" note={`共 ${total} 条`} flush>
        <DataTable
          caption="我的消息"
          rows={rows}
          rowKey={(row) => row.id}
          isHighlighted={(row) => row.readAt === null}
          empty={
            <EmptyState
              title="没有符合条件的消息"
              explanation="办理提醒、催报和督办通知会发到这里，并显示在我的工作。"
            />
          }
          columns={[
            {
              key: "title",
              title: "消息",
              primary: true,
              render: (row) => (
                <form method="post">
                  <input type="hidden" name="id" value={row.id} />
                  <button type="submit" className="text-left text-primary hover:underline">
                    {row.title}
                  </button>
                </form>
              ),
            },
            { key: "at", title: "时间", nowrap: true, render: (row) => formatInstant(new Date(row.createdAt)) },
            {
              key: "state",
              title: "状态",
              nowrap: true,
              render: (row) =>
                row.readAt === null ? (
                  <StatusTag tone="info">未读</StatusTag>
                ) : (
                  <StatusTag tone="neutral">已读</StatusTag>
                ),
            },
            {
              key: "read",
              title: "操作",
              nowrap: true,
              render: (row) =>
                row.readAt === null && (
                  <form method="post">
                    <input type="hidden" name="id" value={row.id} />
                    <SubmitButton
                      name="intent"
                      value="read"
                      variant="quiet"
                      pendingLabel="正在处理…"
                      aria-label={`标为已读：${row.title}`}
                    >
                      标为已读
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
          hrefFor={(page) => withQuery("/messages", search, { page })}
        />
      </Section>
    </>
  );
}
