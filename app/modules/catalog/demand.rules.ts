import { refuse, accept, type Result } from "~/kernel/result";

export type DemandRefusalCode = "wantedFromOneself" | "demandTwice";

/** May a unit register this demand? Not from itself, and not twice for one project. @source domain.md §4 */
export function admitDemand(
  demand: { readonly unitId: string; readonly providerUnitId: string | null; readonly wanted: string },
  existing: readonly { readonly providerUnitId: string | null; readonly wanted: string }[],
): Result<null, DemandRefusalCode> {
  if (demand.providerUnitId === demand.unitId) return refuse({ code: "wantedFromOneself", field: "providerUnitId" });
  const twice = existing.some((e) => e.providerUnitId === demand.providerUnitId && e.wanted === demand.wanted);
  return twice ? refuse({ code: "demandTwice", field: "wanted" }) : accept(null);
}
