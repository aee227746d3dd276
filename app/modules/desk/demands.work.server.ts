import { and, asc, eq, isNotNull, isNull, ne, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database } from "@db/client";
import { demands, units } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import type { DemandState } from "~/kernel/vocabulary";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import type { WorkItem } from "./work-item";

const provider = alias(units, "provider_units");

/** The last day of the step that a demand waits for. */
const dueNow = sql<LocalDate | null>`case ${demands.state}
  when 'unitReviewed' then ${demands.checkDueOn} when 'checked' then ${demands.answerDueOn}
  when 'agreed' then ${demands.dueOn} end`;

interface Asked {
  readonly what: string;
  readonly state: DemandState;
  /** whose turn it is: the list follows that side's unit */
  readonly side: "requester" | "provider";
}

/** Demands that wait for a step of a side, with what it is and until when; the other side's name beside each. */
async function demandsWaiting(
  db: Database,
  scope: Scope,
  { what, state, side }: Asked,
  notDraftedBy?: string,
): Promise<WorkItem[]> {
  const unitId = side === "provider" ? demands.providerUnitId : demands.unitId;
  const rows = await db
    .select({
      id: demands.id,
      regionId: demands.regionId,
      wanted: demands.wanted,
      requester: units.name,
      provider: provider.name,
      dueOn: dueNow,
    })
    .from(demands)
    .innerJoin(units, eq(units.id, demands.unitId))
    .leftJoin(provider, eq(provider.id, demands.providerUnitId))
    .where(
      and(
        inScope(scope, { unitId, regionId: demands.regionId }),
        eq(demands.state, state),
        isNotNull(demands.appliedAt),
        notDraftedBy ? or(isNull(demands.draftedBy), ne(demands.draftedBy, notDraftedBy)) : undefined,
      ),
    )
    .orderBy(asc(demands.id));
  return rows.map((row) => ({
    key: `demand ${state} ${row.id}`,
    kind: "需求",
    what,
    title: row.wanted,
    unitName: side === "provider" || state === "unitReviewed" ? row.requester : row.provider,
    href: `/catalog/demands/${row.id}`,
    dueOn: row.dueOn,
    regionId: row.regionId,
  }));
}

/** For the requester's leader: applications to sign, not one's own. */
export const demandsToSign = (db: Database, scope: Scope, userId: string) =>
  demandsWaiting(db, scope, { what: "审核数据需求", state: "applied", side: "requester" }, userId);

/** For the requester's filer: what was returned, and what was delivered and is not yet rated. */
export async function demandsToTend(db: Database, scope: Scope): Promise<WorkItem[]> {
  const lists = await Promise.all([
    demandsWaiting(db, scope, { what: "修改数据需求", state: "returned", side: "requester" }),
    demandsWaiting(db, scope, { what: "评价提供的数据", state: "delivered", side: "requester" }),
  ]);
  return lists.flat();
}

/** For the bureau: demands to check and refusals to examine. */
export async function demandsToCheck(db: Database, scope: Scope): Promise<WorkItem[]> {
  const lists = await Promise.all([
    demandsWaiting(db, scope, { what: "合规审查数据需求", state: "unitReviewed", side: "requester" }),
    demandsWaiting(db, scope, { what: "核查不同意的理由", state: "refused", side: "requester" }),
  ]);
  return lists.flat();
}

/** For the provider's leader. */
export const demandsToAnswer = (db: Database, scope: Scope) =>
  demandsWaiting(db, scope, { what: "答复数据需求", state: "checked", side: "provider" });

/** For the provider's filer. */
export const demandsToDeliver = (db: Database, scope: Scope) =>
  demandsWaiting(db, scope, { what: "提供数据", state: "agreed", side: "provider" });
