import { sumFen } from "~/kernel/fen";
import {
  ATTACHMENT_KINDS,
  BUDGET_CATEGORIES,
  DEMAND_STATES,
  FUNDING_SOURCES,
  GOAL_OPERATORS,
  HOSTINGS,
  PROJECT_CLASSES,
  PROJECT_NATURES,
  RESOURCE_STATES,
  SHARING_METHODS,
  SHARING_TYPES,
  UPDATE_CYCLES,
  type DemandState,
  type ResourceState,
  type SharingMethod,
  type SharingType,
  type UpdateCycle,
} from "~/kernel/vocabulary";
import { Amount, DataTable, DescriptionList, Notice, Section, StatusTag } from "~/ui";

import { FILING_SECTIONS, type ComponentDecision, type Filing } from "../filing.types";
import { HOSTING_EXEMPTIONS } from "../hosting.rules";

export interface ShownResource {
  readonly id: string;
  readonly code: string | null;
  readonly name: string;
  readonly category: string;
  readonly sharingType: SharingType;
  readonly method: SharingMethod | null;
  readonly updateCycle: UpdateCycle;
  readonly state: ResourceState;
  readonly items: readonly string[];
}

export interface ShownDemand {
  readonly id: string;
  readonly wanted: string;
  readonly providerName: string | null;
  readonly legalBasis: string;
  readonly scene: string;
  readonly state: DemandState;
}

