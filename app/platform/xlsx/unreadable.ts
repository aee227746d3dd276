import type { Refusal } from "../../kernel/result";
import { columnLetters, SHEET_LIMITS, type SheetRefusalCode } from "./workbook";

/** Ends parsing from any depth; `parseWorkbook` turns it into the refusal it carries. */
export class Unreadable extends Error {
  constructor(readonly refusal: Refusal<SheetRefusalCode>) {
    super(refusal.code);
    this.name = "Unreadable";
  }
}

export const damaged = (): Unreadable => new Unreadable({ code: "sheet.damaged" });

/** Counts the cells with content of one workbook; ends parsing at the first one that is too many or too far out. */
export class CellQuota {
  private admitted = 0;

  /** @param row 0-based @param column 0-based */
  admit(sheet: string, row: number, column: number): void {
    this.admitted++;
    if (row >= SHEET_LIMITS.rows + SHEET_LIMITS.titleRows) {
      throw new Unreadable({ code: "sheet.tooManyRows", facts: { sheet, max: SHEET_LIMITS.rows } });
    }
    if (column >= SHEET_LIMITS.columns) {
      const facts = { sheet, row: row + 1, column: columnLetters(column), max: SHEET_LIMITS.columns };
      throw new Unreadable({ code: "sheet.tooManyColumns", facts });
    }
    if (this.admitted > SHEET_LIMITS.cells) {
      throw new Unreadable({ code: "sheet.tooManyCells", facts: { max: SHEET_LIMITS.cells } });
    }
  }

  get isUnused(): boolean {
    return this.admitted === 0;
  }
}
