import { useActionData, useLoaderData } from "@remix-run/react";

import { RESOURCE_STATES } from "~/kernel/vocabulary";
import { workdaysBetween } from "~/kernel/work-calendar";
import { loadCalendar } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import { can, canEver, samePerson, scopeFor } from "~/policy";
import { ErrorSummary, LinkButton, Notice, PageHead, SideLayout, StatusTag, Tabs } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { contentDifferences } from "../content-differences";
import { contentOf } from "../content.queries.server";
import { connectionStanding } from "../connection/connection.rules";
import { resourceConnectionHistory } from "../connection/connections.queries.server";
import { resourceCorrections } from "../correction/corrections.queries.server";
import { readResourceUses } from "../demand/uses.queries.server";
import { readResource } from "../resource-detail.queries.server";
import { nextStepOf, requestableSteps, stepsFor, type ResourceActor } from "../resource-next";
import { resourceTone } from "../resource-words";
import { readVersions } from "../revision/versions.queries.server";
import { ConnectionTab } from "../ui/ConnectionTab";
import { CorrectionsTab } from "../ui/CorrectionsTab";
import { errorsOf } from "../ui/errors-of";
import { ResourceOverview } from "../ui/ResourceOverview";
import { ItemsTable, RelatedTable } from "../ui/ResourceTables";
import { ResourceTimeline } from "../ui/ResourceTimeline";
import { RevisionPanel } from "../ui/RevisionPanel";
import { StepsPanel } from "../ui/StepsPanel";
import { UpdatesTab } from "../ui/UpdatesTab";
import { UsesSection } from "../ui/UsesSection";
import { WarningsNotice } from "../ui/WarningsNotice";
import { resourceWarnings } from "../warnings.queries.server";
import { answerStep } from "./resource-actions.server";

export const handle = crumbs<{ resource: { name: string } }>((data) => [
  { label: "资源目录", href: "/catalog" },
  { label: data.resource.name },
]);

const TABS = {
  items: "信息项",
  updates: "更新记录",
  connection: "挂接",
  uses: "使用情况",
  corrections: "数据纠错",
  related: "关联资源",
} as const;
type TabName = keyof typeof TABS;

const DONE: Readonly<Record<string, string>> = {
  created: "已提交，等本单位分管领导登记。",
  edited: "已保存，等本单位分管领导登记。",
  revised: "修订已提交，等本单位分管领导登记。",
  reported: "已反映，提供单位核实后会答复。",
  updated: "已登记更新。",
};

export const loader = pageLoader({
  access: "catalog:read",
  params: idParams,
  load: async ({ ctx, params, query }) => {
    const { db, actor, today } = ctx;
    const figures = await loadFigures(db, today);
    const clock = { today, warningDays: figures.number("catalog.dueSoonDays") };
    const found = await readResource(db, actor, params.id, clock);
    const { resource, revision, isInside } = found;
    const seesAddress = isInside || can(actor, "catalog:test", resource);
    const wanted = query.get("tab");
    const tab: TabName = wanted !== null && wanted in TABS ? (wanted as TabName) : "items";
    const awaitsApproval = isInside && (resource.state === "draft" || resource.state === "registered" || revision);
    const [calendar, uses, connections, corrections, warnings, versions] = await Promise.all([
      loadCalendar(db, resource.regionId),
      tab === "uses" ? readResourceUses(db, actor, resource) : null,
      tab === "connection" && seesAddress ? resourceConnectionHistory(db, resource.id) : [],
      tab === "corrections" ? resourceCorrections(db, scopeFor(actor, "demand:read"), resource.id) : null,
      awaitsApproval
        ? resourceWarnings(
            db,
            resource,
            revision?.content ?? (await contentOf(db, resource)),
            figures.number("catalog.nameSimilarity"),
          )
        : null,
      isInside ? readVersions(db, actor, resource.id) : null,
    ]);
    const who: ResourceActor = {
      registers: can(actor, "catalog:register", resource),
      signs: can(actor, "catalog:sign", resource) && !samePerson(actor, resource.draftedBy),
      publishes: can(actor, "catalog:publish", resource),
      signsRevision: can(actor, "catalog:sign", resource) && !samePerson(actor, revision?.draftedBy),
      wasRegistrar: samePerson(actor, resource.registeredBy),
      wasRevisionRegistrar: samePerson(actor, revision?.registeredBy),
    };
    const current = connections.find(({ removedOn }) => removedOn === null);
    const inForce = versions?.versions.find(({ state }) => state === "published");
    const declined = versions?.versions[0]?.state === "declined" ? versions.versions[0] : null;
    return {
      ...found,
      revision: revision && {
        version: revision.version,
        state: revision.state,
        note: revision.note,
        differences: contentDifferences(
          inForce?.content ?? (await contentOf(db, resource)),
          revision.content,
          versions?.names ?? { categories: {}, basicDatabases: {}, systems: {} },
        ),
      },
      declined: declined && { id: declined.id, reason: declined.declinedReason ?? "" },
      tab,
      uses,
      connections: connections.map(({ connectedBy: _connectedBy, ...connection }) => connection),
      connection: {
        standing: connectionStanding(current),
        seesAddress,
        wasConnector: samePerson(actor, current?.connectedBy),
        connects: can(actor, "catalog:connect", resource),
        tests: can(actor, "catalog:test", resource),
      },
      corrections,
      warnings,
      who,
      remaining: resource.nextUpdateDueOn && workdaysBetween(calendar, today, resource.nextUpdateDueOn),
      mayReport: canEver(actor, "correction:report") && resource.state === "published",
      mayApply: canEver(actor, "demand:apply") && resource.state === "published" && resource.unitId !== actor.unitId,
      today,
      done: DONE[query.get("done") ?? ""] ?? null,
    };
  },
});

