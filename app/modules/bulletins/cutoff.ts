import { formatInstant, formatOfficialDate, localDate } from "~/kernel/local-date";

/** The cut-off of a snapshot as a bulletin says it: "2026年7月6日9时05分". */
export function formatCutoff(instant: string): string {
  const [day = "", time = ""] = formatInstant(new Date(instant)).split(" ");
  const [hour = "0", minute = "00"] = time.split(":");
  return `${formatOfficialDate(localDate(day))}${Number(hour)}时${minute}分`;
}
