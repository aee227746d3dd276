import type { Refusal } from "~/kernel/result";

import type { DraftRefusalCode, InstructRefusalCode, SignRefusalCode } from "./bulletin.rules";

/** The sentence of each refusal of this module: what is wrong and what to do. */
export function sayBulletinRefusal({
  code,
}: Refusal<DraftRefusalCode | SignRefusalCode | InstructRefusalCode>): string {
  switch (code) {
    case "periodNotFrozen":
      return "该考核期数据尚未冻结，请先在“考核管理”中冻结数据，再起草通报。";
    case "alreadyPublished":
      return "该考核期的通报已签发，内容不能再改；如有错误，请另发更正版。";
    case "rectifyNotAhead":
      return "整改期限应晚于今天，请重新选择日期。";
    case "alreadySigned":
      return "该通报已签发，无需重复办理。";
    case "drafterSigns":
      return "起草和签发须由两人办理，请由另一位有签发权限的同志签发。";
    case "scoresNotPublished":
      return "该考核期得分尚未向各单位公布，请先由考核人员在“考核管理”中公布得分，再签发通报。";
    case "notPublished":
      return "通报签发后才能批示。";
    case "dueNotAhead":
      return "办理期限应晚于今天，请重新选择日期。";
    case "unitOutside":
      return "请选择本地区的承办单位。";
    case "sameInstruction":
      return "您已对该单位作出相同批示，督办事项已立项，无需重复提交。";
  }
}
