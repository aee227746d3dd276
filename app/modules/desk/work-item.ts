import type { LocalDate } from "~/kernel/local-date";

/** One thing that waits for a person: what to do, with what, where, until when. */
export interface WorkItem {
  readonly key: string;
  /** the capability, as a tag: 立项, 月报 */
  readonly kind: string;
  /** what to do: 签批立项申报 */
  readonly what: string;
  /** with what */
  readonly title: string;
  readonly unitName: string | null;
  readonly href: string;
  /** null: no limit */
  readonly dueOn: LocalDate | null;
  /** whose calendar counts what is left; absent: that of the reader's own region */
  readonly regionId?: string;
}

/** What is due first stands first; what has no limit follows. */
export function byDueDate(a: WorkItem, b: WorkItem): number {
  if (a.dueOn === b.dueOn) return 0;
  if (a.dueOn === null) return 1;
  if (b.dueOn === null) return -1;
  return a.dueOn < b.dueOn ? -1 : 1;
}
