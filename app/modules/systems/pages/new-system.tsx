import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { isUuid } from "~/kernel/uuid";
import { keysOf } from "~/kernel/vocabulary";
import { canEver } from "~/policy";
import { PageHead, QueryBar, type Option } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused, type FormReply } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";

import { sayInventoryRefusal } from "../inventory/inventory.refusals";
import { registerSchema } from "../inventory/inventory.schema";
import { registerSystem } from "../inventory/register-system.server";
import { FACT_TITLES } from "../inventory/system-facts";
import { governedUnits, readOwner, systemFormOptions } from "../inventory/system.queries.server";
import { SystemForm } from "../inventory/ui/SystemForm";

export const handle = crumbs(() => [{ label: "系统清单", href: "/systems" }, { label: "登记系统" }]);

export const loader = pageLoader({
  access: "system:edit",
  load: async ({ ctx, query }) => {
    const governs = canEver(ctx.actor, "system:govern");
    const asked = query.get("unit") ?? "";
    const owner = await readOwner(ctx.db, ctx.actor, isUuid(asked) ? asked : ctx.actor.unitId);
    const [options, units] = await Promise.all([
      systemFormOptions(ctx.db, owner),
      governs ? governedUnits(ctx.db, ctx.actor) : Promise.resolve<Option[]>([]),
    ]);
    return { owner, ...options, units };
  },
});

export const action = pageAction({
  access: "system:edit",
  run: async ({ ctx, form }) => {
    const submission = parseForm(form, registerSchema);
    if (submission.status !== "success") return invalid(submission);
    const result = await registerSystem(ctx, submission.value);
    if (!result.ok) return refused(submission, result.refusals, sayInventoryRefusal);
    return redirect(`/systems/${result.value.id}`);
  },
});

export default function NewSystem() {
  const { owner, operators, projects, units } = useLoaderData<typeof loader>();
  const reply = useActionData<FormReply>();
  return (
    <>
      <PageHead title="登记系统" meta={`主管单位：${owner.name}。是否计入上云率由规则判断、数据主管部门复核`} />
      {units.length > 0 && (
        <QueryBar
          action="/systems/new"
          resetHref="/systems/new"
          filters={[{ name: "unit", label: "为哪个单位登记", value: owner.unitId, options: units, blank: "请选择" }]}
        />
      )}
      <SystemForm
        key={owner.unitId}
        reply={reply?.form ?? null}
        defaults={{ backedUp: "no", secret: "no" }}
        unitId={owner.unitId}
        editable={keysOf(FACT_TITLES)}
        operators={operators}
        projects={projects}
        backHref="/systems"
      />
    </>
  );
}
