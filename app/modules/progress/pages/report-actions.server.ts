import type { Submission } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { json, redirect } from "@remix-run/node";
import { z } from "zod";

import {
  choicesOf,
  conflictRows,
  fingerprints,
  formFields,
  mergedValues,
  valuesOf,
  type ConflictRow,
  type FormValues,
} from "~/kernel/form-conflict";
import { DomainError, isConflict } from "~/kernel/result";
import { loadFigures } from "~/platform/figures.server";
import { acceptFile } from "~/platform/files.server";
import type { Ctx } from "~/platform/transaction.server";
import { parseForm, refused, type FormReply } from "~/web/form.server";

import { addReportFile } from "../report/files/add-report-file.server";
import { sayReportFileRefusal } from "../report/files/report-file.refusals";
import { removeReportFile } from "../report/files/remove-report-file.server";
import { reportHref, type ReportPlace } from "../report/load-report.server";
import { readReport } from "../report/report.queries.server";
import { sayReportRefusal } from "../report/report.refusals";
import { reportSchema } from "../report/report.schema";
import { claimableOf, reportSense, reportValues } from "../report/report-values";
import { saveReport } from "../report/save-report.server";
import { submitReport } from "../report/submit-report.server";

/** Both versions of a report, and everything that was typed, so that it can be sent again. */
interface ReportConflict {
  /** the version that "theirs" was read at: a decision taken on it is saved on top of it */
  readonly version: number;
  readonly opened: string;
  readonly rows: readonly ConflictRow[];
  readonly mine: readonly (readonly [name: string, value: string])[];
  /** some field still waits for a choice */
  readonly undecided: boolean;
}

/** What the report's page answers when it did not go on. */
export interface ReportReply extends FormReply {
  /** the button that was pressed: its form shows the answer */
  readonly answered: string;
  readonly conflict?: ReportConflict | undefined;
}

interface Posted {
  readonly ctx: Ctx;
  readonly place: ReportPlace;
  readonly form: FormData;
}

const answer = (reply: FormReply["form"], answered: string, status = 200): Response =>
  json<ReportReply>({ form: reply, answered }, { status });

/**
 * Saves or submits what was typed. Files that came along are kept first, each for itself: whatever becomes of the rest of
 * the form, they need not be chosen again.
 */
export async function fillReport(posted: Posted, intent: "save" | "submit"): Promise<Response> {
  const { ctx, place, form } = posted;
  const { problems, known } = await keepUploads(posted);
  const submission = parseForm(typedIn(form), reportSchema);
  if (submission.status !== "success" || Object.keys(problems).length > 0)
    return answer(submission.reply({ fieldErrors: problems }), intent, 422);
  const { version, ...content } = submission.value;
  const verb = intent === "save" ? saveReport : submitReport;
  try {
    const result = await verb(ctx, { ...place, version }, content);
    if (!result.ok) return await answerRefused(submission, result.refusals, intent);
  } catch (error) {
    if (!isConflict(error)) throw error;
    return sideBySide(posted, false);
  }
  return redirect(`${reportHref(place)}?done=${intent}${known > 0 ? `&known=${known}` : ""}`);
}

async function answerRefused(
  submission: Submission<unknown, string[]>,
  refusals: readonly Parameters<typeof sayReportRefusal>[0][],
  intent: string,
): Promise<Response> {
  const reply = await refused(submission, refusals, sayReportRefusal).json();
  return answer(reply.form, intent, 422);
}

/** Takes one file away; what was typed beside it stays typed. */
export async function dropReportFile({ ctx, place, form }: Posted, id: string): Promise<Response> {
  if (!z.uuid().safeParse(id).success) throw new DomainError("invalid", "malformedForm");
  const typed = parseWithZod(typedIn(form), { schema: z.looseObject({}) });
  const removed = await removeReportFile(ctx, place, id);
  if (!removed.ok)
    return answer(typed.reply({ formErrors: removed.refusals.map(sayReportFileRefusal) }), "removeFile", 422);
  return answer({ initialValue: typed.reply().initialValue ?? {} }, "removeFile");
}

