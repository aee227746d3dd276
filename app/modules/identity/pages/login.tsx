import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { ErrorSummary, LoginCard, SubmitButton, TextInput } from "~/ui";
import { sessionOf, timeOf } from "~/web/context.server";
import { invalid, parseForm, refused } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";

import { demoAccounts } from "../demo-accounts.server";
import { logIn } from "../log-in.server";
import { sayLoginRefusal } from "../login.refusals";
import { loginSchema } from "../login.schema";

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

function DemoAccounts({
  password,
  accounts,
}: {
  password: string;
  accounts: { username: string; name: string; unitName: string }[];
}) {
  return (
    <>
      <p>
        演示账号,密码均为 <code className="font-mono">{password}</code>
      </p>
      <ul className="mt-2 grid grid-cols-1 gap-x-4 sm:grid-cols-2">
        {accounts.map(({ username, name, unitName }) => (
          <li key={username}>
            <code className="font-mono">{username}</code> {name} · {unitName}
          </li>
        ))}
      </ul>
    </>
  );
}
