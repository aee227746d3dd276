/** The roles of the product. @source domain.md §1 */
export const ROLES = [
  "filer",
  "unitLead",
  "bureauReviewer",
  "bureauAssessor",
  "financeReviewer",
  "expert",
  "operator",
  "leader",
  "auditor",
  "systemAdmin",
  "securityAdmin",
  "auditAdmin",
] as const;

export type Role = (typeof ROLES)[number];

/** Who acts: read once per request from the session, passed to policy and verbs. */
export interface Actor {
  readonly userId: string;
  readonly username: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly unitId: string;
  readonly unitName: string;
  readonly regionId: string;
  /** own region and every region below it */
  readonly regionIds: readonly string[];
}
