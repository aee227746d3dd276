import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { unitOptions } from "~/modules/identity/index.server";
import { scopeFor } from "~/policy";
import { LinkButton, PageHead, SubmitButton } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";

import { addComponent } from "../add-component.server";
import { sayComponentRefusal } from "../component.refusals";
import { addComponentSchema } from "../component.schema";
import { ComponentForm } from "../ui/ComponentForm";

export const handle = crumbs(() => [{ label: "统一组件", href: "/components" }, { label: "登记组件" }]);

export const loader = pageLoader({
  access: "component:edit",
  load: async ({ ctx }) => {
    const units = await unitOptions(ctx.db, scopeFor(ctx.actor, "component:edit"));
    return { units: units.map(({ id, name }) => ({ value: id, label: name })), today: ctx.today };
  },
});

export const action = pageAction({
  access: "component:edit",
  run: async ({ ctx, form }) => {
    const submission = parseForm(form, addComponentSchema);
    if (submission.status !== "success") return invalid(submission);
    const result = await addComponent(ctx, submission.value);
    if (!result.ok) return refused(submission, result.refusals, sayComponentRefusal);
    return redirect(`/components/${result.value.code}`);
  },
});

export default function NewComponent() {
  const { units, today } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  return (
    <>
      <PageHead title="登记组件" meta="登记后，新的申报会询问是否复用" />
      <ComponentForm
        title="组件情况"
        reply={reply?.form ?? null}
        defaults={{ availableFrom: today }}
        units={units}
        actions={
          <>
            <SubmitButton pendingLabel="正在登记…">登记</SubmitButton>
            <LinkButton href="/components">返回列表</LinkButton>
          </>
        }
      />
    </>
  );
}
