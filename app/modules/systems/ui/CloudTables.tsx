import type { ReactNode } from "react";

import type { LocalDate } from "~/kernel/local-date";
import {
  BLOCK_REASONS,
  CLOUD_RESOURCE_KINDS,
  CLOUD_RESOURCE_STAGES,
  CLOUD_STEPS,
  type BlockReason,
  type CloudStep,
} from "~/kernel/vocabulary";
import { DataTable, EmptyState, Percent, StatusTag, Steps } from "~/ui";

import { resourceLines, type ResourceFigure } from "../cloud/steps/resources.rules";
import { nextCloudStep, type KeptStep } from "../cloud/steps/steps.rules";

export interface ShownStep extends KeptStep {
  readonly id: string;
  readonly evidence: string;
  readonly fileId: string | null;
  readonly fileName: string | null;
  readonly recorderName: string | null;
  readonly rollbackReason: string | null;
  readonly rollerName: string | null;
}

export interface ShownBlock {
  readonly id: string;
  readonly step: CloudStep;
  readonly reason: BlockReason;
  readonly detail: string;
  readonly sinceOn: LocalDate;
  readonly clearedOn: LocalDate | null;
  readonly clearedNote: string | null;
  readonly reporterName: string | null;
  readonly clearerName: string | null;
}

export interface ShownFigure extends ResourceFigure {
  readonly id: string;
  readonly recorderName: string | null;
}

/** Everything that is known of a system's way to the cloud, as its pages show it. */
export interface CloudFacts {
  readonly steps: readonly ShownStep[];
  readonly blocks: readonly ShownBlock[];
  readonly figures: readonly ShownFigure[];
}

/** The course of seven steps with what is done, what comes next, and whether it is blocked. */
export function SevenSteps({ steps, blocked }: { readonly steps: readonly KeptStep[]; readonly blocked: boolean }) {
  const next = nextCloudStep(steps);
  return (
    <Steps
      label="上云七步"
      steps={CLOUD_STEPS.map((label) => {
        const done = steps.find((step) => step.step === label);
        const waiting = label !== next ? "todo" : blocked ? "blocked" : "current";
        return { label, state: done ? "done" : waiting, note: done?.completedOn };
      })}
    />
  );
}

const evidenceOf = (systemId: string, { evidence, fileId, fileName }: ShownStep): ReactNode =>
  fileId ? (
    <>
      {evidence}
      <a className="block" href={`/systems/${systemId}/cloud/evidence/${fileId}`}>
        {fileName}
      </a>
    </>
  ) : (
    evidence
  );

interface OfSystem {
  readonly systemId: string;
}

/** The steps that stand, each with its proof. */
export function StepTable({ systemId, steps }: OfSystem & { readonly steps: readonly ShownStep[] }) {
  return (
    <DataTable
      caption="步骤与依据"
      rows={steps}
      rowKey={(row) => row.id}
      empty={<EmptyState title="还没有完成的步骤" explanation="从“方案编制”开始，由本单位或运维单位逐步登记。" />}
      columns={[
        { key: "step", title: "步骤", primary: true, nowrap: true, render: (row) => row.step },
        { key: "on", title: "完成日期", nowrap: true, render: (row) => row.completedOn },
        { key: "evidence", title: "办理依据", render: (row) => evidenceOf(systemId, row) },
        { key: "who", title: "登记人", nowrap: true, render: (row) => row.recorderName },
      ]}
    />
  );
}

