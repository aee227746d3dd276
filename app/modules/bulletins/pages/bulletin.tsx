import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import type { Actor } from "~/kernel/actor";
import { formatInstant, formatOfficialDate, localDate } from "~/kernel/local-date";
import { formatPeriod, period as periodFrom } from "~/kernel/period";
import { BULLETIN_STATES, SUPERVISION_STATES } from "~/kernel/vocabulary";
import { unitOptions } from "~/modules/identity/index.server";
import { can, scopeFor } from "~/policy";
import {
  ConfirmSubmit,
  DateInput,
  DescriptionList,
  ErrorSummary,
  LinkButton,
  Notice,
  PageHead,
  Section,
  Select,
  SideLayout,
  StatusTag,
  SubmitButton,
  TextArea,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";

import { sayBulletinRefusal } from "../bulletin.refusals";
import { draftSchema, instructSchema, signSchema } from "../bulletin.schema";
import { readBulletin } from "../bulletins.queries.server";
import { draftBulletin } from "../draft-bulletin.server";
import { draftDefaults } from "../draft-defaults.server";
import { concernedUnit } from "../evidence";
import { instructOnBulletin } from "../instruct-on-bulletin.server";
import { regional } from "../load-bulletin.server";
import { markRead } from "../mark-read.server";
import { signBulletin } from "../sign-bulletin.server";
import { BulletinSheet } from "../ui/BulletinSheet";
import { DraftFields } from "../ui/DraftFields";

export const handle = crumbs<{ bulletin: { title: string; number: string | null } }>(({ bulletin }) => [
  { label: "通报", href: "/bulletins" },
  { label: bulletin.number ?? "拟稿" },
]);

export const loader = pageLoader({
  access: "bulletin:read",
  params: idParams,
  load: async ({ ctx, params, query }) => {
    const found = await readBulletin(ctx.db, ctx.actor, params.id);
    const { bulletin } = found;
    await markRead(ctx, bulletin);
    const object = regional(bulletin);
    const isDraft = bulletin.state === "draft";
    const mayInstruct = bulletin.state === "published" && can(ctx.actor, "bulletin:instruct", object);
    const mayRedraft = isDraft && can(ctx.actor, "bulletin:draft", object);
    const [units, defaults] = await Promise.all([
      mayInstruct ? unitOptions(ctx.db, scopeFor(ctx.actor, "bulletin:instruct")) : null,
      mayInstruct || mayRedraft ? draftDefaults(ctx) : null,
    ]);
    return {
      ...found,
      units,
      defaults,
      mayRedraft,
      maySign: isDraft && can(ctx.actor, "bulletin:sign", object),
      isDrafter: bulletin.draftedBy === ctx.actor.userId,
      done: query.get("done"),
      today: ctx.today,
      closed: closedFigures(found.content.figures, ctx.actor, bulletin),
    };
  },
});

/** The figures of single units whose scores the reader may not see. */
function closedFigures(
  figures: readonly { readonly id: string; readonly evidenceUrl: string }[],
  actor: Actor,
  { regionId }: { readonly regionId: string },
): string[] {
  const isClosed = (unitId: string | undefined) =>
    unitId !== undefined && !can(actor, "score:read", { unitId, regionId });
  return figures.filter(({ evidenceUrl }) => isClosed(concernedUnit(evidenceUrl))).map(({ id }) => id);
}

export const action = pageAction({
  access: "bulletin:read",
  params: idParams,
  run: async ({ ctx, params, form }): Promise<Response> => {
    switch (form.get("intent")) {
      case "sign": {
        const submission = parseForm(form, signSchema);
        if (submission.status !== "success") return invalid(submission);
        const result = await signBulletin(ctx, params.id, submission.value.version);
        if (!result.ok) return refused(submission, result.refusals, sayBulletinRefusal);
        return redirect(`/bulletins/${params.id}?done=signed`);
      }
      case "instruct": {
        const submission = parseForm(form, instructSchema);
        if (submission.status !== "success") return invalid(submission);
        const result = await instructOnBulletin(ctx, params.id, submission.value);
        if (!result.ok) return refused(submission, result.refusals, sayBulletinRefusal);
        return redirect(`/bulletins/${params.id}?done=instructed#instructions`);
      }
      default: {
        const submission = parseForm(form, draftSchema);
        if (submission.status !== "success") return invalid(submission);
        const result = await draftBulletin(ctx, submission.value);
        if (!result.ok) return refused(submission, result.refusals, sayBulletinRefusal);
        return redirect(`/bulletins/${result.value.id}?done=redrafted`);
      }
    }
  },
});

type Shown = ReturnType<typeof useLoaderData<typeof loader>>;

const DONE: Readonly<Record<string, string>> = {
  signed: "已签发并编号印发，各单位已收到消息。",
  instructed: "批示已转为督办事项，承办单位已收到消息。",
  redrafted: "已按冻结数据重新生成。",
};

export default function Bulletin() {
  const data = useLoaderData<typeof loader>();
  const { bulletin, content, done } = data;
  const told = done === null ? undefined : DONE[done];
  return (
    <>
      <PageHead
        title={content.title}
        code={bulletin.number ?? "未编号"}
        status={
          <StatusTag tone={bulletin.state === "published" ? "good" : "warn"}>
            {BULLETIN_STATES[bulletin.state]}
          </StatusTag>
        }
        actions={
          <LinkButton href={`/bulletins/${bulletin.id}/pdf`} variant="secondary">
            {bulletin.state === "published" ? "打开 PDF" : "预览 PDF"}
          </LinkButton>
        }
        next={bulletin.state === "draft" ? { what: "审阅签发", who: "领导小组" } : undefined}
      />
      {told && <Notice tone="good">{told}</Notice>}
      <SideLayout sideLabel="办理情况" side={<Side data={data} />}>
        <BulletinSheet
          content={content}
          number={bulletin.number}
          closed={data.closed}
          date={bulletin.signedOn === null ? null : formatOfficialDate(localDate(bulletin.signedOn))}
        />
      </SideLayout>
    </>
  );
}

function Side({ data }: { data: Shown }) {
  const { bulletin, maySign, mayRedraft, isDrafter } = data;
  return (
    <>
      {maySign && (
        <Section title="签发" id="sign">
          {isDrafter ? (
            <p className="text-secondary">您是起草人，须由另一位同志签发。</p>
          ) : (
            <SignForm version={bulletin.version} />
          )}
        </Section>
      )}
      <Section title="办理情况">
        <Facts data={data} />
      </Section>
      {bulletin.state === "published" && (
        <Section title="领导批示" id="instructions">
          <Instructions data={data} />
          {data.units && data.defaults && (
            <InstructForm units={data.units} dueOn={data.defaults.rectifyBy} today={data.today} />
          )}
        </Section>
      )}
      {mayRedraft && data.defaults && (
        <Section title="重新取数" id="redraft">
          <RedraftForm periodId={bulletin.periodId} defaults={data.defaults} today={data.today} />
        </Section>
      )}
    </>
  );
}

function Facts({ data }: { data: Shown }) {
  const { bulletin, content, period, drafter, signer, receipts } = data;
  const at = (instant: string) => formatInstant(new Date(instant));
  return (
    <DescriptionList
      columns={1}
      items={[
        {
          term: "考核期",
          detail: period && <a href={`/ranking?period=${period}`}>{formatPeriod(periodFrom(period))}</a>,
        },
        { term: "数据截止", detail: at(content.cutoffAt) },
        { term: "考核方案", detail: `第 ${content.schemeVersion} 版` },
        { term: "起草", detail: `${drafter?.name ?? ""} ${at(bulletin.draftedAt)}` },
        { term: "签发", detail: signer && bulletin.publishedAt && `${signer.name} ${at(bulletin.publishedAt)}` },
        { term: "已阅", detail: bulletin.state === "published" ? `${receipts} 人` : null },
        { term: "内容校验值", detail: <span className="break-all text-xs">{bulletin.contentHash}</span> },
      ]}
    />
  );
}

function Instructions({ data: { instructions } }: { data: Shown }) {
  if (instructions.length === 0) return <p className="text-secondary">暂无批示</p>;
  return (
    <ul className="space-y-3">
      {instructions.map((given) => (
        <li key={given.id} className="border-l-2 border-official pl-3">
          <p className="whitespace-pre-line">{given.text}</p>
          <p className="text-[0.8125rem] text-secondary">
            {given.leaderName} · {formatInstant(new Date(given.givenAt))}
          </p>
          {given.itemId && given.itemState && (
            <p className="text-[0.8125rem]">
              <a href={`/supervision/${given.itemId}`}>{given.itemNumber}</a> {given.unitName} · {given.dueOn} 前办结 ·{" "}
              {SUPERVISION_STATES[given.itemState]}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The reply to this form, not to another of the page. */
function useReply(intent: string): FormReply["form"] | null {
  const reply = useActionData<FormReply>();
  return reply?.form.initialValue?.intent === intent ? reply.form : null;
}

function SignForm({ version }: { version: number }) {
  const [form] = useForm<{ version: number }>({ id: "sign-form", lastResult: useReply("sign") });
  return (
    <form method="post" className="space-y-3" {...getFormProps(form)}>
      <ErrorSummary errors={summaryOf(form)} />
      <input type="hidden" name="version" value={version} />
      <p className="text-secondary">签发后即编号印发，正文和数据不再改动。</p>
      <ConfirmSubmit
        name="intent"
        value="sign"
        title="签发这份通报？"
        consequence="签发后即编号印发，正文和数据不能再改动；如需更正，只能另发新版。"
        confirmLabel="确认签发"
      >
        签发
      </ConfirmSubmit>
    </form>
  );
}

interface InstructFormProps {
  readonly units: readonly { readonly id: string; readonly name: string }[];
  readonly dueOn: string;
  readonly today: string;
}

function InstructForm({ units, dueOn, today }: InstructFormProps) {
  const [form, fields] = useForm<{ text: string; unitId: string; dueOn: string }>({
    id: "instruct-form",
    lastResult: useReply("instruct"),
    defaultValue: { dueOn },
  });
  return (
    <form method="post" className="mt-4 space-y-3 border-t border-line pt-4" {...getFormProps(form)}>
      <ErrorSummary errors={summaryOf(form)} />
      <TextArea
        name="text"
        label="批示"
        required
        rows={3}
        hint="批示即转为督办事项，由承办单位限期反馈"
        defaultValue={fields.text.initialValue}
        error={fields.text.errors}
      />
      <Select
        name="unitId"
        label="承办单位"
        required
        placeholder="请选择"
        options={units.map(({ id, name }) => ({ value: id, label: name }))}
        defaultValue={fields.unitId.initialValue}
        error={fields.unitId.errors}
      />
      <DateInput
        name="dueOn"
        label="办理期限"
        required
        min={today}
        defaultValue={fields.dueOn.initialValue}
        error={fields.dueOn.errors}
      />
      <SubmitButton name="intent" value="instruct" variant="primary" pendingLabel="正在提交…">
        作出批示
      </SubmitButton>
    </form>
  );
}

interface RedraftFormProps {
  readonly periodId: string;
  readonly defaults: Readonly<Record<"basis" | "rectifyBy" | "contactName" | "contactPhone", string>>;
  readonly today: string;
}

function RedraftForm({ periodId, defaults, today }: RedraftFormProps) {
  const [form, fields] = useForm<RedraftFormProps["defaults"]>({
    id: "redraft-form",
    lastResult: useReply("draft"),
    defaultValue: defaults,
  });
  return (
    <form method="post" className="space-y-3" {...getFormProps(form)}>
      <ErrorSummary errors={summaryOf(form)} />
      <input type="hidden" name="periodId" value={periodId} />
      <DraftFields field={(name) => fields[name]} today={today} />
      <SubmitButton name="intent" value="draft" variant="secondary" pendingLabel="正在生成…">
        重新生成
      </SubmitButton>
    </form>
  );
}
