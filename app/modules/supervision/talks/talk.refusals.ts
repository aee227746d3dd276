import type { Refusal } from "~/kernel/result";

import type { TalkRefusal } from "./talk.rules";

/** Why a talk was not recorded as held, and what to do. */
export function sayTalkRefusal({ code }: Refusal<TalkRefusal>): string {
  switch (code) {
    case "talkHeldAlready":
      return "这次约谈已经记录，请刷新页面查看。";
    case "heldInFuture":
      return "约谈日期不能晚于今天，请在约谈之后再记录。";
    case "heldBeforeCalled":
      return "约谈日期不能早于发起日期，请核对约谈通知上的日期。";
    case "minutesMissing":
      return "请上传约谈纪要。";
  }
}
