import { json, redirect } from "@remix-run/node";
import type { Submission } from "@conform-to/react";

import { DomainError, isConflict, type Refusal, type Result } from "~/kernel/result";
import { loadFigures } from "~/platform/figures.server";
import { acceptFile, type AcceptedFile, type FileRefusalCode } from "~/platform/files.server";
import type { Ctx } from "~/platform/transaction.server";
import { invalid, parseForm, refused, type FormReply } from "~/web/form.server";

import { sayAcceptanceRefusal, type AcceptanceRefusal } from "../acceptance.refusals";
import {
  acceptanceStepSchema,
  archiveSchema,
  draftSchema,
  extensionStepSchema,
  paperSchema,
  removePaperSchema,
  requestExtensionSchema,
  statementSchema,
  type AcceptanceStepInput,
  type ExtensionStepInput,
} from "../acceptance.schema";
import { addPaper } from "../add-paper.server";
import { checkArchive } from "../check-archive.server";
import { decideOnExtension } from "../decide-extension.server";
import { declineAcceptance } from "../decline-acceptance.server";
import { draftAcceptance } from "../draft-acceptance.server";
import { editAcceptance } from "../edit-acceptance.server";
import { passAcceptance } from "../pass-acceptance.server";
import { removePaper } from "../remove-paper.server";
import { requestExtension } from "../request-extension.server";
import { signAcceptance } from "../sign-acceptance.server";
import { signExtension } from "../sign-extension.server";
import { submitAcceptance } from "../submit-acceptance.server";
import { turnDownAcceptance } from "../turn-down-acceptance.server";
import { withdrawAcceptance } from "../withdraw-acceptance.server";
import { withdrawExtension } from "../withdraw-extension.server";

interface Posted {
  readonly ctx: Ctx;
  readonly projectId: string;
  readonly form: FormData;
}

/** What the acceptance page answers: each button has its own form, parsed and handed to one verb. */
export function answerAcceptance(posted: Posted): Promise<Response> {
  const intent = posted.form.get("intent");
  switch (intent) {
    case "draft":
      return draft(posted);
    case "save":
      return saveStatement(posted);
    case "upload":
      return upload(posted);
    case "removePaper":
      return takeOff(posted);
    case "submit":
    case "sign":
    case "decline":
    case "returnForSupplement":
    case "fail":
    case "pass":
    case "withdraw":
      return step(posted);
    case "checkArchive":
      return archive(posted);
    case "requestExtension":
      return askLater(posted);
    case "signExtension":
    case "declineExtension":
    case "grantExtension":
    case "refuseExtension":
    case "withdrawExtension":
      return extensionStep(posted);
    default:
      throw new DomainError("invalid", "malformedForm");
  }
}

/** Back to the page, or the form with why not; a conflict keeps what was typed. */
async function answering<T>(
  { projectId }: Posted,
  submission: Submission<unknown, string[]>,
  run: () => Promise<Result<T, AcceptanceRefusal>>,
  done = "",
  reasonField = "extensionReason",
): Promise<Response> {
  try {
    const result = await run();
    if (result.ok) return redirect(`/projects/${projectId}/acceptance${done}`);
    return refused(
      submission,
      result.refusals.map((refusal) => atReason(refusal, reasonField)),
      sayAcceptanceRefusal,
    );
  } catch (error) {
    if (!isConflict(error)) throw error;
    const formErrors = ["这里刚刚有了新的变动，这一步没有生效。请核对最新内容后再办理，您写的内容已保留。"];
    return json<FormReply>({ form: submission.reply({ formErrors }) }, { status: 409 });
  }
}

/** A missing reason is told of at the field that asks for it. */
const atReason = (refusal: Refusal<AcceptanceRefusal>, field: string): Refusal<AcceptanceRefusal> =>
  refusal.code === "reasonGiven" || refusal.code === "reasonMissing" ? { ...refusal, field } : refusal;

async function draft(posted: Posted): Promise<Response> {
  const submission = parseForm(posted.form, draftSchema);
  if (submission.status !== "success") return invalid(submission);
  return answering(posted, submission, () => draftAcceptance(posted.ctx, posted.projectId), "#application");
}

async function saveStatement(posted: Posted): Promise<Response> {
  const submission = parseForm(posted.form, statementSchema);
  if (submission.status !== "success") return invalid(submission);
  return answering(posted, submission, () => editAcceptance(posted.ctx, submission.value), "?saved#application");
}

