import { and, eq, isNotNull } from "drizzle-orm";

import type { Transaction } from "@db/client";
import {
  demands,
  domainEvents,
  files,
  gateChanges,
  gateExemptions,
  gateStates,
  recollections,
  resources,
  sanctions,
  securityTests,
  systems,
  type KeptReason,
} from "@db/schema";
import { addDays, localDate, localDateOf, startOfDay, type LocalDate } from "~/kernel/local-date";
import {
  EXEMPTION_EVENT_FACTS,
  RECOLLECTION_EVENT_FACTS,
  SANCTION_EVENT_FACTS,
  type Gate,
} from "~/modules/compliance/index";
import { readGates } from "~/modules/compliance/index.server";

import { storeSample } from "./attachments";
import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow, type EventRow } from "./events";
import {
  EXEMPTIONS,
  RECOLLECTIONS,
  SANCTIONS,
  type ExemptionFacts,
  type RecollectionFacts,
  type SanctionFacts,
} from "./gate-facts";
import { insertAll } from "./insert";
import { DEMO_TODAY } from "./today";

/** Whose security test failed this month, and whose earlier failure was made good: both after the months that are scored. */
const FAILED_CRYPTO = "市卫生健康局";
const RETESTED = "市住房城乡建设局";

/** The sharing gates: what closes some of them, what opens them all the same, and how they stood before. */
export async function writeGates(tx: Transaction, city: City): Promise<void> {
  const sample = await storeSample(tx, city, "minutes");
  const sanctioned = SANCTIONS.map((facts, index) => sanctionRows(city, facts, index, sample));
  const exempted = EXEMPTIONS.map((facts) => exemptionRows(city, facts, sample));
  const shared = await tx.select({ id: resources.id, unitId: resources.unitId, name: resources.name }).from(resources);
  const resourceOf = ({ provider, resource }: RecollectionFacts): string => {
    const found = shared.find(({ unitId, name }) => unitId === city.unit(provider).id && name === resource);
    if (!found) throw new Error(`no resource named ${resource}`);
    return found.id;
  };
  const recollected = RECOLLECTIONS.map((facts) => recollectionRows(city, facts, resourceOf(facts)));
  await insertAll(
    tx,
    files,
    [...sanctioned, ...exempted].flatMap(({ file }) => file ?? []),
  );
  await insertAll(
    tx,
    sanctions,
    sanctioned.map(({ row }) => row),
  );
  await insertAll(
    tx,
    gateExemptions,
    exempted.map(({ row }) => row),
  );
  await insertAll(
    tx,
    recollections,
    recollected.map(({ row }) => row),
  );
  await insertAll(
    tx,
    domainEvents,
    [...sanctioned, ...exempted, ...recollected].flatMap(({ events }) => events),
  );
  await writeTests(tx, city);
  await writeHistory(tx, city);
}

const at = (day: string, ...words: string[]): Date => officeHours(localDate(day), "gate", ...words);

/** The paper that goes with a request or a report. */
const paperOf = (
  sample: typeof files.$inferInsert,
  name: string,
  { unitId, userId, when }: { unitId: string; userId: string; when: Date },
): typeof files.$inferInsert => ({
  ...sample,
  id: demoId("file", `gate ${unitId} ${name}`, when),
  unitId,
  name,
  uploadedBy: userId,
  uploadedAt: when,
});

