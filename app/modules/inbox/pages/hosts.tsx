import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { formatInstant } from "~/kernel/local-date";
import { forbidden, isConflict } from "~/kernel/result";
import { canEver, scopeFor } from "~/policy";
import {
  Columns,
  ConfirmSubmit,
  DataTable,
  EmptyState,
  ErrorSummary,
  FormActions,
  Notice,
  PageHead,
  Section,
  SubmitButton,
  TextInput,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, overtaken, parseForm, refused, type FormReply } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import { addHost } from "../add-host.server";
import { addHostSchema, removeHostSchema } from "../channels.schema";
import { listHosts } from "../hosts.queries.server";
import { sayInboxRefusal } from "../inbox.refusals";
import { hostsAction } from "../log-access";
import { removeHost } from "../remove-host.server";
import { ChannelTabs } from "../ui/ChannelTabs";

export const handle = crumbs(() => [{ label: "出站白名单" }]);

export const loader = pageLoader({
  access: "desk:read",
  load: async ({ ctx, query }) => {
    const action = hostsAction(ctx.actor);
    if (!canEver(ctx.actor, action)) throw forbidden(action);
    return {
      rows: await listHosts(ctx.db, scopeFor(ctx.actor, action)),
      mayEdit: canEver(ctx.actor, "admin:security"),
      done: query.get("done"),
    };
  },
});

export const action = pageAction({
  access: "admin:security",
  run: async ({ ctx, form }) => {
    if (form.get("intent") === "remove") {
      const submission = parseForm(form, removeHostSchema);
      if (submission.status !== "success") return invalid(submission);
      try {
        await removeHost(ctx, submission.value);
        return redirect("/messages/hosts?done=removed");
      } catch (error) {
        if (!isConflict(error)) throw error;
        return overtaken(submission, "该主机刚刚被别人修改或移出，请核对最新的名单。");
      }
    }
    const submission = parseForm(form, addHostSchema);
    if (submission.status !== "success") return invalid(submission);
    const result = await addHost(ctx, submission.value);
    if (!result.ok) return refused(submission, result.refusals, sayInboxRefusal);
    return redirect("/messages/hosts?done=added");
  },
});

const DONE: Readonly<Record<string, string>> = {
  added: "主机已加入白名单，群机器人可以向它发送。",
  removed: "主机已移出白名单，即刻不再向它发送。",
};

export default function Hosts() {
  const { rows, mayEdit, done } = useLoaderData<typeof loader>();
  const words = done ? DONE[done] : undefined;
  return (
    <>
      <PageHead
        title="出站白名单"
        meta={mayEdit ? "群机器人只能向名单内的主机发送，每次发送时检查" : "由安全管理员维护，每次发送时检查"}
      />
      <ChannelTabs active="hosts" also={mayEdit ? ["hosts"] : ["channels", "hosts", "log"]} />
      {words && <Notice tone="good">{words}</Notice>}
      <Section title="允许的主机" note={`共 ${rows.length} 个`} flush>
        <DataTable
          caption="允许的主机"
          rows={rows}
          rowKey={(row) => row.id}
          empty={
            <EmptyState
              title="名单为空，不向任何主机发送"
              explanation="群机器人登记前，由安全管理员把平台的主机加进来。"
            />
          }
          columns={[
            { key: "host", title: "主机", primary: true, render: (row) => row.host },
            { key: "note", title: "用途", render: (row) => row.note },
            { key: "by", title: "添加人", nowrap: true, render: (row) => row.addedByName },
            { key: "at", title: "添加时间", nowrap: true, render: (row) => formatInstant(new Date(row.addedAt)) },
            ...(mayEdit
              ? [
                  {
                    key: "remove",
                    title: "操作",
                    nowrap: true,
                    render: (row: (typeof rows)[number]) => (
                      <form method="post">
                        <input type="hidden" name="id" value={row.id} />
                        <input type="hidden" name="version" value={row.version} />
                        <ConfirmSubmit
                          name="intent"
                          value="remove"
                          variant="quiet"
                          title={`把 ${row.host} 移出白名单？`}
                          consequence="即刻不再向它发送，已排队的消息也发不出去。"
                          confirmLabel="移出"
                        >
                          移出
                        </ConfirmSubmit>
                      </form>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </Section>
      {mayEdit && <AddHost key={rows.length} />}
    </>
  );
}

function AddHost() {
  const reply = useActionData<FormReply>();
  const [form, fields] = useForm<{ host: string; note: string }>({ lastResult: reply?.form ?? null });
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title="添加主机">
        <ErrorSummary errors={summaryOf(form)} />
        <div className="max-w-3xl">
          <Columns>
            <TextInput
              {...wired(fields.host)}
              label="主机名"
              required
              maxLength={253}
              hint="例如 oapi.dingtalk.com；内网网关可填 IP 地址和端口，解析到内网的域名一律不发"
            />
            <TextInput {...wired(fields.note)} label="用途" required maxLength={100} />
          </Columns>
        </div>
        <FormActions>
          <SubmitButton pendingLabel="正在添加…">添加</SubmitButton>
        </FormActions>
      </Section>
    </form>
  );
}
