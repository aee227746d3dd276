import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { fen } from "~/kernel/fen";
import { formatInstant, formatOfficialDate, type LocalDate } from "~/kernel/local-date";
import { isConflict } from "~/kernel/result";
import { CHANGE_REASONS, CHANGE_STATES } from "~/kernel/vocabulary";
import type { Ctx } from "~/platform/transaction.server";
import { can } from "~/policy";
import {
  Amount,
  DataTable,
  DescriptionList,
  Notice,
  PageHead,
  Section,
  SideLayout,
  StatusTag,
  SubmitButton,
  Timeline,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { acceptBasis } from "../accept-basis.server";
import { CHANGE_EVENT_FACTS, CHANGE_EVENTS } from "../change.lifecycle";
import { readChange } from "../change.queries.server";
import { sayChangeRefusal } from "../change.refusals";
import { changeNumber, isChangeEventPossible } from "../change.rules";
import { changeStepSchema, editChangeSchema, type ChangeStepInput } from "../change.schema";
import { changeTone, typedWan } from "../change.words";
import { decideOnChange } from "../decide-change.server";
import { declineChange } from "../decline-change.server";
import { editChange } from "../edit-change.server";
import { signChange } from "../sign-change.server";
import { submitChange } from "../submit-change.server";
import { ChangeForm } from "../ui/ChangeForm";
import { DecideForm, SignForm, SubmitForm, WithdrawForm } from "../ui/ChangeSteps";
import { ChecksView } from "../ui/ChecksView";
import { withdrawChange } from "../withdraw-change.server";

export const handle = crumbs<Loaded>(({ project, change }) => [
  { label: "项目变更", href: "/changes" },
  { label: `${project.name}（${changeNumber(change.number)}）` },
]);

export const loader = pageLoader({
  access: "project:read",
  params: idParams,
  load: async ({ ctx, params, query }) => {
    const detail = await readChange(ctx.db, ctx.actor, params.id, ctx.today);
    const { change, project } = detail;
    const may = (action: Parameters<typeof can>[1], event: Parameters<typeof isChangeEventPossible>[1]) =>
      can(ctx.actor, action, project) && isChangeEventPossible(change.state, event);
    return {
      ...detail,
      saved: query.has("saved"),
      may: {
        edit: may("change:request", "submit"),
        sign: may("change:sign", "sign"),
        decide: may("change:decide", "accept"),
        withdraw: may("change:request", "withdraw"),
      },
    };
  },
});

export const action = pageAction({
  access: "project:read",
  params: idParams,
  run: async ({ ctx, params, form }) => {
    const here = `/changes/${params.id}`;
    if (form.get("intent") === "save") {
      const submission = parseForm(form, editChangeSchema);
      if (submission.status !== "success") return invalid(submission);
      const { version, file, ...input } = submission.value;
      const basis = await acceptBasis(ctx, file);
      if (!basis.ok) return refused(submission, basis.refusals, sayChangeRefusal);
      return answering(submission, async () => {
        const saved = await editChange(ctx, { changeId: params.id, version }, input, basis.value);
        return saved.ok ? redirect(`${here}?saved#`) : refused(submission, saved.refusals, sayChangeRefusal);
      });
    }
    const submission = parseForm(form, changeStepSchema);
    if (submission.status !== "success") return invalid(submission);
    return answering(submission, async () => {
      const result = await step(ctx, params.id, submission.value);
      if (result.ok) return redirect(here);
      const atField = result.refusals.map((refusal) =>
        refusal.code === "reasonGiven" || refusal.code === "opinionGiven" ? { ...refusal, field: "opinion" } : refusal,
      );
      return refused(submission, atField, sayChangeRefusal);
    });
  },
});

/** A conflict answers with what was typed and what to do. */
async function answering(submission: Parameters<typeof refused>[0], work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (!isConflict(error)) throw error;
    const formErrors = ["变更刚刚有了新的变动，这一步没有生效。请核对最新内容后再办理，您写的内容已保留。"];
    return json<FormReply>({ form: submission.reply({ formErrors }) }, { status: 409 });
  }
}