function sanctionRows(city: City, facts: SanctionFacts, index: number, sample: typeof files.$inferInsert) {
  const unit = city.unit(facts.unit);
  const [proposer, imposer, filer] = [city.person("bureau2"), city.person("bureau"), city.filerOf(unit)];
  const words = `${facts.unit} ${facts.rung}`;
  const idOf = (one: SanctionFacts) =>
    demoId("sanction", `${one.unit} ${one.rung}`, at(one.proposedOn, one.unit, one.rung, "propose"));
  const before = facts.climbs ? SANCTIONS[index - 1] : undefined;
  const proposedAt = at(facts.proposedOn, facts.unit, facts.rung, "propose");
  const imposedAt = facts.imposedOn ? at(facts.imposedOn, words, "impose") : null;
  const remediedAt = facts.remedy ? at(facts.remedy.on, words, "remedy") : null;
  const liftedAt = facts.lifted ? at(facts.lifted.on, words, "lift") : null;
  const file =
    remediedAt && paperOf(sample, "整改情况报告.pdf", { unitId: unit.id, userId: filer.id, when: remediedAt });
  const row: typeof sanctions.$inferInsert = {
    id: idOf(facts),
    regionId: city.regionId,
    unitId: unit.id,
    number: index + 1,
    rung: facts.rung,
    reason: facts.reason,
    demand: facts.demand,
    basis: "《政务信息资源共享管理暂行办法》",
    state: liftedAt ? "lifted" : imposedAt ? "standing" : "proposed",
    previousId: before ? idOf(before) : null,
    fromOn: localDate(facts.imposedOn ?? facts.proposedOn),
    dueOn: localDate(facts.dueOn),
    liftedOn: facts.lifted ? localDate(facts.lifted.on) : null,
    proposedBy: proposer.id,
    proposedAt,
    imposedBy: imposedAt && imposer.id,
    imposedAt,
    remedy: facts.remedy?.text ?? null,
    remedyFileId: file?.id ?? null,
    remediedBy: remediedAt && filer.id,
    remediedAt,
    decidedBy: imposedAt && imposer.id,
    opinion: facts.lifted?.opinion ?? null,
    version: [imposedAt, remediedAt, liftedAt].filter(Boolean).length + 1,
  };
  const told = (actor: typeof filer, type: string, when: Date | null, reason?: string): EventRow[] =>
    when
      ? [
          eventRow(actor, {
            type,
            subject: { type: "sanction", id: row.id },
            at: when,
            payload: { unitId: unit.id, projectId: null, rung: facts.rung, number: row.number },
            reason,
          }),
        ]
      : [];
  const events = [
    ...told(proposer, "sanctionProposed", proposedAt),
    ...told(imposer, SANCTION_EVENT_FACTS.impose, imposedAt),
    ...told(filer, SANCTION_EVENT_FACTS.remedy, remediedAt, facts.remedy?.text),
    ...told(imposer, SANCTION_EVENT_FACTS.lift, liftedAt, facts.lifted?.opinion),
  ];
  return { row, file, events };
}

function exemptionRows(city: City, facts: ExemptionFacts, sample: typeof files.$inferInsert) {
  const unit = city.unit(facts.unit);
  const [filer, lead, bureau] = [city.filerOf(unit), city.leadOf(unit), city.person("bureau")];
  const draftedAt = at(facts.requestedOn, facts.unit, "draft");
  const requestedAt = new Date(draftedAt.getTime() + 20 * 60_000);
  const signedAt = at(facts.signedOn, facts.unit, "sign");
  const approvedAt = facts.approved ? at(facts.approved.on, facts.unit, "approve") : null;
  const file = paperOf(sample, facts.paper, { unitId: unit.id, userId: filer.id, when: draftedAt });
  const row: typeof gateExemptions.$inferInsert = {
    id: demoId("exemption", facts.unit, draftedAt),
    regionId: city.regionId,
    unitId: unit.id,
    number: 1,
    state: approvedAt ? "approved" : "open",
    reason: facts.reason,
    fileId: file.id,
    requestedBy: filer.id,
    requestedAt,
    signedBy: lead.id,
    signedAt,
    approvedBy: approvedAt && bureau.id,
    approvedAt,
    opinion: facts.approved?.opinion ?? null,
    fromOn: localDate(facts.fromOn),
    untilOn: localDate(facts.untilOn),
    version: approvedAt ? 4 : 3,
  };
  const told = (actor: typeof filer, type: string, when: Date, reason?: string): EventRow =>
    eventRow(actor, {
      type,
      subject: { type: "exemption", id: row.id },
      at: when,
      payload: { unitId: unit.id, number: 1, fromOn: facts.fromOn, untilOn: facts.untilOn },
      reason,
    });
  const events = [
    told(filer, "exemptionDrafted", draftedAt),
    told(filer, EXEMPTION_EVENT_FACTS.submit, requestedAt),
    told(lead, EXEMPTION_EVENT_FACTS.sign, signedAt),
    ...(approvedAt ? [told(bureau, EXEMPTION_EVENT_FACTS.approve, approvedAt, facts.approved?.opinion)] : []),
  ];
  return { row, file, events };
}

