import type { Fen } from "~/kernel/fen";
import { PROJECT_STAGES, type ProjectStage } from "~/kernel/vocabulary";
import { Amount, DataTable, LinkButton, Section, StatusTag } from "~/ui";

import { stageTone } from "../project-words";

interface FamilyMember {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly unitName: string;
  readonly stage: ProjectStage;
  readonly declaredFen: Fen;
  readonly role: "lead" | "part";
  /** the project whose page this is */
  readonly here: boolean;
  readonly linked: boolean;
}

export interface PartsPanelProps {
  /** null: a project of one unit */
  readonly family: { readonly members: readonly FamilyMember[]; readonly totalFen: Fen } | null;
  /** where the lead may invite further units; absent for everybody else */
  readonly inviteHref?: string | undefined;
}

/** The filings of a cross-department project: its lead and each unit's part, how far they are, and their sum. */
export function PartsPanel({ family, inviteHref }: PartsPanelProps) {
  if (!family && !inviteHref) return null;
  const invite = inviteHref && <LinkButton href={inviteHref}>邀请配合单位填报</LinkButton>;
  if (!family) {
    return (
      <Section title="联合申报" actions={invite}>
        <p className="text-secondary">由多个单位共同建设的，可邀请配合单位各自填报所负责的部分。</p>
      </Section>
    );
  }
  return (
    <Section title="联合申报" note="各部分分别签批、分别审核；牵头单位最后提交" actions={invite} flush>
      <DataTable
        caption="联合申报的各个部分"
        rows={family.members}
        rowKey={(row) => row.id}
        empty={null}
        columns={[
          {
            key: "name",
            title: "项目",
            primary: true,
            total: "合计（不含已撤回）",
            render: (row) => (
              <>
                {row.linked && !row.here ? <a href={`/projects/${row.id}`}>{row.name}</a> : row.name}
                {row.here && <span className="ml-2 text-secondary">（本项目）</span>}
              </>
            ),
          },
          { key: "role", title: "分工", nowrap: true, render: (row) => (row.role === "lead" ? "牵头" : "部分") },
          { key: "unit", title: "单位", render: (row) => row.unitName },
          {
            key: "stage",
            title: "状态",
            nowrap: true,
            render: (row) => <StatusTag tone={stageTone(row.stage)}>{PROJECT_STAGES[row.stage]}</StatusTag>,
          },
          {
            key: "declared",
            title: "申报金额",
            unit: "万元",
            align: "right",
            total: <Amount fen={family.totalFen} />,
            render: (row) => <Amount fen={row.declaredFen} />,
          },
        ]}
      />
    </Section>
  );
}
