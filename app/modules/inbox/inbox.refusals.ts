import type { Refusal } from "~/kernel/result";

export type RobotRefusal = "nameTaken" | "unitUnknown" | "hostNotListed" | "secretMissing" | "robotDisabled";
export type HostRefusal = "hostListed";
export type ResendRefusal = "notDead" | "robotDisabled";

/** The sentence of each refusal of this module: what is wrong and what to do. */
export function sayInboxRefusal({ code, facts }: Refusal<RobotRefusal | HostRefusal | ResendRefusal>): string {
  switch (code) {
    case "nameTaken":
      return "已有同名的机器人，请换一个名称。";
    case "unitUnknown":
      return "请在本地区的单位中选择；全地区的群请留空。";
    case "hostNotListed":
      return `主机 ${facts?.host ?? ""} 不在出站白名单内，请先由安全管理员加入。`;
    case "secretMissing":
      return "钉钉机器人请填写加签密钥（安全设置中以 SEC 开头的一串）。";
    case "robotDisabled":
      return "该机器人已停用，请先启用。";
    case "hostListed":
      return "该主机已在白名单内，不用再次添加。";
    case "notDead":
      return "只有发送失败的消息需要人工重发，请刷新页面查看最新状态。";
  }
}
