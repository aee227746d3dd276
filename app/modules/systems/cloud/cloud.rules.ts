import type { Ownership, ProjectClass, ScopeReason, ScopeResult } from "~/kernel/vocabulary";

/**
 * Is a system outside the cloud rate, and why? Vertical systems are listed but not judged; units of public and state
 * security, secret systems and MLPS level 4 and above stay out.
 * @source domain.md §6
 */
export function outOfCloudScope(system: {
  readonly ownership: Ownership;
  readonly secret: boolean;
  readonly mlpsLevel: number | null;
  readonly unitExempt: boolean;
  /** the MLPS level from which a system stays out: rule figure cloud.excludedFromLevel */
  readonly excludedFromLevel: number;
}): ScopeReason | undefined {
  if (system.ownership !== "own") return "verticalSystem";
  if (system.unitExempt) return "exemptUnit";
  if (system.secret) return "secretSystem";
  if (system.mlpsLevel !== null && system.mlpsLevel >= system.excludedFromLevel) return "highLevel";
  return undefined;
}

/** How a system stands to the cloud rate on some day. */
export interface Standing {
  readonly scope: ScopeResult;
  readonly managed: boolean;
}

/**
 * Is a system of this standing in the denominator of the cloud rate? What is out is not; a special system may stay where
 * it is, but leaves the denominator only once the city manages it (纳管) and its interfaces are open.
 * @source domain.md §6
 */
export const countsInRate = ({ scope, managed }: Standing): boolean =>
  scope === "in" || (scope === "special" && !managed);

/**
 * Does a project of this class leave a system behind? Maintenance, operation and services work on what is there; a filing
 * that named no class is taken to build one.
 * @source domain.md §2, §6
 */
export function buildsSystem(projectClass: ProjectClass | null): boolean {
  switch (projectClass) {
    case "maintenanceInfrastructure":
    case "maintenanceSoftware":
    case "businessOperation":
    case "thirdParty":
      return false;
    case "infrastructureCommon":
    case "infrastructureSpecial":
    case "softwarePlatform":
    case "softwareGeneral":
    case "softwareSpecial":
    case null:
      return true;
  }
}
