import { sql, type SQL } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { demands, projects, resources, systems, units } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { comparedContent, comparedName } from "~/kernel/names";
import type { ProjectClass, ProjectStage } from "~/kernel/vocabulary";
import { loadFigures, type RuleFigures } from "~/platform/figures.server";

import type { Project } from "../load-project.server";
import { similarHits, type MeasuredEntry, type SimilarFigures, type SimilarHit } from "./similar.rules";

/** What is compared: a filing, or what its author has typed so far. */
export interface ComparedSubject {
  readonly regionId: string;
  readonly unitId: string;
  /** null: not saved yet, so it has no resources */
  readonly projectId: string | null;
  /** the lead of which it is a part */
  readonly parentId: string | null;
  readonly class: ProjectClass | null;
  readonly name: string;
  readonly need: string;
  readonly content: string;
}

/** Stages in which a project is nobody else's to see, or came to nothing. */
const NOT_COMPARED: readonly ProjectStage[] = ["draft", "withdrawn", "rejected", "terminated"];
/** By each measure; more than the rule shows. */
const MOST_MEASURED = 60;

/** The figures of 查重 among those in force. */
export function similarFigures(figures: RuleFigures): SimilarFigures {
  return {
    nameSimilarity: figures.number("duplicate.similarity"),
    contentSimilarity: figures.number("duplicate.contentSimilarity"),
    contentCharacters: figures.number("duplicate.contentCharacters"),
    sharedResources: figures.number("duplicate.sharedResources"),
    shownSimilarity: figures.number("duplicate.shownSimilarity"),
    ownShownSimilarity: figures.number("duplicate.ownShownSimilarity"),
  };
}

/** 查重 of a saved filing with the figures in force on a day. */
export function similarToProject(
  db: DatabaseOrTransaction,
  project: Project,
  today: LocalDate,
): Promise<readonly SimilarHit[]> {
  return similarTo(db, { ...project, projectId: project.id }, today);
}

/**
 * 查重: the filed projects of the region and the systems of its inventory that resemble the subject, judged with the
 * figures in force on a day. Drafts are never found; a project's other parts and its own systems are not its duplicates.
 * @source domain.md §3
 */
export async function similarTo(
  db: DatabaseOrTransaction,
  subject: ComparedSubject,
  today: LocalDate,
): Promise<readonly SimilarHit[]> {
  const figures = similarFigures(await loadFigures(db, today));
  const queries = measureQueries(subject, figures);
  const [alikeProjects, alikeSystems] = await Promise.all([
    db.execute<MeasuredRow>(queries.projects),
    db.execute<MeasuredRow>(queries.systems),
  ]);
  const { unitId, class: projectClass, need, content } = subject;
  return similarHits(
    { unitId, class: projectClass, contentLength: comparedContent(need, content).length },
    [...alikeProjects.map(entryOf("project")), ...alikeSystems.map(entryOf("system"))],
    figures,
  );
}

/** The two statements that measure projects and systems beside a subject, each bounded and answered by the indexes. */
export function measureQueries(
  subject: ComparedSubject,
  figures: SimilarFigures,
): { readonly projects: SQL; readonly systems: SQL } {
  const content = comparedContent(subject.need, subject.content);
  const measure = {
    name: comparedName(subject.name),
    content: content.length >= figures.contentCharacters ? content : "",
  };
  return {
    projects: projectMeasures(subject, measure, figures),
    systems: systemMeasures(subject, measure, figures),
  };
}

interface Measure {
  readonly name: string;
  /** empty: not compared */
  readonly content: string;
}

interface MeasuredRow extends Record<string, unknown> {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly unit_id: string;
  readonly unit_name: string;
  readonly stage: ProjectStage | null;
  readonly class: ProjectClass | null;
  readonly name_similarity: number;
  readonly content_similarity: number | null;
  readonly shared: string[] | null;
}

const entryOf =
  (kind: MeasuredEntry["kind"]) =>
  (row: MeasuredRow): MeasuredEntry => ({
    kind,
    id: row.id,
    code: row.code,
    name: row.name,
    unitId: row.unit_id,
    unitName: row.unit_name,
    stage: row.stage,
    class: row.class,
    nameSimilarity: row.name_similarity,
    contentSimilarity: row.content_similarity,
    sharedResources: row.shared ?? [],
  });

/**
 * The most alike rows by one column, through its trigram index. The limit of the operator `%` is a setting of the session:
 * as one sub-query, the text is not there before the setting is, and the sort reads the scan to its end before another
 * scan may set it anew. It lasts for this statement, or for the transaction around it.
 */
