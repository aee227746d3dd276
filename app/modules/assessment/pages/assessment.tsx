import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { formatInstant } from "~/kernel/local-date";
import { formatPeriod, type Period } from "~/kernel/period";
import { DomainError, type Result } from "~/kernel/result";
import { PERIOD_STATES, UNIT_GROUPS } from "~/kernel/vocabulary";
import { canEver } from "~/policy";
import {
  ConfirmSubmit,
  DataTable,
  EmptyState,
  ErrorSummary,
  Notice,
  PageHead,
  Section,
  StatusTag,
  SubmitButton,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { parseForm } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";

import { listPeriods, listSchemes, nextToFreeze } from "../assessment.queries.server";
import { confirmPeriod } from "../confirm-period.server";
import { freezePeriod } from "../freeze-period.server";
import { readPeriod } from "../load-period.server";
import { nextPeriodEvent, type PeriodRefusal } from "../period.lifecycle";
import { sayPeriodRefusal } from "../period.refusals";
import { periodStepSchema } from "../period.schema";
import { periodTone } from "../period-words";
import { publishPeriod } from "../publish-period.server";
import { recomputePeriod, type Recomputation } from "../recompute-period.server";
import { sayAdjustmentRule, sayRule, sayVetoRule } from "../rule-words";
import { leavesOf } from "../scheme.types";

export const handle = crumbs(() => [{ label: "考核管理" }]);

export const loader = pageLoader({
  access: "assessment:read",
  load: async ({ ctx }) => {
    const [periods, schemes, next] = await Promise.all([
      listPeriods(ctx.db, ctx.actor),
      listSchemes(ctx.db, ctx.actor),
      nextToFreeze(ctx.db, ctx.actor, ctx.today),
    ]);
    const mayDo = (action: "assessment:freeze" | "assessment:confirm") => canEver(ctx.actor, action);
    return {
      next: next && { ...next, mayFreeze: mayDo("assessment:freeze") },
      periods: periods.map(({ frozenBy, ...period }) => {
        const step = nextPeriodEvent(period.state);
        const mine = step?.on === "confirm" && frozenBy === ctx.actor.userId;
        return { ...period, step: step && step.on !== "freeze" && mayDo(step.action) && !mine ? step.on : null };
      }),
      schemes: schemes.map(({ scheme, ...row }) => ({
        ...row,
        groups: scheme.groups,
        rules: [
          ...leavesOf(scheme.nodes).map(({ leaf, path }) => ({
            code: leaf.code,
            kind: path.join(" / "),
            name: leaf.name,
            weight: leaf.weight,
            rule: sayRule(leaf.rule),
          })),
          ...scheme.bonuses.map((item) => unweighted(item, "加分", sayAdjustmentRule(item.rule, scheme.bonusCap))),
          ...scheme.deductions.map((item) =>
            unweighted(item, "扣分", sayAdjustmentRule(item.rule, scheme.deductionCap)),
          ),
          ...scheme.vetoes.map((veto) => unweighted(veto, "一票否决", sayVetoRule(veto))),
        ],
      })),
    };
  },
});

const unweighted = ({ code, name }: { code: string; name: string }, kind: string, rule: string) => ({
  code,
  kind,
  name,
  weight: "",
  rule,
});

interface Reply {
  readonly errors: readonly string[];
  readonly found: (Recomputation & { readonly period: Period }) | null;
}

export const action = pageAction({
  access: "assessment:read",
  run: async ({ ctx, form }) => {
    const submission = parseForm(form, periodStepSchema);
    if (submission.status !== "success") throw new DomainError("invalid", "malformedForm");
    const step = submission.value;
    const answer = (result: Result<unknown, PeriodRefusal | "noScheme">) =>
      result.ok
        ? redirect("/assessment")
        : json<Reply>({ errors: result.refusals.map(sayPeriodRefusal), found: null }, { status: 422 });
    switch (step.intent) {
      case "freeze":
        return answer(await freezePeriod(ctx, { period: step.period }));
      case "publish":
        return answer(await publishPeriod(ctx, step));
      case "confirm":
        return answer(await confirmPeriod(ctx, step));
      case "recompute": {
        const period = await readPeriod(ctx.db, ctx.actor, step.periodId);
        const found = { ...(await recomputePeriod(ctx.db, period)), period: period.period };
        return json<Reply>({ errors: [], found });
      }
    }
  },
});

export default function Assessment() {
  const { periods, schemes, next } = useLoaderData<typeof loader>();
  const reply = useActionData<Reply>();
  return (
    <>
      <PageHead title="考核管理" meta="事实冻结、公布、定档与考核方案" />
      <ErrorSummary title="没有办成" errors={(reply?.errors ?? []).map((message) => ({ message }))} />
      {reply?.found && <RecomputationNotice found={reply.found} />}
      {next && <NextPeriod next={next} />}
      <Section title="考核期" flush>
        <DataTable
          caption="考核期"
          rows={periods}
          rowKey={(row) => row.id}
          empty={<EmptyState title="还没有冻结过考核期" explanation="月报报送日过后即可冻结上个月。" />}
          columns={[
            {
              key: "period",
              title: "考核期",
              primary: true,
              render: (row) =>
                row.state === "open" ? (
                  formatPeriod(row.period)
                ) : (
                  <a href={`/ranking?period=${row.period}`}>{formatPeriod(row.period)}</a>
                ),
            },
            {
              key: "state",
              title: "状态",
              nowrap: true,
              render: (row) => <StatusTag tone={periodTone(row.state)}>{PERIOD_STATES[row.state]}</StatusTag>,
            },
            { key: "units", title: "参评单位", unit: "个", align: "right", render: (row) => row.units },
            { key: "scheme", title: "考核方案", wideOnly: true, render: (row) => `第${row.schemeVersion}版` },
            {
              key: "cutoff",
              title: "数据截止",
              nowrap: true,
              render: (row) => row.cutoffAt && formatInstant(new Date(row.cutoffAt)),
            },
            { key: "frozenBy", title: "冻结人", nowrap: true, wideOnly: true, render: (row) => row.frozenByName },
            { key: "confirmedBy", title: "定档人", nowrap: true, wideOnly: true, render: (row) => row.confirmedByName },
            {
              key: "hashes",
              title: "事实 / 得分指纹",
              wideOnly: true,
              render: (row) =>
                row.factsHash &&
                row.sheetsHash && (
                  <>
                    <Fingerprint of="事实" hash={row.factsHash} /> / <Fingerprint of="得分" hash={row.sheetsHash} />
                  </>
                ),
            },
            {
              key: "actions",
              title: "办理",
              render: (row) => row.state !== "open" && <PeriodActions period={row} />,
            },
          ]}
        />
      </Section>
      {schemes.map((scheme) => (
        <SchemeVersion key={scheme.id} scheme={scheme} />
      ))}
    </>
  );
}

type Data = ReturnType<typeof useLoaderData<typeof loader>>;

function NextPeriod({ next: { period, dueOn, ready, mayFreeze } }: { next: NonNullable<Data["next"]> }) {
  const name = formatPeriod(period);
  if (!ready) return <Notice title={`下一个考核期：${name}`}>月报报送日为 {dueOn}，次日起可以冻结。</Notice>;
  if (!mayFreeze) return <Notice title={`下一个考核期：${name}`}>报送日已过，待考核人员冻结。</Notice>;
  return (
    <Section title={`下一个考核期：${name}`}>
      <form method="post" className="flex flex-wrap items-center gap-3">
        <input type="hidden" name="intent" value="freeze" />
        <input type="hidden" name="period" value={period} />
        <ConfirmSubmit
          variant="primary"
          title={`冻结${name}？`}
          consequence="系统将按此刻的事实计算全部单位得分和位次。冻结后事实和得分不再变化，不能撤销。"
          confirmLabel="冻结"
        >
          冻结{name}
        </ConfirmSubmit>
        <span className="text-[0.8125rem] text-secondary">
          报送日 {dueOn} 已过。冻结后先由考核人员核对，再公布给各单位。
        </span>
      </form>
    </Section>
  );
}

function PeriodActions({ period }: { period: Data["periods"][number] }) {
  const name = formatPeriod(period.period);
  return (
    <div className="flex flex-wrap items-center gap-2">
      {period.step && (
        <form method="post">
          <input type="hidden" name="intent" value={period.step} />
          <input type="hidden" name="periodId" value={period.id} />
          <input type="hidden" name="version" value={period.version} />
          {period.step === "publish" ? (
            <ConfirmSubmit
              variant="primary"
              title={`公布${name}得分？`}
              consequence="各单位将看到本单位得分和全部排名，各单位分管领导会收到提醒。"
              confirmLabel="公布"
            >
              公布
            </ConfirmSubmit>
          ) : (
            <ConfirmSubmit
              variant="primary"
              title={`${name}定档？`}
              consequence="定档后本期结果成为最终结果，用于通报和下期位次比较，不能撤销。"
              confirmLabel="定档"
            >
              定档
            </ConfirmSubmit>
          )}
        </form>
      )}
      <form method="post">
        <input type="hidden" name="intent" value="recompute" />
        <input type="hidden" name="periodId" value={period.id} />
        <SubmitButton variant="secondary" pendingLabel="正在重算…">
          重算核对
        </SubmitButton>
      </form>
    </div>
  );
}

/** The first characters of a digest; the whole of it in the title. */
function Fingerprint({ of, hash }: { of: string; hash: string }) {
  return (
    <code title={`${of} SM3 ${hash}`} className="text-xs">
      {hash.slice(0, 8)}
    </code>
  );
}

function RecomputationNotice({ found }: { found: NonNullable<Reply["found"]> }) {
  const same = found.factsUnchanged && found.figuresAreSums && found.sheetsRecomputed && found.sheetsUnchanged;
  const name = formatPeriod(found.period);
  if (same) {
    return (
      <Notice tone="good" title={`${name}重算一致`}>
        事实、明细合计和得分与冻结时逐字节相同。得分指纹 <code className="break-all text-xs">{found.sheetsHash}</code>
      </Notice>
    );
  }
  const differences = [
    !found.factsUnchanged && "冻结的事实或明细被改动",
    !found.figuresAreSums && "有指标数不等于明细合计",
    !found.sheetsRecomputed && "按事实重算的得分与冻结时不同",
    !found.sheetsUnchanged && "保存的得分表被改动",
  ].filter((text) => text !== false);
  return (
    <Notice tone="bad" title={`${name}重算不一致`}>
      {differences.join("；")}。请立即停止使用本期结果，并通知审计人员核查。
    </Notice>
  );
}

function SchemeVersion({ scheme }: { scheme: Data["schemes"][number] }) {
  return (
    <Section
      title={`${scheme.name}第${scheme.number}版`}
      id={`scheme-${scheme.id}`}
      note={`${scheme.inForceFrom}起施行 · 适用${scheme.groups.map((group) => UNIT_GROUPS[group]).join("、")}`}
      actions={
        <>
          <StatusTag tone={scheme.published ? "good" : "neutral"}>{scheme.published ? "已发布" : "拟定中"}</StatusTag>
          <Fingerprint of="方案" hash={scheme.contentHash} />
        </>
      }
      flush
    >
      <DataTable
        caption={`${scheme.name}指标和规则`}
        rows={scheme.rules}
        rowKey={(row) => row.code}
        empty={<EmptyState title="方案没有指标" />}
        columns={[
          { key: "kind", title: "类别", nowrap: true, render: (row) => row.kind },
          { key: "name", title: "指标", primary: true, render: (row) => row.name, total: "合计" },
          { key: "weight", title: "权重", unit: "分", align: "right", render: (row) => row.weight, total: "100" },
          { key: "rule", title: "计分规则", render: (row) => row.rule },
        ]}
      />
    </Section>
  );
}
