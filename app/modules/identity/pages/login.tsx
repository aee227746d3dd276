import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { ErrorSummary, LoginCard, SubmitButton, TextInput } from "~/ui";
import { sessionOf, timeOf } from "~/web/context.server";
import { invalid, parseForm, refused } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";

import { demoAccounts, type DemoAccount } from "../demo-accounts.server";
import { logIn } from "../log-in.server";
import { sayLoginRefusal } from "../login.refusals";
import { loginSchema } from "../login.schema";
import { roleLabels } from "../role-labels";

export const loader = pageLoader({
  access: "public",
  load: async ({ context, request, query }) => {
    const [session, time] = await Promise.all([sessionOf(context, request), timeOf(context)]);
    if (session) throw redirect("/");
    return { next: query.get("next"), demo: time.demonstration ? await demoAccounts(context.db) : null };
  },
});

/** Only a path of this site: never another host, also not one written as //host or /\host. */
const safePath = (next: string | undefined): string => (next && /^\/(?![/\\])/.test(next) ? next : "/");

export const action = pageAction({
  access: "public",
  run: async ({ ctx, form }) => {
    const submission = parseForm(form, loginSchema);
    if (submission.status !== "success") return invalid(submission);
    const result = await logIn(ctx, submission.value);
    // The reply keeps the account, never the password.
    if (!result.ok) return refused(submission, result.refusals, sayLoginRefusal);
    return redirect(safePath(submission.value.next), { headers: { "Set-Cookie": result.value.cookie } });
  },
});

export default function Login() {
  const { next, demo } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const [form, fields] = useForm({ lastResult: reply?.form ?? null, shouldRevalidate: "onSubmit" });
  return (
    <LoginCard product="明镜" subtitle="政务信息化项目治理与绩效评价系统" aside={demo && <DemoAccounts {...demo} />}>
      <form method="post" className="space-y-4" {...getFormProps(form)} noValidate={false}>
        <ErrorSummary errors={summaryOf(form)} />
        {next && <input type="hidden" name="next" value={next} />}
        <TextInput
          name="username"
          label="账号"
          autoComplete="username"
          required
          defaultValue={fields.username?.initialValue as string | undefined}
          error={fields.username?.errors}
        />
        <TextInput
          name="password"
          type="password"
          label="密码"
          autoComplete="current-password"
          required
          error={fields.password?.errors}
        />
        <SubmitButton pendingLabel="正在登录…">登录</SubmitButton>
      </form>
    </LoginCard>
  );
}

function DemoAccounts({ password, accounts }: { password: string; accounts: readonly DemoAccount[] }) {
  return (
    <div className="rounded border border-line bg-surface p-4 shadow">
      <h2 className="text-sm font-semibold">演示账号</h2>
      <p className="mb-2 text-[0.8125rem] text-secondary">
        密码均为 <code className="select-all font-mono text-ink">{password}</code>
      </p>
      <ul className="divide-y divide-line border-t border-line text-[0.8125rem]">
        {accounts.map(({ username, name, role, unitName }) => (
          <li key={username} className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-3 py-1">
            <code className="select-all font-mono">{username}</code>
            <span>
              {roleLabels[role]}
              <span className="text-secondary">
                {" "}
                {unitName} {name}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
