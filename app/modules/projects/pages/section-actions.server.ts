import { parseWithZod } from "@conform-to/zod/v4";
import { json, redirect } from "@remix-run/node";
import type { Submission } from "@conform-to/react";
import { z } from "zod";

import {
  choicesOf,
  formFields,
  mergedValues,
  valuesOf,
  type ConflictRow,
  type FormValues,
} from "~/kernel/form-conflict";
import { formatInstant } from "~/kernel/local-date";
import { DomainError, isConflict, type Refusal, type Result } from "~/kernel/result";
import { keysOf } from "~/kernel/vocabulary";
import { sayCatalogRefusal } from "~/modules/catalog";
import {
  addDemand,
  addResource,
  demandSchema,
  removeDemand,
  removeDraftResource,
  resourceSchema,
} from "~/modules/catalog/index.server";
import type { Ctx } from "~/platform/transaction.server";
import { editedRows, withoutBlankRows } from "~/web/form-rows";
import { invalid, parseForm, refused, type FormReply } from "~/web/form.server";

import { conflictRows, fingerprints } from "../filing-conflict";
import { sectionValues } from "../filing.form-values";
import { readFiling } from "../filing.queries.server";
import {
  basicsSchema,
  componentsSchema,
  goalsSchema,
  moneySchema,
  noDataSchema,
  securitySchema,
} from "../filing.schema";
import { FILING_SECTIONS, type FilingSection } from "../filing.types";
import { readProject } from "../load-project.server";
import { sayProjectRefusal } from "../projects.refusals";
import { removeAttachment } from "../remove-attachment.server";
import { saveBasics } from "../save-basics.server";
import { saveComponents } from "../save-components.server";
import { saveGoals } from "../save-goals.server";
import { saveMoney } from "../save-money.server";
import { saveNoDataStatement } from "../save-no-data-statement.server";
import { saveSecurity } from "../save-security.server";
import { attachUploads } from "./attach-uploads.server";

/** Two versions of a section: what differs, and everything that was typed, so that it can be sent again. */
export interface SectionConflict {
  /** the version that "theirs" was read at: a decision taken on it is saved on top of it */
  readonly version: number;
  readonly opened: string;
  readonly rows: readonly ConflictRow[];
  readonly mine: readonly (readonly [name: string, value: string])[];
  /** some field still waits for a choice */
  readonly undecided: boolean;
}

/** What a section answers when it was not saved. */
export interface SectionReply extends FormReply {
  /** the button that was pressed */
  readonly answered: string;
  /** someone else saved first: what they saved is shown beside what was typed */
  readonly conflict?: SectionConflict;
  /** files that were taken, when others sent with them were not */
  readonly attached?: readonly string[];
}

/** What the background save answers: the version from which the form goes on, or why nothing was saved. */
export type AutosaveReply =
  | { readonly saved: true; readonly version: number; readonly opened: string; readonly at: string }
  | { readonly saved: false; readonly why: "conflict" | "refused" | "invalid"; readonly problems: readonly string[] };

interface Posted {
  readonly ctx: Ctx;
  readonly projectId: string;
  readonly form: FormData;
}

type SaveRefusal = "notEditable" | "nameTaken";

/** How the attempt to save a section ended. */
type Attempt =
  | { readonly ended: "saved"; readonly version: number }
  | { readonly ended: "invalid" | "conflict"; readonly submission: Submission<unknown, string[]> }
  | {
      readonly ended: "refused";
      readonly submission: Submission<unknown, string[]>;
      readonly refusals: readonly Refusal<SaveRefusal>[];
    };

/** What a section's form posts: parsed, saved by its one verb, answered. */
export async function saveSection(section: FilingSection, posted: Posted): Promise<Response> {
  if (section === "attachments") return saveAttachments(posted);
  const entry = section === "data" ? await changeEntries(posted) : undefined;
  if (entry) return entry;
  const answered = intentOf(posted.form);
  const edited = answered === "restore" ? posted.form : editedRows(posted.form);
  if (edited) return unsaved(section, edited, answered);
  if (answered.startsWith("merge")) return merge(section, posted, answered);
  return save(section, posted, answered);
}

