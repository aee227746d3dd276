import { and, asc, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database } from "@db/client";
import {
  cloudBatches,
  cloudBlocks,
  cloudResources,
  cloudStandings,
  cloudSteps,
  domainEvents,
  files,
  systems,
  units,
  users,
} from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { notFound } from "~/kernel/result";
import { openFile } from "~/platform/files.server";
import { scopeFor, visible } from "~/policy";

import { shownName } from "../../inventory/secret-names";
import { isRetiredOn } from "./act-on-cloud.server";

const operatorUnits = alias(units, "operator_units");
const rollers = alias(users, "rollers");
const clearers = alias(users, "clearers");

/** Everything that is known of a system's way to the cloud. The caller has checked the right to read the system. */
export async function readCloudFacts(db: Database, systemId: string) {
  const [steps, blocks, figures] = await Promise.all([
    db
      .select({
        id: cloudSteps.id,
        step: cloudSteps.step,
        completedOn: cloudSteps.completedOn,
        evidence: cloudSteps.evidence,
        fileId: cloudSteps.evidenceFileId,
        fileName: files.name,
        recorderName: users.name,
        rolledBackOn: cloudSteps.rolledBackOn,
        rollbackReason: cloudSteps.rollbackReason,
        rollerName: rollers.name,
      })
      .from(cloudSteps)
      .leftJoin(files, eq(files.id, cloudSteps.evidenceFileId))
      .leftJoin(users, eq(users.id, cloudSteps.recordedBy))
      .leftJoin(rollers, eq(rollers.id, cloudSteps.rolledBackBy))
      .where(eq(cloudSteps.systemId, systemId))
      .orderBy(asc(cloudSteps.completedOn), asc(cloudSteps.recordedAt), asc(cloudSteps.id)),
    db
      .select({
        id: cloudBlocks.id,
        step: cloudBlocks.step,
        reason: cloudBlocks.reason,
        detail: cloudBlocks.detail,
        sinceOn: cloudBlocks.sinceOn,
        clearedOn: cloudBlocks.clearedOn,
        clearedNote: cloudBlocks.clearedNote,
        reporterName: users.name,
        clearerName: clearers.name,
      })
      .from(cloudBlocks)
      .leftJoin(users, eq(users.id, cloudBlocks.reportedBy))
      .leftJoin(clearers, eq(clearers.id, cloudBlocks.clearedBy))
      .where(eq(cloudBlocks.systemId, systemId))
      .orderBy(desc(cloudBlocks.sinceOn), desc(cloudBlocks.reportedAt)),
    db
      .select({
        id: cloudResources.id,
        kind: cloudResources.kind,
        stage: cloudResources.stage,
        amount: cloudResources.amount,
        asOf: cloudResources.asOf,
        recorderName: users.name,
      })
      .from(cloudResources)
      .leftJoin(users, eq(users.id, cloudResources.recordedBy))
      .where(eq(cloudResources.systemId, systemId))
      .orderBy(desc(cloudResources.asOf), asc(cloudResources.kind), asc(cloudResources.stage)),
  ]);
  return { steps, blocks, figures };
}

const CLOUD_EVENTS = [
  "cloudStepCompleted",
  "cloudTestFailed",
  "cloudStepRolledBack",
  "cloudBlockReported",
  "cloudBlockCleared",
  "cloudResourcesRecorded",
];

/** One system with its way to the cloud and what happened on it. @throws DomainError notFound outside the actor's sight */
export async function readCloudWork(db: Database, actor: Actor, systemId: string, today: LocalDate) {
  const [row] = await db
    .select({
      system: systems,
      standing: cloudStandings,
      unitName: units.name,
      operatorName: operatorUnits.name,
      batch: cloudBatches,
    })
    .from(systems)
    .innerJoin(cloudStandings, and(eq(cloudStandings.systemId, systems.id), isNull(cloudStandings.toOn)))
    .innerJoin(units, eq(units.id, systems.unitId))
    .leftJoin(operatorUnits, eq(operatorUnits.id, systems.operatorUnitId))
    .leftJoin(cloudBatches, eq(cloudBatches.id, cloudStandings.batchId))
    .where(eq(systems.id, systemId));
  const system = visible(actor, "system:read", row?.system, "system");
  if (!row) throw notFound("system");
  const [facts, events] = await Promise.all([
    readCloudFacts(db, systemId),
    db
      .select()
      .from(domainEvents)
      .where(
        and(
          eq(domainEvents.subjectType, "system"),
          eq(domainEvents.subjectId, systemId),
          inArray(domainEvents.type, CLOUD_EVENTS),
        ),
      )
      .orderBy(desc(domainEvents.at), desc(domainEvents.id)),
  ]);
  const shown = { ...system, name: shownName(scopeFor(actor, "system:read"), system) };
  return { ...row, system: shown, ...facts, events, retired: isRetiredOn(system, today) };
}

/**
 * A file that proves a step of a system, or that its test was failed, for sending it on.
 * @throws DomainError notFound outside the actor's sight, or when the system has no such file
 */
export async function readCloudEvidence(db: Database, actor: Actor, systemId: string, fileId: string) {
  const [found] = await db.select().from(systems).where(eq(systems.id, systemId));
  visible(actor, "system:read", found, "system");
  const [ofStep, ofTest] = await Promise.all([
    db.$count(cloudSteps, and(eq(cloudSteps.systemId, systemId), eq(cloudSteps.evidenceFileId, fileId))),
    db.$count(
      domainEvents,
      and(
        eq(domainEvents.subjectType, "system"),
        eq(domainEvents.subjectId, systemId),
        eq(domainEvents.type, "cloudTestFailed"),
        sql`${domainEvents.payload}->>'fileId' = ${fileId}`,
      ),
    ),
  ]);
  const file = ofStep + ofTest > 0 ? await openFile(db, fileId) : undefined;
  if (!file) throw notFound("cloudEvidence");
  return file;
}
