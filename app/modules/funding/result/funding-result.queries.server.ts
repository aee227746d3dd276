import { inArray } from "drizzle-orm";

import type { Database } from "@db/client";
import { users } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { localDateOf, type LocalDate } from "~/kernel/local-date";
import { notFound } from "~/kernel/result";
import { businessTime } from "~/platform/installation.server";

import { readFundingReview } from "../funding.queries.server";
import { fundingTotals, isFullyReviewed } from "../line.rules";

/**
 * What finance made of a project, ready to print: its lines, their totals, the opinion and who signs. Before the
 * conclusion it is a draft to be commented on.
 * @unit fen
 * @throws DomainError notFound also while a line is open; forbidden
 */
export async function readFundingResult(db: Database, actor: Actor, projectId: string, today: LocalDate) {
  const [review, { demonstration }] = await Promise.all([
    readFundingReview(db, actor, projectId, today),
    businessTime(db),
  ]);
  const { project, unitName, lines, concluded, closedAt, opinion, concluderId } = review;
  const totals = fundingTotals(lines);
  if (!isFullyReviewed(totals)) throw notFound("fundingResult");
  const reviewerIds = new Set(lines.flatMap(({ reviewedBy }) => reviewedBy ?? []));
  const checkerId = concluded && concluderId && !reviewerIds.has(concluderId) ? concluderId : null;
  const people = await db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(inArray(users.id, [...reviewerIds, ...(checkerId ? [checkerId] : [])]));
  const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? "";
  return {
    project,
    unitName,
    lines,
    totals,
    concluded,
    concludedOn: concluded && closedAt ? localDateOf(closedAt) : null,
    opinion: concluded ? opinion : null,
    /** who reviewed the lines, and a colleague who concluded on them */
    reviewers: [...reviewerIds].map(nameOf),
    checker: checkerId && nameOf(checkerId),
    demonstration,
    today,
    printedBy: actor.name,
  };
}

export type FundingResult = Awaited<ReturnType<typeof readFundingResult>>;
