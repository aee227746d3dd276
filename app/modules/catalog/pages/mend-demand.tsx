import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { unitOptions } from "~/modules/identity/index.server";
import { scopeFor } from "~/policy";
import { Notice, PageHead } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { applicationResource, demandToMend } from "../demand/application-form.queries.server";
import { sayDemandRefusal } from "../demand/demand.refusals";
import { reapplySchema } from "../demand/demand.schema";
import { reapplyDemand } from "../demand/reapply-demand.server";
import { ApplicationForm } from "../ui/ApplicationForm";

export const handle = crumbs<{ demand: { id: string; wanted: string } }>(({ demand }) => [
  { label: "数据需求", href: "/catalog/demands" },
  { label: demand.wanted, href: `/catalog/demands/${demand.id}` },
  { label: "修改" },
]);

export const loader = pageLoader({
  access: "demand:apply",
  params: idParams,
  load: async ({ ctx, params }) => {
    const demand = await demandToMend(ctx.db, ctx.actor, params.id);
    const [resource, units] = await Promise.all([
      demand.resourceId ? applicationResource(ctx.db, ctx.actor, demand.resourceId) : null,
      unitOptions(ctx.db, scopeFor(ctx.actor, "catalog:read")),
    ]);
    return { demand, resource, units: units.filter(({ id }) => id !== demand.unitId) };
  },
});

export const action = pageAction({
  access: "demand:apply",
  params: idParams,
  run: async ({ ctx, params, form }) => {
    const submission = parseForm(form, reapplySchema);
    if (submission.status !== "success") return invalid(submission);
    const result = await reapplyDemand(ctx, { id: params.id, ...submission.value });
    if (!result.ok) return refused(submission, result.refusals, sayDemandRefusal);
    return redirect(`/catalog/demands/${params.id}?done=reapply`);
  },
});

export default function MendDemand() {
  const { demand, resource, units } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  return (
    <>
      <PageHead title={`修改需求：${demand.wanted}`} />
      {demand.returnReason && (
        <Notice tone="warn" title="退回原因">
          {demand.returnReason}
        </Notice>
      )}
      <ApplicationForm
        resource={resource}
        units={units}
        typed={demand}
        version={demand.version}
        reply={reply?.form ?? null}
        submitLabel="重新提交单位审核"
        backHref={`/catalog/demands/${demand.id}`}
      />
    </>
  );
}
