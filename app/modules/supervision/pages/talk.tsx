import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { formatInstant, formatOfficialDate } from "~/kernel/local-date";
import { SUPERVISION_STATES, TALK_STATES } from "~/kernel/vocabulary";
import { can } from "~/policy";
import {
  DataTable,
  DateInput,
  DescriptionList,
  ErrorSummary,
  Fields,
  FileInput,
  FormActions,
  LinkButton,
  PageHead,
  Section,
  SideLayout,
  StatusTag,
  SubmitButton,
  TextArea,
  TextInput,
  Timeline,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import { acceptPapers } from "../papers/store-papers.server";
import { sayPaperRefusal } from "../supervision.refusals";
import { supervisionTone } from "../supervision.words";
import { holdTalk } from "../talks/hold-talk.server";
import { sayTalkRefusal } from "../talks/talk.refusals";
import { holdTalkSchema } from "../talks/talk.schema";
import { talkEventWords, talkTone } from "../talks/talk.words";
import { readTalk } from "../talks/talks.queries.server";
import { PaperLinks } from "../ui/PaperLinks";

export const handle = crumbs<{ talk: { number: string } }>((data) => [
  { label: "督办", href: "/supervision" },
  { label: "约谈", href: "/supervision/talks" },
  { label: data.talk.number },
]);

export const loader = pageLoader({
  access: "supervision:read",
  params: idParams,
  load: async ({ ctx, params }) => {
    const found = await readTalk(ctx.db, ctx.actor, params.id, ctx.today);
    const mayHold = found.talk.state === "called" && can(ctx.actor, "supervision:talk", found.talk);
    return { ...found, mayHold, today: ctx.today };
  },
});

export const action = pageAction({
  access: "supervision:talk",
  params: idParams,
  run: async ({ ctx, params: { id }, form }) => {
    const submission = parseForm(form, holdTalkSchema);
    if (submission.status !== "success") return invalid(submission);
    const minutes = await acceptPapers(ctx, form);
    if (!minutes.ok) return refused(submission, minutes.refusals, sayPaperRefusal);
    const result = await holdTalk(ctx, { id, ...submission.value, minutes: minutes.value });
    return result.ok ? redirect(`/supervision/talks/${id}`) : refused(submission, result.refusals, sayTalkRefusal);
  },
});

export default function Talk() {
  const { talk, unitName, holderName, remainingWorkdays, slips, events, papers, mayHold } =
    useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={`约谈${unitName}`}
        code={talk.number}
        meta={`连续 ${slips.length} 次红色督办`}
        status={
          <StatusTag tone={talkTone(talk.state, (remainingWorkdays ?? 0) < 0)}>{TALK_STATES[talk.state]}</StatusTag>
        }
        actions={<LinkButton href={`/supervision/talks/${talk.id}/pdf`}>约谈通知</LinkButton>}
        next={remainingWorkdays === null ? undefined : { what: "约谈并记录", who: "数据局", remainingWorkdays }}
      />
      <SideLayout
        sideLabel="办理过程"
        side={
          <Section title="办理过程">
            <Timeline
              entries={events.map((event) => ({
                key: event.id,
                who: `${event.unitName} ${event.actorName}`,
                what: talkEventWords(event.type),
                when: formatInstant(new Date(event.at)),
              }))}
            />
          </Section>
        }
      >
        <Section title="约谈事由" flush>
          <DataTable
            caption="导致约谈的红色督办单"
            rows={slips}
            rowKey={(row) => row.id}
            empty={null}
            columns={[
              {
                key: "title",
                title: "督办事项",
                primary: true,
                render: (row) => <a href={`/supervision/${row.itemId}`}>{row.title}</a>,
              },
              {
                key: "slip",
                title: "红色督办单",
                nowrap: true,
                render: (row) => <a href={`/supervision/slips/${row.id}/pdf`}>{row.number}</a>,
              },
              { key: "due", title: "办理期限", nowrap: true, render: (row) => row.dueOn },
              { key: "issued", title: "发单日期", nowrap: true, render: (row) => row.issuedOn },
              {
                key: "state",
                title: "事项现状",
                nowrap: true,
                render: (row) => (
                  <StatusTag tone={supervisionTone(row.state)}>{SUPERVISION_STATES[row.state]}</StatusTag>
                ),
              },
            ]}
          />
        </Section>
        {talk.state === "held" && talk.heldOn && (
          <Section title="约谈记录">
            <DescriptionList
              columns={2}
              items={[
                { term: "约谈日期", detail: formatOfficialDate(talk.heldOn) },
                { term: "记录人", detail: holderName },
                { term: "参加人员", detail: talk.attendees, wide: true },
                {
                  term: "约谈结论",
                  detail: <span className="whitespace-pre-line">{talk.conclusion}</span>,
                  wide: true,
                },
                { term: "约谈纪要", detail: <PaperLinks papers={papers} />, wide: true },
              ]}
            />
          </Section>
        )}
        {mayHold && <HoldForm />}
      </SideLayout>
    </>
  );
}

interface Typed {
  readonly heldOn: string;
  readonly attendees: string;
  readonly conclusion: string;
  readonly file: string;
}

function HoldForm() {
  const { talk, today, maxMegabytes } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const [form, fields] = useForm<Typed>({ lastResult: reply?.form ?? null });
  return (
    <Section title="记录约谈" id="hold" note="约谈之后填写，记录后不能修改">
      <form method="post" encType="multipart/form-data" className="max-w-2xl" {...getFormProps(form)}>
        <input type="hidden" name="version" value={talk.version} />
        <ErrorSummary errors={summaryOf(form)} />
        <Fields>
          <DateInput {...wired(fields.heldOn)} label="约谈日期" required min={talk.calledOn} max={today} />
          <TextInput {...wired(fields.attendees)} label="参加人员" required hint="双方单位、姓名和职务" />
          <TextArea {...wired(fields.conclusion)} label="约谈结论" required rows={4} hint="原因、整改措施和完成时间" />
          <FileInput
            name="file"
            label="约谈纪要"
            required
            hint={`PDF、OFD、Word 或图片，不超过 ${maxMegabytes} MB`}
            accept=".pdf,.ofd,.doc,.docx,.wps,.png,.jpg,.jpeg"
            error={fields.file.errors}
          />
        </Fields>
        <FormActions>
          <SubmitButton variant="primary" pendingLabel="正在记录…">
            记录约谈
          </SubmitButton>
        </FormActions>
      </form>
    </Section>
  );
}
