import type { Transaction } from "@db/client";
import type { IntakeOutcome } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

import type { Ctx } from "../transaction.server";
import type { SheetColumn } from "../xlsx/header-match";
import type { TableRow } from "../xlsx/table-reader";

/** A column of a register's sheet, as template, reading and errors need it. */
export interface IntakeColumn extends SheetColumn {
  /** what the template says above the column */
  readonly hint?: string;
  /** a drop-down of the template; reading takes these words in any width and spacing for themselves */
  readonly choices?: readonly string[];
  /** the example row of the template */
  readonly example?: string;
  /** @unit characters of the spreadsheet program's column width */
  readonly width?: number;
  /** how its values are written into a sheet: texts "YYYY-MM-DD" of a "date" column become days, and days are read however they are written. Text when not given */
  readonly kind?: "text" | "number" | "date";
}

/** What is wrong in a row: which column, and a sentence that says what to do. */
export interface IntakeProblem {
  /** key of the column */
  readonly column: string;
  readonly message: string;
}

/** What applying a row would do. `data` is what `apply` needs of it; it is not stored. */
export interface JudgedRow<Data = unknown> {
  readonly rowNumber: number;
  readonly outcome: IntakeOutcome;
  /** what the row is about, as a person would name it: "XT-0007 智慧管网系统" */
  readonly label: string;
  readonly changes: readonly { readonly title: string; readonly before: string; readonly after: string }[];
  /** not empty exactly when the outcome is `problem` */
  readonly problems: readonly IntakeProblem[];
  readonly data?: Data;
}

/**
 * A register that can be filled from a sheet. Reading the file, preview, error sheet, all-or-nothing and double submits
 * are the intake's; what a row means is the kind's. Both functions work set-based: a statement per kind of fact, never one
 * per row.
 */
export interface IntakeKind<Data = unknown> {
  /** in addresses and stored rows: `systems` */
  readonly key: string;
  /** the permission to take in a sheet of this kind, asked at upload and again when it is applied */
  readonly action: Action;
  /** 信息系统清单 */
  readonly title: string;
  /** what a row is: 个系统 */
  readonly counter: string;
  /** where its list stands: `/systems` */
  readonly listHref: string;
  readonly columns: readonly IntakeColumn[];
  /**
   * Judges rows under the actor's scope: one answer for each, in their order. Called for the preview and again when the
   * sheet is applied. A cell of a column with choices holds one of them in its own words, or what is none of them: that is
   * the kind's to judge, as everything else but failed formulas.
   */
  judge(tx: Transaction, ctx: Ctx, rows: readonly TableRow[]): Promise<readonly JudgedRow<Data>[]>;
  /** Writes rows that were judged `add` or `change` in this transaction, and records each with `recordAll`. */
  apply(tx: Transaction, ctx: Ctx, rows: readonly JudgedRow<Data>[]): Promise<void>;
}
