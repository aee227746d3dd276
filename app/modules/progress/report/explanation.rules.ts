import { accept, refuse, type Result } from "~/kernel/result";
import type { Explained, Light, ReportStatus } from "~/kernel/vocabulary";

/** The facts of a report that a unit may say something about. */
interface ExplicableFacts {
  readonly status: ReportStatus;
  /** of the month; null while none was judged */
  readonly light: Light | null;
}

/**
 * What can be explained of a report: only what is a fact. Late and missing exclude each other; a light needs no word when
 * it is green.
 * @source domain.md §7
 */
export function explicable({ status, light }: ExplicableFacts): Explained[] {
  const facts: Explained[] = [];
  if (status === "late" || status === "missing") facts.push(status);
  if (light === "red" || light === "yellow") facts.push("light");
  return facts;
}

/**
 * - `nothingToExplain`: there is no such fact. facts: about
 * - `explanationKnown`: the same was written already
 */
export type ExplanationRefusal = "nothingToExplain" | "explanationKnown";

/** May this be written about that fact, after what was written before? Refuses with nothingToExplain, explanationKnown. */
export function decideExplanation(
  facts: ExplicableFacts,
  { about, text }: { readonly about: Explained; readonly text: string },
  before: readonly { readonly about: Explained; readonly text: string }[],
): Result<null, ExplanationRefusal> {
  if (!explicable(facts).includes(about)) return refuse({ code: "nothingToExplain", facts: { about } });
  if (before.some((each) => each.about === about && each.text === text)) {
    return refuse({ code: "explanationKnown", field: "text" });
  }
  return accept(null);
}
