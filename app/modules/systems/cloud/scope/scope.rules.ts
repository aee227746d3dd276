import { accept, refuse, type Result } from "~/kernel/result";
import { OWNERSHIPS, SCOPE_REASONS, type Ownership, type ScopeReason, type ScopeResult } from "~/kernel/vocabulary";

import { outOfCloudScope } from "../cloud.rules";

/** What a scope decision says of a system. */
export interface ScopeJudgement {
  readonly scope: ScopeResult;
  readonly reason: ScopeReason | null;
  readonly managed: boolean;
}

/** What the rule is asked with. */
export interface ScopeFacts {
  readonly ownership: Ownership;
  readonly unitExempt: boolean;
  readonly secret: boolean;
  readonly mlpsLevel: number | null;
  /** rule figure cloud.excludedFromLevel */
  readonly excludedFromLevel: number;
}

/** Why a system may stay where it is: decided by people, not by the rule. @source domain.md §6 */
export const SPECIAL_REASONS = ["professional", "strictSecurity", "largeVolume"] as const satisfies ScopeReason[];
export type SpecialReason = (typeof SPECIAL_REASONS)[number];

const COUNTED: ScopeJudgement = { scope: "in", reason: null, managed: false };

/** What the rule says of a system with these facts. @source domain.md §6 */
export function judgeByRule(facts: ScopeFacts): ScopeJudgement {
  const reason = outOfCloudScope(facts);
  return reason ? { scope: "out", reason, managed: false } : COUNTED;
}

export const sameJudgement = (a: ScopeJudgement, b: ScopeJudgement): boolean =>
  a.scope === b.scope && a.reason === b.reason && a.managed === b.managed;

/**
 * What the rule asks to change of how a system stands; undefined when it stands as it should. A special system is one that
 * the rule counts and people let stay: as long as the rule counts it, nothing changes.
 */
export function changeByRule(facts: ScopeFacts, standing: ScopeJudgement): ScopeJudgement | undefined {
  const judged = judgeByRule(facts);
  if (judged.scope === "in" && standing.scope === "special") return undefined;
  return sameJudgement(judged, standing) ? undefined : judged;
}

/** What a person proposes: that the rule's answer is taken on, or that the system is special. */
export type ScopeProposal =
  | { readonly kind: "byRule" }
  | {
      readonly kind: "special";
      readonly reason: SpecialReason;
      readonly managed: boolean;
      /** the statement that its interfaces are open and the city manages it */
      readonly interfacesOpen: boolean;
      readonly explanation: string;
      readonly hasPaper: boolean;
    };

export type ScopeProposalCode =
  "ruleLeavesOut" | "standsSo" | "explanationMissing" | "paperMissing" | "statementMissing";

/**
 * What a proposal amounts to. A special system needs an explanation and a paper, and is managed only with the statement that
 * its interfaces are open; what the rule leaves out is not special.
 * Refuses with ruleLeavesOut, standsSo, explanationMissing, paperMissing, statementMissing.
 * @source domain.md §6
 */
export function judgeProposal(
  facts: ScopeFacts,
  standing: ScopeJudgement,
  proposal: ScopeProposal,
): Result<ScopeJudgement, ScopeProposalCode> {
  const judged = judgeByRule(facts);
  const proposed: ScopeJudgement =
    proposal.kind === "byRule"
      ? judged
      : { scope: "special", reason: proposal.reason, managed: proposal.managed && proposal.interfacesOpen };
  if (proposal.kind === "special") {
    if (judged.scope === "out" && judged.reason) {
      return refuse({ code: "ruleLeavesOut", field: "kind", facts: { reason: SCOPE_REASONS[judged.reason] } });
    }
    const missing = [
      ...(proposal.explanation ? [] : [{ code: "explanationMissing", field: "explanation" } as const]),
      ...(proposal.hasPaper ? [] : [{ code: "paperMissing", field: "file" } as const]),
      ...(proposal.managed && !proposal.interfacesOpen
        ? [{ code: "statementMissing", field: "interfacesOpen" } as const]
        : []),
    ];
    if (missing.length > 0) return refuse(...missing);
  }
  if (sameJudgement(proposed, standing)) return refuse({ code: "standsSo", field: "kind" });
  return accept(proposed);
}

/** Why the rule says what it says, from what it was asked with: the explanation of a proposal that it opens. */
export function explainByRule(facts: ScopeFacts, { reason }: ScopeJudgement): string {
  switch (reason) {
    case "verticalSystem":
      return `建设层级为“${OWNERSHIPS[facts.ownership]}”，只登记不考核。`;
    case "exemptUnit":
      return "主管单位属于公安、国家安全等单位，其系统不纳入上云范围。";
    case "secretSystem":
      return "登记为涉密系统，不纳入上云范围。";
    case "highLevel":
      return `等级保护定级为 ${facts.mlpsLevel ?? ""} 级，达到 ${facts.excludedFromLevel} 级及以上不纳入上云范围。`;
    default:
      return "自建、非涉密，主管单位不属例外，等级保护定级低于不纳入的级别，应当上云。";
  }
}

/** Facts as a decision keeps them; `opened` tells whether the rule or a person made the proposal. */
export const factsToKeep = (
  facts: ScopeFacts,
  opened: "byRule" | "byHand",
): Record<string, string | number | boolean | null> => ({
  ownership: facts.ownership,
  unitExempt: facts.unitExempt,
  secret: facts.secret,
  mlpsLevel: facts.mlpsLevel,
  excludedFromLevel: facts.excludedFromLevel,
  says: judgeByRule(facts).reason,
  opened,
});

const ASKED = ["ownership", "unitExempt", "secret", "mlpsLevel", "excludedFromLevel"] as const;

/** Was the rule asked with the same facts when the decision was proposed? */
export const sameFacts = (kept: Readonly<Record<string, unknown>>, facts: ScopeFacts): boolean =>
  ASKED.every((name) => kept[name] === facts[name]);

/** Did the rule open this proposal, or a person? */
export const openedByRule = (kept: Readonly<Record<string, unknown>>): boolean => kept.opened === "byRule";
