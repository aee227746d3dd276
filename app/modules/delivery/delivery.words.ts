import type { DeliveryState } from "~/kernel/vocabulary";

import type { FailureCode } from "./sending.rules";

const TONES = { waiting: "info", retrying: "warn", delivered: "good", dead: "bad" } as const;
export const deliveryTone = (state: DeliveryState): (typeof TONES)[DeliveryState] => TONES[state];

const FAILURES: Readonly<Record<FailureCode, string>> = {
  timeout: "等待应答超时，平台可能已收到",
  connection: "连接中断，平台可能已收到",
  redirected: "平台要求转到别的地址，未跟随",
  otherKey: "平台称与另一次交付冲突",
  answered: "平台未接受",
};

const isFailure = (code: string): code is FailureCode => code in FAILURES;

/** What an attempt came to, in words: the answer's number, or why there was none. */
export function outcomeWords({ status, error }: { readonly status: number | null; readonly error: string | null }) {
  const answered = status === null ? "" : `应答 ${status}`;
  if (error === null) return status === 409 ? `${answered}，平台此前已收到` : answered;
  const [code = "", detail = ""] = error.split(" ");
  const why = isFailure(code) ? FAILURES[code] : error;
  return [answered, detail ? `${why}（${detail}）` : why].filter(Boolean).join("，");
}
