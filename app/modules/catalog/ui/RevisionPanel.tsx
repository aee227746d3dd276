import { REVISION_STATES, type RevisionState } from "~/kernel/vocabulary";
import { Section, StatusTag } from "~/ui";

import type { ContentDifferences } from "../content-differences";
import type { ResourceActor } from "../resource-next";
import { revisionTone } from "../resource-words";
import { DifferenceTables } from "./DifferenceTables";
import { StepForm, type StepReply } from "./StepForm";

export interface RevisionPanelProps {
  readonly revision: {
    readonly version: number;
    readonly state: RevisionState;
    readonly note: string;
    readonly differences: ContentDifferences;
  };
  readonly who: ResourceActor;
  readonly reply: StepReply | undefined;
}

/** The change that is on its way: what it would change, and what can be done with it. */
export function RevisionPanel({ revision, who, reply }: RevisionPanelProps) {
  const { version, state, note, differences } = revision;
  const step = { version, reply };
  return (
    <Section title="正在办理的修订" note={<StatusTag tone={revisionTone(state)}>{REVISION_STATES[state]}</StatusTag>}>
      <p className="mb-2">{note}</p>
      <DifferenceTables differences={differences} />
      <div className="mt-4 flex flex-wrap items-start gap-x-4 gap-y-2">
        {state === "draft" && who.signsRevision && (
          <>
            <StepForm {...step} intent="registerRevision" label="登记修订" />
            <StepForm {...step} intent="sendBackRevision" label="退回修订" asks="退回原因" variant="secondary" />
          </>
        )}
        {state === "draft" && who.registers && (
          <StepForm {...step} intent="dropRevision" label="放弃修订" variant="secondary" />
        )}
        {state === "registered" && who.publishes && (
          <>
            {!who.wasRevisionRegistrar && <StepForm {...step} intent="publishRevision" label="发布修订" />}
            <StepForm {...step} intent="declineRevision" label="不同意修订" asks="不同意的原因" variant="secondary" />
          </>
        )}
      </div>
    </Section>
  );
}
