import type { Refusal } from "~/kernel/result";

import type { LoginRefusalCode } from "./login.rules";

/** The same words for an unknown account and a wrong password. */
export function sayLoginRefusal({ code, facts }: Refusal<LoginRefusalCode>): string {
  switch (code) {
    case "wrongCredentials":
      return "账号或密码不正确，请核对后重试。";
    case "accountLocked":
      return `该账号连续登录失败次数过多，请 ${facts?.minutes ?? ""} 分钟后再试，或联系系统管理员。`;
    case "addressLocked":
      return `本机登录失败次数过多，请 ${facts?.minutes ?? ""} 分钟后再试。`;
  }
}
