import { useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { formatOfficialDate, localDateOf } from "~/kernel/local-date";
import { EXEMPTION_STATES, RECOLLECTION_STATES, SANCTION_RUNGS, SANCTION_STATES } from "~/kernel/vocabulary";
import { can } from "~/policy";
import { DataTable, LinkButton, Notice, PageHead, Section, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";

import { exemptionName } from "../exemption/exemption.rules";
import { readGatePage } from "../gate-pages.queries.server";
import { evidenceHref, sayGateReason } from "../gate.refusals";
import {
  EXEMPTION_TONES,
  GATE_STANDINGS,
  RECOLLECTION_TONES,
  RUNG_TONES,
  SANCTION_TONES,
  standingOf,
  standingTone,
} from "../gate.words";
import { GatePassages, GateReasons } from "../ui/GateReasons";

export const handle = crumbs<Loaded>(({ unit, all }) => [
  all ? { label: "共享闸口", href: "/gates" } : { label: "共享闸口" },
  { label: unit.name },
]);

export const loader = pageLoader({
  access: "gate:read",
  params: z.object({ unitId: z.uuid() }),
  load: async ({ ctx, params }) => {
    const page = await readGatePage(ctx.db, ctx.actor, params.unitId, ctx.today);
    const may = (action: Parameters<typeof can>[1]) => can(ctx.actor, action, page.unit);
    const undecided = page.exemptions.some(({ state }) => ["draft", "signing", "open"].includes(state));
    return {
      ...page,
      all: page.unit.unitId !== ctx.actor.unitId,
      may: {
        exempt: may("exemption:request") && !undecided && page.gate.reasons.some(({ exemptible }) => exemptible),
        sanction: may("sanction:propose"),
        report: may("recollection:report"),
      },
    };
  },
});

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function GatePage() {
  const data = useLoaderData<typeof loader>();
  const { unit, gate, sinceOn, may } = data;
  const standing = standingOf(gate);
  return (
    <>
      <PageHead
        title={`共享闸口：${unit.name}`}
        status={<StatusTag tone={standingTone(standing)}>{GATE_STANDINGS[standing]}</StatusTag>}
        meta={sinceOn ? `${formatOfficialDate(sinceOn)}起` : undefined}
        next={
          gate.reasons.length > 0 ? { what: "逐项消除下列关闭原因，消除后闸口自动打开", who: unit.name } : undefined
        }
        actions={may.exempt && <LinkButton href={`/gates/${unit.unitId}/exemptions/new`}>申请豁免</LinkButton>}
      />
      <Section title="今天放行什么" id="passages">
        <GatePassages blocked={gate.blocked} />
        {gate.exemption && gate.reasons.length > 0 && (
          <p className="mt-2 text-secondary">
            豁免期至{formatOfficialDate(gate.exemption.untilOn)}：{gate.exemption.reason.replace(/。$/u, "")}
            。豁免只放行资金，不放行新建和升级改造的申报。
          </p>
        )}
      </Section>
      <Section title="关闭原因" id="reasons" note={`${gate.reasons.length} 项`}>
        {gate.reasons.length === 0 ? (
          <p className="text-secondary">
            系统登记、资源发布更新与挂接、数据需求、等保和密评、重复采集、惩戒均无未了事项。
          </p>
        ) : (
          <GateReasons reasons={gate.reasons} />
        )}
        <div className="mt-3 empty:hidden">
          {gate.notices.map(({ evidence, facts }) => (
            <Notice
              key={evidence.id}
              tone="warn"
              title={`${SANCTION_RUNGS[facts.rung as keyof typeof SANCTION_RUNGS]}：${evidence.name}`}
            >
              这项措施本身不关闭闸口；请按要求整改。<a href={`/sanctions/${evidence.id}`}>查看记录</a>
            </Notice>
          ))}
        </div>
      </Section>
      <Exemptions data={data} />
      <Sanctions data={data} />
      <Recollections data={data} />
      <History data={data} />
    </>
  );
}

function Exemptions({ data: { exemptions } }: { readonly data: Loaded }) {
  return (
    <Section title="豁免" id="exemptions" flush>
      <DataTable
        caption="豁免申请"
        rows={exemptions}
        rowKey={(row) => row.id}
        empty={<p className="px-4 py-3 text-secondary">没有申请过豁免。</p>}
        columns={[
          {
            key: "name",
            title: "申请",
            primary: true,
            nowrap: true,
            render: (row) => <a href={`/gates/exemptions/${row.id}`}>{exemptionName(row.number)}</a>,
          },
          { key: "reason", title: "理由", render: (row) => row.reason },
          {
            key: "days",
            title: "豁免期",
            nowrap: true,
            render: (row) => `${formatOfficialDate(row.fromOn)}至${formatOfficialDate(row.revokedOn ?? row.untilOn)}`,
          },
          {
            key: "state",
            title: "状态",
            nowrap: true,
            render: (row) => <StatusTag tone={EXEMPTION_TONES[row.state]}>{EXEMPTION_STATES[row.state]}</StatusTag>,
          },
        ]}
      />
    </Section>
  );
}

function Sanctions({ data: { unit, sanctions, may } }: { readonly data: Loaded }) {
  return (
    <Section
      title="惩戒"
      id="sanctions"
      flush
      actions={may.sanction && <LinkButton href={`/sanctions/new?unit=${unit.unitId}`}>提出惩戒</LinkButton>}
    >
      <DataTable
        caption="惩戒"
        rows={sanctions}
        rowKey={(row) => row.id}
        empty={<p className="px-4 py-3 text-secondary">没有惩戒记录。</p>}
        columns={[
          {
            key: "name",
            title: "编号",
            primary: true,
            nowrap: true,
            render: (row) => <a href={`/sanctions/${row.id}`}>惩戒{row.number}号</a>,
          },
          {
            key: "rung",
            title: "措施",
            nowrap: true,
            render: (row) => <StatusTag tone={RUNG_TONES[row.rung]}>{SANCTION_RUNGS[row.rung]}</StatusTag>,
          },
          { key: "reason", title: "事由", render: (row) => row.reason },
          { key: "due", title: "整改期限", nowrap: true, render: (row) => row.dueOn && formatOfficialDate(row.dueOn) },
          {
            key: "state",
            title: "状态",
            nowrap: true,
            render: (row) => <StatusTag tone={SANCTION_TONES[row.state]}>{SANCTION_STATES[row.state]}</StatusTag>,
          },
        ]}
      />
    </Section>
  );
}

function Recollections({ data: { unit, recollections, may } }: { readonly data: Loaded }) {
  return (
    <Section
      title="重复采集"
      id="recollections"
      flush
      actions={may.report && <LinkButton href={`/gates/${unit.unitId}/recollections/new`}>登记重复采集</LinkButton>}
    >
      <DataTable
        caption="重复采集"
        rows={recollections}
        rowKey={(row) => row.id}
        empty={<p className="px-4 py-3 text-secondary">没有重复采集记录。</p>}
        columns={[
          {
            key: "where",
            title: "采集环节",
            primary: true,
            render: (row) => <a href={`/gates/recollections/${row.id}`}>{row.where}</a>,
          },
          { key: "resource", title: "已共享的资源", render: (row) => row.resourceName },
          {
            key: "reported",
            title: "登记日期",
            nowrap: true,
            render: (row) => formatOfficialDate(localDateOf(new Date(row.reportedAt))),
          },
          {
            key: "state",
            title: "状态",
            nowrap: true,
            render: (row) => (
              <StatusTag tone={RECOLLECTION_TONES[row.state]}>{RECOLLECTION_STATES[row.state]}</StatusTag>
            ),
          },
        ]}
      />
    </Section>
  );
}

/** How the gate opened and closed before, with the reasons of each day. */
function History({ data: { changes } }: { readonly data: Loaded }) {
  return (
    <Section title="开关记录" id="history" flush>
      <DataTable
        caption="开关记录"
        rows={changes}
        rowKey={(row) => row.id}
        empty={<p className="px-4 py-3 text-secondary">还没有开关记录，闸口每次关闭和打开都记录在这里。</p>}
        columns={[
          { key: "on", title: "日期", primary: true, nowrap: true, render: (row) => formatOfficialDate(row.on) },
          {
            key: "what",
            title: "变化",
            nowrap: true,
            render: (row) => (
              <StatusTag tone={row.open ? (row.exempted ? "warn" : "good") : "bad"}>
                {row.open ? (row.exempted ? "豁免放行" : "打开") : "关闭"}
              </StatusTag>
            ),
          },
          {
            key: "reasons",
            title: "当日原因",
            render: (row) =>
              row.reasons.length === 0 ? (
                "原因已全部消除"
              ) : (
                <ul className="space-y-1">
                  {row.reasons.map((reason) => (
                    <li key={`${reason.code} ${reason.evidence.id}`}>
                      {sayGateReason(reason as Parameters<typeof sayGateReason>[0])}{" "}
                      <a href={evidenceHref(reason.evidence as Parameters<typeof evidenceHref>[0])}>查看记录</a>
                    </li>
                  ))}
                </ul>
              ),
          },
        ]}
      />
    </Section>
  );
}
