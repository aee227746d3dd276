import type { Actor, Role } from "~/kernel/actor";

/** What each role is called on screen. @source domain.md §1 */
export const roleLabels: Readonly<Record<Role, string>> = {
  filer: "填报人",
  unitLead: "分管领导",
  bureauReviewer: "数据局审核",
  bureauAssessor: "数据局考核",
  financeReviewer: "财政评审",
  expert: "专家",
  operator: "运营方",
  leader: "领导小组",
  auditor: "审计监督",
  systemAdmin: "系统管理员",
  securityAdmin: "安全管理员",
  auditAdmin: "审计管理员",
};

/** The roles of a person for the head of the page, with the colleague for whom one is held. */
export function roleWords({ roles, delegations = [] }: Pick<Actor, "roles" | "delegations">): string {
  return roles
    .map((role) => {
      const principals = delegations.filter((each) => each.role === role).map(({ fromName }) => fromName);
      return principals.length === 0 ? roleLabels[role] : `${roleLabels[role]}（代${principals.join("、")}）`;
    })
    .join("、");
}
