import { json } from "@remix-run/node";
import { z } from "zod";

import { fingerprints, valuesOf, type FormRow } from "~/kernel/form-conflict";
import { DomainError } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { TypedReport } from "../bulk/edit-reports.server";
import { sayRowRefusal } from "../bulk/entry.refusals";
import type { GridReply, RefusedRow } from "../bulk/entry.types";
import { ENTRY_PAGE } from "../bulk/entry.queries.server";
import { saveReports } from "../bulk/save-reports.server";
import { signReports } from "../bulk/sign-reports.server";
import { typingSchema } from "../report/report.schema";
import { REPORT_FIELDS, reportSense } from "../report/report-values";
import type { ReportTyping } from "../report/report.rules";

type Done = Readonly<Record<"saved" | "submitted" | "signed", number>>;

const FIELDS = Object.keys(REPORT_FIELDS) as (keyof ReportTyping)[];
const refSchema = z.object({ reportId: z.uuid(), version: z.coerce.number().int() });
const NONE: Done = { saved: 0, submitted: 0, signed: 0 };

/** The rows of a form and which of them are ticked. @throws DomainError invalid */
function rowsOf(form: FormData) {
  const { rows = [] } = valuesOf(form, { rows: [] });
  const chosen = new Set(form.getAll("chosen").filter((value) => typeof value === "string"));
  if (typeof rows === "string" || rows.length > ENTRY_PAGE) throw new DomainError("invalid", "malformedForm");
  return { chosen, rows: rows.map((typed, index) => ({ typed, index, ...readRef(typed) })) };
}

function readRef(typed: FormRow) {
  const ref = refSchema.safeParse(typed);
  if (!ref.success) throw new DomainError("invalid", "malformedForm");
  return ref.data;
}

const contentOf = (typed: FormRow): FormRow => Object.fromEntries(FIELDS.map((field) => [field, typed[field] ?? ""]));

const isTouched = (typed: FormRow): boolean => fingerprints(contentOf(typed), reportSense({})) !== typed["opened"];

/**
 * Writes the rows that were touched, and submits the ticked ones when that was asked for. Rows that nobody touched are left
 * alone, so that a page that stood open overwrites nothing.
 */
export async function saveGrid(
  ctx: Ctx,
  form: FormData,
  intent: "save" | "submit",
  back: (done: Done) => Response,
): Promise<Response> {
  const { rows, chosen } = rowsOf(form);
  const refused: Record<string, RefusedRow> = {};
  const errors: { message: string; field?: string }[] = [];
  const refuseRow = (
    { reportId, index, typed }: (typeof rows)[number],
    wrong: RefusedRow["errors"],
    overtaken = false,
  ) => {
    refused[reportId] = { typed, errors: wrong, isOvertaken: overtaken };
    for (const [field, messages = []] of Object.entries(wrong)) {
      const place = field === "" ? "actualPercent" : field;
      errors.push(...messages.map((message) => ({ message, field: `rows[${index}].${place}` })));
    }
  };
  const toWrite: TypedReport[] = [];
  for (const row of rows) {
    const isSubmitted = intent === "submit" && chosen.has(row.reportId);
    if (!isSubmitted && !isTouched(row.typed)) continue;
    const parsed = typingSchema.safeParse(row.typed);
    if (!parsed.success) refuseRow(row, z.flattenError(parsed.error).fieldErrors);
    else
      toWrite.push({
        ...{ reportId: row.reportId, version: row.version, typed: parsed.data },
        event: isSubmitted ? "submit" : "save",
      });
  }
  if (intent === "submit" && !rows.some(({ reportId }) => chosen.has(reportId)))
    errors.push({ message: "没有选择要提交的月报，请先勾选；已修改的行已按草稿保存。" });
  const done = { ...NONE };
  if (toWrite.length > 0) {
    const written = await saveReports(ctx, toWrite);
    if (!written.ok) throw new Error("saving several reports refuses nothing as a whole");
    for (const { reportId, event } of toWrite) {
      const outcome = written.value.get(reportId);
      const row = rows.find((each) => each.reportId === reportId);
      if (outcome?.ok) done[event === "submit" ? "submitted" : "saved"] += 1;
      else if (outcome && row) {
        const wrong: Record<string, string[]> = {};
        for (const refusal of outcome.refusals) (wrong[refusal.field ?? ""] ??= []).push(sayRowRefusal(refusal));
        refuseRow(
          row,
          wrong,
          outcome.refusals.some(({ code }) => code === "overtaken"),
        );
      }
    }
  }
  if (errors.length === 0 && toWrite.length === 0) errors.push({ message: "没有改动，不需要保存。" });
  if (errors.length === 0) return back(done);
  return json<GridReply>({ done, refused, errors, chosen: [...chosen] }, { status: 422 });
}

/** Signs the ticked reports; of those that were not signed it says why. */
export async function signGrid(ctx: Ctx, form: FormData, back: (done: Done) => Response): Promise<Response> {
  const { rows, chosen } = rowsOf(form);
  const ticked = rows.filter(({ reportId }) => chosen.has(reportId));
  const reply = (signed: number, refused: GridReply["refused"], errors: GridReply["errors"]) =>
    json<GridReply>({ done: { ...NONE, signed }, refused, errors, chosen: [...chosen] }, { status: 422 });
  if (ticked.length === 0) return reply(0, {}, [{ message: "没有选择要签批的月报，请先勾选。" }]);
  const outcomes = await signReports(ctx, ticked);
  const refused: Record<string, RefusedRow> = {};
  const errors: { message: string }[] = [];
  let signed = 0;
  for (const { reportId, typed } of ticked) {
    const outcome = outcomes.get(reportId);
    if (outcome?.ok) signed += 1;
    else if (outcome) {
      const messages = outcome.refusals.map(sayRowRefusal);
      refused[reportId] = { typed, errors: { "": messages }, isOvertaken: false };
      errors.push(...messages.map((message) => ({ message: `${typed["name"] ?? ""}：${message}` })));
    }
  }
  return errors.length === 0 ? back({ ...NONE, signed }) : reply(signed, refused, errors);
}
