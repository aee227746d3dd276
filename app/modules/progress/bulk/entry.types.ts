import type { FormRow } from "~/kernel/form-conflict";
import type { Period } from "~/kernel/period";
import type { ReportStatus } from "~/kernel/vocabulary";

import type { ReportState } from "../report/report.lifecycle";
import type { ReportTyping } from "../report/report.rules";

/** One row of the grid: a report that its reader has to fill in or to sign. */
export interface EntryRow {
  readonly id: string;
  readonly projectId: string;
  readonly projectCode: string;
  readonly projectName: string;
  readonly period: Period;
  readonly dueOn: string;
  readonly state: ReportState;
  readonly status: ReportStatus;
  readonly version: number;
  /** as saved, or the draft before anybody wrote */
  readonly values: ReportTyping;
  /** marks of these values */
  readonly opened: string;
  /** @unit percent */
  readonly plannedPercent: string;
  readonly filler: string | null;
  /** milestones planned until the month's end and still open: they are claimed with their proof on the report's own page */
  readonly dueMilestones: number;
  readonly mayFill: boolean;
  readonly maySign: boolean;
}

/** A row that was not written: everything that was typed into it, and what is wrong at which field ("" = the row). */
export interface RefusedRow {
  readonly typed: FormRow;
  readonly errors: Readonly<Record<string, readonly string[] | undefined>>;
  /** somebody else saved meanwhile: the row goes on from their version, with both shown */
  readonly isOvertaken: boolean;
}

/** What the grid answers when not all of it was done. */
export interface GridReply {
  readonly done: { readonly saved: number; readonly submitted: number; readonly signed: number };
  /** by the id of the report */
  readonly refused: Readonly<Record<string, RefusedRow | undefined>>;
  readonly chosen: readonly string[];
  readonly errors: readonly { readonly message: string; readonly field?: string | undefined }[];
}
