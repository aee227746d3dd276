import { and, asc, desc, eq } from "drizzle-orm";

import type { Database } from "@db/client";
import { domainEvents, ruleFigures, users } from "@db/schema";
import { foldName } from "~/kernel/names";
import type { LocalDate } from "~/kernel/local-date";
import { notFound } from "~/kernel/result";
import { FIGURE_KINDS, FIGURE_TOPICS, topicOf } from "~/platform/figure-kinds";

import { standingsOf } from "./figure-version.rules";

const versionsInOrder = (db: Database, code?: string) =>
  db
    .select({
      id: ruleFigures.id,
      code: ruleFigures.code,
      name: ruleFigures.name,
      value: ruleFigures.value,
      unit: ruleFigures.unit,
      source: ruleFigures.source,
      note: ruleFigures.note,
      inForceFrom: ruleFigures.inForceFrom,
      enteredAt: ruleFigures.enteredAt,
      enteredBy: users.name,
      withdrawnAt: ruleFigures.withdrawnAt,
    })
    .from(ruleFigures)
    .leftJoin(users, eq(users.id, ruleFigures.enteredBy))
    .where(code === undefined ? undefined : eq(ruleFigures.code, code))
    .orderBy(asc(ruleFigures.code), asc(ruleFigures.inForceFrom), asc(ruleFigures.id));

const withStanding = (rows: Awaited<ReturnType<typeof versionsInOrder>>, today: LocalDate) =>
  standingsOf(
    rows.map((row) => ({ ...row, withdrawn: row.withdrawnAt !== null })),
    today,
  );

/**
 * The rule figures by topic, each with the value in force today and the next one to come. The words asked for are looked
 * for in topic, name, code, source and use.
 */
export async function figuresByTopic(db: Database, q: string, today: LocalDate) {
  const rows = await versionsInOrder(db);
  const wanted = foldName(q);
  const byCode = new Map<string, typeof rows>();
  for (const row of rows) byCode.set(row.code, [...(byCode.get(row.code) ?? []), row]);
  const figures = [...byCode].flatMap(([code, versions]) => {
    const standing = withStanding(versions, today);
    const current = standing.find((version) => version.standing === "current");
    const next = standing.find((version) => version.standing === "future");
    const shown = current ?? next;
    if (!shown) return [];
    const { name, unit, source, inForceFrom } = shown;
    const usedIn = FIGURE_KINDS[code]?.usedIn ?? "";
    const text = foldName([topicOf(code), name, code, source, usedIn].join(" "));
    if (wanted && !text.includes(wanted)) return [];
    return [
      { code, name, unit, source, inForceFrom, usedIn, value: current?.value ?? null, next, versions: versions.length },
    ];
  });
  const topics = [...new Set([...Object.values(FIGURE_TOPICS), topicOf("")])];
  return topics
    .map((topic) => ({ topic, figures: figures.filter(({ code }) => topicOf(code) === topic) }))
    .filter((group) => group.figures.length > 0);
}

/**
 * One figure with all its versions, the latest first, and why any were taken back.
 * @throws DomainError notFound
 */
export async function readFigure(db: Database, code: string, today: LocalDate) {
  const rows = await versionsInOrder(db, code);
  if (rows.length === 0) throw notFound("ruleFigure");
  const versions = withStanding(rows, today).reverse();
  const withdrawals = await db
    .select({ id: domainEvents.subjectId, reason: domainEvents.reason, by: domainEvents.actorName })
    .from(domainEvents)
    .innerJoin(ruleFigures, eq(ruleFigures.id, domainEvents.subjectId))
    .where(
      and(
        eq(ruleFigures.code, code),
        eq(domainEvents.subjectType, "ruleFigure"),
        eq(domainEvents.type, "figureVersionWithdrawn"),
      ),
    )
    .orderBy(desc(domainEvents.at));
  const withdrawalOf = new Map(withdrawals.map(({ id, ...withdrawal }) => [id, withdrawal]));
  const latest = versions.find(({ standing }) => standing === "current") ?? versions[0];
  return {
    code,
    name: latest?.name ?? code,
    unit: latest?.unit ?? "",
    topic: topicOf(code),
    kind: FIGURE_KINDS[code] ?? null,
    versions: versions.map((version) => ({ ...version, withdrawal: withdrawalOf.get(version.id) ?? null })),
  };
}
