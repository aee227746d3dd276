import { getFormProps, useForm } from "@conform-to/react";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { formatInstant, formatOfficialDate } from "~/kernel/local-date";
import { isConflict } from "~/kernel/result";
import { OWNERSHIPS, SYSTEM_STATES } from "~/kernel/vocabulary";
import { can } from "~/policy";
import {
  ConfirmSubmit,
  DataTable,
  EmptyState,
  ErrorSummary,
  FormActions,
  LightTag,
  Notice,
  PageHead,
  Section,
  SideLayout,
  StatusTag,
  TextArea,
  Timeline,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, overtaken, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import { confirmInventory } from "../inventory/confirm-inventory.server";
import { readConfirmation } from "../inventory/confirmations.queries.server";
import { sayInventoryRefusal } from "../inventory/inventory.refusals";
import { confirmSchema } from "../inventory/inventory.schema";
import { FACT_TITLES } from "../inventory/system-facts";

const CHANGE_WORDS = { changed: "内容有改动", added: "确认后新登记", gone: "确认后下线或移交" } as const;

export const handle = crumbs<{ unit: { name: string } }>(({ unit }) => [
  { label: "系统清单", href: "/systems" },
  { label: "清单确认", href: "/systems/confirmation" },
  { label: unit.name },
]);

export const loader = pageLoader({
  access: "system:read",
  params: idParams,
  load: async ({ ctx, params }) => {
    const { systems, ...found } = await readConfirmation(ctx.db, ctx.actor, params.id, ctx.today);
    return {
      ...found,
      systems: systems.map(({ id, code, name, ownership, state, missing }) => ({
        id,
        code,
        name,
        ownership,
        state,
        missing,
      })),
      mayConfirm: can(ctx.actor, "inventory:confirm", found.unit),
      mayEdit: can(ctx.actor, "system:edit", found.unit),
      today: ctx.today,
    };
  },
});

export const action = pageAction({
  access: "inventory:confirm",
  params: idParams,
  run: async ({ ctx, params, form }) => {
    const submission = parseForm(form, confirmSchema);
    if (submission.status !== "success") return invalid(submission);
    try {
      const result = await confirmInventory(ctx, params.id, submission.value);
      if (!result.ok) return refused(submission, result.refusals, sayInventoryRefusal);
    } catch (error) {
      if (!isConflict(error)) throw error;
      return overtaken(
        submission,
        "清单刚刚有了新的变动，还没有确认。请核对下面的最新清单后再确认，您写的说明已保留。",
      );
    }
    return redirect(`/systems/confirmation/${params.id}`);
  },
});

type Page = ReturnType<typeof useLoaderData<typeof loader>>;

export default function InventoryConfirmation() {
  const data = useLoaderData<typeof loader>();
  const { unit, year, dueOn, systems, confirmed, today } = data;
  const incomplete = systems.filter(({ missing }) => missing.length > 0);
  const waits = !confirmed && systems.length > 0;
  const late = waits && today > dueOn;
  return (
    <>
      <PageHead
        title={`${year} 年系统清单确认`}
        meta={`${unit.name}，共 ${systems.length} 个系统，${incomplete.length} 个待补全`}
        status={
          confirmed ? <StatusTag tone="good">已确认</StatusTag> : waits && <StatusTag tone="warn">未确认</StatusTag>
        }
        light={late ? "red" : undefined}
        next={
          waits
            ? incomplete.length > 0
              ? { what: "补全系统信息", who: "单位填报人" }
              : { what: "确认系统清单", who: "单位负责人" }
            : undefined
        }
      />
      {late && (
        <Notice tone="bad">{formatOfficialDate(dueOn)}前应由单位负责人确认，已经逾期。补全信息后请尽快确认。</Notice>
      )}
      <SideLayout
        side={
          <Section title="历年确认">
            <History rows={data.confirmations} />
          </Section>
        }
      >
        {data.changes.length > 0 && <Changes rows={data.changes} />}
        {waits && data.mayConfirm && <Confirm data={data} incomplete={incomplete.length} />}
        <List rows={systems} mayEdit={data.mayEdit} />
      </SideLayout>
    </>
  );
}

function Changes({ rows }: { readonly rows: Page["changes"] }) {
  return (
    <Section title="确认后的变动" note="这些条目与签认的清单不一致" flush>
      <DataTable
        caption="确认后的变动"
        rows={rows}
        rowKey={(row) => row.code}
        empty={null}
        columns={[
          { key: "code", title: "编号", nowrap: true, render: (row) => row.code },
          { key: "name", title: "系统名称", primary: true, render: (row) => row.name },
          { key: "how", title: "变动", nowrap: true, render: (row) => CHANGE_WORDS[row.how] },
        ]}
      />
    </Section>
  );
}

function Confirm({ data, incomplete }: { readonly data: Page; readonly incomplete: number }) {
  const reply = useActionData<FormReply>();
  const [form, fields] = useForm<{ seen: string; statement: string }>({ lastResult: reply?.form ?? null });
  return (
    <Section title="确认清单" note={`${formatOfficialDate(data.dueOn)}前`}>
      {incomplete > 0 ? (
        <p>
          <LightTag light="yellow" /> 还有 {incomplete} 个系统的信息不完整，补全后才能确认。待补全的内容见下表。
        </p>
      ) : (
        <form method="post" {...getFormProps(form)}>
          <ErrorSummary errors={summaryOf(form)} />
          <input type="hidden" name="seen" value={data.seen} />
          <p className="mb-3">
            本单位共有 {data.systems.length} 个信息系统，清单没有遗漏，内容真实、完整。确认后的改动会单独标明。
          </p>
          <TextArea {...wired(fields.statement)} label="说明" rows={2} hint="有需要说明的填写，可不填" />
          <FormActions>
            <ConfirmSubmit
              variant="primary"
              title="确认系统清单？"
              consequence={`${data.year} 年只确认一次，确认后不能撤回。`}
              confirmLabel="确认"
            >
              确认清单完整、真实
            </ConfirmSubmit>
          </FormActions>
        </form>
      )}
    </Section>
  );
}

function List({ rows, mayEdit }: { readonly rows: Page["systems"]; readonly mayEdit: boolean }) {
  return (
    <Section title="系统清单" flush>
      <DataTable
        caption="单位的系统清单"
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title="没有登记信息系统" explanation="没有系统的单位无需确认；有系统的请先登记。" />}
        columns={[
          { key: "code", title: "编号", nowrap: true, render: (row) => row.code },
          {
            key: "name",
            title: "系统名称",
            primary: true,
            render: (row) => <a href={`/systems/${row.id}`}>{row.name}</a>,
          },
          { key: "ownership", title: "建设层级", nowrap: true, render: (row) => OWNERSHIPS[row.ownership] },
          { key: "state", title: "使用状态", nowrap: true, render: (row) => SYSTEM_STATES[row.state] },
          {
            key: "missing",
            title: "待补全",
            render: (row) => {
              if (row.missing.length === 0) return <StatusTag tone="good">完整</StatusTag>;
              const words = row.missing.map((field) => FACT_TITLES[field]).join("、");
              return mayEdit ? <a href={`/systems/${row.id}/edit`}>{words}</a> : words;
            },
          },
        ]}
      />
    </Section>
  );
}

function History({ rows }: { readonly rows: Page["confirmations"] }) {
  if (rows.length === 0) return <p className="text-secondary">还没有确认过</p>;
  return (
    <Timeline
      label="历年确认"
      entries={rows.map((row) => ({
        key: row.id,
        who: row.signer,
        what: `${row.year} 年：确认 ${row.systemCount} 个系统`,
        when: formatInstant(new Date(row.confirmedAt)),
        reason: row.statement || undefined,
        tone: "good",
      }))}
    />
  );
}
