import { EXPERT_VERDICTS, PANEL_STATES, type ExpertVerdict, type PanelState } from "~/kernel/vocabulary";
import { Section, StatusTag } from "~/ui";

const TONES = { agree: "good", agreeWithChanges: "warn", disagree: "bad" } as const;

/** What the experts say of a filing, and the way to their panel. */
export function ExpertReview({
  projectId,
  panel,
  mayConvene,
}: {
  projectId: string;
  panel: { state: PanelState; dueOn: string; verdict: ExpertVerdict | null; summary: string | null } | null;
  mayConvene: boolean;
}) {
  if (!panel && !mayConvene) return null;
  const href = `/projects/${projectId}/panel`;
  return (
    <Section
      title="专家评审"
      id="experts"
      note={panel ? PANEL_STATES[panel.state] : "尚未组织"}
      actions={<a href={href}>{panel ? "查看专家评审" : "组织专家评审"}</a>}
    >
      {panel?.verdict ? (
        <>
          <StatusTag tone={TONES[panel.verdict]}>{EXPERT_VERDICTS[panel.verdict]}</StatusTag>
          <p className="mt-1 whitespace-pre-line">{panel.summary}</p>
        </>
      ) : (
        <p className="text-secondary">
          {panel?.state === "open"
            ? `专家意见期限 ${panel.dueOn}`
            : "需要专家把关的项目，由单数专家组成专家组评审，形成意见后再审核。"}
        </p>
      )}
    </Section>
  );
}
