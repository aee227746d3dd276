/** The name of the sheet; what is not concluded says so in its title. */
export const resultTitle = (concluded: boolean): string => `资金评估审查结果表${concluded ? "" : "（征求意见稿）"}`;