/** Adds the files of one form, each for itself: one that is refused takes no other down with it. */
async function upload(posted: Posted): Promise<Response> {
  const { ctx, form, projectId } = posted;
  const submission = parseForm(form, paperSchema);
  if (submission.status !== "success") return invalid(submission);
  const uploads = form.getAll("file").filter((value): value is File => value instanceof File && value.name !== "");
  if (uploads.length === 0)
    return json<FormReply>({ form: submission.reply({ fieldErrors: { file: ["请选择要上传的文件"] } }) });
  const { acceptanceId, kind } = submission.value;
  const problems: string[] = [];
  let alsoIn: string | null = null;
  for (const each of uploads) {
    const file = await accepted(ctx, each);
    const added = file.ok ? await addPaper(ctx, acceptanceId, { kind, file: file.value }) : file;
    if (added.ok) alsoIn ??= added.value.alsoIn;
    else problems.push(...added.refusals.map(sayAcceptanceRefusal));
  }
  if (problems.length > 0) return json<FormReply>({ form: submission.reply({ fieldErrors: { file: problems } }) });
  const query = alsoIn ? `?alsoIn=${encodeURIComponent(alsoIn)}` : "";
  return redirect(`/projects/${projectId}/acceptance${query}#papers`);
}

async function accepted(ctx: Ctx, file: File): Promise<Result<AcceptedFile, FileRefusalCode>> {
  const figures = await loadFigures(ctx.db, ctx.today);
  return acceptFile(file, { maxMegabytes: figures.number("attachment.maxMegabytes") });
}

async function takeOff(posted: Posted): Promise<Response> {
  const submission = parseForm(posted.form, removePaperSchema);
  if (submission.status !== "success") return invalid(submission);
  const { acceptanceId, paperId } = submission.value;
  return answering(posted, submission, () => removePaper(posted.ctx, acceptanceId, paperId), "#papers");
}

async function step(posted: Posted): Promise<Response> {
  const submission = parseForm(posted.form, acceptanceStepSchema);
  if (submission.status !== "success") return invalid(submission);
  return answering(posted, submission, () => takeAcceptanceStep(posted.ctx, submission.value), "", "opinion");
}

function takeAcceptanceStep(
  ctx: Ctx,
  { intent, acceptanceId, version, opinion }: AcceptanceStepInput,
): Promise<Result<{ id: string }, AcceptanceRefusal>> {
  const ref = { acceptanceId, version };
  switch (intent) {
    case "submit":
      return submitAcceptance(ctx, ref);
    case "sign":
      return signAcceptance(ctx, ref);
    case "decline":
      return declineAcceptance(ctx, { ...ref, opinion });
    case "returnForSupplement":
    case "fail":
      return turnDownAcceptance(ctx, { ...ref, event: intent, opinion });
    case "pass":
      return passAcceptance(ctx, { ...ref, opinion });
    case "withdraw":
      return withdrawAcceptance(ctx, ref);
  }
}

async function archive(posted: Posted): Promise<Response> {
  const submission = parseForm(posted.form, archiveSchema);
  if (submission.status !== "success") return invalid(submission);
  return answering(posted, submission, () => checkArchive(posted.ctx, posted.projectId, submission.value), "#archive");
}

async function askLater(posted: Posted): Promise<Response> {
  const { ctx, projectId, form } = posted;
  const submission = parseForm(form, requestExtensionSchema);
  if (submission.status !== "success") return invalid(submission);
  const { untilOn, extensionReason, file } = submission.value;
  const paper = file && file.name !== "" ? await accepted(ctx, file) : undefined;
  if (paper && !paper.ok) return refused(submission, paper.refusals, sayAcceptanceRefusal);
  return answering(
    posted,
    submission,
    () => requestExtension(ctx, projectId, { untilOn, reason: extensionReason, file: paper?.value }),
    "#extensions",
  );
}

async function extensionStep(posted: Posted): Promise<Response> {
  const submission = parseForm(posted.form, extensionStepSchema);
  if (submission.status !== "success") return invalid(submission);
  return answering(
    posted,
    submission,
    () => takeExtension(posted.ctx, submission.value),
    "#extensions",
    "extensionOpinion",
  );
}

async function takeExtension(
  ctx: Ctx,
  { intent, extensionId, version, extensionOpinion: opinion }: ExtensionStepInput,
): Promise<Result<{ id: string }, AcceptanceRefusal>> {
  const ref = { extensionId, version, opinion };
  switch (intent) {
    case "signExtension":
      return signExtension(ctx, { ...ref, event: "sign" });
    case "declineExtension":
      return signExtension(ctx, { ...ref, event: "decline" });
    case "grantExtension":
      return decideOnExtension(ctx, { ...ref, event: "grant" });
    case "refuseExtension":
      return decideOnExtension(ctx, { ...ref, event: "refuse" });
    case "withdrawExtension":
      return withdrawExtension(ctx, ref);
  }
}