/** A whole filing to be read, not edited: the seven sections in their order. */
export function FilingSections({
  projectId,
  filing,
  resources,
  demands,
}: {
  projectId: string;
  filing: Filing;
  resources: readonly ShownResource[];
  demands: readonly ShownDemand[];
}) {
  return (
    <>
      <BasicsSection {...filing.basics} />
      <GoalsSection {...filing.goals} />
      <MoneySection {...filing.money} />
      <DataSection resources={resources} demands={demands} noDataStatement={filing.data.noDataStatement} />
      <SecuritySection {...filing.security} />
      <ComponentsSection components={filing.components} />
      <Section title={FILING_SECTIONS.attachments} id="attachments">
        {filing.attachments.length === 0 ? (
          <None what="附件" />
        ) : (
          <ul className="space-y-1">
            {filing.attachments.map(({ id, kind, fileName }) => (
              <li key={id} className="break-words">
                <span className="text-secondary">{ATTACHMENT_KINDS[kind]}：</span>
                <a href={`/projects/${projectId}/attachments/${id}`}>{fileName}</a>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </>
  );
}

const None = ({ what }: { what: string }) => <p className="text-secondary">没有填报{what}</p>;
const Long = ({ text }: { text: string }) => <span className="whitespace-pre-line break-words">{text}</span>;

function BasicsSection(basics: Filing["basics"]) {
  const partners = basics.partners.map(({ role, mention }) => `${mention}（${role === "lead" ? "牵头" : "配合"}）`);
  return (
    <Section title={FILING_SECTIONS.basics} id="basics">
      <DescriptionList
        columns={2}
        items={[
          { term: "项目名称", detail: basics.name, wide: true },
          { term: "年度", detail: basics.year },
          { term: "建设性质", detail: basics.nature && PROJECT_NATURES[basics.nature] },
          { term: "项目类别", detail: basics.class && PROJECT_CLASSES[basics.class] },
          { term: "项目负责人", detail: basics.leaderName },
          { term: "联络员", detail: [basics.liaisonName, basics.liaisonPhone].filter(Boolean).join(" ") },
          { term: "参与单位", detail: partners.join("、"), wide: true },
          { term: "立项依据", detail: basics.basis && <Long text={basics.basis} />, wide: true },
        ]}
      />
    </Section>
  );
}

function GoalsSection({ need, content, plannedStartOn, plannedEndOn, milestones, goals }: Filing["goals"]) {
  return (
    <Section title={FILING_SECTIONS.goals} id="goals">
      <DescriptionList
        columns={1}
        items={[
          { term: "建设必要性", detail: need && <Long text={need} /> },
          { term: "建设内容", detail: content && <Long text={content} /> },
          { term: "计划工期", detail: plannedStartOn && plannedEndOn && `${plannedStartOn} 至 ${plannedEndOn}` },
        ]}
      />
      <h3 className="mb-1 mt-3 font-medium">里程碑</h3>
      <DataTable
        caption="里程碑"
        rows={milestones}
        rowKey={(row) => row.name}
        empty={<None what="里程碑" />}
        columns={[
          { key: "name", title: "里程碑", primary: true, render: (row) => row.name },
          { key: "on", title: "计划日期", nowrap: true, render: (row) => row.plannedOn },
          { key: "percent", title: "累计进度", unit: "%", align: "right", render: (row) => row.cumulativePercent },
        ]}
      />
      <h3 className="mb-1 mt-3 font-medium">绩效目标</h3>
      <DataTable
        caption="绩效目标"
        rows={goals}
        rowKey={(row) => row.name}
        empty={<None what="绩效目标" />}
        columns={[
          { key: "name", title: "指标", primary: true, render: (row) => row.name },
          {
            key: "target",
            title: "目标值",
            render: (row) =>
              row.operator === "qualitative"
                ? `${GOAL_OPERATORS.qualitative}：${row.target}`
                : `${GOAL_OPERATORS[row.operator]} ${row.target} ${row.measureUnit}`,
          },
        ]}
      />
    </Section>
  );
}

function MoneySection({ declaredFen, lines, years, sources }: Filing["money"]) {
  return (
    <Section
      title={FILING_SECTIONS.money}
      id="money"
      note={
        <>
          申报总额 <Amount fen={declaredFen} unit />
        </>
      }
      flush
    >
      <DataTable
        caption="概算明细"
        rows={lines}
        rowKey={(row) => `${row.category} ${row.name} ${row.declaredFen}`}
        empty={<None what="概算明细" />}
        columns={[
          { key: "category", title: "类别", nowrap: true, render: (row) => BUDGET_CATEGORIES[row.category] },
          { key: "name", title: "明细", primary: true, render: (row) => row.name },
          {
            key: "quantity",
            title: "数量",
            align: "right",
            render: (row) => `${Number(row.quantity)} ${row.measureUnit}`,
          },
          {
            key: "price",
            title: "单价",
            unit: "万元",
            align: "right",
            render: (row) => <Amount fen={row.unitPriceFen} digits={4} />,
          },
          {
            key: "declared",
            title: "申报",
            unit: "万元",
            align: "right",
            render: (row) => <Amount fen={row.declaredFen} />,
            total: <Amount fen={sumFen(lines.map((row) => row.declaredFen))} />,
          },
        ]}
      />
      <div className="border-t border-line px-4 py-3">
        <DescriptionList
          columns={2}
          items={[
            ...years.map(({ year, amountFen }) => ({
              term: `${year} 年`,
              detail: <Amount fen={amountFen} unit />,
            })),
            ...sources.map(({ source, amountFen }) => ({
              term: FUNDING_SOURCES[source],
              detail: <Amount fen={amountFen} unit />,
            })),
          ]}
        />
      </div>
    </Section>
  );
}

function DataSection({
  resources,
  demands,
  noDataStatement,
}: {
  resources: readonly ShownResource[];
  demands: readonly ShownDemand[];
  noDataStatement: string;
}) {
  return (
    <Section
      title={FILING_SECTIONS.data}
      id="data"
      note={`提供 ${resources.length} 项，需要 ${demands.length} 项`}
      flush={resources.length + demands.length > 0}
    >
      {noDataStatement && (
        <Notice tone="warn" title="单位说明不产生数据，请审查理由是否成立">
          <Long text={noDataStatement} />
        </Notice>
      )}
      {resources.length > 0 && (
        <DataTable
          caption="提供的数据资源"
          rows={resources}
          rowKey={(row) => row.id}
          empty={null}
          columns={[
            {
              key: "name",
              title: "数据资源",
              primary: true,
              render: (row) => <a href={`/catalog/${row.id}`}>{row.name}</a>,
            },
            { key: "items", title: "信息项", render: (row) => row.items.join("、") },
            {
              key: "sharing",
              title: "共享",
              render: (row) =>
                [SHARING_TYPES[row.sharingType], row.method && SHARING_METHODS[row.method]].filter(Boolean).join(" · "),
            },
            { key: "cycle", title: "更新", nowrap: true, render: (row) => UPDATE_CYCLES[row.updateCycle] },
            { key: "state", title: "状态", nowrap: true, render: (row) => RESOURCE_STATES[row.state] },
          ]}
        />
      )}
      {demands.length > 0 && (
        <DataTable
          caption="需要的数据"
          rows={demands}
          rowKey={(row) => row.id}
          empty={null}
          columns={[
            { key: "wanted", title: "需要的数据", primary: true, render: (row) => row.wanted },
            { key: "provider", title: "提供单位", render: (row) => row.providerName },
            {
              key: "basis",
              title: "依据与场景",
              render: (row) => [row.legalBasis, row.scene].filter(Boolean).join("；"),
            },
            { key: "state", title: "状态", nowrap: true, render: (row) => DEMAND_STATES[row.state] },
          ]}
        />
      )}
      {resources.length + demands.length === 0 && !noDataStatement && <None what="数据目录" />}
    </Section>
  );
}

function SecuritySection(security: Filing["security"]) {
  const { secret, mlpsLevel, hosting, exemption, cryptoPlan, mlpsFilingNumber } = security;
  return (
    <Section title={FILING_SECTIONS.security} id="security">
      <DescriptionList
        columns={2}
        items={[
          { term: "是否涉密", detail: secret === null ? null : secret ? "涉密" : "非涉密" },
          { term: "等保级别", detail: mlpsLevel && `${mlpsLevel} 级` },
          { term: "部署方式", detail: hosting && HOSTINGS[hosting] },
          { term: "豁免理由", detail: exemption && HOSTING_EXEMPTIONS[exemption] },
          { term: "备案号", detail: mlpsFilingNumber },
          { term: "密码方案", detail: cryptoPlan && <Long text={cryptoPlan} />, wide: true },
        ]}
      />
    </Section>
  );
}

const DECISIONS: Readonly<Record<ComponentDecision, { word: string; tone: "good" | "neutral" | "warn" }>> = {
  reuse: { word: "复用", tone: "good" },
  notFitting: { word: "不适用", tone: "neutral" },
  notReused: { word: "适用但不复用", tone: "warn" },
};

function ComponentsSection({ components }: Pick<Filing, "components">) {
  return (
    <Section title={FILING_SECTIONS.components} id="components">
      <ul className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
        {components.map(({ code, name, decision, reason }) => (
          <li key={code} className="flex flex-wrap items-center gap-2">
            <span>{name}</span>
            {decision ? (
              <StatusTag tone={DECISIONS[decision].tone}>{DECISIONS[decision].word}</StatusTag>
            ) : (
              <StatusTag tone="warn">未说明</StatusTag>
            )}
            {reason && <span className="text-[0.8125rem] text-secondary">{reason}</span>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
