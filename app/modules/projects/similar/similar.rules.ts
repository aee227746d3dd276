import type { ProjectClass, ProjectStage } from "~/kernel/vocabulary";

/** What is filed, as far as 查重 must know it. */
export interface ComparedFiling {
  readonly class: ProjectClass | null;
  readonly unitId: string;
  /** characters of need and content, folded */
  readonly contentLength: number;
}

/** A project or system of the region beside a filing, measured but not judged. */
export interface MeasuredEntry {
  readonly kind: "project" | "system";
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly unitId: string;
  readonly unitName: string;
  /** null: a system of the inventory */
  readonly stage: ProjectStage | null;
  readonly class: ProjectClass | null;
  /** of the compared names @unit share, 0–1 */
  readonly nameSimilarity: number;
  /** of need and content; null where there is nothing to compare @unit share, 0–1 */
  readonly contentSimilarity: number | null;
  /** data resources that both provide, or that both ask for */
  readonly sharedResources: readonly string[];
}

/** Figures of the rule table (`duplicate.*`) that 查重 needs. */
export interface SimilarFigures {
  /** from this likeness of names on a statement is due @unit share, 0–1 */
  readonly nameSimilarity: number;
  /** from this likeness of contents on a statement is due @unit share, 0–1 */
  readonly contentSimilarity: number;
  /** shorter contents say too little to be compared @unit characters */
  readonly contentCharacters: number;
  /** with so many shared resources and the same class a statement is due */
  readonly sharedResources: number;
  /** names less alike are not shown; contents less alike are no reason @unit share, 0–1 */
  readonly shownSimilarity: number;
  /** the same for what the unit itself already has of this class @unit share, 0–1 */
  readonly ownShownSimilarity: number;
}

/** Why an entry is shown; `demands` when this reason alone asks for a difference statement. */
export type SimilarReason =
  | { readonly code: "name" | "content"; readonly percent: number; readonly demands: boolean }
  | { readonly code: "sharedResources"; readonly names: readonly string[]; readonly demands: boolean }
  | { readonly code: "sameClass" | "sameUnit"; readonly demands: false };

/** An entry that is shown: what of it every unit may know, and why. Kept with each submission. */
export interface SimilarHit extends Pick<
  MeasuredEntry,
  "kind" | "id" | "code" | "name" | "unitId" | "unitName" | "stage"
> {
  readonly statementDue: boolean;
  readonly reasons: readonly SimilarReason[];
}

const MOST_SHOWN = 20;

/**
 * 查重: which of the measured entries are shown, why, and which of them ask for a written difference statement; those
 * first, then the most alike.
 *
 * A statement is due when names or contents are alike from the figure on, or when class and enough data resources are the
 * same. Likeness counts only between works of one kind: to maintain, operate, supervise or test a system is not to build
 * it again, however alike the names.
 * @source domain.md §3
 */
export function similarHits(
  filing: ComparedFiling,
  entries: readonly MeasuredEntry[],
  figures: SimilarFigures,
): SimilarHit[] {
  return entries
    .map((entry) => ({ entry, hit: hitOf(filing, entry, figures) }))
    .filter(({ entry, hit }) => hit.statementDue || isWorthShowing(filing, entry, figures))
    .sort(
      (a, b) =>
        Number(b.hit.statementDue) - Number(a.hit.statementDue) ||
        likeness(b.entry) - likeness(a.entry) ||
        (a.entry.code < b.entry.code ? -1 : 1),
    )
    .slice(0, MOST_SHOWN)
    .map(({ hit }) => hit);
}

function hitOf(filing: ComparedFiling, entry: MeasuredEntry, figures: SimilarFigures): SimilarHit {
  const { kind, id, code, name, unitId, unitName, stage } = entry;
  const reasons = reasonsOf(filing, entry, figures);
  const statementDue = reasons.some(({ demands }) => demands);
  return { kind, id, code, name, unitId, unitName, stage, statementDue, reasons };
}

function reasonsOf(filing: ComparedFiling, entry: MeasuredEntry, figures: SimilarFigures): SimilarReason[] {
  const { nameSimilarity, sharedResources } = entry;
  const sameWork = workOf(filing.class) === workOf(entry.class);
  const sameClass = isSameClass(filing, entry);
  const contentSimilarity = comparableContent(filing, entry, figures);
  const reasons: SimilarReason[] = [];
  if (nameSimilarity >= nameLimit(filing, entry, figures)) {
    const demands = sameWork && nameSimilarity >= figures.nameSimilarity;
    reasons.push({ code: "name", percent: percentOf(nameSimilarity), demands });
  }
  if (contentSimilarity >= figures.shownSimilarity) {
    const demands = sameWork && contentSimilarity >= figures.contentSimilarity;
    reasons.push({ code: "content", percent: percentOf(contentSimilarity), demands });
  }
  if (sharedResources.length > 0) {
    const demands = sameClass && sharedResources.length >= figures.sharedResources;
    reasons.push({ code: "sharedResources", names: sharedResources, demands });
  }
  if (sameClass) reasons.push({ code: "sameClass", demands: false });
  if (filing.unitId === entry.unitId) reasons.push({ code: "sameUnit", demands: false });
  return reasons;
}

function isWorthShowing(filing: ComparedFiling, entry: MeasuredEntry, figures: SimilarFigures): boolean {
  return (
    entry.nameSimilarity >= nameLimit(filing, entry, figures) ||
    comparableContent(filing, entry, figures) >= figures.contentSimilarity
  );
}

/** From which likeness of names on an entry is shown: what the unit itself already has is looked at more closely. */
const nameLimit = (filing: ComparedFiling, entry: MeasuredEntry, figures: SimilarFigures): number =>
  isOwn(filing, entry) ? figures.ownShownSimilarity : figures.shownSimilarity;

function comparableContent(filing: ComparedFiling, entry: MeasuredEntry, figures: SimilarFigures): number {
  return filing.contentLength >= figures.contentCharacters ? (entry.contentSimilarity ?? 0) : 0;
}

const isSameClass = (filing: ComparedFiling, entry: MeasuredEntry): boolean =>
  filing.class !== null && filing.class === entry.class;

/** The unit's own project of the same class, or its own system, which has none. */
const isOwn = (filing: ComparedFiling, entry: MeasuredEntry): boolean =>
  filing.unitId === entry.unitId && (entry.kind === "system" || isSameClass(filing, entry));

const likeness = ({ nameSimilarity, contentSimilarity }: MeasuredEntry): number =>
  Math.max(nameSimilarity, contentSimilarity ?? 0);

/** Rounded down: a likeness below a limit never reads as having reached it. The small part undoes binary fractions. */
const percentOf = (share: number): number => Math.floor(share * 100 + 1e-6);

/** What is done for the money; nothing chosen yet, and a system of the inventory, count as building. */
function workOf(projectClass: ProjectClass | null): "build" | "maintain" | "operate" | "advise" {
  switch (projectClass) {
    case "maintenanceInfrastructure":
    case "maintenanceSoftware":
      return "maintain";
    case "businessOperation":
      return "operate";
    case "thirdParty":
      return "advise";
    case "infrastructureCommon":
    case "infrastructureSpecial":
    case "softwarePlatform":
    case "softwareGeneral":
    case "softwareSpecial":
    case null:
      return "build";
  }
}
