import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { isConflict } from "~/kernel/result";
import { authorize, can } from "~/policy";
import { Notice, PageHead } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, overtaken, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { editSystem } from "../inventory/edit-system.server";
import { sayInventoryRefusal } from "../inventory/inventory.refusals";
import { editableFields, missingFields } from "../inventory/inventory.rules";
import { editSchema } from "../inventory/inventory.schema";
import { FACT_TITLES, factsOf, sayTags, type FactField, type SystemFacts } from "../inventory/system-facts";
import { readSystem, systemFormOptions } from "../inventory/system.queries.server";
import { SystemForm } from "../inventory/ui/SystemForm";

export const handle = crumbs<{ system: { id: string; name: string } }>(({ system }) => [
  { label: "系统清单", href: "/systems" },
  { label: system.name, href: `/systems/${system.id}` },
  { label: "修改信息" },
]);

const yesNo = (value: boolean): string => (value ? "yes" : "no");

function defaultsOf({ tags, secret, backedUp, mlpsLevel, ...facts }: SystemFacts): Partial<Record<FactField, string>> {
  const texts = Object.fromEntries(Object.entries(facts).map(([field, value]) => [field, value ?? ""]));
  return {
    ...texts,
    tags: sayTags(tags),
    secret: yesNo(secret),
    backedUp: yesNo(backedUp),
    mlpsLevel: mlpsLevel === null ? "" : String(mlpsLevel),
  };
}

export const loader = pageLoader({
  access: "system:edit",
  params: idParams,
  load: async ({ ctx, params }) => {
    const { system, unitName } = await readSystem(ctx.db, ctx.actor, params.id);
    authorize(ctx.actor, "system:edit", system);
    return {
      system: { id: system.id, code: system.code, name: system.name, version: system.version },
      unitName,
      retired: system.state === "retired",
      defaults: defaultsOf(factsOf(system)),
      missing: missingFields(system),
      editable: editableFields({ governs: can(ctx.actor, "system:govern", system), edits: true }),
      ...(await systemFormOptions(ctx.db, system)),
    };
  },
});

export const action = pageAction({
  access: "system:edit",
  params: idParams,
  run: async ({ ctx, params, form }) => {
    const submission = parseForm(form, editSchema);
    if (submission.status !== "success") return invalid(submission);
    try {
      const result = await editSystem(ctx, params.id, submission.value);
      if (!result.ok) return refused(submission, result.refusals, sayInventoryRefusal);
    } catch (error) {
      if (!isConflict(error)) throw error;
      return overtaken(
        submission,
        "该系统刚刚有了新的变动，您的修改没有保存。请核对最新内容后再改，您写的内容已保留。",
      );
    }
    return redirect(`/systems/${params.id}`);
  },
});

export default function EditSystem() {
  const { system, unitName, retired, defaults, missing, editable, operators, projects } =
    useLoaderData<typeof loader>();
  const reply = useActionData<FormReply>();
  if (retired) {
    return (
      <>
        <PageHead title="修改系统信息" code={system.code} meta={unitName} />
        <Notice>该系统已下线，信息不能再修改。</Notice>
      </>
    );
  }
  return (
    <>
      <PageHead title="修改系统信息" code={system.code} meta={`${unitName} · ${system.name}`} />
      {missing.length > 0 && (
        <Notice tone="warn" title="年度确认前须补全">
          {missing.map((field) => FACT_TITLES[field]).join("、")}
        </Notice>
      )}
      <SystemForm
        reply={reply?.form ?? null}
        defaults={defaults}
        version={system.version}
        editable={editable}
        operators={operators}
        projects={projects}
        missing={missing}
        backHref={`/systems/${system.id}`}
      />
    </>
  );
}
