import type { Refusal } from "~/kernel/result";

import type { InvitationCode } from "./parts.rules";
import { sayProjectRefusal } from "./projects.refusals";

/** Why a unit was not invited to file a part, and what to do. */
export function sayInvitationRefusal({ code, facts = {} }: Refusal<InvitationCode>): string {
  switch (code) {
    case "notEditable":
      return sayProjectRefusal({ code: "notEditable" });
    case "partOfAnother":
      return "本项目是联合项目的一个部分，只有牵头单位可以邀请其他单位。";
    case "ownUnit":
      return "不能邀请本单位，本单位的内容请直接填在本项目中。";
    case "notPartner":
      return "该单位没有列入本项目的共同牵头或配合单位，请先在“基本信息”中填写其全称并保存。";
    case "alreadyInvited":
      return "该单位已有本项目的一个部分，请联系该单位在原有部分中填报。";
    case "nameTaken":
      return `${facts.unitName ?? "该单位"}在 ${facts.year ?? ""} 年度已有同名项目，请换一个能区分的名称。`;
  }
}