function step(ctx: Ctx, changeId: string, { intent, version, opinion }: ChangeStepInput) {
  const ref = { changeId, version };
  switch (intent) {
    case "submit":
      return submitChange(ctx, ref);
    case "sign":
      return signChange(ctx, ref);
    case "decline":
      return declineChange(ctx, { ...ref, opinion });
    case "accept":
    case "refuse":
      return decideOnChange(ctx, { ...ref, event: intent, opinion });
    case "withdraw":
      return withdrawChange(ctx, ref);
  }
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function ChangePage() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<FormReply>();
  const { change, project, may, checks, figures } = data;
  const answered = reply?.form.initialValue?.intent;
  // Each form is told only of what was wrong with itself.
  const replyTo = (...intents: string[]) =>
    reply && typeof answered === "string" && intents.includes(answered) ? reply.form : null;
  const { version } = change;
  const current = data.fileName ? { name: data.fileName, href: `/changes/${change.id}/basis` } : undefined;
  const next = nextOf(change.state);
  return (
    <>
      <PageHead
        title={`${project.name}（${changeNumber(change.number)}）`}
        code={project.code}
        status={<StatusTag tone={changeTone(change.state)}>{CHANGE_STATES[change.state]}</StatusTag>}
        meta={
          <span>
            {data.unitName} · <a href={`/projects/${project.id}`}>查看项目</a>
          </span>
        }
        next={next && { ...next, remainingWorkdays: data.remainingWorkdays }}
      />
      {data.saved && (
        <Notice tone="good" title="已保存">
          核对判定结果后提交签批。
        </Notice>
      )}
      <SideLayout
        sideLabel="办理过程"
        side={
          <Section title="办理过程">
            <Timeline entries={timelineOf(data)} />
          </Section>
        }
      >
        {may.edit ? (
          <>
            <ChangeForm
              reply={replyTo("save")}
              version={change.version}
              defaults={{
                reasonKind: change.reasonKind,
                reason: change.reason,
                content: change.content,
                moved: typedWan(fen(change.movedFen)),
                newEstimate: typedWan(fen(change.newEstimateFen)),
                newPlannedEndOn: change.newPlannedEndOn ?? "",
              }}
              current={current}
              estimateFen={change.estimateFen}
              feasibilityFen={change.feasibilityFen}
              plannedEndOn={change.plannedEndOn}
              figures={figures}
              actions={
                <SubmitButton variant="secondary" name="intent" value="save" pendingLabel="正在保存…">
                  保存
                </SubmitButton>
              }
            />
            <SubmitForm version={version} reply={replyTo("submit")} />
          </>
        ) : (
          <>
            {may.sign && <SignForm version={version} reply={replyTo("sign", "decline")} />}
            {may.decide && (
              <DecideForm
                version={version}
                reply={replyTo("accept", "refuse")}
                filed={change.route === "filed"}
                opinionNeeded={change.route === "approval" || change.mustBeReported === true}
              />
            )}
            <Decision data={data} />
            <Section
              title="系统判定"
              note={data.checksStored ? `${formatOfficialDate(checks.on)}提交时判定，已存档` : "按今天有效的规则预判"}
            >
              <ChecksView
                route={checks.route}
                overrun={checks.overrun}
                amounts={change}
                reasonKind={change.reasonKind}
              />
            </Section>
            <Comparison data={data} />
            <Section title="变更申请">
              <DescriptionList
                items={[
                  { term: "理由类别", detail: CHANGE_REASONS[change.reasonKind] },
                  { term: "申请人", detail: data.requesterName },
                  { term: "变更理由", detail: <p className="whitespace-pre-line">{change.reason}</p>, wide: true },
                  { term: "变更内容", detail: <p className="whitespace-pre-line">{change.content}</p>, wide: true },
                  { term: "依据文件", detail: current && <a href={current.href}>{current.name}</a>, wide: true },
                ]}
              />
            </Section>
          </>
        )}
        {may.withdraw && <WithdrawForm version={version} reply={replyTo("withdraw")} />}
      </SideLayout>
    </>
  );
}

