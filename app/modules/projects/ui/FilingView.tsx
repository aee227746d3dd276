import { formatOfficialDate, type LocalDate } from "~/kernel/local-date";
import {
  ATTACHMENT_KINDS,
  BUDGET_CATEGORIES,
  FORMAT_CLASSES,
  FUNDING_SOURCES,
  GOAL_OPERATORS,
  HOSTINGS,
  PROJECT_CLASSES,
  PROJECT_NATURES,
  SHORTCUTS,
  SHARING_METHODS,
  SHARING_TYPES,
  UPDATE_CYCLES,
} from "~/kernel/vocabulary";
import { isUpkeep } from "~/modules/compliance";
import { Amount, DataTable, DescriptionList, StatusTag } from "~/ui";

import type { ComponentDecision, Filing, FilingSection } from "../filing.types";
import { HOSTING_EXEMPTIONS } from "../hosting.rules";

export const COMPONENT_DECISIONS: Readonly<Record<ComponentDecision, string>> = {
  reuse: "复用",
  notFitting: "不适用",
  notReused: "适用但不复用",
};

/** One section of a filing as it stands, to be read: on the detail page, when checking answers, beside a conflict. */
export function FilingView({
  filing,
  section,
  projectId,
  outside,
}: {
  filing: Filing;
  section: FilingSection;
  projectId: string;
  /** for a reader who may open neither project nor catalog: where the attachments are instead */
  outside?: { readonly attachmentHref: string } | undefined;
}) {
  switch (section) {
    case "basics":
      return <Basics {...filing.basics} />;
    case "goals":
      return <Goals {...filing.goals} />;
    case "money":
      return <Money {...filing.money} />;
    case "data":
      return <Data {...filing.data} linked={!outside} />;
    case "security":
      return <Security {...filing.security} />;
    case "components":
      return <Components components={filing.components} />;
    case "attachments":
      return (
        <Attachments
          attachments={filing.attachments}
          href={outside?.attachmentHref ?? `/projects/${projectId}/attachments`}
        />
      );
  }
}

const dateOf = (day: LocalDate | null) => day && formatOfficialDate(day);

function Basics(basics: Filing["basics"]) {
  const names = (role: "lead" | "co") =>
    basics.partners
      .filter((partner) => partner.role === role)
      .map(({ mention }) => mention)
      .join("、");
  const maintained = (basics.maintained ?? []).map(({ name }) => name).join("、");
  return (
    <DescriptionList
      items={[
        { term: "项目名称", detail: basics.name, wide: true },
        { term: "年度", detail: basics.year },
        { term: "建设性质", detail: basics.nature && PROJECT_NATURES[basics.nature] },
        { term: "项目类别", detail: basics.class && PROJECT_CLASSES[basics.class] },
        { term: "项目负责人", detail: basics.leaderName },
        { term: "联络员", detail: basics.liaisonName },
        { term: "联络电话", detail: basics.liaisonPhone },
        { term: "共同牵头", detail: names("lead"), wide: true },
        { term: "配合单位", detail: names("co"), wide: true },
        { term: "立项依据", detail: basics.basis, wide: true },
        { term: "申报程序", detail: basics.shortcut ? SHORTCUTS[basics.shortcut] : "一般程序", wide: true },
        ...(basics.shortcut ? [{ term: "简易程序依据", detail: basics.shortcutBasis, wide: true }] : []),
        ...(isUpkeep(basics) ? [{ term: "所运维的系统", detail: maintained, wide: true }] : []),
      ]}
    />
  );
}

function Goals(goals: Filing["goals"]) {
  return (
    <div className="space-y-4">
      <DescriptionList
        items={[
          { term: "建设必要性", detail: <Paragraphs text={goals.need} />, wide: true },
          { term: "建设内容", detail: <Paragraphs text={goals.content} />, wide: true },
          { term: "计划开工", detail: dateOf(goals.plannedStartOn) },
          { term: "计划完工", detail: dateOf(goals.plannedEndOn) },
        ]}
      />
      <DataTable
        caption="里程碑"
        rows={goals.milestones}
        rowKey={(row) => `${row.plannedOn} ${row.name}`}
        empty={<None what="里程碑" />}
        columns={[
          { key: "name", title: "里程碑", primary: true, render: (row) => row.name },
          { key: "plannedOn", title: "计划日期", nowrap: true, render: (row) => formatOfficialDate(row.plannedOn) },
          { key: "percent", title: "累计进度", unit: "%", align: "right", render: (row) => row.cumulativePercent },
        ]}
      />
      <DataTable
        caption="绩效目标"
        rows={goals.goals}
        rowKey={(row) => row.name}
        empty={<None what="绩效目标" />}
        columns={[
          { key: "name", title: "绩效目标", primary: true, render: (row) => row.name },
          {
            key: "target",
            title: "目标值",
            render: (row) =>
              row.operator === "qualitative"
                ? `${row.target}（定性）`
                : `${GOAL_OPERATORS[row.operator]} ${row.target} ${row.measureUnit}`,
          },
        ]}
      />
    </div>
  );
}