function recollectionRows(city: City, facts: RecollectionFacts, resourceId: string) {
  const unit = city.unit(facts.unit);
  const [reporter, confirmer, filer] = [city.person("assessor"), city.person("bureau"), city.filerOf(unit)];
  const reportedAt = at(facts.reportedOn, facts.unit, "report");
  const row: typeof recollections.$inferInsert = {
    id: demoId("recollection", facts.where, reportedAt),
    regionId: city.regionId,
    unitId: unit.id,
    resourceId,
    where: facts.where,
    finding: facts.finding,
    state: facts.settledOn ? "settled" : "standing",
    reportedBy: reporter.id,
    reportedAt,
    confirmedBy: confirmer.id,
    confirmedOn: localDate(facts.confirmedOn),
    remedy: facts.remedy?.text ?? null,
    remediedBy: facts.remedy ? filer.id : null,
    settledBy: facts.settledOn ? confirmer.id : null,
    settledOn: facts.settledOn ? localDate(facts.settledOn) : null,
    version: facts.settledOn ? 4 : 2,
  };
  const told = (actor: typeof filer, type: string, day: string | undefined, reason?: string): EventRow[] =>
    day
      ? [
          eventRow(actor, {
            type,
            subject: { type: "recollection", id: row.id },
            at: type === "recollectionReported" ? reportedAt : at(day, facts.unit, type),
            payload: { unitId: unit.id, resourceId, where: facts.where },
            reason,
          }),
        ]
      : [];
  const events = [
    ...told(reporter, "recollectionReported", facts.reportedOn),
    ...told(confirmer, RECOLLECTION_EVENT_FACTS.confirm, facts.confirmedOn),
    ...told(filer, RECOLLECTION_EVENT_FACTS.remedy, facts.remedy?.on, facts.remedy?.text),
    ...told(confirmer, RECOLLECTION_EVENT_FACTS.settle, facts.settledOn),
  ];
  return { row, events };
}

/** A crypto assessment that failed, and an MLPS test that was repeated and passed. */
async function writeTests(tx: Transaction, city: City): Promise<void> {
  const owned = await tx
    .select({ id: systems.id, unitId: systems.unitId, level: systems.mlpsLevel })
    .from(systems)
    .where(and(eq(systems.ownership, "own"), eq(systems.state, "inUse"), eq(systems.secret, false)))
    .orderBy(systems.code);
  const ofUnit = (name: string) => owned.filter(({ unitId }) => unitId === city.unit(name).id);
  const tested = (kind: "mlps" | "crypto", passed: "passed" | "failed", testedOn: string) => {
    return (system: (typeof owned)[number]): typeof securityTests.$inferInsert => ({
      id: demoId("securityTest", `${system.id} ${kind} ${testedOn}`, startOfDay(localDate(testedOn))),
      regionId: city.regionId,
      systemId: system.id,
      kind,
      level: system.level,
      passed,
      testedOn: localDate(testedOn),
      validUntil: addDays(localDate(testedOn), 364),
    });
  };
  await insertAll(tx, securityTests, [
    ...ofUnit(FAILED_CRYPTO)
      .slice(0, 1)
      .map(tested("crypto", "failed", "2026-07-08")),
    ...ofUnit(RETESTED).map(tested("mlps", "passed", "2026-07-13")),
  ]);
}

