import { formatInstant } from "~/kernel/local-date";
import {
  ACCEPTANCE_STATES,
  EXPERT_VERDICTS,
  PANEL_STATES,
  type AcceptanceKind,
  type AcceptanceState,
  type ExpertVerdict,
  type PanelState,
} from "~/kernel/vocabulary";
import { DescriptionList, LinkButton, Section, StatusTag } from "~/ui";

import { acceptanceTitle, acceptanceTone } from "../acceptance.words";
import { PapersTable, type PaperRow } from "./PapersForm";

/** An application as JSON brings it. */
export interface ApplicationRow {
  readonly id: string;
  readonly kind: AcceptanceKind;
  readonly number: number;
  readonly state: AcceptanceState;
  readonly statement: string;
  readonly opinion: string | null;
  readonly submittedBy: string | null;
  readonly submittedAt: string | null;
  readonly signedBy: string | null;
  readonly signedAt: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly panel: {
    readonly id: string;
    readonly state: PanelState;
    readonly verdict: ExpertVerdict | null;
    readonly summary: string | null;
  } | null;
}

/** An application to read: what it says, its papers, the experts, who handled it and how it ended. */
export function ApplicationView({
  projectId,
  application,
  papers,
  names,
}: {
  readonly projectId: string;
  readonly application: ApplicationRow;
  readonly papers: readonly PaperRow[];
  readonly names: Readonly<Record<string, string>>;
}) {
  const { kind, number, state, statement, panel, opinion } = application;
  const hand = (id: string | null, at: string | null): string | null =>
    at && `${(id && names[id]) ?? ""} ${formatInstant(new Date(at))}`;
  return (
    <Section
      title={acceptanceTitle(kind, number)}
      id={`application-${kind}-${number}`}
      note={<StatusTag tone={acceptanceTone(state)}>{ACCEPTANCE_STATES[state]}</StatusTag>}
      actions={
        application.decidedAt && (
          <LinkButton href={`/projects/${projectId}/acceptance/${application.id}/opinion`} target="_blank">
            验收意见书（PDF）
          </LinkButton>
        )
      }
      flush
    >
      <div className="px-4 py-3">
        <DescriptionList
          items={[
            { term: "申请说明", detail: <p className="whitespace-pre-line">{statement}</p>, wide: true },
            { term: "提交", detail: hand(application.submittedBy, application.submittedAt) },
            { term: "签批", detail: hand(application.signedBy, application.signedAt) },
            ...(application.decidedAt
              ? [{ term: "办理", detail: hand(application.decidedBy, application.decidedAt) }]
              : []),
            ...(opinion
              ? [{ term: "数据局意见", detail: <p className="whitespace-pre-line">{opinion}</p>, wide: true }]
              : []),
            ...(panel
              ? [
                  {
                    term: "专家评审",
                    detail: (
                      <span>
                        {panel.verdict ? EXPERT_VERDICTS[panel.verdict] : PANEL_STATES[panel.state]}
                        {panel.summary && `：${panel.summary}`}
                      </span>
                    ),
                    wide: true,
                  },
                ]
              : []),
          ]}
        />
      </div>
      <PapersTable projectId={projectId} papers={papers} />
    </Section>
  );
}
