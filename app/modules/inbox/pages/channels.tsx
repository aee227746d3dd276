import { useLoaderData } from "@remix-run/react";

import { ROBOT_BRANDS } from "~/kernel/vocabulary";
import { mailIsConfigured } from "~/platform/mail.server";
import { scopeFor } from "~/policy";
import { DataTable, EmptyState, LinkButton, PageHead, Section, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";

import { listRobots } from "../robots.queries.server";
import { ChannelTabs } from "../ui/ChannelTabs";
import { MailNotice } from "../ui/MailNotice";

export const handle = crumbs(() => [{ label: "消息通道" }]);

export const loader = pageLoader({
  access: "admin:system",
  load: async ({ ctx }) => ({
    rows: await listRobots(ctx.db, scopeFor(ctx.actor, "admin:system")),
    mail: mailIsConfigured(),
  }),
});

export default function Channels() {
  const { rows, mail } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="消息通道"
        meta="站内消息之外，提醒、催报和督办经邮件和群机器人外发"
        actions={<LinkButton href="/messages/channels/new">登记机器人</LinkButton>}
      />
      <ChannelTabs active="channels" also={["channels", "hosts", "log"]} />
      <MailNotice configured={mail} />
      <Section title="群机器人" note={`共 ${rows.length} 个；地址和密钥保存后不再显示`} flush>
        <DataTable
          caption="群机器人"
          rows={rows}
          rowKey={(row) => row.id}
          empty={
            <EmptyState
              title="还没有群机器人"
              explanation="在钉钉或企业微信的群里添加自定义机器人，再到这里登记；主机须先由安全管理员加入出站白名单。"
            />
          }
          columns={[
            {
              key: "name",
              title: "机器人",
              primary: true,
              render: (row) => <a href={`/messages/channels/${row.id}`}>{row.name}</a>,
            },
            { key: "unit", title: "所属单位", render: (row) => row.unitName ?? "全地区" },
            { key: "brand", title: "平台", nowrap: true, render: (row) => ROBOT_BRANDS[row.brand] },
            { key: "host", title: "主机", render: (row) => row.host },
            { key: "signed", title: "加签", nowrap: true, render: (row) => (row.signed ? "已配置" : "无") },
            {
              key: "state",
              title: "状态",
              nowrap: true,
              render: (row) =>
                row.enabled ? <StatusTag tone="good">已启用</StatusTag> : <StatusTag tone="neutral">已停用</StatusTag>,
            },
          ]}
        />
      </Section>
    </>
  );
}