function Decision({ data: { change, deciderName } }: { readonly data: Loaded }) {
  if (change.state !== "accepted" && change.state !== "refused") return null;
  const when = change.decidedAt ? formatInstant(new Date(change.decidedAt)) : "";
  return (
    <Notice
      tone={change.state === "accepted" ? "good" : "bad"}
      title={`${CHANGE_STATES[change.state]}（${deciderName ?? ""} ${when}）`}
    >
      {change.opinion}
    </Notice>
  );
}

/** Before and after, side by side. */
function Comparison({ data: { change } }: { readonly data: Loaded }) {
  const day = (value: LocalDate | null) => value && formatOfficialDate(value);
  const money = (value: number) => (
    <span>
      <Amount fen={fen(value)} /> 万元
    </span>
  );
  const difference = change.newEstimateFen - change.estimateFen;
  const rows = [
    {
      what: "概算",
      before: money(change.estimateFen),
      after: money(change.newEstimateFen),
      changed: difference === 0 ? "不变" : money(difference),
    },
    {
      what: "其中概算内调整",
      before: "—",
      after: money(change.movedFen),
      changed: change.movedFen === 0 ? "不变" : money(change.movedFen),
    },
    {
      what: "计划完工日期",
      before: day(change.plannedEndOn),
      after: day(change.newPlannedEndOn ?? change.plannedEndOn),
      changed:
        change.newPlannedEndOn === null || change.newPlannedEndOn === change.plannedEndOn
          ? "不变"
          : change.plannedEndOn !== null && change.newPlannedEndOn < change.plannedEndOn
            ? "提前"
            : "延后",
    },
  ];
  return (
    <Section title="变更前后对比" flush>
      <DataTable
        caption="变更前后对比"
        rows={rows}
        rowKey={(row) => row.what}
        empty={null}
        columns={[
          { key: "what", title: "项目内容", primary: true, render: (row) => row.what },
          { key: "before", title: "变更前", align: "right", render: (row) => row.before },
          { key: "after", title: "变更后", align: "right", render: (row) => row.after },
          { key: "changed", title: "增减", align: "right", render: (row) => row.changed },
        ]}
      />
    </Section>
  );
}

function nextOf(state: Loaded["change"]["state"]) {
  switch (state) {
    case "draft":
      return { what: "完成填写并提交签批", who: "本单位填报人" };
    case "signing":
      return { what: "签批上报", who: "本单位分管领导" };
    case "open":
      return { what: "办理变更", who: "数据局" };
    case "accepted":
    case "refused":
    case "withdrawn":
      return undefined;
  }
}

const EVENT_WORDS: ReadonlyMap<string, string> = new Map([
  ["changeDrafted", "填写变更"],
  ["changeEdited", "修改变更"],
  ...(Object.keys(CHANGE_EVENTS) as (keyof typeof CHANGE_EVENTS)[]).map(
    (event) => [CHANGE_EVENT_FACTS[event], CHANGE_EVENTS[event]] as const,
  ),
]);

const TONES = { changeAccepted: "good", changeRefused: "bad", changeDeclined: "warn" } as const;

function timelineOf({ change, events }: Loaded) {
  const next = nextOf(change.state);
  const waiting = next
    ? [
        {
          key: "next",
          what: next.what,
          who: next.who,
          current: true,
          until: change.dueOn && change.state === "open" ? formatOfficialDate(change.dueOn) : undefined,
        },
      ]
    : [];
  const past = events.map((event) => ({
    key: event.id,
    what: EVENT_WORDS.get(event.type) ?? event.type,
    who: `${event.unitName} ${event.actorName}`,
    when: formatInstant(new Date(event.at)),
    reason: event.reason,
    tone: event.type in TONES ? TONES[event.type as keyof typeof TONES] : ("info" as const),
  }));
  return [...waiting, ...past];
}
