import { compare, parseRational, rational } from "~/kernel/rational";
import { CLOUD_STEPS, type CloudStep } from "~/kernel/vocabulary";

/** Where a system stands on the board: at a step that waits for it, or migrated. */
export const MIGRATED = "已上云";
export type CloudColumn = CloudStep | typeof MIGRATED;
export const CLOUD_COLUMNS: readonly CloudColumn[] = [...CLOUD_STEPS, MIGRATED];

/** The column's word: what the systems in it wait for. */
export const columnName = (column: CloudColumn): string => (column === MIGRATED ? column : `待${column}`);

/** Migrated systems and the systems they are counted among. @unit systems */
export interface CloudShare {
  readonly numerator: number;
  readonly denominator: number;
}

/**
 * How many more systems have to be migrated for a share to reach its target; 0 when it is reached, or when nothing counts.
 * @param targetPercent the figure's text, such as "100" or "97.5" @unit percent
 */
export function missingToTarget({ numerator, denominator }: CloudShare, targetPercent: string): number {
  const target = parseRational(targetPercent);
  const wanted = (target.n * BigInt(denominator) + target.d * 100n - 1n) / (target.d * 100n);
  return Math.max(0, Number(wanted) - numerator);
}

/** Has a share reached its target? One of nothing has no rate and is never behind. */
export function reachesTarget({ numerator, denominator }: CloudShare, targetPercent: string): boolean {
  if (denominator === 0) return true;
  return compare(rational(numerator * 100, denominator), parseRational(targetPercent)) >= 0;
}

/** The sum of shares: numerators and denominators are added, rates never averaged. */
export const totalShare = (shares: readonly CloudShare[]): CloudShare => ({
  numerator: shares.reduce((total, share) => total + share.numerator, 0),
  denominator: shares.reduce((total, share) => total + share.denominator, 0),
});
