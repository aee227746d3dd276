import { Tabs } from "~/ui";

export type CloudTab = "board" | "list" | "overdue" | "units" | "batches" | "scope";

interface CloudTabsProps {
  readonly active: CloudTab;
  /** the day that is shown, when it is not today */
  readonly asOf?: string | undefined;
}

const TABS: readonly {
  readonly tab: CloudTab;
  readonly label: string;
  readonly path: string;
  readonly dated: boolean;
}[] = [
  { tab: "board", label: "看板", path: "/cloud", dated: true },
  { tab: "list", label: "清单", path: "/cloud/list", dated: true },
  { tab: "overdue", label: "逾期", path: "/cloud/list?overdue=yes", dated: true },
  { tab: "units", label: "单位", path: "/cloud/units", dated: true },
  { tab: "batches", label: "批次", path: "/cloud/batches", dated: true },
  { tab: "scope", label: "范围认定", path: "/cloud/scope", dated: false },
];

/** The views of cloud migration; the day that was asked for goes along. */
export function CloudTabs({ active, asOf }: CloudTabsProps) {
  return (
    <Tabs
      label="上云迁移"
      tabs={TABS.map(({ tab, label, path, dated }) => ({
        label,
        href: asOf && dated ? `${path}${path.includes("?") ? "&" : "?"}asOf=${asOf}` : path,
        active: tab === active,
      }))}
    />
  );
}
