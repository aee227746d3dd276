import type { LocalDate } from "~/kernel/local-date";
import { SCOPE_REASONS, type ScopeReason, type ScopeResult } from "~/kernel/vocabulary";
import { LinkButton, Notice, Section } from "~/ui";

import { sayScope } from "../cloud/rates/cloud.words";
import { figuresOn } from "../cloud/steps/resources.rules";
import { stepsStandingOn } from "../cloud/steps/steps.rules";
import { BlockNotice } from "./BlockNotice";
import { ResourceTable, SevenSteps, type CloudFacts } from "./CloudTables";

/** What the detail page of a system hands to its part about the cloud. */
export interface CloudPanelProps {
  readonly system: { readonly id: string };
  readonly standing: { readonly scope: ScopeResult; readonly reason: ScopeReason | null; readonly managed: boolean };
  readonly batch: { readonly name: string; readonly targetOn: string } | null;
  readonly cloud: CloudFacts;
  /** may the reader enter something, or only read? */
  readonly mayRecord: boolean;
  /** may the reader propose how the system is counted? */
  readonly mayPropose: boolean;
  readonly today: LocalDate;
}

/** How far a system is on its way to the cloud: the steps, what keeps it from the next one, what it uses. */
export function CloudPanel({ system, standing, batch, cloud, mayRecord, mayPropose, today }: CloudPanelProps) {
  const scopeReason = standing.scope === "out" ? standing.reason : null;
  const block = cloud.blocks.find(({ clearedOn }) => clearedOn === null);
  const figures = figuresOn(cloud.figures, today);
  return (
    <>
      <Section
        title="上云七步"
        id="cloud"
        note={batch ? `${batch.name}，${batch.targetOn} 前完成` : undefined}
        actions={
          <LinkButton href={`/systems/${system.id}/cloud`}>
            {mayRecord && !scopeReason ? "上云办理" : "依据与记录"}
          </LinkButton>
        }
      >
        {scopeReason ? (
          <Notice tone="info">{`${SCOPE_REASONS[scopeReason]}，不计入上云率。`}</Notice>
        ) : (
          <>
            {block && <BlockNotice block={block} today={today} />}
            <SevenSteps steps={stepsStandingOn(cloud.steps, today)} blocked={block !== undefined} />
          </>
        )}
        <p className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-[0.8125rem] text-secondary">
          <span>认定范围：{sayScope(standing)}</span>
          <a href={`/cloud/scope?system=${system.id}`}>认定记录</a>
          {mayPropose && <a href={`/cloud/scope/new?system=${system.id}`}>提出范围认定</a>}
        </p>
      </Section>
      {figures.length > 0 && (
        <Section title="云资源" note="使用率 = 使用 ÷ 开通" flush>
          <ResourceTable figures={figures} />
        </Section>
      )}
    </>
  );
}