/** The texts of a form, without its files and its buttons. */
function typedIn(form: FormData): FormData {
  const texts = new FormData();
  for (const [name, value] of form) if (typeof value === "string" && name !== "removeFile") texts.append(name, value);
  return texts;
}

/** Fields of files are named `file-<id of the milestone>`, and `file-month` for the month as a whole. */
const FILE_FIELD = /^file-(month|[0-9a-f-]{36})$/;

async function keepUploads({ ctx, place, form }: Posted) {
  const problems: Record<string, string[]> = {};
  let known = 0;
  const uploads = [...form].flatMap(([name, value]) => {
    const heading = FILE_FIELD.exec(name)?.[1];
    return heading && value instanceof File && value.name !== "" ? [{ name, heading, upload: value }] : [];
  });
  if (uploads.length === 0) return { problems, known };
  const maxMegabytes = (await loadFigures(ctx.db, ctx.today)).number("attachment.maxMegabytes");
  for (const { name, heading, upload } of uploads) {
    const accepted = await acceptFile(upload, { maxMegabytes });
    const milestoneId = heading === "month" ? null : heading;
    const added = accepted.ok ? await addReportFile(ctx, place, { milestoneId, file: accepted.value }) : accepted;
    if (!added.ok) (problems[name] ??= []).push(...added.refusals.map(sayReportFileRefusal));
    else if (added.value.isKnown) known += 1;
  }
  return { problems, known };
}

/** What the report holds now, as its form would show it. */
async function currentOf({ ctx, place }: Posted) {
  const { report, content, milestones } = await readReport(ctx.db, ctx.actor, place.projectId, place.period, ctx.today);
  const { actualPercent, doneThisMonth, nextMonth, problems, mattersToSettle } = content;
  const values: FormValues = reportValues(
    { actualPercent, doneThisMonth, nextMonth, problems, mattersToSettle },
    claimableOf(milestones),
  );
  const names = Object.fromEntries(milestones.map(({ id, name }) => [id, name]));
  return { version: report.version, values, sense: reportSense(names) };
}

const openedOf = (form: FormData): string => {
  const opened = form.get("opened");
  return typeof opened === "string" ? opened : "";
};

/** Two people wrote: both versions, field by field, to be decided. */
async function sideBySide(posted: Posted, undecided: boolean): Promise<Response> {
  const { version, values: theirs, sense } = await currentOf(posted);
  const mine = valuesOf(posted.form, theirs);
  const opened = openedOf(posted.form);
  const conflict: ReportConflict = {
    ...{ version, opened, undecided },
    rows: conflictRows({ mine, theirs, opened }, sense),
    mine: formFields(mine),
  };
  return json<ReportReply>({ form: { initialValue: {} }, answered: "save", conflict }, { status: 409 });
}

/** What was decided about two versions: saved on top of the version that was shown, or typed on. */
export async function mergeReport(posted: Posted, intent: string): Promise<Response> {
  const { place, form } = posted;
  if (intent === "mergeTheirs") return redirect(reportHref(place));
  const { values: theirs, sense } = await currentOf(posted);
  const mine = valuesOf(form, theirs);
  const choices = choicesOf(form, Object.keys(theirs));
  if (conflictRows({ mine, theirs, opened: "" }, sense).some(({ field }) => !choices[field]))
    return sideBySide(posted, true);
  const decided = new FormData();
  const version = form.get("version");
  decided.append("version", typeof version === "string" ? version : "");
  decided.append("opened", fingerprints(theirs, sense));
  for (const [name, value] of formFields(mergedValues(mine, theirs, choices))) decided.append(name, value);
  if (intent !== "mergeEdit") return fillReport({ ...posted, form: decided }, "save");
  const { initialValue } = parseWithZod(decided, { schema: z.looseObject({}) }).reply();
  return answer({ initialValue: initialValue ?? {} }, intent);
}
