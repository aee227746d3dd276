/** A record behind a figure. */
export interface Subject {
  readonly subjectType: string;
  readonly subjectId: string;
  /** the project and month of a report */
  readonly reportOf: string | null;
  readonly reportPeriod: string | null;
}

/** Where the record behind a frozen row is shown; undefined when it has no page of its own. */
export function subjectHref({ subjectType, subjectId, reportOf, reportPeriod }: Subject): string | undefined {
  switch (subjectType) {
    case "project":
      return `/projects/${subjectId}`;
    case "report":
      return reportOf && reportPeriod ? `/projects/${reportOf}/reports/${reportPeriod}` : undefined;
    case "resource":
      return `/catalog/${subjectId}`;
    case "demand":
      return `/catalog/demands/${subjectId}`;
    case "system":
      return `/systems/${subjectId}`;
    case "supervisionItem":
      return `/supervision/${subjectId}`;
    case "bulletin":
      return `/bulletins/${subjectId}`;
    case "ledgerTask":
      return `/tasks/${subjectId}`;
    default:
      return undefined;
  }
}
