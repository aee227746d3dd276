import type { Refusal } from "~/kernel/result";
import type { Hosting } from "~/kernel/vocabulary";

/** Grounds on which a system may stand elsewhere than on the government cloud. @source domain.md §3.5, §6 */
export const HOSTING_EXEMPTIONS = {
  secret: "涉密系统",
  highLevel: "网络安全等级保护四级及以上",
  specialAuthority: "公安、国家安全等特殊单位系统",
  superiorBuilt: "上级统建、垂直管理系统",
  specialEquipment: "专用设备或专网限制，承诺开放接口并纳入统一管理",
} as const;
export type HostingExemption = keyof typeof HOSTING_EXEMPTIONS;

export type HostingCode =
  "hostingNeedsReason" | "secretOnCloud" | "levelTooHighForOtherCloud" | "exemptionContradicted";

/** What the security section says of where the system will stand; nulls are not yet decided. */
export interface HostingChoice {
  readonly secret: boolean | null;
  readonly mlpsLevel: number | null;
  readonly hosting: Hosting | null;
  readonly exemption: HostingExemption | null;
}

/**
 * Hosting against secrecy and level: the government cloud is the rule, anything else needs a ground that is true of this
 * very system; nothing secret stands on a cloud.
 * @param offCloudFromLevel from this level on a system may stand elsewhere @unit MLPS level
 * @source domain.md §3.5, §6
 */
export function hostingProblems(choice: HostingChoice, offCloudFromLevel: number): Refusal<HostingCode>[] {
  const { secret, mlpsLevel, hosting, exemption } = choice;
  if (!hosting) return [];
  const problems: Refusal<HostingCode>[] = [];
  const onCloud = hosting === "governmentCloud" || hosting === "otherCloud";
  if (secret && onCloud) problems.push({ code: "secretOnCloud", field: "hosting" });
  if (hosting === "governmentCloud") return problems;
  if (hosting === "otherCloud" && (mlpsLevel ?? 0) >= offCloudFromLevel) {
    problems.push({ code: "levelTooHighForOtherCloud", field: "hosting", facts: { level: mlpsLevel ?? 0 } });
  }
  if (!exemption) problems.push({ code: "hostingNeedsReason", field: "exemption" });
  else if (!isTrueOf(exemption, choice, offCloudFromLevel)) {
    problems.push({ code: "exemptionContradicted", field: "exemption", facts: { exemption } });
  }
  return problems;
}

function isTrueOf(
  exemption: HostingExemption,
  { secret, mlpsLevel, hosting }: HostingChoice,
  offCloudFromLevel: number,
): boolean {
  switch (exemption) {
    case "secret":
      return secret !== false;
    case "highLevel":
      return mlpsLevel === null || mlpsLevel >= offCloudFromLevel;
    case "superiorBuilt":
      return hosting === "superiorCloud";
    case "specialAuthority":
    case "specialEquipment":
      return true;
  }
}
