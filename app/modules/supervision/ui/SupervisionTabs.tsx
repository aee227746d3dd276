import { Tabs } from "~/ui";

const PAGES = [
  ["/supervision", "督办台账"],
  ["/supervision/slips", "督办单"],
  ["/supervision/talks", "约谈"],
  ["/supervision/statistics", "统计"],
] as const;

/** The views of supervision beside each other. */
export function SupervisionTabs({ active }: { readonly active: (typeof PAGES)[number][0] }) {
  return <Tabs label="督办" tabs={PAGES.map(([href, label]) => ({ href, label, active: href === active }))} />;
}
