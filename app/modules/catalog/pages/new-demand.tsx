import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { isUuid } from "~/kernel/uuid";
import { unitOptions } from "~/modules/identity/index.server";
import { scopeFor } from "~/policy";
import { PageHead } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";

import { applicationResource } from "../demand/application-form.queries.server";
import { applyDemand } from "../demand/apply-demand.server";
import { sayDemandRefusal } from "../demand/demand.refusals";
import { applicationSchema } from "../demand/demand.schema";
import { ApplicationForm } from "../ui/ApplicationForm";

export const handle = crumbs(() => [{ label: "数据需求", href: "/catalog/demands" }, { label: "提出数据需求" }]);

export const loader = pageLoader({
  access: "demand:apply",
  load: async ({ ctx, query }) => {
    const resourceId = query.get("resource") ?? "";
    const [resource, units] = await Promise.all([
      isUuid(resourceId) ? applicationResource(ctx.db, ctx.actor, resourceId) : null,
      unitOptions(ctx.db, scopeFor(ctx.actor, "catalog:read")),
    ]);
    return { resource, units: units.filter(({ id }) => id !== ctx.actor.unitId), unitName: ctx.actor.unitName };
  },
});

export const action = pageAction({
  access: "demand:apply",
  run: async ({ ctx, form }) => {
    const submission = parseForm(form, applicationSchema);
    if (submission.status !== "success") return invalid(submission);
    const result = await applyDemand(ctx, submission.value);
    if (!result.ok) return refused(submission, result.refusals, sayDemandRefusal);
    return redirect(`/catalog/demands/${result.value.id}?done=apply`);
  },
});

export default function NewDemand() {
  const { resource, units, unitName } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  return (
    <>
      <PageHead title={resource ? `申请使用：${resource.name}` : "提出数据需求"} meta={`需求单位：${unitName}`} />
      <ApplicationForm
        resource={resource}
        units={units}
        typed={{ method: resource?.method ?? null }}
        reply={reply?.form ?? null}
        submitLabel="提交单位审核"
        backHref={resource ? `/catalog/${resource.id}` : "/catalog/demands"}
      />
    </>
  );
}
