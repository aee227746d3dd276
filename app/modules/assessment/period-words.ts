import type { Grade, PeriodState } from "~/kernel/vocabulary";

/** The tone of a period's tag: only what is final is settled. */
export function periodTone(state: PeriodState): "neutral" | "info" | "good" | "warn" {
  switch (state) {
    case "open":
      return "neutral";
    case "frozen":
      return "info";
    case "published":
      return "warn";
    case "final":
      return "good";
  }
}

/** What a reader must know of scores in this state; nothing when they are final. */
export function provisionalNote(state: PeriodState): string | undefined {
  switch (state) {
    case "frozen":
      return "得分已冻结，尚未公布，仅考核管理人员可见。";
    case "published":
      return "得分已公布，尚未定档，以定档结果为准。";
    default:
      return undefined;
  }
}

export function gradeTone(grade: Grade): "good" | "info" | "warn" | "bad" {
  switch (grade) {
    case "优":
      return "good";
    case "良":
      return "info";
    case "中":
      return "warn";
    case "差":
      return "bad";
  }
}
