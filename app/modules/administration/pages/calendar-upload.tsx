import { json, redirect } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import type { SubmissionResult } from "@conform-to/react";

import { isConflict } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";
import { LinkButton, PageHead } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { parseForm } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";

import { previewYearList } from "../calendar/calendar.queries.server";
import { sayListRefusal, sayListWarning } from "../calendar/calendar.refusals.server";
import { confirmListSchema, uploadListSchema } from "../calendar/calendar.schema";
import { putYearList } from "../calendar/put-year-list.server";
import { readYearList } from "../calendar/read-year-list.server";
import type { ListDay } from "../calendar/year-list.rules";
import { ListPreview, type PreviewedList } from "../ui/ListPreview";
import { ListUpload } from "../ui/ListUpload";

export const handle = crumbs(() => [
  { label: "系统管理", href: "/admin" },
  { label: "工作日历", href: "/admin/calendar" },
  { label: "上传节假日安排" },
]);

export const loader = pageLoader({ access: "admin:system", load: () => Promise.resolve({}) });

/** What the page shows again: the form with its errors, and the list that was read of the file. */
interface UploadReply {
  readonly form: SubmissionResult<string[]> | null;
  readonly preview: PreviewedList | null;
}

const answer = (reply: UploadReply, status: number) => json<UploadReply>(reply, { status });

export const action = pageAction({
  access: "admin:system",
  run: async ({ ctx, form }) => (form.get("intent") === "confirm" ? confirm(ctx, form) : preview(ctx, form)),
});

/** Reads the file and shows what it would change; nothing is written. */
async function preview(ctx: Ctx, form: FormData) {
  const submission = parseForm(form, uploadListSchema);
  if (submission.status !== "success") return answer({ form: submission.reply(), preview: null }, 422);
  const { file, source } = submission.value;
  const read = await readYearList({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
  const shown = read.ok ? await previewOf(ctx, read.value, source) : read;
  if (shown.ok) return answer({ form: null, preview: shown.value }, 200);
  const fieldErrors = { file: shown.refusals.map(sayListRefusal) };
  return answer({ form: submission.reply({ fieldErrors }), preview: null }, 422);
}

async function confirm(ctx: Ctx, form: FormData) {
  const submission = parseForm(form, confirmListSchema);
  if (submission.status !== "success") return answer({ form: submission.reply(), preview: null }, 422);
  const { days, source } = submission.value;
  const again = async (errors: Parameters<typeof submission.reply>[0], status: number) => {
    const shown = await previewOf(ctx, days, source);
    return answer({ form: submission.reply(errors), preview: shown.ok ? shown.value : null }, status);
  };
  try {
    const result = await putYearList(ctx, submission.value);
    if (!result.ok) {
      const said = (atReason: boolean) =>
        result.refusals.filter(({ field }) => (field === "reason") === atReason).map(sayListRefusal);
      return await again({ formErrors: said(false), fieldErrors: { reason: said(true) } }, 422);
    }
    return redirect(`/admin/calendar?year=${result.value.year}&done=list`);
  } catch (error) {
    if (!isConflict(error)) throw error;
    const formErrors = ["这一年的安排刚刚有了更新，这次没有写入。请核对下面最新的差异后再确认。"];
    return again({ formErrors }, 409);
  }
}

async function previewOf(ctx: Ctx, days: readonly ListDay[], source: string) {
  const shown = await previewYearList(ctx.db, days, ctx.today);
  if (!shown.ok) return shown;
  const { warnings, ...list } = shown.value;
  return { ok: true as const, value: { ...list, source, warnings: warnings.map(sayListWarning) } };
}

export default function CalendarUpload() {
  const reply = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title="上传节假日安排"
        meta="先预览、再生效，确认之前不写入任何日期"
        actions={<LinkButton href="/admin/calendar">返回工作日历</LinkButton>}
      />
      {reply?.preview ? (
        <ListPreview key={reply.preview.basis} list={reply.preview} reply={reply.form} />
      ) : (
        <ListUpload reply={reply?.form ?? null} />
      )}
    </>
  );
}
