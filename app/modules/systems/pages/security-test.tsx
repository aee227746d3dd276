import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { formatInstant, formatOfficialDate } from "~/kernel/local-date";
import { isConflict } from "~/kernel/result";
import { ENTRY_STATES, TEST_KINDS, TEST_RESULTS } from "~/kernel/vocabulary";
import { loadFigures } from "~/platform/figures.server";
import type { Ctx } from "~/platform/transaction.server";
import { can } from "~/policy";
import {
  DescriptionList,
  Notice,
  PageHead,
  Section,
  SideLayout,
  StatusTag,
  SubmitButton,
  Timeline,
  type Tone,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, overtaken, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { MLPS_LEVELS } from "../inventory/system-facts";
import { acceptReport } from "../security/accept-report.server";
import { confirmSecurityTest } from "../security/confirm-security-test.server";
import { correctSecurityTest } from "../security/correct-security-test.server";
import { returnSecurityTest } from "../security/return-security-test.server";
import {
  SECURITY_TEST_EVENT_FACTS,
  SECURITY_TEST_EVENTS,
  SECURITY_TEST_LIFECYCLE,
  type SecurityTestEvent,
} from "../security/security-test.lifecycle";
import { saySecurityTestRefusal } from "../security/security-test.refusals";
import { validityFiguresOf } from "../security/security-test.rules";
import { correctTestSchema, testStepSchema, type TestStepInput } from "../security/security-test.schema";
import { KIND_NAMES, testTone } from "../security/security-test.words";
import { readSecurityTest } from "../security/tests.queries.server";
import { voidSecurityTest } from "../security/void-security-test.server";
import { withdrawSecurityTest } from "../security/withdraw-security-test.server";
import { TestForm } from "../ui/TestForm";
import { TestSteps } from "../ui/TestSteps";

export const handle = crumbs<Loaded>(({ test, system }) => [
  { label: "安全测评", href: "/security" },
  { label: `${system.name}${KIND_NAMES[test.kind]}` },
]);

export const loader = pageLoader({
  access: "system:read",
  params: idParams,
  load: async ({ ctx, params }) => {
    const [found, figures] = await Promise.all([
      readSecurityTest(ctx.db, ctx.actor, params.id),
      loadFigures(ctx.db, ctx.today),
    ]);
    const { test, system, own } = found;
    const may = (event: SecurityTestEvent) =>
      SECURITY_TEST_LIFECYCLE.some(
        ({ from, on, action }) => from === test.state && on === event && can(ctx.actor, action, system),
      );
    return {
      ...found,
      validity: validityFiguresOf(figures),
      today: ctx.today,
      may: {
        correct: may("correct"),
        withdraw: may("withdraw"),
        confirm: may("confirm") && !own,
        annul: may("annul") && !own,
      },
    };
  },
});

const OVERTAKEN = "本件刚刚有了新的变动，这一步没有生效。请核对最新内容后再办理，您填写的内容已保留。";

export const action = pageAction({
  access: "system:read",
  params: idParams,
  run: async ({ ctx, params: { id }, form }) => {
    const here = `/security/tests/${id}`;
    if (form.get("intent") === "correct") {
      const submission = parseForm(form, correctTestSchema);
      if (submission.status !== "success") return invalid(submission);
      const { version, file, ...input } = submission.value;
      const report = await acceptReport(ctx, file);
      if (!report.ok) return refused(submission, report.refusals, saySecurityTestRefusal);
      try {
        const result = await correctSecurityTest(ctx, { id, version }, input, report.value);
        return result.ok ? redirect(here) : refused(submission, result.refusals, saySecurityTestRefusal);
      } catch (error) {
        if (!isConflict(error)) throw error;
        return overtaken(submission, OVERTAKEN);
      }
    }
    const submission = parseForm(form, testStepSchema);
    if (submission.status !== "success") return invalid(submission);
    try {
      const result = await step(ctx, id, submission.value);
      if (result.ok) return redirect(here);
      const atField = result.refusals.map((refusal) =>
        refusal.code === "reasonGiven" || refusal.code === "reportSeen" ? { ...refusal, field: "opinion" } : refusal,
      );
      return refused(submission, atField, saySecurityTestRefusal);
    } catch (error) {
      if (!isConflict(error)) throw error;
      return overtaken(submission, OVERTAKEN);
    }
  },
});

function step(ctx: Ctx, id: string, { intent, version, opinion }: TestStepInput) {
  const ref = { id, version, opinion };
  switch (intent) {
    case "confirm":
      return confirmSecurityTest(ctx, ref);
    case "return":
      return returnSecurityTest(ctx, ref);
    case "withdraw":
      return withdrawSecurityTest(ctx, ref);
    case "annul":
      return voidSecurityTest(ctx, ref);
  }
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function SecurityTestPage() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<FormReply>();
  const { test, system, unitName, may, validity, today } = data;
  const next = nextOf(test.state, unitName);
  const answered = reply?.form.initialValue?.intent;
  const report = data.fileName ? { name: data.fileName, href: `/security/tests/${test.id}/paper` } : undefined;
  return (
    <>
      <PageHead
        title={`${system.name}${KIND_NAMES[test.kind]}`}
        code={test.reportNumber || undefined}
        status={<StatusTag tone={testTone(test.state)}>{ENTRY_STATES[test.state]}</StatusTag>}
        meta={
          <>
            {unitName}{" "}
            <a className="ml-2" href={`/systems/${system.id}#security`}>
              查看系统
            </a>
          </>
        }
        next={next}
      />
      <SideLayout sideLabel="办理过程" side={<Process data={data} next={next} />}>
        {test.stateReason && test.state !== "entered" && (
          <Notice tone={test.state === "confirmed" ? "good" : "bad"} title={ENTRY_STATES[test.state]}>
            {test.stateReason}
          </Notice>
        )}
        <Facts data={data} report={report} />
        {may.correct && (
          <TestForm
            key={test.version}
            title={test.state === "returned" ? "更正后重报" : "更正登记"}
            note="保存后由数据局重新核对"
            reply={answered === "correct" && reply ? reply.form : null}
            defaults={{
              kind: test.kind,
              level: String(test.level ?? ""),
              filingNumber: test.filingNumber ?? "",
              passed: test.passed,
              testedOn: test.testedOn,
              validUntil: test.passed === "passed" ? test.validUntil : "",
              agency: test.agency,
              reportNumber: test.reportNumber,
            }}
            hidden={{ version: test.version }}
            current={report}
            validity={validity}
            today={today}
            actions={
              <SubmitButton name="intent" value="correct" pendingLabel="正在保存…">
                保存，报数据局确认
              </SubmitButton>
            }
          />
        )}
        <TestSteps test={test} may={may} reply={reply} />
      </SideLayout>
    </>
  );
}

function Facts({
  data,
  report,
}: {
  readonly data: Loaded;
  readonly report: { name: string; href: string } | undefined;
}) {
  const { test, today } = data;
  const over = test.passed === "passed" && test.validUntil < today;
  const at = (instant: string | null) => (instant ? formatInstant(new Date(instant)) : "");
  return (
    <Section title="测评情况">
      <DescriptionList
        columns={2}
        items={[
          { term: "测评类型", detail: TEST_KINDS[test.kind] },
          {
            term: "测评结论",
            detail: <StatusTag tone={test.passed === "passed" ? "good" : "bad"}>{TEST_RESULTS[test.passed]}</StatusTag>,
          },
          { term: "等保级别", detail: test.level ? MLPS_LEVELS[test.level] : "" },
          { term: "备案编号", detail: test.filingNumber },
          { term: "测评日期", detail: formatOfficialDate(test.testedOn) },
          {
            term: "有效期至",
            detail: test.passed === "passed" ? `${formatOfficialDate(test.validUntil)}${over ? "（已过期）" : ""}` : "",
          },
          { term: "测评机构", detail: test.agency },
          { term: "报告编号", detail: test.reportNumber },
          { term: "登记", detail: [data.entererName, at(test.enteredAt)].filter(Boolean).join(" ") },
          { term: "确认", detail: [data.confirmerName, at(test.confirmedAt)].filter(Boolean).join(" ") },
          {
            term: "测评报告",
            detail: report ? <a href={report.href}>{report.name}</a> : "没有报告文件，可按报告编号向测评机构查询",
            wide: true,
          },
        ]}
      />
    </Section>
  );
}

const WORDS: Readonly<Record<string, string>> = {
  securityTestEntered: "登记测评",
  ...Object.fromEntries(
    (Object.keys(SECURITY_TEST_EVENTS) as SecurityTestEvent[]).map((event) => [
      SECURITY_TEST_EVENT_FACTS[event],
      SECURITY_TEST_EVENTS[event],
    ]),
  ),
};
const TONES: Readonly<Partial<Record<string, Tone>>> = {
  securityTestConfirmed: "good",
  securityTestReturned: "bad",
  securityTestVoided: "bad",
};

function Process({ data: { events }, next }: { readonly data: Loaded; readonly next: ReturnType<typeof nextOf> }) {
  const waiting = next ? [{ key: "next", what: next.what, who: next.who, current: true }] : [];
  const past = events.map(({ id, type, at, actorName, unitName, reason }) => ({
    key: id,
    what: WORDS[type] ?? type,
    who: `${unitName} ${actorName}`,
    when: formatInstant(new Date(at)),
    reason,
    tone: TONES[type] ?? ("info" as const),
  }));
  const entries = [...waiting, ...past];
  return (
    <Section title="办理过程">
      {entries.length === 0 ? (
        <p className="text-secondary">建库时转入，没有办理记录</p>
      ) : (
        <Timeline entries={entries} />
      )}
    </Section>
  );
}

function nextOf(state: Loaded["test"]["state"], unitName: string) {
  switch (state) {
    case "entered":
      return { what: "核对报告并确认", who: "数据局" };
    case "returned":
      return { what: "更正后重报", who: `${unitName} 填报人` };
    case "confirmed":
    case "void":
      return undefined;
  }
}