function mostAlike(table: SQL, column: SQL, text: string, limit: number, condition: SQL): SQL {
  const set = sql`set_config('pg_trgm.similarity_threshold', ${String(limit)}, true)`;
  return sql`
    select id from ${table} c
    where ${column} % (select case when ${set} is not null then ${text}::text end) and ${condition}
    order by similarity(${column}, ${text}) desc, code limit ${MOST_MEASURED}`;
}

function projectMeasures(subject: ComparedSubject, measure: Measure, figures: SimilarFigures): SQL {
  const { regionId, unitId, projectId, parentId } = subject;
  const stages = sql.join(
    NOT_COMPARED.map((stage) => sql`${stage}`),
    sql`, `,
  );
  const compared = sql`c.region_id = ${regionId} and c.stage not in (${stages})
    and c.id is distinct from ${projectId}::uuid and c.id is distinct from ${parentId}::uuid
    and (c.parent_id is null or c.parent_id not in (
      select part from unnest(array[${projectId}::uuid, ${parentId}::uuid]) part where part is not null))`;
  const byColumn = (column: SQL, text: string, limit: number) =>
    mostAlike(sql`${projects}`, column, text, limit, compared);
  const byContent = measure.content
    ? byColumn(sql`c.compared_content`, measure.content, figures.contentSimilarity)
    : sql`select null::uuid as id where false`;
  const contentSimilarity = measure.content ? sql`similarity(p.compared_content, ${measure.content})` : sql`null::real`;
  return sql`
    with shared as materialized (${sharedBy(projectId, "project_id")}),
    by_name as materialized (${byColumn(sql`c.compared_name`, measure.name, figures.shownSimilarity)}),
    by_content as materialized (${byContent}),
    candidates as (
      select id from by_name
      union select id from by_content
      union select id from ${projects} c where unit_id = ${unitId} and class = ${subject.class}::text and ${compared}
      union select c.id from shared join ${projects} c using (id)
        where cardinality(names) >= ${figures.sharedResources}::int and ${compared}
    )
    select p.id, p.code, p.name, p.unit_id, u.name as unit_name, p.stage, p.class,
      similarity(p.compared_name, ${measure.name}) as name_similarity, ${contentSimilarity} as content_similarity,
      to_json(shared.names) as shared
    from candidates c
    join ${projects} p on p.id = c.id
    join ${units} u on u.id = p.unit_id
    left join shared on shared.id = c.id`;
}

function systemMeasures(subject: ComparedSubject, measure: Measure, figures: SimilarFigures): SQL {
  const { regionId, unitId, projectId } = subject;
  const compared = sql`c.region_id = ${regionId} and c.retired_on is null
    and (c.project_id is null or c.project_id is distinct from ${projectId}::uuid)`;
  return sql`
    with shared as materialized (${sharedBy(projectId, "system_id")}),
    by_name as materialized (
      ${mostAlike(sql`${systems}`, sql`c.compared_name`, measure.name, figures.shownSimilarity, compared)}
    ),
    candidates as (
      select id from by_name
      union select id from ${systems} c where unit_id = ${unitId} and ${compared}
    )
    select s.id, s.code, s.name, s.unit_id, u.name as unit_name, null as stage, null as class,
      similarity(s.compared_name, ${measure.name}) as name_similarity, null::real as content_similarity,
      to_json(shared.names) as shared
    from candidates c
    join ${systems} s on s.id = c.id
    join ${units} u on u.id = s.unit_id
    left join shared on shared.id = c.id`;
}

/**
 * Who shares data resources with a project, as (id, names): a resource of the same name that both provide, or one that
 * both ask for. `owner` is the column of `resources` that the answer is about; demands belong to projects only.
 */
function sharedBy(projectId: string | null, owner: "project_id" | "system_id"): SQL {
  const byDemand = sql`
    union all
    select theirs.project_id, wanted.name from ${demands} own
    join ${demands} theirs on theirs.resource_id = own.resource_id and theirs.project_id <> own.project_id
    join ${resources} wanted on wanted.id = own.resource_id
    where own.project_id = ${projectId}::uuid and own.state not in ('refused', 'withdrawn')
      and theirs.state not in ('refused', 'withdrawn')`;
  return sql`
    select id, array_agg(distinct name) as names from (
      select theirs.${sql.raw(owner)} as id, own.name from ${resources} own
      join ${resources} theirs on theirs.region_id = own.region_id and theirs.normalized_name = own.normalized_name
      where own.project_id = ${projectId}::uuid and own.state <> 'withdrawn' and theirs.state <> 'withdrawn'
        and theirs.project_id is distinct from own.project_id and theirs.${sql.raw(owner)} is not null
      ${owner === "project_id" ? byDemand : sql``}
    ) named group by id`;
}
