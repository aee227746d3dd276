import type { CorrectionState } from "~/kernel/vocabulary";

/** The two ways in which a unit looks at error reports. */
export const CORRECTION_SIDES = { answer: "要我单位处理的", reported: "我单位提出的" } as const;

/** The states in which somebody still has something to do. */
export const OPEN_CORRECTIONS: readonly CorrectionState[] = ["reported", "confirmed", "fixed"];

export const isOpenCorrection = (state: CorrectionState): boolean => OPEN_CORRECTIONS.includes(state);

/** What comes next in each state, and on which side. */
export const NEXT_OF_CORRECTION: Readonly<
  Record<CorrectionState, { readonly what: string; readonly side: "reporter" | "provider" } | undefined>
> = {
  reported: { what: "核实是否有误", side: "provider" },
  confirmed: { what: "修正数据并说明", side: "provider" },
  fixed: { what: "查看修正结果，确认办结或重新提出", side: "reporter" },
  rejected: { what: "查看核实意见，确认办结或重新提出", side: "reporter" },
  closed: undefined,
};
