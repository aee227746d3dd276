import { formatPeriod, type Period } from "~/kernel/period";

interface MonthsNoteProps {
  /** which months: 立项月份 */
  readonly label: string;
  readonly from?: Period | undefined;
  readonly to?: Period | undefined;
  readonly clearHref: string;
}

/** Says to which months a list was narrowed by the figure that led here, with a way out. */
export function MonthsNote({ label, from, to, clearHref }: MonthsNoteProps) {
  if (!from && !to) return null;
  const [first, last] = [from ? formatPeriod(from) : "开始", to ? formatPeriod(to) : "现在"];
  return (
    <p className="mb-4 text-[0.8125rem] text-secondary print:hidden">
      {label}：{first === last ? first : `${first}至${last}`} · <a href={clearHref}>不限月份</a>
    </p>
  );
}