export const action = pageAction({
  access: "catalog:read",
  params: idParams,
  run: ({ ctx, params, form }) => answerStep(ctx, params.id, form),
});

export default function Resource() {
  const data = useLoaderData<typeof loader>();
  const { resource, revision, tab, who } = data;
  const reply = useActionData<typeof action>();
  const canRevise = who.registers && !revision && (resource.state === "published" || resource.state === "suspended");
  // What waits for a decision stands first; what could be done at any time stands last.
  const waits = resource.state === "draft" || resource.state === "registered" || resource.requestedStep !== null;
  const steps = (
    <StepsPanel
      resource={resource}
      steps={stepsFor(resource, who)}
      requestable={requestableSteps(resource, who)}
      reply={reply?.form}
    />
  );
  const counts: Partial<Record<TabName, number>> = {
    items: data.items.length,
    corrections: data.openCorrections,
    related: data.related.length,
  };
  return (
    <>
      <PageHead
        title={resource.name}
        code={resource.code ?? undefined}
        meta={`${data.unitName} · ${data.category}`}
        status={<StatusTag tone={resourceTone(resource.state)}>{RESOURCE_STATES[resource.state]}</StatusTag>}
        next={nextStepOf({ ...data, revisionState: revision?.state ?? null })}
        actions={
          <>
            {resource.state === "draft" && who.registers && (
              <LinkButton href={`/catalog/${resource.id}/edit`} variant="primary">
                修改
              </LinkButton>
            )}
            {canRevise && <LinkButton href={`/catalog/${resource.id}/edit`}>修订</LinkButton>}
            {data.mayApply && <LinkButton href={`/catalog/demands/new?resource=${resource.id}`}>申请使用</LinkButton>}
            {resource.edition > 0 && (
              <LinkButton href={`/catalog/${resource.id}/versions`} variant="quiet">
                版本（第 {resource.edition} 版）
              </LinkButton>
            )}
          </>
        }
      />
      {data.done && <Notice tone="good">{data.done}</Notice>}
      <ErrorSummary errors={errorsOf(reply?.form)} />
      {resource.stateReason && (
        <Notice tone="warn" title={resource.state === "draft" ? "已退回修改" : RESOURCE_STATES[resource.state]}>
          {resource.stateReason}
        </Notice>
      )}
      {data.warnings && <WarningsNotice warnings={data.warnings} />}
      {data.declined && who.registers && (
        <Notice
          tone="warn"
          title="最近一次修订未获同意"
          action={
            <LinkButton href={`/catalog/${resource.id}/edit?from=${data.declined.id}`}>在原稿上继续修订</LinkButton>
          }
        >
          {data.declined.reason}
        </Notice>
      )}
      <SideLayout sideLabel="办理过程" side={<ResourceTimeline events={data.events} />}>
        {waits && steps}
        {revision && <RevisionPanel revision={revision} who={who} reply={reply?.form} />}
        <ResourceOverview {...data} />
        <Tabs
          label="资源的各方面"
          tabs={(Object.keys(TABS) as TabName[]).map((name) => ({
            href: `/catalog/${resource.id}?tab=${name}`,
            label: TABS[name],
            active: tab === name,
            count: counts[name],
          }))}
        />
        {tab === "items" && <ItemsTable items={data.items} />}
        {tab === "updates" && (
          <UpdatesTab
            resource={resource}
            updates={data.updates}
            mayRecord={who.registers && resource.state === "published"}
            today={data.today}
            reply={reply?.form}
          />
        )}
        {tab === "connection" && (
          <ConnectionTab resource={resource} connections={data.connections} {...data.connection} reply={reply?.form} />
        )}
        {tab === "uses" && data.uses && <UsesSection {...data.uses} resourceId={resource.id} />}
        {tab === "corrections" && data.corrections && (
          <CorrectionsTab
            corrections={data.corrections}
            items={data.items.map(({ name }) => name)}
            mayReport={data.mayReport}
            reply={reply?.form}
          />
        )}
        {tab === "related" && <RelatedTable related={data.related} />}
        {!waits && steps}
      </SideLayout>
    </>
  );
}
