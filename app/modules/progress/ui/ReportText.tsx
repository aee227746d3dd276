import { DescriptionList } from "~/ui";

import { REPORT_FIELDS } from "../report/report-values";
import type { ReportTyping } from "../report/report.rules";

/** A report as it is read. */
export function ReportText({ values }: { values: ReportTyping }) {
  const lines = (text: string) => text && <span className="whitespace-pre-line">{text}</span>;
  return (
    <DescriptionList
      columns={1}
      items={(["doneThisMonth", "nextMonth", "problems", "mattersToSettle"] as const).map((field) => ({
        term: REPORT_FIELDS[field],
        detail: lines(values[field]),
      }))}
    />
  );
}
