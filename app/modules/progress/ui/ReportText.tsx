import { DescriptionList } from "~/ui";

import type { ReportFormValues } from "./ReportForm";

/** A report as it is read. */
export function ReportText({ values }: { values: ReportFormValues }) {
  const lines = (text: string) => text && <span className="whitespace-pre-line">{text}</span>;
  return (
    <DescriptionList
      columns={1}
      items={[
        { term: "本月完成", detail: lines(values.doneThisMonth) },
        { term: "下月计划", detail: lines(values.nextMonth) },
        { term: "存在问题", detail: lines(values.problems) },
        { term: "需协调事项", detail: lines(values.mattersToSettle) },
      ]}
    />
  );
}
