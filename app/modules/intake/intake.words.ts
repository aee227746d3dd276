import type { IntakeOutcome, IntakeState } from "~/kernel/vocabulary";

type Tone = "neutral" | "info" | "good" | "warn" | "bad";

const STATE_TONES: Readonly<Record<IntakeState, Tone>> = { read: "warn", applied: "good", discarded: "neutral" };
const OUTCOME_TONES: Readonly<Record<IntakeOutcome, Tone>> = {
  add: "good",
  change: "info",
  same: "neutral",
  problem: "bad",
};

export const stateTone = (state: IntakeState): Tone => STATE_TONES[state];
export const outcomeTone = (outcome: IntakeOutcome): Tone => OUTCOME_TONES[outcome];

/** What was found in a sheet, in one sentence: "读到 12 行：新增 3 行，更新 5 行，无变化 2 行，有问题 2 行". */
export function sayCounts(sheet: { readonly totalRows: number } & Readonly<Record<IntakeOutcome, number>>): string {
  const parts = [
    [sheet.add, "新增"],
    [sheet.change, "更新"],
    [sheet.same, "无变化"],
    [sheet.problem, "有问题"],
  ] as const;
  const said = parts.filter(([rows]) => rows > 0).map(([rows, word]) => `${word} ${rows} 行`);
  return `读到 ${sheet.totalRows} 行：${said.join("，")}`;
}
