import { useLoaderData } from "@remix-run/react";

import { MATERIAL_KINDS } from "~/kernel/vocabulary";
import { canEver, scopeFor } from "~/policy";
import { DataTable, EmptyState, LinkButton, PageHead, Pagination, QueryBar, Section } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { optionsOf } from "~/web/options";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { listMaterials, MATERIALS_PAGE, readMaterialQuery } from "../materials.queries.server";
import { REPLACEABILITIES } from "../replaceability.rules";
import { StandingTag } from "../ui/StandingTag";

export const handle = crumbs(() => [{ label: "政务服务事项", href: "/matters" }, { label: "事项材料" }]);

export const loader = pageLoader({
  access: "matter:read",
  load: async ({ ctx, query }) => {
    const question = readMaterialQuery(query);
    const page = await listMaterials(ctx.db, scopeFor(ctx.actor, "matter:read"), question);
    return {
      ...page,
      pageSize: MATERIALS_PAGE,
      question,
      mayEdit: canEver(ctx.actor, "matter:edit"),
      search: query.toString(),
    };
  },
});

export default function Materials() {
  const { rows, total, pageSize, question, mayEdit, search } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="事项材料"
        meta={`共 ${total} 份材料；一份材料不论多少个事项要求提交，只登记一次`}
        actions={
          <>
            {mayEdit && <LinkButton href="/intake/materials">导入</LinkButton>}
            <LinkButton href={withQuery("/matters/materials/export", search, { page: undefined })} variant="secondary">
              导出
            </LinkButton>
            <LinkButton href="/matters/replaceable" variant="secondary">
              材料替代
            </LinkButton>
          </>
        }
      />
      <QueryBar
        action="/matters/materials"
        resetHref="/matters/materials"
        search={{ name: "q", value: question.q, placeholder: "材料名称、编码、签发单位或拼音首字母" }}
        keep={{
          ...(question.unit && { unit: question.unit }),
          ...(question.provider && { provider: question.provider }),
        }}
        filters={[
          { name: "kind", label: "类型", value: question.kind ?? "", options: optionsOf(MATERIAL_KINDS) },
          { name: "standing", label: "数据替代", value: question.standing ?? "", options: optionsOf(REPLACEABILITIES) },
        ]}
      />
      <Section flush>
        <DataTable
          caption="事项材料列表"
          rows={rows}
          rowKey={(row) => row.id}
          empty={
            <EmptyState title="没有符合条件的材料" explanation="请放宽查询条件；材料在事项页添加，或从表格导入。" />
          }
          columns={[
            { key: "code", title: "编码", nowrap: true, render: (row) => row.code },
            {
              key: "name",
              title: "材料名称",
              primary: true,
              render: (row) => <a href={`/matters/materials/${row.id}`}>{row.name}</a>,
            },
            { key: "kind", title: "类型", nowrap: true, render: (row) => MATERIAL_KINDS[row.kind] },
            { key: "issuer", title: "签发单位", render: (row) => row.issuer },
            { key: "matters", title: "要求提交的事项", unit: "个", align: "right", render: (row) => row.matters },
            {
              key: "yearly",
              title: "每年提交",
              unit: "份",
              align: "right",
              render: (row) => row.yearly.toLocaleString("zh-CN"),
            },
            { key: "proofs", title: "证明数据", render: (row) => row.proofs.join("、") },
            {
              key: "standing",
              title: "数据替代",
              nowrap: true,
              render: (row) => <StandingTag standing={row.standing} />,
            },
          ]}
        />
      </Section>
      <Pagination
        page={question.page}
        pageSize={pageSize}
        total={total}
        hrefFor={(page) => withQuery("/matters/materials", search, { page })}
      />
    </>
  );
}
