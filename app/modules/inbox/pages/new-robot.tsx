import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { unitOptions } from "~/modules/identity/index.server";
import { scopeFor } from "~/policy";
import { LinkButton, PageHead, SubmitButton } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";

import { addRobot } from "../add-robot.server";
import { addRobotSchema } from "../channels.schema";
import { sayInboxRefusal } from "../inbox.refusals";
import { RobotForm } from "../ui/RobotForm";

export const handle = crumbs(() => [{ label: "消息通道", href: "/messages/channels" }, { label: "登记机器人" }]);

export const loader = pageLoader({
  access: "admin:system",
  load: async ({ ctx }) => {
    const units = await unitOptions(ctx.db, scopeFor(ctx.actor, "admin:system"));
    return { units: units.map(({ id, name }) => ({ value: id, label: name })) };
  },
});

export const action = pageAction({
  access: "admin:system",
  run: async ({ ctx, form }) => {
    const submission = parseForm(form, addRobotSchema);
    if (submission.status !== "success") return invalid(submission);
    const result = await addRobot(ctx, submission.value);
    if (!result.ok) return refused(submission, result.refusals, sayInboxRefusal);
    return redirect(`/messages/channels/${result.value.id}?done=added`);
  },
});

export default function NewRobot() {
  const { units } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  return (
    <>
      <PageHead title="登记机器人" meta="登记后为停用状态，启用并发测试消息确认后再用" />
      <RobotForm
        title="机器人情况"
        reply={reply?.form ?? null}
        defaults={{ brand: "dingtalk" }}
        units={units}
        actions={
          <>
            <SubmitButton pendingLabel="正在登记…">登记</SubmitButton>
            <LinkButton href="/messages/channels">返回列表</LinkButton>
          </>
        }
      />
    </>
  );
}
