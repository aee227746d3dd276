import type { MergedArea } from "./workbook";

/**
 * Places that all merged areas of a sheet may cover together. Areas of an honest sheet do not overlap, so only a sheet
 * that means harm has more within its content.
 */
const MOST_PLACES = 2_000_000;

/** Merged areas cut to the content of the sheet: a title merged over 16,384 columns means the columns that are there. */
export function clipMerges(merges: readonly MergedArea[], rows: number, columns: number): MergedArea[] {
  const clipped: MergedArea[] = [];
  let places = 0;
  for (const { top, left, bottom, right } of merges) {
    const isArea = top >= 0 && left >= 0 && bottom >= top && right >= left;
    if (!isArea || top >= rows || left >= columns) continue;
    const area = { top, left, bottom: Math.min(bottom, rows - 1), right: Math.min(right, columns - 1) };
    places += (area.bottom - top + 1) * (area.right - left + 1);
    if (places > MOST_PLACES) break;
    clipped.push(area);
  }
  return clipped;
}
