/** How each figure of the statistics is meant (口径). */
export const STATISTICS_DEFINITIONS = {
  registered: "立项日期在所选月份内的督办事项；重新督办沿用原编号，不重复计数。",
  inTime: "所选月份立项的事项中，销号日期不晚于办理期限的；延长期限的以延长后的期限为准。",
  late: "所选月份立项的事项中，销号日期晚于办理期限的。",
  open: "所选月份立项的事项中，尚未销号的，含超期的。",
  overdue: "所选月份立项的事项中，尚未销号且办理期限早于今天的，含已反馈待核实的。",
  slips: "所选月份内发出的督办单，按发单日期计；每个事项每种颜色每轮只发一次。",
  talks: "所选月份内发起的约谈，按发起日期计；不按来源区分。",
  averageDays: "所选月份立项并已销号的事项，从立项到销号的平均自然日数，保留一位小数；重新督办的以最后一次销号为准。",
} as const;

/** The average days from registration to closing, one decimal; a dash while nothing is closed. */
export function averageDays({
  daysToClose,
  inTime,
  late,
}: {
  readonly daysToClose: number;
  readonly inTime: number;
  readonly late: number;
}): string {
  const closed = inTime + late;
  if (closed === 0) return "—";
  // Tenths of a day, rounded half up; all are whole numbers.
  const tenths = Math.floor((daysToClose * 20 + closed) / (closed * 2));
  return `${Math.floor(tenths / 10)}.${tenths % 10}`;
}
