import { rational } from "~/kernel/rational";
import { Figure, Percent, StatGrid } from "~/ui";

import { CLOUD_DEFINITIONS, sayTarget } from "../cloud/rates/cloud.words";
import { MIGRATED, missingToTarget, reachesTarget } from "../cloud/rates/rates.rules";

interface CloudTilesProps {
  readonly summary: {
    readonly numerator: number;
    readonly denominator: number;
    readonly overdue: number;
    readonly blocked: number;
    readonly newNumerator: number;
    readonly newDenominator: number;
  };
  readonly targets: { readonly all: string | null; readonly new: string | null };
  readonly asOf: string;
  /** the list that a figure opens to, with these questions */
  readonly listHref: (questions: Readonly<Record<string, string>>) => string;
}

const shareOf = (numerator: number, denominator: number) => (denominator > 0 ? rational(numerator, denominator) : null);

/** The figures of cloud migration, each with its definition, its day and its rows. */
export function CloudTiles({ summary, targets, asOf, listHref }: CloudTilesProps) {
  const { numerator, denominator, overdue, blocked, newNumerator, newDenominator } = summary;
  const fresh = { numerator: newNumerator, denominator: newDenominator };
  return (
    <StatGrid>
      <Figure
        label="上云率"
        value={<Percent share={shareOf(numerator, denominator)} digits={2} />}
        definition={CLOUD_DEFINITIONS.rate}
        cutoff={asOf}
        href={listHref({})}
        note={targetNote(summary, targets.all)}
        tone={targets.all !== null && !reachesTarget(summary, targets.all) ? "warn" : "good"}
      />
      <Figure
        label="已上云"
        value={numerator}
        unit="个"
        definition={CLOUD_DEFINITIONS.migrated}
        cutoff={asOf}
        href={listHref({ step: MIGRATED })}
      />
      <Figure
        label="应上云"
        value={denominator}
        unit="个"
        definition={CLOUD_DEFINITIONS.due}
        cutoff={asOf}
        href={listHref({})}
      />
      <Figure
        label="批次逾期"
        value={overdue}
        unit="个"
        definition={CLOUD_DEFINITIONS.overdue}
        cutoff={asOf}
        href={listHref({ overdue: "yes" })}
        tone={overdue > 0 ? "bad" : "good"}
      />
      <Figure
        label="受阻"
        value={blocked}
        unit="个"
        definition={CLOUD_DEFINITIONS.blocked}
        cutoff={asOf}
        href={listHref({ blocked: "yes" })}
        tone={blocked > 0 ? "warn" : "good"}
      />
      <Figure
        label="新增系统上云率"
        value={<Percent share={shareOf(newNumerator, newDenominator)} digits={2} />}
        definition={CLOUD_DEFINITIONS.fresh}
        cutoff={asOf}
        href={listHref({ new: "yes" })}
        note={
          newDenominator > 0
            ? `${newNumerator} / ${newDenominator} 个 · ${targetNote(fresh, targets.new)}`
            : "当年没有新增系统"
        }
      />
    </StatGrid>
  );
}

function targetNote(share: { numerator: number; denominator: number }, target: string | null): string {
  if (target === null) return "未设目标";
  const missing = missingToTarget(share, target);
  return `目标 ${sayTarget(target)}，${missing > 0 ? `还差 ${missing} 个` : "已达到"}`;
}
