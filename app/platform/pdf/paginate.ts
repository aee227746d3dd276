import { BLOCK, PITCH } from "./page-geometry";
import { moved, type Placed } from "./placed";

/** A strip of the text block that is never cut. Its items are placed from its own top left corner. @unit pt */
export interface Band {
  readonly height: number;
  readonly items: readonly Placed[];
  /** stands on the same page as the next band */
  readonly keepWithNext?: boolean;
  /** begins on one of the 22 lines, so that text after a table is in step again */
  readonly onLine?: boolean;
  /** empty space, dropped at the top of a page */
  readonly gap?: boolean;
  /** put above this band when it opens a page: the header row of its table */
  readonly repeats?: Band;
}

/** A page being filled; positions are those of the page. */
export interface FilledPage {
  readonly items: readonly Placed[];
  /** height of the text block that is taken @unit pt */
  readonly used: number;
}

/** A hair of tolerance: 22 × 28.95 is compared with sums of fractions. */
const ROUNDING = 0.01;

/** Where on a page its bands stand. @unit pt */
export type TextBlock = Readonly<Record<"left" | "top" | "width" | "height", number>>;

/** Fills pages from the first to the last; bands that are kept together move to the next page together. */
export function paginate(bands: readonly Band[], block: TextBlock = BLOCK): FilledPage[] {
  const pages: FilledPage[] = [];
  let items: Placed[] = [];
  let used = 0;

  const endPage = () => {
    pages.push({ items, used });
    [items, used] = [[], 0];
  };
  const topOf = (band: Band, below: number) => (band.onLine ? Math.ceil((below - ROUNDING) / PITCH) * PITCH : below);
  const heightAfter = (group: readonly Band[]) => group.reduce((below, band) => topOf(band, below) + band.height, used);
  const place = (band: Band) => {
    if (used === 0 && band.gap) return;
    if (used === 0 && band.repeats) place(band.repeats);
    const top = topOf(band, used);
    items.push(...band.items.map((item) => moved(item, block.left, block.top + top)));
    used = top + band.height;
  };

  for (const group of keptTogether(bands)) {
    if (used > 0 && heightAfter(group) > block.height + ROUNDING) endPage();
    for (const band of group) {
      if (used > 0 && heightAfter([band]) > block.height + ROUNDING) endPage();
      place(band);
    }
  }
  if (used > 0 || pages.length === 0) endPage();
  return pages;
}

function keptTogether(bands: readonly Band[]): Band[][] {
  const groups: Band[][] = [];
  let open = false;
  for (const band of bands) {
    if (open) groups.at(-1)?.push(band);
    else groups.push([band]);
    open = band.keepWithNext === true;
  }
  return groups;
}
