import { Notice } from "~/ui";

/** Says plainly when nothing can be sent, because no platform is configured. */
export function PlatformNotice({ host }: { host: string | null }) {
  if (host !== null) return <p className="mb-4 text-[0.8125rem] text-secondary">目录平台：{host}</p>;
  return (
    <Notice tone="warn" title="未配置目录平台地址，暂不发送">
      交付照常生成并排队，系统管理员配置地址后自动按次序发送，不会丢失。
    </Notice>
  );
}
