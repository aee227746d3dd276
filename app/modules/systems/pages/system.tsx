import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { formatInstant } from "~/kernel/local-date";
import { isConflict, type Result } from "~/kernel/result";
import { HOSTINGS, OWNERSHIPS, SYSTEM_STATES } from "~/kernel/vocabulary";
import { can } from "~/policy";
import type { Ctx } from "~/platform/transaction.server";
import {
  DescriptionList,
  LinkButton,
  Notice,
  PageHead,
  Section,
  SideLayout,
  StatusTag,
  Timeline,
  type TimelineEntry,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, overtaken, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { readCloudFacts } from "../cloud/steps/steps.queries.server";
import { isMigrated, nextCloudStep } from "../cloud/steps/steps.rules";
import { sayCloudEvent } from "../cloud/steps/steps.words";
import { resumeSystem, suspendSystem } from "../inventory/change-system-state.server";
import { sayInventoryRefusal, type InventoryCode } from "../inventory/inventory.refusals";
import { missingFields } from "../inventory/inventory.rules";
import { systemStepSchema, type SystemStep } from "../inventory/inventory.schema";
import { changesIn, sayChange, SYSTEM_EVENT_WORDS } from "../inventory/inventory.words";
import { retireSystem } from "../inventory/retire-system.server";
import { FACT_TITLES, MLPS_LEVELS, sayTags } from "../inventory/system-facts";
import { countDependents, governedUnits, readSystem, readSystemLinks } from "../inventory/system.queries.server";
import { transferSystem } from "../inventory/transfer-system.server";
import { SystemLinks } from "../inventory/ui/SystemLinks";
import { SystemSteps } from "../inventory/ui/SystemSteps";
import { CloudPanel } from "../ui/CloudPanel";
import { TestsPanel } from "../ui/TestsPanel";

export const handle = crumbs<{ system: { name: string } }>((data) => [
  { label: "系统清单", href: "/systems" },
  { label: data.system.name },
]);

export const loader = pageLoader({
  access: "system:read",
  params: idParams,
  load: async ({ ctx, params }) => {
    const { db, actor } = ctx;
    const found = await readSystem(db, actor, params.id);
    const { system } = found;
    const [mayEdit, governs] = [can(actor, "system:edit", system), can(actor, "system:govern", system)];
    const [cloud, links, dependents, units] = await Promise.all([
      readCloudFacts(db, params.id),
      readSystemLinks(db, actor, params.id),
      countDependents(db, params.id),
      governs ? governedUnits(db, actor) : [],
    ]);
    return {
      ...found,
      cloud,
      links,
      dependents,
      units: units.filter(({ value }) => value !== system.unitId),
      missing: missingFields(system),
      mayEdit,
      mayRecord: can(actor, "cloud:record", system),
      mayPropose: can(actor, "scope:propose", system),
      mayTest: can(actor, "security:record", system),
      today: ctx.today,
    };
  },
});

export const action = pageAction({
  access: "system:edit",
  params: idParams,
  run: async ({ ctx, params, form }) => {
    const submission = parseForm(form, systemStepSchema);
    if (submission.status !== "success") return invalid(submission);
    try {
      const result = await takeStep(ctx, params.id, submission.value);
      if (!result.ok) return refused(submission, result.refusals, sayInventoryRefusal);
    } catch (error) {
      if (!isConflict(error)) throw error;
      return overtaken(
        submission,
        "该系统刚刚有了新的变动，这一步没有生效。请核对最新内容后再办理，您写的内容已保留。",
      );
    }
    return redirect(`/systems/${params.id}`);
  },
});

function takeStep(ctx: Ctx, id: string, step: SystemStep): Promise<Result<null, InventoryCode>> {
  switch (step.intent) {
    case "transfer":
      return transferSystem(ctx, id, step);
    case "retire":
      return retireSystem(ctx, id, step);
    case "suspend":
      return suspendSystem(ctx, id, step);
    case "resume":
      return resumeSystem(ctx, id, step);
  }
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>;

export default function System() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<FormReply>();
  const { system, standing, batch, tests, events, today, missing, mayEdit } = data;
  return (
    <>
      <Head data={data} />
      {missing.length > 0 && mayEdit && (
        <Notice tone="warn" title="信息待补全" action={<a href={`/systems/${system.id}/edit`}>去补全</a>}>
          {missing.map((field) => FACT_TITLES[field]).join("、")}；年度确认前须补全。
        </Notice>
      )}
      <SideLayout
        side={
          <Section title="办理过程">
            <SystemTimeline events={events} />
          </Section>
        }
      >
        <Facts data={data} />
        <CloudPanel
          system={system}
          standing={standing}
          batch={batch}
          cloud={data.cloud}
          mayRecord={data.mayRecord && system.state !== "retired"}
          mayPropose={data.mayPropose && system.state !== "retired"}
          today={today}
        />
        <TestsPanel
          system={system}
          tests={tests}
          today={today}
          mayRecord={data.mayTest && system.state !== "retired"}
        />
        <SystemLinks {...data.links} />
        <SystemSteps
          system={system}
          reply={reply?.form ?? null}
          mayEdit={mayEdit}
          units={data.units}
          dependents={data.dependents}
          today={today}
        />
      </SideLayout>
    </>
  );
}

function Head({
  data: { system, unitName, operatorName, standing, steps, missing, mayEdit },
}: {
  readonly data: Page;
}) {
  const retired = system.state === "retired";
  const next = nextCloudStep(steps);
  return (
    <PageHead
      title={system.name}
      code={system.code}
      meta={`${unitName} · ${OWNERSHIPS[system.ownership]}${system.ownership === "own" ? "" : "，只登记不考核"}`}
      status={
        <>
          <StatusTag tone={system.state === "inUse" ? "good" : "neutral"}>{SYSTEM_STATES[system.state]}</StatusTag>
          {!retired && <CloudTag scope={standing.scope} migrated={isMigrated(steps)} />}
          {missing.length > 0 && <StatusTag tone="warn">信息待补全</StatusTag>}
        </>
      }
      next={
        !retired && standing.scope !== "out" && next
          ? { what: next, who: operatorName ?? unitName, href: "#cloud" }
          : undefined
      }
      actions={mayEdit && !retired && <LinkButton href={`/systems/${system.id}/edit`}>修改信息</LinkButton>}
    />
  );
}

function CloudTag({ scope, migrated }: { readonly scope: Page["standing"]["scope"]; readonly migrated: boolean }) {
  if (scope === "out") return <StatusTag tone="neutral">不在上云范围</StatusTag>;
  if (migrated) return <StatusTag tone="good">已上云</StatusTag>;
  return <StatusTag tone="info">{scope === "special" ? "特殊系统" : "上云迁移中"}</StatusTag>;
}

function Facts({ data: { system, veiled, unitName, operatorName } }: { readonly data: Page }) {
  const contact = [system.contactName, system.contactPhone].filter(Boolean).join(" ");
  const filing = [system.mlpsFilingNumber, system.mlpsFiledOn].filter(Boolean).join("，");
  return (
    <Section title="基本情况" note={veiled ? "涉密系统，部分信息不显示" : undefined}>
      <DescriptionList
        columns={2}
        items={[
          { term: "主要用途", detail: system.purpose, wide: true },
          { term: "主管单位", detail: unitName },
          { term: "运营单位", detail: operatorName ?? "本单位" },
          { term: "建设层级", detail: OWNERSHIPS[system.ownership] },
          { term: "是否涉密", detail: system.secret ? "涉密" : "非涉密" },
          { term: "承建单位", detail: system.builder },
          { term: "联系人", detail: contact },
          { term: "部署方式", detail: HOSTINGS[system.hosting] },
          { term: "部署地点", detail: system.location },
          { term: "数据备份", detail: system.backedUp ? "已备份" : "未备份" },
          { term: "等保级别", detail: system.mlpsLevel === null ? "未定级" : MLPS_LEVELS[system.mlpsLevel] },
          { term: "等保备案", detail: filing },
          { term: "上线日期", detail: system.launchedOn },
          { term: "登记日期", detail: system.registeredOn },
          { term: "标签", detail: sayTags(system.tags) },
          ...(system.retiredOn ? [{ term: "下线日期", detail: system.retiredOn }] : []),
          ...(system.retireReason ? [{ term: "下线原因", detail: system.retireReason }] : []),
        ]}
      />
    </Section>
  );
}

const OTHER_WORDS: Readonly<Record<string, string>> = {
  scopeProposed: "提请上云范围认定",
  scopeConfirmed: "复核上云范围认定",
  scopeDeclined: "不同意上云范围认定",
  scopeWithdrawn: "撤回上云范围认定",
};

function SystemTimeline({ events }: { readonly events: Page["events"] }) {
  if (events.length === 0) return <p className="text-secondary">暂无记录</p>;
  return (
    <Timeline
      entries={events.map((event): TimelineEntry => {
        const cloud = sayCloudEvent(event);
        const changes = changesIn(event.payload);
        const isDecision = event.subjectType === "scopeDecision";
        return {
          key: event.id,
          who: `${event.unitName} ${event.actorName}`,
          what: cloud?.what ?? SYSTEM_EVENT_WORDS[event.type] ?? OTHER_WORDS[event.type] ?? "更新系统信息",
          when: formatInstant(new Date(event.at)),
          tone: cloud?.tone ?? "info",
          reason: (changes.length > 0 || event.reason || isDecision) && (
            <>
              {changes.map((change) => (
                <p key={change.title}>{sayChange(change)}</p>
              ))}
              {event.reason && <p>理由：{event.reason}</p>}
              {isDecision && <a href={`/cloud/scope/${event.subjectId}`}>查看认定</a>}
            </>
          ),
        };
      })}
    />
  );
}
