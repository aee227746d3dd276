import { useLoaderData } from "@remix-run/react";

import { formatOfficialDate } from "~/kernel/local-date";
import { rational } from "~/kernel/rational";
import { TEST_KINDS } from "~/kernel/vocabulary";
import { unitFilter } from "~/modules/identity/index.server";
import { canEver, scopeFor } from "~/policy";
import {
  DataTable,
  EmptyState,
  Figure,
  LinkButton,
  PageHead,
  Pagination,
  Percent,
  QueryBar,
  Section,
  StatGrid,
  StatusTag,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { optionsOf } from "~/web/options";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { MLPS_LEVELS } from "../inventory/system-facts";
import {
  isInRegisterState,
  readRegisterQuery,
  REGISTER_STATES,
  registerFigures,
  securityRegister,
} from "../security/register.queries.server";
import { REGISTER_DEFINITIONS, sayStanding, standingTone } from "../security/security-test.words";
import type { StandingState } from "../security/standing.rules";

const PAGE_SIZE = 50;
const LEVELS = [2, 3, 4, 5].map((level) => ({ value: String(level), label: MLPS_LEVELS[level] ?? "" }));

export const handle = crumbs(() => [{ label: "安全测评" }]);

export const loader = pageLoader({
  access: "system:read",
  load: async ({ ctx, query }) => {
    const question = readRegisterQuery(query);
    const scope = scopeFor(ctx.actor, "system:read");
    const [all, unit] = await Promise.all([
      securityRegister(ctx.db, scope, ctx.today, question),
      unitFilter(ctx.db, scope, question.unit),
    ]);
    const rows = all.filter((row) => isInRegisterState(row, question));
    return {
      rows: rows.slice((question.page - 1) * PAGE_SIZE, question.page * PAGE_SIZE),
      total: rows.length,
      figures: registerFigures(all, question.kind),
      states: REGISTER_STATES,
      question,
      unit,
      search: query.toString(),
      today: ctx.today,
      mayRecord: canEver(ctx.actor, "security:record"),
    };
  },
});

type Page = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Security() {
  const data = useLoaderData<typeof loader>();
  const { rows, total, question, unit, states, search, mayRecord } = data;
  return (
    <>
      <PageHead
        title="安全测评"
        meta="二级及以上系统做等保测评，三级及以上加做密评；国垂省垂和涉密系统不在此列"
        actions={
          <>
            {mayRecord && <LinkButton href="/security/tests/new">登记测评</LinkButton>}
            {mayRecord && <LinkButton href="/intake/security-tests">导入</LinkButton>}
            <LinkButton href={withQuery("/security/export", search, { page: undefined })}>导出表格</LinkButton>
          </>
        }
      />
      <Tiles data={data} />
      <QueryBar
        action="/security"
        resetHref="/security"
        search={{ name: "q", value: question.q, placeholder: "系统名称、编号或拼音首字母" }}
        filters={[
          ...(unit ? [unit] : []),
          { name: "level", label: "等保级别", value: String(question.level ?? ""), options: LEVELS },
          { name: "kind", label: "测评类型", value: question.kind ?? "", options: optionsOf(TEST_KINDS) },
          { name: "state", label: "状态", value: question.state ?? "", options: optionsOf(states) },
        ]}
      />
      <Section title="应测评系统" note={`共 ${total} 个；只计已确认的测评，以最近一次为准`} flush>
        <Register rows={rows} />
        <Pagination
          page={question.page}
          pageSize={PAGE_SIZE}
          total={total}
          hrefFor={(page) => withQuery("/security", search, { page })}
        />
      </Section>
    </>
  );
}

function Tiles({ data: { figures, search, today } }: { readonly data: Page }) {
  const cutoff = formatOfficialDate(today);
  const rows = (changes: Record<string, string | undefined>) =>
    withQuery("/security", search, { page: undefined, state: undefined, ...changes });
  const share = ({ numerator, denominator }: Page["figures"]["mlps"]) =>
    denominator > 0 ? rational(numerator, denominator) : null;
  const { mlps, crypto } = figures;
  return (
    <StatGrid>
      <Figure
        label="等保测评有效率"
        value={<Percent share={share(mlps)} digits={2} />}
        definition={REGISTER_DEFINITIONS.mlps}
        cutoff={cutoff}
        href={rows({ kind: "mlps" })}
        note={`有效 ${mlps.numerator} 个，应测评 ${mlps.denominator} 个`}
      />
      <Figure
        label="密评有效率"
        value={<Percent share={share(crypto)} digits={2} />}
        definition={REGISTER_DEFINITIONS.crypto}
        cutoff={cutoff}
        href={rows({ kind: "crypto" })}
        note={`有效 ${crypto.numerator} 个，应测评 ${crypto.denominator} 个`}
      />
      <Figure
        label="过期、未通过或未测评"
        value={figures.bad}
        unit="个系统"
        definition={REGISTER_DEFINITIONS.bad}
        cutoff={cutoff}
        href={rows({ state: "bad" })}
        tone={figures.bad > 0 ? "bad" : "good"}
      />
      <Figure
        label="即将到期"
        value={figures.dueSoon}
        unit="个系统"
        definition={REGISTER_DEFINITIONS.dueSoon}
        cutoff={cutoff}
        href={rows({ state: "dueSoon" })}
        tone={figures.dueSoon > 0 ? "warn" : "good"}
      />
      <Figure
        label="有待确认的测评"
        value={figures.waiting}
        unit="个系统"
        definition={REGISTER_DEFINITIONS.waiting}
        cutoff={cutoff}
        href={rows({ state: "waiting" })}
      />
    </StatGrid>
  );
}

type Row = Page["rows"][number];

/** How a system stands to one kind of test, opening to the test that decides. */
function Standing({ standing, waiting }: { readonly standing: Row["mlps"]; readonly waiting: number }) {
  if (!standing) return <span className="text-secondary">不要求</span>;
  const { test } = standing;
  return (
    <>
      <StatusTag tone={standingTone(standing.state)}>{sayStanding(standing)}</StatusTag>
      {test && (
        <a href={`/security/tests/${test.id}`} className="block text-[0.8125rem] lg:whitespace-nowrap">
          <span className="whitespace-nowrap">{test.testedOn} 测评</span>
          {test.passed === "passed" && (
            <>
              ，<span className="whitespace-nowrap">至 {test.validUntil}</span>
            </>
          )}
        </a>
      )}
      {waiting > 0 && <span className="block text-[0.8125rem] text-secondary">另有 {waiting} 条待确认</span>}
    </>
  );
}

const LIGHT_WORDS: Readonly<Record<StandingState, string>> = {
  valid: "正常",
  dueSoon: "预警",
  expired: "超期",
  failed: "超期",
  missing: "超期",
};

function Register({ rows }: { readonly rows: Page["rows"] }) {
  return (
    <DataTable
      caption="应测评系统"
      rows={rows}
      rowKey={(row) => row.id}
      empty={<EmptyState title="没有符合条件的系统" explanation="可放宽上面的条件再查。" />}
      columns={[
        {
          key: "name",
          title: "系统",
          primary: true,
          render: (row) => (
            <>
              <a href={`/systems/${row.id}#security`}>{row.name}</a>
              <span className="block whitespace-nowrap text-[0.8125rem] font-normal text-secondary">{row.code}</span>
            </>
          ),
        },
        { key: "unit", title: "单位", render: (row) => row.unitName },
        { key: "level", title: "等保级别", nowrap: true, render: (row) => MLPS_LEVELS[row.level] },
        { key: "filing", title: "备案编号", nowrap: true, render: (row) => row.filingNumber },
        {
          key: "mlps",
          title: "最近等保测评",
          render: (row) => <Standing standing={row.mlps} waiting={row.waiting.mlps} />,
        },
        {
          key: "crypto",
          title: "最近密评",
          render: (row) => <Standing standing={row.crypto} waiting={row.waiting.crypto} />,
        },
        { key: "due", title: "下次到期", nowrap: true, render: (row) => row.dueOn },
        {
          key: "state",
          title: "预警",
          nowrap: true,
          render: (row) => <StatusTag tone={standingTone(row.state)}>{LIGHT_WORDS[row.state]}</StatusTag>,
        },
      ]}
    />
  );
}
