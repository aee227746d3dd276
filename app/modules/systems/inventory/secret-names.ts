import type { Scope } from "~/policy";

interface Guarded {
  readonly code: string;
  readonly name: string;
  readonly unitId: string;
  readonly regionId: string;
  readonly secret: boolean;
}

/** May who reads with this scope know what a secret system is called: its own unit, and who oversees the region. */
export const opensSecret = (scope: Scope, { unitId, regionId }: Pick<Guarded, "unitId" | "regionId">): boolean =>
  scope.unitId === unitId || scope.regionIds.includes(regionId);

/** What a system is called before a reader; a secret one is its number to all others. */
export const shownName = (scope: Scope, system: Guarded): string =>
  !system.secret || opensSecret(scope, system) ? system.name : `涉密系统（${system.code}）`;
