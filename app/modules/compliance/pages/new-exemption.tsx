import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { authorize } from "~/policy";
import { LinkButton, Notice, PageHead, Section, SubmitButton } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";

import { acceptPaper } from "../accept-paper.server";
import { draftExemption } from "../exemption/draft-exemption.server";
import { readNewExemption } from "../exemption/exemption.queries.server";
import { sayExemptionRefusal } from "../exemption/exemption.refusals";
import { exemptionName } from "../exemption/exemption.rules";
import { draftExemptionSchema } from "../exemption/exemption.schema";
import { ExemptionForm } from "../ui/ExemptionForm";
import { GateReasons } from "../ui/GateReasons";

export const handle = crumbs<Loaded>(({ unit }) => [
  { label: "共享闸口", href: `/gates/${unit.unitId}` },
  { label: "申请豁免" },
]);

const params = z.object({ unitId: z.uuid() });

export const loader = pageLoader({
  access: "exemption:request",
  params,
  load: async ({ ctx, params: { unitId } }) => {
    const question = await readNewExemption(ctx.db, ctx.actor, unitId, ctx.today);
    authorize(ctx.actor, "exemption:request", question.unit);
    return question;
  },
});

export const action = pageAction({
  access: "exemption:request",
  params,
  run: async ({ ctx, params: { unitId }, form }) => {
    const submission = parseForm(form, draftExemptionSchema);
    if (submission.status !== "success") return invalid(submission);
    const { file, ...input } = submission.value;
    const paper = await acceptPaper(ctx, file);
    if (!paper.ok) return refused(submission, paper.refusals, sayExemptionRefusal);
    const result = await draftExemption(ctx, unitId, input, paper.value);
    if (!result.ok) return refused(submission, result.refusals, sayExemptionRefusal);
    return redirect(`/gates/exemptions/${result.value.id}`);
  },
});

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function NewExemption() {
  const { unit, gate, open, months, longest, today } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const exemptible = gate.reasons.filter((reason) => reason.exemptible);
  const back = <LinkButton href={`/gates/${unit.unitId}`}>返回共享闸口</LinkButton>;
  return (
    <>
      <PageHead title="申请豁免" meta={unit.name} />
      {open && (
        <Notice tone="warn" title={`${exemptionName(open.number)}尚未办结`}>
          同时只能办理一件，请<a href={`/gates/exemptions/${open.id}`}>打开{exemptionName(open.number)}</a>
          继续办理或撤回。
        </Notice>
      )}
      {exemptible.length === 0 && !open && (
        <Notice tone="info" title="没有可以豁免的事项" action={back}>
          闸口没有因可豁免的原因关闭。
        </Notice>
      )}
      {exemptible.length > 0 && !open && (
        <>
          <Section title="申请豁免的事项" note={`${exemptible.length} 项；豁免只放行资金`}>
            <GateReasons reasons={exemptible} />
          </Section>
          <ExemptionForm
            reply={reply?.form ?? null}
            defaults={{ fromOn: today, untilOn: longest }}
            months={months}
            actions={
              <>
                <SubmitButton pendingLabel="正在保存…">保存，下一步提交</SubmitButton>
                {back}
              </>
            }
          />
        </>
      )}
    </>
  );
}
