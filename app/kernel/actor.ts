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

/** A role that a person acts in for a colleague who is on leave (委托代办). */
export interface Delegated {
  readonly role: Role;
  readonly fromUserId: string;
  readonly fromName: string;
}

/** Who acts: read once per request from the session, passed to policy and verbs. */
export interface Actor {
  readonly userId: string;
  readonly username: string;
  readonly name: string;
  /** own roles first, then those that the person holds only for a colleague */
  readonly roles: readonly Role[];
  /** which of the roles are held for whom; what is not named here is the person's own */
  readonly delegations?: readonly Delegated[];
  readonly unitId: string;
  readonly unitName: string;
  readonly regionId: string;
  /** own region and every region below it */
  readonly regionIds: readonly string[];
}
