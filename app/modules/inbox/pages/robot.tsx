import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { isConflict, type Result } from "~/kernel/result";
import { ROBOT_BRANDS } from "~/kernel/vocabulary";
import { unitOptions } from "~/modules/identity/index.server";
import type { Ctx } from "~/platform/transaction.server";
import { scopeFor } from "~/policy";
import { ConfirmSubmit, ErrorSummary, Notice, PageHead, Section, StatusTag, SubmitButton } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, overtaken, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { editRobotSchema, robotStepSchema } from "../channels.schema";
import { disableRobot } from "../disable-robot.server";
import { editRobot } from "../edit-robot.server";
import { enableRobot } from "../enable-robot.server";
import { sayInboxRefusal, type RobotRefusal } from "../inbox.refusals";
import type { RobotRef } from "../load-robot.server";
import { readRobot } from "../robots.queries.server";
import { testRobot } from "../test-robot.server";
import { RobotForm } from "../ui/RobotForm";

export const handle = crumbs<Loaded>(({ robot }) => [
  { label: "消息通道", href: "/messages/channels" },
  { label: robot.name },
]);

export const loader = pageLoader({
  access: "admin:system",
  params: idParams,
  load: async ({ ctx, params, query }) => {
    const [robot, units] = await Promise.all([
      readRobot(ctx.db, ctx.actor, params.id),
      unitOptions(ctx.db, scopeFor(ctx.actor, "admin:system")),
    ]);
    return { robot, units: units.map(({ id, name }) => ({ value: id, label: name })), done: query.get("done") };
  },
});

type Step = (ctx: Ctx, ref: RobotRef) => Promise<Result<null, RobotRefusal>>;

/** The buttons beside the form, each with the word that the page then says. */
const STEPS: ReadonlyMap<string, { readonly step: Step; readonly done: string }> = new Map([
  ["enable", { step: enableRobot, done: "enabled" }],
  ["disable", { step: disableRobot, done: "disabled" }],
  ["test", { step: testRobot, done: "tested" }],
]);

const OVERTAKEN = "本机器人刚刚被别人修改，这次没有生效。请核对最新内容后再办理。";

export const action = pageAction({
  access: "admin:system",
  params: idParams,
  run: async ({ ctx, params: { id }, form }) => {
    const intent = form.get("intent");
    const pressed = typeof intent === "string" ? STEPS.get(intent) : undefined;
    const submission = parseForm(form, pressed ? robotStepSchema : editRobotSchema);
    if (submission.status !== "success") return invalid(submission);
    const { version, ...input } = submission.value;
    try {
      const result = pressed
        ? await pressed.step(ctx, { id, version })
        : await editRobot(ctx, { id, version }, editRobotSchema.parse({ ...input, version }));
      if (!result.ok) return refused(submission, result.refusals, sayInboxRefusal);
      return redirect(`/messages/channels/${id}?done=${pressed?.done ?? "edited"}`);
    } catch (error) {
      if (!isConflict(error)) throw error;
      return overtaken(submission, OVERTAKEN);
    }
  },
});

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

const DONE: Readonly<Record<string, string>> = {
  added: "机器人已登记，尚未启用。",
  edited: "修改已保存。",
  enabled: "机器人已启用，之后的提醒和催报会发到群里。",
  disabled: "机器人已停用，不再发送。",
  tested: "测试消息已排队，几秒后请在群里和发送记录中查看结果。",
};

export default function RobotPage() {
  const { robot, units, done } = useLoaderData<typeof loader>();
  const reply = useActionData<FormReply>();
  const pressed = reply?.form.initialValue?.intent;
  const words = done ? DONE[done] : undefined;
  return (
    <>
      <PageHead
        title={robot.name}
        status={
          robot.enabled ? <StatusTag tone="good">已启用</StatusTag> : <StatusTag tone="neutral">已停用</StatusTag>
        }
        meta={`${ROBOT_BRANDS[robot.brand]} · ${robot.unitName ?? "全地区"} · 主机 ${robot.host}`}
      />
      {words && (
        <Notice tone="good" action={done === "tested" && <a href="/messages/log?kind=robot">查看发送记录</a>}>
          {words}
        </Notice>
      )}
      {pressed !== undefined && (
        <ErrorSummary
          errors={Object.values(reply?.form.error ?? {})
            .flatMap((all) => all ?? [])
            .map((message) => ({ message }))}
        />
      )}
      <Section title="启用与测试" note={robot.enabled ? "启用中" : "停用中，不发送任何消息"}>
        <div className="flex flex-wrap gap-3">
          {robot.enabled ? (
            <>
              <StepForm robot={robot}>
                <SubmitButton name="intent" value="test" pendingLabel="正在排队…">
                  发送测试消息
                </SubmitButton>
              </StepForm>
              <StepForm robot={robot}>
                <ConfirmSubmit
                  name="intent"
                  value="disable"
                  variant="secondary"
                  title="停用这个机器人？"
                  consequence="停用后不再向该群发送；已排队未发的消息留在发送记录中，重新启用后合并为一条发出。"
                  confirmLabel="停用"
                >
                  停用
                </ConfirmSubmit>
              </StepForm>
            </>
          ) : (
            <StepForm robot={robot}>
              <SubmitButton name="intent" value="enable" pendingLabel="正在启用…">
                启用
              </SubmitButton>
            </StepForm>
          )}
        </div>
      </Section>
      <RobotForm
        key={robot.version}
        title="修改机器人"
        reply={pressed === undefined ? (reply?.form ?? null) : null}
        defaults={{ name: robot.name, brand: robot.brand, unitId: robot.unitId ?? "" }}
        kept={robot}
        units={units}
        actions={<SubmitButton pendingLabel="正在保存…">保存</SubmitButton>}
      />
    </>
  );
}

function StepForm({ robot, children }: { readonly robot: Loaded["robot"]; readonly children: JSX.Element }) {
  return (
    <form method="post">
      <input type="hidden" name="id" value={robot.id} />
      <input type="hidden" name="version" value={robot.version} />
      {children}
    </form>
  );
}
