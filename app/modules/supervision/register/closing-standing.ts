/** How an item stands to its limit: what the register filters by and the statistics count. */
export const CLOSING_STANDINGS = {
  open: "在办（含超期）",
  overdue: "超期未销号",
  inTime: "按期销号",
  late: "逾期销号",
} as const;
export type ClosingStanding = keyof typeof CLOSING_STANDINGS;
