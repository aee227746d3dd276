import { Notice } from "~/ui";

/** Whether mail leaves at all. */
export function MailNotice({ configured }: { readonly configured: boolean }) {
  if (configured) return null;
  return (
    <Notice tone="info" title="未配置邮件服务器，不发邮件">
      消息仍进入站内收件箱并发往群机器人。配置邮件服务器（SMTP_URL）和发件人（MAIL_FROM）后，新的消息同时发邮件。
    </Notice>
  );
}
