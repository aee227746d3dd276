import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { formatInstant } from "~/kernel/local-date";
import { isConflict } from "~/kernel/result";
import { MATERIAL_KINDS, MATTER_STATES, SHARING_TYPES } from "~/kernel/vocabulary";
import { canEver } from "~/policy";
import {
  DataTable,
  DescriptionList,
  EmptyState,
  ErrorSummary,
  PageHead,
  Section,
  SideLayout,
  SubmitButton,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, overtaken, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { linkProof } from "../link-proof.server";
import { provingResources, readMaterial } from "../materials.queries.server";
import { sayMatterRefusal } from "../matter.refusals";
import { materialStepSchema } from "../matter.schema";
import { REPLACEABILITY_DEFINITIONS } from "../matter.words";
import { History } from "../ui/History";
import { ProofPicker } from "../ui/ProofPicker";
import { StandingTag } from "../ui/StandingTag";
import { unlinkProof } from "../unlink-proof.server";

export const handle = crumbs<{ material: { name: string } }>(({ material }) => [
  { label: "政务服务事项", href: "/matters" },
  { label: "事项材料", href: "/matters/materials" },
  { label: material.name },
]);

export const loader = pageLoader({
  access: "matter:read",
  params: idParams,
  load: async ({ ctx, params, query }) => {
    const detail = await readMaterial(ctx.db, ctx.actor, params.id);
    const q = (query.get("q") ?? "").trim().slice(0, 100);
    // Whoever edits matters may prove by data of his own; the verb decides.
    const mayLook = canEver(ctx.actor, "matter:edit");
    const found = mayLook ? await provingResources(ctx.db, detail.material.regionId, q) : [];
    return {
      ...detail,
      q,
      mayLook,
      ownUnitId: ctx.actor.unitId,
      found: found.filter(({ unitId }) => detail.mayEdit || unitId === ctx.actor.unitId),
    };
  },
});

export const action = pageAction({
  access: "matter:edit",
  params: idParams,
  run: async ({ ctx, params, form }) => {
    const submission = parseForm(form, materialStepSchema);
    if (submission.status !== "success") return invalid(submission);
    const { value } = submission;
    const ref = { id: params.id, version: value.version };
    try {
      const result =
        value.intent === "linkProof" ? await linkProof(ctx, ref, value) : await unlinkProof(ctx, ref, value.proofId);
      if (!result.ok) return refused(submission, result.refusals, sayMatterRefusal);
      return redirect(`/matters/materials/${params.id}`);
    } catch (error) {
      if (!isConflict(error)) throw error;
      return overtaken(submission, "材料的证明关系刚被其他人修改，这一步没有生效。请核对下面的最新内容后再办理。");
    }
  },
});

export default function MaterialPage() {
  const { material, matters, proofs, events, standing, mayEdit, mayLook, ownUnitId, q, found } =
    useLoaderData<typeof loader>();
  const reply = useActionData<FormReply>();
  const problems = Object.values(reply?.form.error ?? {}).flatMap((messages) => messages ?? []);
  return (
    <>
      <PageHead
        title={material.name}
        code={material.code}
        status={<StandingTag standing={standing} />}
        meta={REPLACEABILITY_DEFINITIONS[standing]}
      />
      <ErrorSummary errors={problems.map((message) => ({ message }))} />
      <SideLayout sideLabel="变更记录" side={<History events={events} />}>
        <Section title="材料信息">
          <DescriptionList
            items={[
              { term: "类型", detail: MATERIAL_KINDS[material.kind] },
              { term: "签发单位", detail: material.issuer || "未填报" },
              ...(material.tags.length > 0 ? [{ term: "标签", detail: material.tags.join("、") }] : []),
            ]}
          />
        </Section>
        <Section title="数据证明" id="proofs" note={`${proofs.length} 项`}>
          <DataTable
            caption="证明这份材料的数据资源"
            rows={proofs}
            rowKey={(row) => row.id}
            empty={
              <EmptyState title="还没有登记证明" explanation="登记哪个数据资源能证明这份材料，才能判断可否替代。" />
            }
            columns={[
              {
                key: "resource",
                title: "数据资源",
                primary: true,
                render: (row) => <a href={`/catalog/${row.resourceId}`}>{row.resourceName}</a>,
              },
              { key: "item", title: "信息项", render: (row) => row.itemName || "整个资源" },
              { key: "unit", title: "提供单位", render: (row) => row.unitName },
              { key: "sharing", title: "共享类型", nowrap: true, render: (row) => SHARING_TYPES[row.sharingType] },
              {
                key: "standing",
                title: "能否替代",
                nowrap: true,
                render: (row) => <StandingTag standing={row.standing} />,
              },
              {
                key: "by",
                title: "登记",
                wideOnly: true,
                render: (row) => (
                  <>
                    <span className="whitespace-nowrap">{formatInstant(new Date(row.linkedAt)).slice(0, 10)}</span>{" "}
                    <span className="whitespace-nowrap">{row.linkerName}</span>
                  </>
                ),
              },
              ...(mayLook
                ? [
                    {
                      key: "remove",
                      title: "操作",
                      nowrap: true,
                      render: (row: { id: string; unitId: string; resourceName: string }) =>
                        (mayEdit || row.unitId === ownUnitId) && (
                          <form method="post">
                            <input type="hidden" name="version" value={material.version} />
                            <input type="hidden" name="proofId" value={row.id} />
                            <SubmitButton
                              name="intent"
                              value="unlinkProof"
                              variant="quiet"
                              aria-label={`移除证明${row.resourceName}`}
                            >
                              移除
                            </SubmitButton>
                          </form>
                        ),
                    },
                  ]
                : []),
            ]}
          />
          {mayLook && (
            <ProofPicker materialId={material.id} version={material.version} q={q} found={found} ownOnly={!mayEdit} />
          )}
        </Section>
        <Section title="要求提交的事项" id="matters" note={`${matters.length} 个`}>
          <DataTable
            caption="要求提交这份材料的事项"
            rows={matters}
            rowKey={(row) => row.id}
            empty={<EmptyState title="没有事项要求这份材料" explanation="在事项页添加材料后显示在这里。" />}
            columns={[
              { key: "code", title: "编码", nowrap: true, render: (row) => row.code },
              {
                key: "name",
                title: "事项名称",
                primary: true,
                render: (row) => <a href={`/matters/${row.id}`}>{row.name}</a>,
              },
              { key: "unit", title: "单位", render: (row) => row.unitName },
              { key: "required", title: "必需", nowrap: true, render: (row) => (row.required ? "必需" : "非必要") },
              {
                key: "cases",
                title: "年办件量",
                unit: "件",
                align: "right",
                render: (row) => row.yearlyCases?.toLocaleString("zh-CN"),
              },
              { key: "state", title: "状态", nowrap: true, render: (row) => MATTER_STATES[row.state] },
            ]}
          />
        </Section>
      </SideLayout>
    </>
  );
}
