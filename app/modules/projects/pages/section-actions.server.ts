import { parseWithZod } from "@conform-to/zod/v4";
import { json, redirect } from "@remix-run/node";
import { z } from "zod";

import { DomainError, type Refusal, type Result } from "~/kernel/result";
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
import { acceptFile } from "~/platform/files.server";
import type { Ctx } from "~/platform/transaction.server";
import { invalid, parseForm, refused, type FormReply } from "~/web/form.server";

import { addAttachment } from "../add-attachment.server";
import { sayFileRefusal } from "../file.refusals";
import {
  attachmentSchema,
  basicsSchema,
  componentsSchema,
  goalsSchema,
  moneySchema,
  noDataSchema,
  securitySchema,
} from "../filing.schema";
import { FILING_SECTIONS, type FilingSection } from "../filing.types";
import { editedRows, withoutBlankRows } from "../form-rows";
import { sayProjectRefusal } from "../projects.refusals";
import { removeAttachment } from "../remove-attachment.server";
import { saveBasics } from "../save-basics.server";
import { saveComponents } from "../save-components.server";
import { saveGoals } from "../save-goals.server";
import { saveMoney } from "../save-money.server";
import { saveNoDataStatement } from "../save-no-data-statement.server";
import { saveSecurity } from "../save-security.server";

/** What a section answers when it was not saved. */
export interface SectionReply extends FormReply {
  /** the button that was pressed */
  readonly answered: string;
  /** someone else saved first: what they saved is shown beside what was typed */
  readonly conflict?: boolean;
}

interface Posted {
  readonly ctx: Ctx;
  readonly projectId: string;
  readonly form: FormData;
}

/** What a section's form posts: parsed, saved by its one verb, answered. */
export async function saveSection(section: FilingSection, posted: Posted): Promise<Response> {
  const { ctx, projectId } = posted;
  switch (section) {
    case "basics":
      return save(posted, section, basicsSchema, (input) => saveBasics(ctx, projectId, input));
    case "goals":
      return save(posted, section, goalsSchema, (input) => saveGoals(ctx, projectId, input));
    case "money":
      return save(posted, section, moneySchema, (input) => saveMoney(ctx, projectId, input));
    case "data":
      return saveData(posted);
    case "security":
      return save(posted, section, securitySchema, (input) => saveSecurity(ctx, projectId, input));
    case "components":
      return save(posted, section, componentsSchema, (input) => saveComponents(ctx, projectId, input));
    case "attachments":
      return saveAttachments(posted);
  }
}

const intentOf = (form: FormData): string => {
  const intent = form.get("intent");
  return typeof intent === "string" ? intent : "save";
};

/** Selects that always carry a choice: they alone make no row. */
const ROW_CHOICES = { lines: ["category"], goals: ["operator"], sources: ["source"], years: ["year"] };

async function save<S extends z.ZodType>(
  { projectId, form }: Posted,
  section: FilingSection,
  schema: S,
  verb: (input: z.output<S>) => Promise<Result<{ version: number }, "notEditable" | "nameTaken">>,
): Promise<Response> {
  const answered = intentOf(form);
  const edited = editedRows(form);
  if (edited) {
    const { initialValue } = parseWithZod(edited, { schema }).reply();
    return json<SectionReply>({ form: { initialValue: initialValue ?? {} }, answered });
  }
  const submission = parseForm(withoutBlankRows(form, ROW_CHOICES), schema);
  if (submission.status !== "success") return answer(invalid(submission), answered);
  try {
    const result = await verb(submission.value);
    if (!result.ok) return answer(refused(submission, result.refusals, sayProjectRefusal), answered);
  } catch (error) {
    if (!(error instanceof DomainError) || error.kind !== "conflict") throw error;
    return json<SectionReply>({ form: submission.reply(), answered, conflict: true }, { status: 409 });
  }
  return redirect(afterSaving(projectId, section, answered));
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

async function saveData(posted: Posted): Promise<Response> {
  const { ctx, projectId, form } = posted;
  const here = `/projects/${projectId}/filing/data`;
  switch (intentOf(form)) {
    case "addResource":
      return enter(posted, resourceSchema, sayCatalogRefusal, `${here}?added=resource#resource-form`, (input) =>
        addResource(ctx, projectId, input),
      );
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
      return save(posted, "data", noDataSchema, (input) => saveNoDataStatement(ctx, projectId, input));
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
  return enter(posted, attachmentSchema, sayFileRefusal, `${here}?added=attachment`, async ({ kind, file }) => {
    const accepted = await acceptFile(file);
    return accepted.ok ? addAttachment(ctx, projectId, { kind, file: accepted.value }) : accepted;
  });
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
