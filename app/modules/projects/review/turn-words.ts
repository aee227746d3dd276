/** The desks a project passes, as people call their turns. */
export const DESK_WORDS = { formCheck: "形式审查", approval: "立项审核", funding: "资金评估" } as const;
export type DeskName = keyof typeof DESK_WORDS;

/** How a turn ended; one that the applicant's withdrawal ended has no outcome of its own. */
export const OUTCOME_WORDS = {
  approved: { word: "通过", tone: "good" },
  returned: { word: "退回补正", tone: "warn" },
  rejected: { word: "不予立项", tone: "bad" },
  withdrawn: { word: "申报单位撤回", tone: "neutral" },
} as const;
export type Outcome = Exclude<keyof typeof OUTCOME_WORDS, "withdrawn">;
