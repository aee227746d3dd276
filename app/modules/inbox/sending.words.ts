import type { SendingState } from "~/kernel/vocabulary";

import type { FailureCode } from "./sending.rules";

const TONES = { waiting: "info", retrying: "warn", sent: "good", dead: "bad" } as const;
export const sendingTone = (state: SendingState): (typeof TONES)[SendingState] => TONES[state];

/** What is counted as which state. */
export const SENDING_MEANINGS: Readonly<Record<SendingState, string>> = {
  waiting: "已排队、尚未发送的消息；同一群机器人的合并为一条发送。",
  retrying: "发送未成功、等待自动重试的消息，间隔逐次加长，最长 6 小时，至多 10 次。",
  sent: "邮件服务器或群机器人平台已确认接收的消息；是否已读不在统计之列。",
  dead: "多次未成功或被对方明确拒收、不再自动重试的消息，须查明原因后重新发送；站内消息不受影响。",
};

const FAILURES: Readonly<Record<FailureCode, string>> = {
  timeout: "等待应答超时，对方可能已收到",
  connection: "连接失败",
  redirected: "对方要求转到别的地址，未跟随",
  answered: "对方未按约定应答",
  refused: "对方拒收",
  notAllowed: "主机不在出站白名单，未发送",
  mail: "邮件服务器未接收",
};

/** The system's words that have an own sentence. */
const DETAILS: Readonly<Record<string, string>> = {
  EPRIVATE: "主机名指向内部网络，未发送",
  ECONNREFUSED: "对方拒绝连接",
  ENOTFOUND: "找不到该主机",
  ETIMEDOUT: "连接超时",
  EAUTH: "账号或密码不被接受",
};

const isFailure = (code: string): code is FailureCode => code in FAILURES;

/** Why a message did not leave, in words, with those of whoever refused it. */
export function failureWords(lastError: string): string {
  const gap = lastError.indexOf(" ");
  const code = gap < 0 ? lastError : lastError.slice(0, gap);
  const detail = gap < 0 ? "" : lastError.slice(gap + 1);
  if (!isFailure(code)) return lastError;
  return detail ? `${FAILURES[code]}（${DETAILS[detail] ?? detail}）` : FAILURES[code];
}
