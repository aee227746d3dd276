import { and, asc, eq, inArray, isNull } from "drizzle-orm";

import type { Database } from "@db/client";
import { gateExemptions, gateStates, recollections, resources, sanctions, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { ExemptionState, RecollectionState, SanctionState } from "~/kernel/vocabulary";
import { sanctionName } from "~/modules/compliance";
import { inScope } from "~/platform/scope.server";
import { samePerson, type Scope } from "~/policy";

import type { WorkItem } from "./work-item";

const KIND = "闸口";

/** The sharing gate of one's own unit while it is closed, with how many reasons. */
export async function ownClosedGate(db: Database, unitId: string): Promise<WorkItem[]> {
  const rows = await db
    .select({ id: units.id, name: units.name, reasons: gateStates.reasonCount })
    .from(gateStates)
    .innerJoin(units, eq(units.id, gateStates.unitId))
    .where(and(eq(gateStates.unitId, unitId), eq(gateStates.open, false), isNull(units.closedOn)));
  return rows.map(({ id, name, reasons }) => ({
    key: `gate ${id}`,
    kind: KIND,
    what: "消除共享闸口关闭的原因",
    title: `共享闸口已关闭（原因 ${reasons} 项）`,
    unitName: name,
    href: `/gates/${id}`,
    dueOn: null,
  }));
}

async function exemptionsIn(db: Database, scope: Scope, state: ExemptionState, what: string) {
  const rows = await db
    .select({
      id: gateExemptions.id,
      number: gateExemptions.number,
      requestedBy: gateExemptions.requestedBy,
      signedBy: gateExemptions.signedBy,
      unitName: units.name,
    })
    .from(gateExemptions)
    .innerJoin(units, eq(units.id, gateExemptions.unitId))
    .where(
      and(
        inScope(scope, { unitId: gateExemptions.unitId, regionId: gateExemptions.regionId }),
        eq(gateExemptions.state, state),
      ),
    )
    .orderBy(asc(gateExemptions.requestedAt), asc(gateExemptions.id));
  return rows.map(({ id, number, requestedBy, signedBy, unitName }) => ({
    hands: [requestedBy, signedBy],
    item: {
      key: `${what} ${id}`,
      kind: KIND,
      what,
      title: `共享闸口豁免（第 ${number} 次）`,
      unitName,
      href: `/gates/exemptions/${id}`,
      dueOn: null,
    },
  }));
}

interface Handled {
  /** who did the steps before; null: nobody yet */
  readonly hands: readonly (string | null)[];
  readonly item: WorkItem;
}

/** What the actor had no hand in. */
const othersOnly = (rows: readonly Handled[], actor: Actor): WorkItem[] =>
  rows.filter(({ hands }) => !hands.some((hand) => samePerson(actor, hand))).map(({ item }) => item);
const all = (rows: readonly Handled[]): WorkItem[] => rows.map(({ item }) => item);

/** Requests for an exemption that the unit has not handed in yet. */
export const exemptionsToSubmit = async (db: Database, scope: Scope): Promise<WorkItem[]> =>
  all(await exemptionsIn(db, scope, "draft", "完成豁免申请并提交"));

/** Requests for the unit's leader; not one's own. */
export const exemptionsToSign = async (db: Database, scope: Scope, actor: Actor): Promise<WorkItem[]> =>
  othersOnly(await exemptionsIn(db, scope, "signing", "签批豁免申请"), actor);

/** Requests before the bureau; not those that one asked for or signed. */
export const exemptionsToDecide = async (db: Database, scope: Scope, actor: Actor): Promise<WorkItem[]> =>
  othersOnly(await exemptionsIn(db, scope, "open", "审批豁免申请"), actor);

async function sanctionsIn(db: Database, scope: Scope, words: Partial<Record<SanctionState, string>>) {
  const rows = await db
    .select({
      id: sanctions.id,
      regionId: sanctions.regionId,
      number: sanctions.number,
      rung: sanctions.rung,
      state: sanctions.state,
      dueOn: sanctions.dueOn,
      proposedBy: sanctions.proposedBy,
      remediedBy: sanctions.remediedBy,
      unitName: units.name,
    })
    .from(sanctions)
    .innerJoin(units, eq(units.id, sanctions.unitId))
    .where(
      and(
        inScope(scope, { unitId: sanctions.unitId, regionId: sanctions.regionId }),
        inArray(sanctions.state, Object.keys(words) as SanctionState[]),
      ),
    )
    .orderBy(asc(sanctions.number));
  return rows.map(({ id, regionId, state, proposedBy, remediedBy, unitName, dueOn, ...named }) => ({
    hands: [state === "proposed" ? proposedBy : remediedBy],
    item: {
      key: `sanction ${id}`,
      kind: "惩戒",
      what: words[state] ?? "",
      title: sanctionName(named),
      unitName,
      href: `/sanctions/${id}`,
      dueOn: state === "standing" ? dueOn : null,
      regionId,
    },
  }));
}

/** Sanctions that wait for a second person of the bureau: to be imposed, or lifted after the unit's report. */
export const sanctionsToConfirm = async (db: Database, scope: Scope, actor: Actor): Promise<WorkItem[]> =>
  othersOnly(await sanctionsIn(db, scope, { proposed: "复核惩戒", remedied: "核实整改、解除惩戒" }), actor);

/** Sanctions whose demand the unit has to meet. */
export const sanctionsToRemedy = async (db: Database, scope: Scope): Promise<WorkItem[]> =>
  all(await sanctionsIn(db, scope, { standing: "整改并报告惩戒要求事项" }));

async function recollectionsIn(db: Database, scope: Scope, words: Partial<Record<RecollectionState, string>>) {
  const rows = await db
    .select({
      id: recollections.id,
      state: recollections.state,
      where: recollections.where,
      resourceName: resources.name,
      reportedBy: recollections.reportedBy,
      remediedBy: recollections.remediedBy,
      unitName: units.name,
    })
    .from(recollections)
    .innerJoin(units, eq(units.id, recollections.unitId))
    .innerJoin(resources, eq(resources.id, recollections.resourceId))
    .where(
      and(
        inScope(scope, { unitId: recollections.unitId, regionId: recollections.regionId }),
        inArray(recollections.state, Object.keys(words) as RecollectionState[]),
      ),
    )
    .orderBy(asc(recollections.reportedAt), asc(recollections.id));
  return rows.map(({ id, state, where, resourceName, reportedBy, remediedBy, unitName }) => ({
    hands: [state === "reported" ? reportedBy : remediedBy],
    item: {
      key: `recollection ${id}`,
      kind: KIND,
      what: words[state] ?? "",
      title: `${where}（已共享：${resourceName}）`,
      unitName,
      href: `/gates/recollections/${id}`,
      dueOn: null,
    },
  }));
}

/** Findings of data collected once more that wait for a second person of the bureau. */
export const recollectionsToConfirm = async (db: Database, scope: Scope, actor: Actor): Promise<WorkItem[]> =>
  othersOnly(await recollectionsIn(db, scope, { reported: "复核重复采集", remedied: "核实重复采集整改" }), actor);

/** Findings that the unit has to put right. */
export const recollectionsToRemedy = async (db: Database, scope: Scope): Promise<WorkItem[]> =>
  all(await recollectionsIn(db, scope, { standing: "整改重复采集" }));
