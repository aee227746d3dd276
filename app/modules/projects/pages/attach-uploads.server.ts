import { loadFigures } from "~/platform/figures.server";
import { acceptFile } from "~/platform/files.server";
import type { Ctx } from "~/platform/transaction.server";
import { invalid, parseForm, type FormReply } from "~/web/form.server";

import { addAttachment } from "../add-attachment.server";
import { sayFileRefusal } from "../file.refusals";
import { attachmentSchema } from "../filing.schema";

/** Files that were taken, a project that holds the same content already, and what to say of those that were not taken. */
interface UploadOutcome {
  readonly attached: readonly string[];
  readonly alsoIn: string | null;
  readonly reply: FormReply | undefined;
}

/** Attaches the files of one form, each for itself: one that is refused takes no other down with it. */
export async function attachUploads(ctx: Ctx, projectId: string, form: FormData): Promise<UploadOutcome> {
  const submission = parseForm(form, attachmentSchema);
  if (submission.status !== "success") {
    return { attached: [], alsoIn: null, reply: await invalid(submission).json() };
  }
  const uploads = form.getAll("file").filter((value): value is File => value instanceof File && value.name !== "");
  if (uploads.length === 0) {
    return {
      attached: [],
      alsoIn: null,
      reply: { form: submission.reply({ fieldErrors: { file: ["请选择要上传的文件"] } }) },
    };
  }
  const maxMegabytes = (await loadFigures(ctx.db, ctx.today)).number("attachment.maxMegabytes");
  const attached: string[] = [];
  const problems: string[] = [];
  let alsoIn: string | null = null;
  for (const upload of uploads) {
    const accepted = await acceptFile(upload, { maxMegabytes });
    const added = accepted.ok
      ? await addAttachment(ctx, projectId, { kind: submission.value.kind, file: accepted.value })
      : accepted;
    if (added.ok) {
      attached.push(upload.name);
      alsoIn ??= added.value.alsoIn;
    } else problems.push(...added.refusals.map(sayFileRefusal));
  }
  const reply = problems.length > 0 ? { form: submission.reply({ fieldErrors: { file: problems } }) } : undefined;
  return { attached, alsoIn, reply };
}