/** The steps that were rolled back: what counted until when, and why it no longer does. */
export function AttemptTable({ systemId, steps }: OfSystem & { readonly steps: readonly ShownStep[] }) {
  return (
    <DataTable
      caption="被退回的步骤"
      rows={steps}
      rowKey={(row) => row.id}
      empty={<EmptyState title="没有被退回的步骤" />}
      columns={[
        { key: "step", title: "步骤", primary: true, nowrap: true, render: (row) => row.step },
        { key: "on", title: "完成日期", nowrap: true, render: (row) => row.completedOn },
        { key: "back", title: "退回日期", nowrap: true, render: (row) => row.rolledBackOn },
        { key: "reason", title: "退回理由", render: (row) => row.rollbackReason },
        { key: "evidence", title: "办理依据", render: (row) => evidenceOf(systemId, row) },
        { key: "who", title: "登记人", nowrap: true, render: (row) => row.recorderName },
        { key: "roller", title: "退回人", nowrap: true, render: (row) => row.rollerName },
      ]}
    />
  );
}

/** What kept the system from its steps, the latest first. */
export function BlockTable({ blocks }: { readonly blocks: readonly ShownBlock[] }) {
  return (
    <DataTable
      caption="受阻记录"
      rows={blocks}
      rowKey={(row) => row.id}
      empty={<EmptyState title="没有受阻记录" />}
      columns={[
        { key: "step", title: "步骤", primary: true, nowrap: true, render: (row) => row.step },
        { key: "reason", title: "原因", nowrap: true, render: (row) => BLOCK_REASONS[row.reason] },
        { key: "detail", title: "情况", render: (row) => row.detail },
        { key: "since", title: "开始", nowrap: true, render: (row) => row.sinceOn },
        {
          key: "cleared",
          title: "解除",
          nowrap: true,
          render: (row) => row.clearedOn ?? <StatusTag tone="bad">未解除</StatusTag>,
        },
        { key: "note", title: "解除说明", render: (row) => row.clearedNote },
        { key: "who", title: "登记人", nowrap: true, render: (row) => row.reporterName },
        { key: "clearer", title: "解除人", nowrap: true, render: (row) => row.clearerName },
      ]}
    />
  );
}

/** Applied, opened and used side by side, with how much of what was opened is used. */
export function ResourceTable({ figures }: { readonly figures: readonly ResourceFigure[] }) {
  return (
    <DataTable
      caption="云资源"
      rows={resourceLines(figures)}
      rowKey={(row) => row.kind}
      empty={<EmptyState title="还没有登记资源数量" explanation="资源申请后登记申请数量，开通后登记开通和使用数量。" />}
      columns={[
        { key: "kind", title: "资源", primary: true, nowrap: true, render: (row) => CLOUD_RESOURCE_KINDS[row.kind] },
        { key: "applied", title: CLOUD_RESOURCE_STAGES.applied, align: "right", render: (row) => row.applied },
        { key: "opened", title: CLOUD_RESOURCE_STAGES.opened, align: "right", render: (row) => row.opened },
        { key: "used", title: CLOUD_RESOURCE_STAGES.used, align: "right", render: (row) => row.used },
        {
          key: "share",
          title: "使用率",
          align: "right",
          render: (row) => (
            <>
              <Percent share={row.usedShare} />
              {row.isOverused && (
                <>
                  {" "}
                  <StatusTag tone="warn">超出开通</StatusTag>
                </>
              )}
            </>
          ),
        },
        { key: "asOf", title: "截至", nowrap: true, render: (row) => row.asOf },
      ]}
    />
  );
}

/** Every figure that was entered, the latest day first. */
export function FigureTable({ figures }: { readonly figures: readonly ShownFigure[] }) {
  return (
    <DataTable
      caption="资源数量登记"
      rows={figures}
      rowKey={(row) => row.id}
      empty={<EmptyState title="没有登记过资源数量" />}
      columns={[
        { key: "asOf", title: "截至", primary: true, nowrap: true, render: (row) => row.asOf },
        { key: "kind", title: "资源", nowrap: true, render: (row) => CLOUD_RESOURCE_KINDS[row.kind] },
        { key: "stage", title: "类别", nowrap: true, render: (row) => CLOUD_RESOURCE_STAGES[row.stage] },
        { key: "amount", title: "数量", align: "right", render: (row) => row.amount },
        { key: "who", title: "登记人", nowrap: true, render: (row) => row.recorderName },
      ]}
    />
  );
}
