import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { formatOfficialDate, localDate } from "~/kernel/local-date";
import { formatPeriod, period } from "~/kernel/period";
import { keysOf, LIGHTS, REPORT_STATUSES, type Light, type ReportStatus } from "~/kernel/vocabulary";
import { unitFilter } from "~/modules/identity/index.server";
import type { Ctx } from "~/platform/transaction.server";
import { canEver, scopeFor, type Scope } from "~/policy";
import {
  Figure,
  LightTag,
  LinkButton,
  Notice,
  PageHead,
  Pagination,
  QueryBar,
  Section,
  StatGrid,
  Tabs,
  type QueryFilter,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm } from "~/web/form.server";
import { optionsOf } from "~/web/options";
import { pageAction, pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { LIGHT_DEFINITION, REPORT_DEFINITIONS } from "../matrix/matrix.words";
import { listReports, unsentReports } from "../matrix/report-list.queries.server";
import {
  levelFor,
  MATRIX_LEVELS,
  matrixCounts,
  readMatrix,
  readMatrixQuery,
  readUnitMatrix,
  regionOptions,
  STATUS_FILTERS,
  type MatrixLevel,
  type MatrixQuery,
} from "../matrix/report-matrix.queries.server";
import { urgeReports } from "../matrix/urge-reports.server";
import { urgeSchema } from "../report/report.schema";
import { reportStatusTone } from "../report/report.words";
import { ReportList } from "../ui/ReportList";
import { ProjectMatrix, UnitMatrix, type ListHref } from "../ui/ReportMatrix";

export const handle = crumbs(() => [{ label: "月报" }]);

export const loader = pageLoader({
  access: "report:read",
  load: async ({ ctx, query }) => {
    const scope = scopeFor(ctx.actor, "report:read");
    const question = readMatrixQuery(query, ctx.today);
    const level = levelFor(question, scope);
    const [shown, unit, regions] = await Promise.all([
      readLevel(ctx, scope, question, level),
      unitFilter(ctx.db, scope, question.unit),
      regionOptions(ctx.db, scope),
    ]);
    const filters: QueryFilter[] = [
      { name: "period", label: "截至月份", kind: "month", value: question.period },
      ...(regions.length > 1
        ? [{ name: "region", label: "地区", value: question.region ?? "", options: regions }]
        : []),
      ...(unit ? [unit] : []),
      { name: "status", label: "报送情况", value: question.status ?? "", options: optionsOf(STATUS_FILTERS) },
      { name: "light", label: "进度灯", value: question.light ?? "", options: optionsOf(LIGHTS) },
    ];
    return {
      ...{ shown, filters, level, question },
      levels: optionsOf(MATRIX_LEVELS).filter(({ value }) => value !== "unit" || scope.regionIds.length > 0),
      today: ctx.today,
      mayUrge: canEver(ctx.actor, "report:urge"),
      search: query.toString(),
      urged: query.get("urged"),
      passed: query.get("passed"),
    };
  },
});

/** What a level shows: the matrix with the reports of the month that were not handed in, or the list. */
async function readLevel(
  { db, today }: Pick<Ctx, "db" | "today">,
  scope: Scope,
  question: MatrixQuery,
  level: MatrixLevel,
) {
  if (level === "report") {
    const [list, counts] = await Promise.all([
      listReports(db, scope, question, today),
      matrixCounts(db, scope, question, today),
    ]);
    return { level, ...list, counts };
  }
  const unsent = unsentReports(db, scope, question, today);
  return level === "unit"
    ? { level, ...(await readUnitMatrix(db, scope, question, today)), unsent: await unsent }
    : { level, ...(await readMatrix(db, scope, question, today)), unsent: await unsent };
}

export const action = pageAction({
  access: "report:urge",
  run: async ({ ctx, form, query }) => {
    // the button of a row urges that row, whatever is ticked
    const only = form.get("only");
    if (only !== null) form.set("report", only);
    const submission = parseForm(form, urgeSchema);
    if (submission.status !== "success") return invalid(submission);
    const result = await urgeReports(ctx, submission.value.report);
    if (!result.ok) throw new Error("urging refuses nothing");
    return redirect(withQuery("/reports", query.toString(), result.value));
  },
});

type Data = ReturnType<typeof useLoaderData<typeof loader>>;

/** What each level counts its rows in. */
const ROW_WORDS: Readonly<Record<MatrixLevel, string>> = {
  unit: "个单位",
  project: "个项目",
  report: "份月报",
};

export default function Reports() {
  const data = useLoaderData<typeof loader>();
  const { shown, filters, level, levels, question, search, urged, passed } = data;
  const here = (changes: Record<string, string | number | undefined>) =>
    withQuery("/reports", search, { urged: undefined, passed: undefined, page: undefined, ...changes });
  const listHref: ListHref = (of) => here({ by: "report", status: undefined, light: undefined, ...of });
  const month = formatPeriod(period(question.period));
  return (
    <>
      <PageHead
        title="月报"
        meta={`${month} · 共 ${shown.total} ${ROW_WORDS[level]}`}
        actions={
          <LinkButton href={withQuery("/reports/export", search, { page: undefined, by: level })}>导出表格</LinkButton>
        }
      />
      {urged !== null && (
        <Notice tone="good">
          已催报 {urged} 份{Number(passed) > 0 && `；另有 ${passed} 份今天已催过或已报送，未重复发送`}。
        </Notice>
      )}
      <QueryBar action="/reports" resetHref={`/reports?by=${level}`} keep={{ by: level }} filters={filters} />
      <Tiles data={data} month={month} listHref={listHref} />
      <Tabs
        label="查看方式"
        tabs={levels.map(({ value, label }) => ({ href: here({ by: value }), label, active: value === level }))}
      />
      <Shown data={data} month={month} here={here} listHref={listHref} />
    </>
  );
}

function Tiles({ data, month, listHref }: { data: Data; month: string; listHref: ListHref }) {
  const { question, today } = data;
  const asked = period(question.period);
  const countOf = (test: { status?: ReportStatus; light?: Light }) =>
    data.shown.counts
      .filter((c) => c.period === asked && (test.status ? c.status === test.status : c.light === test.light))
      .reduce((sum, { n }) => sum + n, 0);
  return (
    <StatGrid>
      {keysOf(REPORT_STATUSES).map((status) => (
        <Figure
          key={status}
          label={`${month}${REPORT_STATUSES[status]}`}
          value={countOf({ status })}
          unit="份"
          definition={REPORT_DEFINITIONS[status]}
          cutoff={formatOfficialDate(localDate(today))}
          href={listHref({ period: asked, status })}
          tone={reportStatusTone(status)}
        />
      ))}
      <Figure
        label={`${month}亮灯`}
        value={
          <span className="flex gap-3 text-base">
            {(["red", "yellow", "green"] as const).map((light) => (
              <a key={light} href={listHref({ period: asked, light })} className="no-underline">
                <LightTag light={light} word={String(countOf({ light }))} />
              </a>
            ))}
          </span>
        }
        definition={LIGHT_DEFINITION}
        cutoff={formatOfficialDate(localDate(today))}
      />
    </StatGrid>
  );
}

interface ShownProps {
  readonly data: Data;
  readonly month: string;
  readonly here: (changes: Record<string, string | number | undefined>) => string;
  readonly listHref: ListHref;
}

function Shown({ data: { shown, question, mayUrge }, month, here, listHref }: ShownProps) {
  const reply = useActionData<typeof action>();
  const errors = Object.values(reply?.form.error ?? {}).flatMap((messages) => messages ?? []);
  const pages = (
    <Pagination page={question.page} pageSize={shown.pageSize} total={shown.total} hrefFor={(page) => here({ page })} />
  );
  if (shown.level === "report") {
    return (
      <ReportList
        title={`${month}月报`}
        rows={shown.rows}
        mayUrge={mayUrge}
        errors={errors}
        empty="没有符合条件的月报"
        more={pages}
      />
    );
  }
  const { unsent } = shown;
  const rest = here({ by: "report", status: "unsent", light: undefined, period: question.period });
  return (
    <>
      <Section
        title="近十二个月"
        note={
          shown.level === "unit"
            ? "点单位看其项目，点数字看月报；灯为该单位当月最差"
            : "每格上为报送情况，下为当月进度灯；点击查看月报"
        }
        flush
      >
        {shown.level === "unit" ? (
          <UnitMatrix {...shown} listHref={listHref} unitHref={(unit) => here({ by: "project", unit })} />
        ) : (
          <ProjectMatrix {...shown} listHref={listHref} />
        )}
        {pages}
      </Section>
      <ReportList
        title={`${month}尚未报送`}
        rows={unsent}
        mayUrge={mayUrge}
        errors={errors}
        empty={`${month}没有未报送的月报`}
        more={
          unsent.length === shown.pageSize && (
            <p className="px-4 py-2">
              <a href={rest}>查看全部尚未报送的月报</a>
            </p>
          )
        }
      />
    </>
  );
}
