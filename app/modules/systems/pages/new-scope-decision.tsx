import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { isConflict } from "~/kernel/result";
import { isUuid } from "~/kernel/uuid";
import { SCOPE_REASONS, SCOPE_RESULTS } from "~/kernel/vocabulary";
import { loadFigures } from "~/platform/figures.server";
import { acceptFile } from "~/platform/files.server";
import {
  Checkbox,
  DataTable,
  DescriptionList,
  EmptyState,
  ErrorSummary,
  FileInput,
  FormActions,
  LinkButton,
  Notice,
  PageHead,
  QueryBar,
  RadioGroup,
  Section,
  Select,
  SubmitButton,
  TextArea,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, overtaken, parseForm, refused, type FormReply } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import { sayScope } from "../cloud/rates/cloud.words";
import { proposeScope } from "../cloud/scope/propose-scope.server";
import { readNewScope, systemsToPropose } from "../cloud/scope/scope.queries.server";
import { sayScopeRefusal } from "../cloud/scope/scope.refusals";
import { explainByRule, SPECIAL_REASONS } from "../cloud/scope/scope.rules";
import { proposeScopeSchema } from "../cloud/scope/scope.schema";

export const handle = crumbs(() => [
  { label: "上云迁移", href: "/cloud" },
  { label: "范围认定", href: "/cloud/scope" },
  { label: "提出认定" },
]);

export const loader = pageLoader({
  access: "scope:propose",
  load: async ({ ctx, query }) => {
    const systemId = query.get("system") ?? "";
    const words = (query.get("q") ?? "").trim().slice(0, 100);
    const chosen = isUuid(systemId) ? await readNewScope(ctx.db, ctx.actor, systemId, ctx.today) : null;
    const found = chosen ? [] : await systemsToPropose(ctx.db, ctx.actor, words, ctx.today);
    return { chosen, found, words };
  },
});

export const action = pageAction({
  access: "scope:propose",
  run: async ({ ctx, form }) => {
    const submission = parseForm(form, proposeScopeSchema);
    if (submission.status !== "success") return invalid(submission);
    const { file, ...input } = submission.value;
    const figures = await loadFigures(ctx.db, ctx.today);
    const paper = file && (await acceptFile(file, { maxMegabytes: figures.number("attachment.maxMegabytes") }));
    if (paper && !paper.ok) return refused(submission, paper.refusals, sayScopeRefusal);
    try {
      const result = await proposeScope(ctx, input, paper?.value);
      if (!result.ok) return refused(submission, result.refusals, sayScopeRefusal);
      return redirect(`/cloud/scope/${result.value.id}`);
    } catch (error) {
      if (!isConflict(error)) throw error;
      return overtaken(
        submission,
        "该系统的登记刚刚有了变动，本件没有提出。请核对最新情况后再提出，您填写的内容已保留。",
      );
    }
  },
});

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function NewScopeDecision() {
  const { chosen, found, words } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="提出上云范围认定" meta="由数据局另一位同志复核；复核通过以前，系统照原来的认定计算" />
      {chosen ? <Proposal key={chosen.system.version} chosen={chosen} /> : <Choose found={found} words={words} />}
    </>
  );
}

function Choose({ found, words }: { readonly found: Loaded["found"]; readonly words: string }) {
  return (
    <>
      <QueryBar
        action="/cloud/scope/new"
        resetHref="/cloud/scope/new"
        search={{ name: "q", value: words, placeholder: "系统名称、编号或拼音首字母" }}
      />
      <Section title="选择系统" note="最多显示 20 个，请用名称查询" flush>
        <DataTable
          caption="可以提出认定的系统"
          rows={found}
          rowKey={(row) => row.id}
          empty={<EmptyState title="没有找到系统" explanation="请换一个名称；已下线的系统不再认定。" />}
          columns={[
            { key: "code", title: "编号", nowrap: true, wideOnly: true, render: (row) => row.code },
            {
              key: "name",
              title: "系统",
              primary: true,
              render: (row) => <a href={`/cloud/scope/new?system=${row.id}`}>{row.name}</a>,
            },
            { key: "unit", title: "单位", render: (row) => row.unitName },
            { key: "scope", title: "目前计为", nowrap: true, render: (row) => SCOPE_RESULTS[row.scope] },
          ]}
        />
      </Section>
    </>
  );
}

type Field = "kind" | "reason" | "managed" | "interfacesOpen" | "explanation" | "file";

function Proposal({
  chosen: { system, facts, standing, judged, openId },
}: {
  readonly chosen: NonNullable<Loaded["chosen"]>;
}) {
  const reply = useActionData<FormReply>();
  const [form, fields] = useForm<Record<Field, string>>({ lastResult: reply?.form ?? null });
  return (
    <>
      {openId && (
        <Notice tone="warn" title="该系统已有一件待复核的认定">
          <a href={`/cloud/scope/${openId}`}>查看待复核的认定</a>；它办结或撤回以后才能再提出。
        </Notice>
      )}
      <Section title={system.name} note={system.code}>
        <DescriptionList
          items={[
            { term: "目前计为", detail: sayScope(standing), wide: true },
            { term: "规则判断", detail: `${sayScope(judged)}：${explainByRule(facts, judged)}`, wide: true },
          ]}
        />
      </Section>
      <form method="post" encType="multipart/form-data" {...getFormProps(form)}>
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="systemId" value={system.id} />
        <input type="hidden" name="version" value={system.version} />
        <Section title="认定">
          <div className="max-w-3xl space-y-4">
            <RadioGroup
              {...wired(fields.kind)}
              label="认定结果"
              required
              options={[
                { value: "byRule", label: `按规则认定：${SCOPE_RESULTS[judged.scope]}` },
                { value: "special", label: "特殊系统：暂不迁移", hint: "下列各项必填" },
              ]}
            />
            <Select
              {...wired(fields.reason)}
              label="特殊原因"
              placeholder="请选择"
              hint="认定为特殊系统时必选"
              options={SPECIAL_REASONS.map((value) => ({ value, label: SCOPE_REASONS[value] }))}
            />
            <div>
              <Checkbox
                {...ticked(wired(fields.managed))}
                label="已由全市统一纳管"
                hint="纳管的特殊系统不计入上云率；未纳管的仍计入"
              />
              <Checkbox
                {...ticked(wired(fields.interfacesOpen))}
                label="声明：数据接口已经开放，全市可以监测和管理该系统"
              />
            </div>
            <TextArea
              {...wired(fields.explanation)}
              label="说明"
              rows={4}
              hint="特殊系统必填：为什么暂不迁移、怎样保障安全和共享"
            />
            <FileInput
              name="file"
              label="论证材料"
              hint="特殊系统必须上传；PDF、OFD、Word、Excel、WPS 或图片"
              error={fields.file.errors}
            />
          </div>
          <FormActions>
            <SubmitButton pendingLabel="正在提出…">提出，交另一位同志复核</SubmitButton>
            <LinkButton href="/cloud/scope">返回列表</LinkButton>
          </FormActions>
        </Section>
      </form>
    </>
  );
}

/** What was typed of a checkbox is whether it was ticked. */
const ticked = ({ defaultValue, ...field }: ReturnType<typeof wired>) => ({
  ...field,
  defaultChecked: defaultValue === "on",
});
