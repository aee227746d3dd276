import { fen } from "~/kernel/fen";
import type { Refusal } from "~/kernel/result";

import type { Filing, FilingPlace } from "./filing.types";

export type NoteCode = "overFeasibility" | "securityTestUnbudgeted";

/** Worth saying before submission, without standing in its way. */
export interface FilingNote extends Refusal<NoteCode> {
  readonly section: FilingPlace;
}

/** Figures of the rule table that the notes need. */
export interface NoteFigures {
  /** an estimate beyond the feasibility study by more than this must be reported @unit percent */
  readonly overrunPercent: number;
  /** levels from which a system is tested before acceptance @unit MLPS level */
  readonly cryptoPlanFromLevel: number;
}

/**
 * What the applicant should know although it may be submitted: an estimate more than the figure above the feasibility
 * study must be reported and may need approval again; a system of a high level will need its tests paid.
 * @source domain.md §2 (change, second check), §3.5
 */
export function filingNotes({ money, basics, security }: Filing, figures: NoteFigures): FilingNote[] {
  const notes: FilingNote[] = [];
  const { declaredFen, feasibilityFen } = money;
  if (feasibilityFen && declaredFen * 100 > feasibilityFen * (100 + figures.overrunPercent)) {
    const facts = {
      percent: Math.round(((declaredFen - feasibilityFen) / feasibilityFen) * 1000) / 10,
      limit: figures.overrunPercent,
      overFen: fen(declaredFen - feasibilityFen),
    };
    notes.push({ section: "money", code: "overFeasibility", field: "declared", facts });
  }
  const builds = basics.nature === "new" || basics.nature === "rebuild";
  const tested = (security.mlpsLevel ?? 0) >= figures.cryptoPlanFromLevel;
  if (builds && tested && money.lines.length > 0 && !money.lines.some(({ category }) => category === "securityTest")) {
    const facts = { level: security.mlpsLevel ?? 0 };
    notes.push({ section: "money", code: "securityTestUnbudgeted", field: "lines", facts });
  }
  return notes;
}
