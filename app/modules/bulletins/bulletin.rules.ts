import type { LocalDate } from "~/kernel/local-date";
import { accept, refuse, type Refusal, type Result } from "~/kernel/result";
import type { BulletinState, PeriodState } from "~/kernel/vocabulary";

export type DraftRefusalCode = "periodNotFrozen" | "alreadyPublished" | "rectifyNotAhead";

/**
 * May a bulletin of this period be drafted, or drafted again? Only from frozen facts, and never over a signed one: a
 * correction is a new edition.
 * Refuses with periodNotFrozen, alreadyPublished, rectifyNotAhead.
 * @source domain.md §10
 */
export function decideDraft(facts: {
  readonly periodState: PeriodState;
  readonly existing: BulletinState | undefined;
  readonly rectifyBy: LocalDate;
  readonly today: LocalDate;
}): Result<null, DraftRefusalCode> {
  if (facts.periodState === "open") return refuse({ code: "periodNotFrozen" });
  if (facts.existing !== undefined && facts.existing !== "draft") return refuse({ code: "alreadyPublished" });
  if (facts.rectifyBy <= facts.today) return refuse({ code: "rectifyNotAhead", field: "rectifyBy" });
  return accept(null);
}

export type SignRefusalCode = "alreadySigned" | "drafterSigns" | "scoresNotPublished";

/**
 * May this person sign the draft? Who drafted a bulletin does not sign it, and units learn their scores before everybody
 * does: what a bulletin links to must be open to its readers.
 * Refuses with alreadySigned, drafterSigns, scoresNotPublished.
 * @source domain.md §1 (two persons), §10
 */
export function decideSign(
  bulletin: { readonly state: BulletinState; readonly draftedBy: string; readonly periodState: PeriodState },
  signerId: string,
): Result<null, SignRefusalCode> {
  if (bulletin.state !== "draft") return refuse({ code: "alreadySigned" });
  if (bulletin.draftedBy === signerId) return refuse({ code: "drafterSigns" });
  if (bulletin.periodState === "frozen") return refuse({ code: "scoresNotPublished" });
  return accept(null);
}

export type InstructRefusalCode = "notPublished" | "dueNotAhead" | "unitOutside" | "sameInstruction";

/**
 * May this instruction (批示) be given? Every one becomes one supervised item, so the same words to the same unit on the
 * same bulletin are given once.
 * Refuses with notPublished, or with all of dueNotAhead, unitOutside, sameInstruction that hold.
 * @source domain.md §8, §10
 */
export function decideInstruct(facts: {
  readonly state: BulletinState;
  readonly dueOn: LocalDate;
  readonly today: LocalDate;
  readonly unitInRegion: boolean;
  readonly givenBefore: boolean;
}): Result<null, InstructRefusalCode> {
  if (facts.state !== "published") return refuse({ code: "notPublished" });
  const refusals: Refusal<InstructRefusalCode>[] = [];
  if (facts.dueOn <= facts.today) refusals.push({ code: "dueNotAhead", field: "dueOn" });
  if (!facts.unitInRegion) refusals.push({ code: "unitOutside", field: "unitId" });
  if (facts.givenBefore) refusals.push({ code: "sameInstruction", field: "text" });
  return refusals.length > 0 ? refuse(...refusals) : accept(null);
}

/**
 * 发文字号 without 第 and leading zeros: "鹤数政通〔2026〕8号".
 * @source GB/T 9704-2012, domain.md §10
 */
export const documentNumber = (series: string, year: number, sequence: number): string =>
  `${series}〔${year}〕${sequence}号`;