function Money(money: Filing["money"]) {
  return (
    <div className="space-y-4">
      <DataTable
        caption="概算明细"
        rows={money.lines}
        rowKey={(row) => `${row.category} ${row.name}`}
        empty={<None what="概算明细" />}
        columns={[
          { key: "name", title: "名称", primary: true, total: "申报总额", render: (row) => row.name },
          { key: "category", title: "类别", nowrap: true, render: (row) => BUDGET_CATEGORIES[row.category] },
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
            render: (row) => <Amount fen={row.unitPriceFen} />,
          },
          {
            key: "amount",
            title: "金额",
            unit: "万元",
            align: "right",
            total: <Amount fen={money.declaredFen} />,
            render: (row) => <Amount fen={row.declaredFen} />,
          },
        ]}
      />
      <DescriptionList
        items={[
          {
            term: "可研估算",
            detail: money.feasibilityFen === null ? null : <Amount fen={money.feasibilityFen} unit />,
          },
        ]}
      />
      <YearsAndSources {...money} />
    </div>
  );
}

/** When the money is needed and where it comes from. */
export function YearsAndSources({ years, sources }: Pick<Filing["money"], "years" | "sources">) {
  return (
    <DescriptionList
      items={[
        ...years.map(({ year, amountFen }) => ({ term: `${year} 年安排`, detail: <Amount fen={amountFen} unit /> })),
        ...sources.map(({ source, amountFen }) => ({
          term: FUNDING_SOURCES[source],
          detail: <Amount fen={amountFen} unit />,
        })),
      ]}
    />
  );
}

function Data({ linked, ...data }: Filing["data"] & { linked: boolean }) {
  return (
    <div className="space-y-4">
      {data.noDataStatement && (
        <DescriptionList
          items={[{ term: "不产生数据", detail: <Paragraphs text={data.noDataStatement} />, wide: true }]}
        />
      )}
      <DataTable
        caption="将提供的数据资源"
        rows={data.resources}
        rowKey={(row) => row.id}
        empty={<None what="数据资源" />}
        columns={[
          {
            key: "name",
            title: "数据资源",
            primary: true,
            render: (row) => (linked ? <a href={`/catalog/${row.id}`}>{row.name}</a> : row.name),
          },
          { key: "items", title: "信息项", render: (row) => row.items.join("、") },
          { key: "format", title: "格式", nowrap: true, render: (row) => FORMAT_CLASSES[row.formatClass] },
          {
            key: "sharing",
            title: "共享",
            nowrap: true,
            render: (row) =>
              [SHARING_TYPES[row.sharingType], row.method && SHARING_METHODS[row.method]].filter(Boolean).join(" · "),
          },
          { key: "cycle", title: "更新", nowrap: true, render: (row) => UPDATE_CYCLES[row.updateCycle] },
        ]}
      />
      <DataTable
        caption="需要的数据"
        rows={data.demands}
        rowKey={(row) => row.id}
        empty={<None what="数据需求" />}
        columns={[
          { key: "wanted", title: "需要的数据", primary: true, render: (row) => row.wanted },
          { key: "provider", title: "提供单位", render: (row) => row.providerName },
          { key: "scene", title: "应用场景", render: (row) => row.scene },
          { key: "method", title: "方式", nowrap: true, render: (row) => SHARING_METHODS[row.method] },
          { key: "frequency", title: "频率", nowrap: true, render: (row) => UPDATE_CYCLES[row.frequency] },
        ]}
      />
    </div>
  );
}

function Security(security: Filing["security"]) {
  return (
    <DescriptionList
      items={[
        { term: "是否涉密", detail: security.secret === null ? null : security.secret ? "涉密" : "非涉密" },
        { term: "等级保护", detail: security.mlpsLevel && `第 ${security.mlpsLevel} 级` },
        { term: "部署方式", detail: security.hosting && HOSTINGS[security.hosting] },
        { term: "豁免理由", detail: security.exemption && HOSTING_EXEMPTIONS[security.exemption] },
        { term: "等保备案号", detail: security.mlpsFilingNumber },
        { term: "密码方案", detail: <Paragraphs text={security.cryptoPlan} />, wide: true },
      ]}
    />
  );
}

const DECISION_TONES = { reuse: "good", notFitting: "neutral", notReused: "warn" } as const;

function Components({ components }: { components: Filing["components"] }) {
  return (
    <ul className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
      {components.map(({ code, name, decision, reason }) => (
        <li key={code} className="flex flex-wrap items-center gap-2">
          <span>{name}</span>
          <StatusTag tone={decision ? DECISION_TONES[decision] : "warn"}>
            {decision ? COMPONENT_DECISIONS[decision] : "未说明"}
          </StatusTag>
          {reason && <span className="text-[0.8125rem] text-secondary">{reason}</span>}
        </li>
      ))}
    </ul>
  );
}

function Attachments({ attachments, href }: { attachments: Filing["attachments"]; href: string }) {
  if (attachments.length === 0) return <None what="附件" />;
  return (
    <ul className="space-y-1">
      {attachments.map(({ id, kind, fileName }) => (
        <li key={id} className="break-words">
          <span className="text-secondary">{ATTACHMENT_KINDS[kind]}：</span>
          <a href={`${href}/${id}`}>{fileName}</a>
        </li>
      ))}
    </ul>
  );
}

const None = ({ what }: { what: string }) => <p className="text-secondary">没有填报{what}</p>;

/** Text as it was typed, blank when nothing was. */
function Paragraphs({ text }: { text: string }) {
  return text ? <span className="whitespace-pre-line">{text}</span> : <span className="text-secondary">—</span>;
}
