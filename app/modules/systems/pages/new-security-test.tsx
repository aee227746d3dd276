import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { isUuid } from "~/kernel/uuid";
import { keysOf, TEST_KINDS } from "~/kernel/vocabulary";
import { EmptyState, LinkButton, PageHead, QueryBar, Section, SubmitButton } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";

import { acceptReport } from "../security/accept-report.server";
import { recordSecurityTest } from "../security/record-security-test.server";
import { saySecurityTestRefusal } from "../security/security-test.refusals";
import { recordTestSchema } from "../security/security-test.schema";
import { readNewTest } from "../security/tests.queries.server";
import { TestForm } from "../ui/TestForm";

export const handle = crumbs(() => [{ label: "安全测评", href: "/security" }, { label: "登记测评" }]);

export const loader = pageLoader({
  access: "security:record",
  load: async ({ ctx, query }) => {
    const asked = query.get("system") ?? "";
    return {
      ...(await readNewTest(ctx.db, ctx.actor, isUuid(asked) ? asked : undefined, ctx.today)),
      kind: keysOf(TEST_KINDS).find((kind) => kind === query.get("kind")) ?? "",
      today: ctx.today,
    };
  },
});

export const action = pageAction({
  access: "security:record",
  run: async ({ ctx, form }) => {
    const submission = parseForm(form, recordTestSchema);
    if (submission.status !== "success") return invalid(submission);
    const { systemId, file, ...input } = submission.value;
    const report = await acceptReport(ctx, file);
    if (!report.ok) return refused(submission, report.refusals, saySecurityTestRefusal);
    const result = await recordSecurityTest(ctx, systemId, input, report.value);
    if (!result.ok) return refused(submission, result.refusals, saySecurityTestRefusal);
    return redirect(`/security/tests/${result.value.id}`);
  },
});

export default function NewSecurityTest() {
  const { options, system, kind, validity, today } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  return (
    <>
      <PageHead title="登记测评" meta={system ? `${system.name}（${system.code}）` : "一人登记、数据局确认后计入"} />
      <QueryBar
        action="/security/tests/new"
        resetHref="/security/tests/new"
        filters={[{ name: "system", label: "哪个系统", value: system?.id ?? "", options, blank: "请选择" }]}
      />
      {system ? (
        <TestForm
          key={system.id}
          title="测评情况"
          note="照报告填写；数据局核对报告并确认后，计入共享闸口和考核"
          reply={reply?.form ?? null}
          defaults={{ kind, level: String(system.mlpsLevel ?? ""), passed: "" }}
          hidden={{ systemId: system.id }}
          validity={validity}
          today={today}
          actions={
            <>
              <SubmitButton pendingLabel="正在登记…">登记，报数据局确认</SubmitButton>
              <LinkButton href={`/systems/${system.id}#security`}>返回系统</LinkButton>
            </>
          }
        />
      ) : (
        <Section title="测评情况">
          {options.length === 0 ? (
            <EmptyState title="本单位没有需要测评的系统" explanation="自建、非涉密、已定级的系统才在这里登记。" />
          ) : (
            <p className="text-secondary">请先在上面选择系统并点“查询”，再填写测评情况。</p>
          )}
        </Section>
      )}
    </>
  );
}