/** The background save of the draft that is being typed: the same verb, answered for a script. */
export async function autosaveSection(section: FilingSection, posted: Posted): Promise<AutosaveReply> {
  const attempt = await attemptToSave(section, posted);
  switch (attempt.ended) {
    case "saved": {
      const like = await currentOf(section, posted);
      return {
        saved: true,
        version: attempt.version,
        opened: fingerprints(valuesOf(withoutBlankRows(posted.form, ROW_CHOICES), like.values)),
        at: formatInstant(posted.ctx.now).slice(-5),
      };
    }
    case "conflict":
      return { saved: false, why: "conflict", problems: [] };
    case "invalid":
      return { saved: false, why: "invalid", problems: messagesOf(attempt.submission) };
    case "refused":
      return { saved: false, why: "refused", problems: attempt.refusals.map(sayProjectRefusal) };
  }
}

const messagesOf = (submission: Submission<unknown, string[]>): string[] => [
  ...new Set(Object.values(submission.reply().error ?? {}).flatMap((found) => found ?? [])),
];

const intentOf = (form: FormData): string => {
  const intent = form.get("intent");
  return typeof intent === "string" ? intent : "save";
};

/** Selects that always carry a choice: they alone make no row. */
const ROW_CHOICES = { lines: ["category"], goals: ["operator"], sources: ["source"], years: ["year"] };

async function attemptToSave(section: FilingSection, posted: Posted): Promise<Attempt> {
  const { ctx, projectId } = posted;
  switch (section) {
    case "basics":
      return attempt(posted, basicsSchema, (input) => saveBasics(ctx, projectId, input));
    case "goals":
      return attempt(posted, goalsSchema, (input) => saveGoals(ctx, projectId, input));
    case "money":
      return attempt(posted, moneySchema, (input) => saveMoney(ctx, projectId, input));
    case "data":
      return attempt(posted, noDataSchema, (input) => saveNoDataStatement(ctx, projectId, input));
    case "security":
      return attempt(posted, securitySchema, (input) => saveSecurity(ctx, projectId, input));
    case "components":
      return attempt(posted, componentsSchema, (input) => saveComponents(ctx, projectId, input));
    case "attachments":
      throw new DomainError("invalid", "attachmentsAreNotSaved");
  }
}

async function attempt<S extends z.ZodType>(
  { form }: Posted,
  schema: S,
  verb: (input: z.output<S>) => Promise<Result<{ version: number }, SaveRefusal>>,
): Promise<Attempt> {
  const submission = parseForm(withoutBlankRows(form, ROW_CHOICES), schema);
  if (submission.status !== "success") return { ended: "invalid", submission };
  try {
    const result = await verb(submission.value);
    return result.ok
      ? { ended: "saved", version: result.value.version }
      : { ended: "refused", submission, refusals: result.refusals };
  } catch (error) {
    if (!isConflict(error)) throw error;
    return { ended: "conflict", submission };
  }
}

async function save(section: FilingSection, posted: Posted, answered: string): Promise<Response> {
  const attempted = await attemptToSave(section, posted);
  switch (attempted.ended) {
    case "saved":
      return redirect(afterSaving(posted.projectId, section, answered));
    case "invalid":
      return answer(invalid(attempted.submission), answered);
    case "refused":
      return answer(refused(attempted.submission, attempted.refusals, sayProjectRefusal), answered);
    case "conflict":
      return sideBySide(section, posted, false);
  }
}

/** The form as it was sent, to be typed on; nothing is saved. */
function unsaved(section: FilingSection, form: FormData, answered: string): Response {
  const { initialValue } = parseWithZod(form, { schema: z.looseObject({}) }).reply();
  return json<SectionReply>({ form: { initialValue: initialValue ?? {} }, answered });
}

/** What a section holds now, and at which version. */
async function currentOf(section: FilingSection, { ctx, projectId }: Posted) {
  const project = await readProject(ctx.db, ctx.actor, projectId);
  const filing = await readFiling(ctx.db, project, ctx.today);
  return {
    version: project.version,
    values: sectionValues(section, filing),
    words: Object.fromEntries(filing.components.map(({ code, name }) => [code, name])),
  };
}

/** Two people edited: both versions, field by field, to be decided. */
async function sideBySide(section: FilingSection, posted: Posted, undecided: boolean): Promise<Response> {
  const { version, values: theirs, words } = await currentOf(section, posted);
  const mine = valuesOf(withoutBlankRows(posted.form, ROW_CHOICES), theirs);
  const opened = posted.form.get("opened");
  const conflict: SectionConflict = {
    version,
    opened: typeof opened === "string" ? opened : "",
    rows: conflictRows({ mine, theirs, opened: typeof opened === "string" ? opened : "" }, words),
    mine: formFields(mine),
    undecided,
  };
  return json<SectionReply>({ form: { initialValue: {} }, answered: "save", conflict }, { status: 409 });
}

