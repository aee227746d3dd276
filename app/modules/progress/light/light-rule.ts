import type { LightReason } from "../progress.rules";

/** A rule figure as it was in force. */
export interface RuleInForce {
  readonly code: string;
  readonly name: string;
  readonly value: string;
  readonly unit: string;
  readonly inForceFrom: string;
}

/** The rule figure that sets the limit of each reason; after a red there is no limit to set. */
const FIGURE_OF: Readonly<Record<LightReason["code"], string | null>> = {
  lagRed: "light.redLagPoints",
  lagYellow: "light.yellowLagPoints",
  milestoneLongOverdue: "light.redOverdueDays",
  milestoneOverdue: "light.redOverdueDays",
  reportsMissing: "light.redMissingReports",
  acceptanceOverdue: "acceptance.applyMonths",
  madeUpAfterRed: null,
};

/**
 * Reasons with the rule that set them, as it was in force on the day of the judgement: kept with the light, so that a later
 * change of the figure does not change what was judged.
 */
export const withRules = (reasons: readonly LightReason[], ruleInForce: (code: string) => RuleInForce): LightReason[] =>
  reasons.map(({ code, facts }) => {
    const figure = FIGURE_OF[code];
    if (figure === null) return { code, facts };
    const { name, value, unit, inForceFrom } = ruleInForce(figure);
    return {
      code,
      facts: { ...facts, ruleCode: figure, ruleName: name, ruleValue: value, ruleUnit: unit, ruleFrom: inForceFrom },
    };
  });

/** The rule that was kept with a reason; undefined when the reason has none. */
export function ruleOf({ facts }: { readonly facts: LightReason["facts"] }): RuleInForce | undefined {
  const { ruleCode, ruleName, ruleValue, ruleUnit, ruleFrom } = facts;
  if (ruleCode === undefined) return undefined;
  const [code, name, value, unit, inForceFrom] = [ruleCode, ruleName, ruleValue, ruleUnit, ruleFrom].map(
    (fact) => `${fact ?? ""}`,
  ) as [string, string, string, string, string];
  return { code, name, value, unit, inForceFrom };
}
