import { Tabs } from "~/ui";

const VIEWS = { channels: "群机器人", hosts: "出站白名单", log: "发送记录" } as const;

/** What belongs to messages that leave the house; each is shown to whom it may be. */
export function ChannelTabs({ active, also }: { active: keyof typeof VIEWS; also: readonly (keyof typeof VIEWS)[] }) {
  if (also.length < 2) return null;
  return (
    <Tabs
      label="消息通道"
      tabs={also.map((view) => ({ href: `/messages/${view}`, label: VIEWS[view], active: view === active }))}
    />
  );
}