/** What was decided about a conflict: saved on top of the version that was shown, or typed on. */
async function merge(section: FilingSection, posted: Posted, intent: string): Promise<Response> {
  const { projectId, form } = posted;
  if (intent === "mergeTheirs") return redirect(`/projects/${projectId}/filing/${section}?kept=${section}#`);
  const { values: theirs } = await currentOf(section, posted);
  const mine = valuesOf(form, theirs);
  const choices = choicesOf(form, Object.keys(theirs));
  const open = conflictRows({ mine, theirs, opened: "" }).some(({ field }) => !choices[field]);
  if (open) return sideBySide(section, posted, true);
  const decided = formOf(mergedValues(mine, theirs, choices), form.get("version"), theirs);
  return intent === "mergeEdit"
    ? unsaved(section, decided, intent)
    : save(section, { ...posted, form: decided }, "save");
}

function formOf(values: FormValues, version: FormDataEntryValue | null, opened: FormValues): FormData {
  const form = new FormData();
  form.append("version", typeof version === "string" ? version : "");
  form.append("opened", fingerprints(opened));
  for (const [name, value] of formFields(values)) form.append(name, value);
  return form;
}

function afterSaving(projectId: string, section: FilingSection, intent: string): string {
  const sections = keysOf(FILING_SECTIONS);
  const next = intent === "next" ? sections[sections.indexOf(section) + 1] : section;
  // The empty fragment sends the reader to the top, where the outcome is told; without it the form's own would stay.
  return next ? `/projects/${projectId}/filing/${next}?saved=${section}#` : `/projects/${projectId}/check#`;
}

/** The same reply, saying which button it answers. */
async function answer(reply: Response, answered: string): Promise<Response> {
  const body = (await reply.json()) as FormReply;
  return json<SectionReply>({ ...body, answered }, { status: reply.status });
}

const entrySchema = z.object({ entryId: z.uuid() });

/** One data entry in or out; undefined when it was the statement's form that was sent. */
async function changeEntries(posted: Posted): Promise<Response | undefined> {
  const { ctx, projectId, form } = posted;
  const here = `/projects/${projectId}/filing/data`;
  switch (intentOf(form)) {
    case "addResource": {
      const edited = editedRows(form);
      if (edited) return unsaved("data", edited, "addResource");
      const typed = { ...posted, form: withoutBlankRows(form, { items: ["dataType"] }) };
      return enter(typed, resourceSchema, sayCatalogRefusal, `${here}?added=resource#resource-form`, (input) =>
        addResource(ctx, projectId, input),
      );
    }
    case "addDemand":
      return enter(posted, demandSchema, sayCatalogRefusal, `${here}?added=demand#demand-form`, (input) =>
        addDemand(ctx, projectId, input),
      );
    case "removeResource":
      return enter(posted, entrySchema, sayCatalogRefusal, here, ({ entryId }) =>
        removeDraftResource(ctx, projectId, entryId),
      );
    case "removeDemand":
      return enter(posted, entrySchema, sayCatalogRefusal, here, ({ entryId }) =>
        removeDemand(ctx, projectId, entryId),
      );
    default:
      return undefined;
  }
}

async function saveAttachments(posted: Posted): Promise<Response> {
  const { ctx, projectId, form } = posted;
  const here = `/projects/${projectId}/filing/attachments`;
  if (intentOf(form) === "remove") {
    const schema = z.object({ attachmentId: z.uuid() });
    return enter(posted, schema, sayProjectRefusal, here, ({ attachmentId }) =>
      removeAttachment(ctx, projectId, attachmentId),
    );
  }
  const { attached, alsoIn, reply } = await attachUploads(ctx, projectId, form);
  if (reply) return json<SectionReply>({ ...reply, answered: "upload", attached }, { status: 422 });
  const shared = alsoIn ? `&alsoIn=${encodeURIComponent(alsoIn)}` : "";
  return redirect(`${here}?added=attachment${shared}#`);
}

/** A small form of its own: one entry in or out, then the same page again. */
async function enter<S extends z.ZodType, Code extends string>(
  { form }: Posted,
  schema: S,
  say: (refusal: Refusal<Code>) => string,
  back: string,
  verb: (input: z.output<S>) => Promise<Result<unknown, Code>>,
): Promise<Response> {
  const answered = intentOf(form);
  const submission = parseForm(form, schema);
  if (submission.status !== "success") return answer(invalid(submission), answered);
  const result = await verb(submission.value);
  if (!result.ok) return answer(refused(submission, result.refusals, say), answered);
  return redirect(back);
}