const kept = ({ reasons }: Gate): KeptReason[] =>
  reasons.map(({ code, evidence, facts }) => ({ code, evidence, facts }));

/** The first day on which a reason could close the gate, as its facts tell it. */
const closedFrom = ({ facts }: KeptReason): LocalDate => {
  const day = facts.fromOn ?? facts.acceptedOn;
  if (day) return localDate(day);
  return facts.dueOn ? addDays(localDate(facts.dueOn), 1) : addDays(DEMO_TODAY, -7);
};

/** The day from which the gates are kept, and the hour at which they are looked at. */
const FIRST_LOOKED_AT = localDate("2026-01-01");
const dawn = (day: LocalDate): Date => new Date(startOfDay(day).getTime() + 5.5 * 3_600_000);

/** How each gate stands, when it closed, and those that were closed for a while by a late delivery. */
async function writeHistory(tx: Transaction, city: City): Promise<void> {
  const gates = await readGates(
    tx,
    city.units.map(({ id }) => id),
    DEMO_TODAY,
  );
  const change = (unitId: string, open: boolean, exempted: boolean, on: LocalDate, reasons: KeptReason[]) => {
    const when = dawn(on);
    const id = demoId("gateChange", `${unitId} ${open} ${on}`, when);
    return { id, regionId: city.regionId, unitId, open, exempted, reasons, on, at: when };
  };
  const changes: (typeof gateChanges.$inferInsert)[] = [];
  const states: (typeof gateStates.$inferInsert)[] = [];
  for (const [unitId, gate] of gates) {
    const reasons = kept(gate);
    const exempted = gate.exemption !== null && reasons.length > 0;
    const [closedOn] = reasons.map(closedFrom).sort();
    const own = closedOn
      ? [
          change(
            unitId,
            false,
            false,
            closedOn,
            reasons.filter((each) => closedFrom(each) <= closedOn),
          ),
          ...(gate.exemption ? [change(unitId, true, true, gate.exemption.fromOn, reasons)] : []),
        ]
      : await pastClosing(tx, unitId, change);
    changes.push(...own);
    states.push({
      unitId,
      regionId: city.regionId,
      open: gate.open,
      exempted,
      reasonCount: reasons.length,
      sinceOn: own.at(-1)?.on ?? FIRST_LOOKED_AT,
      checkedAt: dawn(DEMO_TODAY),
    });
  }
  await insertAll(tx, gateChanges, changes);
  await insertAll(tx, gateStates, states);
}

/** An open gate that was closed while a delivery was late. */
async function pastClosing(
  tx: Transaction,
  unitId: string,
  change: (
    unitId: string,
    open: boolean,
    exempted: boolean,
    on: LocalDate,
    reasons: KeptReason[],
  ) => typeof gateChanges.$inferInsert,
) {
  const delivered = await tx
    .select({ id: demands.id, name: demands.wanted, dueOn: demands.dueOn, deliveredAt: demands.deliveredAt })
    .from(demands)
    .where(and(eq(demands.providerUnitId, unitId), isNotNull(demands.deliveredAt), isNotNull(demands.dueOn)))
    .orderBy(demands.deliveredAt);
  const late = delivered.find(({ dueOn, deliveredAt }) => dueOn && deliveredAt && localDateOf(deliveredAt) > dueOn);
  if (!late?.dueOn || !late.deliveredAt) return [];
  const { id, name, dueOn } = late;
  const reason: KeptReason = { code: "demandUndelivered", evidence: { kind: "demand", id, name }, facts: { dueOn } };
  return [
    change(unitId, false, false, addDays(dueOn, 1), [reason]),
    change(unitId, true, false, localDateOf(late.deliveredAt), []),
  ];
}
