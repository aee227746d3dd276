import type { LightReason } from "../progress.rules";

import { ruleOf } from "../light/light-rule";
import { lightRuleHref, sayLightReason, sayLightRule } from "../light/light.words";

/** Why a light is not green: each reason with the rule that set it, as it was in force on the day of the judgement. */
export function ReportLight({
  reasons,
}: {
  reasons: readonly { readonly code: string; readonly facts: LightReason["facts"] }[];
}) {
  return (
    <ul className="list-disc space-y-1 pl-5">
      {reasons.map((reason) => {
        const rule = ruleOf(reason);
        return (
          <li key={reason.code}>
            {sayLightReason(reason)}
            {rule && (
              <span className="block text-[0.8125rem] text-secondary">
                适用规则：<a href={lightRuleHref(rule)}>{sayLightRule(rule)}</a>
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
