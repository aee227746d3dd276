import type { ProjectStage } from "~/kernel/vocabulary";

/** The tone of a stage's tag: what waits for the applicant is warm, what ended badly is red, what runs is calm. */
export function stageTone(stage: ProjectStage): "neutral" | "info" | "good" | "warn" | "bad" {
  switch (stage) {
    case "draft":
    case "withdrawn":
    case "archived":
    case "lapsed":
      return "neutral";
    case "returned":
    case "suspended":
      return "warn";
    case "rejected":
    case "terminated":
      return "bad";
    case "approved":
    case "initialAccepted":
    case "accepted":
    case "operation":
    case "evaluated":
      return "good";
    default:
      return "info";
  }
}
