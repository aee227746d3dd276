import type { MilestoneClaim } from "./report.rules";

/**
 * A signed version, as it was. Milestone dates are the claims that the signature carried over. What was not kept when the
 * version was signed is absent.
 */
export interface SignedContent {
  readonly plannedPercent: string | null;
  readonly actualPercent: string | null;
  readonly doneThisMonth: string;
  readonly nextMonth: string;
  readonly problems: string;
  readonly mattersToSettle: string;
  readonly spentFen: number | null;
  readonly spentTotalFen: number | null;
  readonly claims: readonly MilestoneClaim[];
  /** by their name of that day; the ids open them for ever */
  readonly files: readonly { readonly id: string; readonly milestoneId: string | null; readonly name: string }[];
  readonly light: string;
  readonly lightReasons: readonly {
    readonly code: string;
    readonly facts: Readonly<Record<string, string | number>>;
  }[];
  readonly filledBy: string | null;
}
