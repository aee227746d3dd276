import { eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database } from "@db/client";
import { files, gateExemptions, units, users } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { notFound } from "~/kernel/result";
import { loadFigures } from "~/platform/figures.server";
import { openFile } from "~/platform/files.server";
import { visible } from "~/policy";

import { eventsOf } from "../events.queries.server";
import { readGate } from "../gate.queries.server";
import { longestUntil } from "./exemption.rules";
import { undecidedExemption } from "./exemption-kind.server";

const signers = alias(users, "signers");
const approvers = alias(users, "approvers");

/**
 * One exemption with its paper, the people who had a hand in it and its history.
 * @throws DomainError notFound outside the actor's sight
 */
export async function readExemption(db: Database, actor: Actor, id: string) {
  const [row] = await db
    .select({
      exemption: gateExemptions,
      unitName: units.name,
      fileName: files.name,
      requesterName: users.name,
      signerName: signers.name,
      approverName: approvers.name,
    })
    .from(gateExemptions)
    .innerJoin(units, eq(units.id, gateExemptions.unitId))
    .leftJoin(files, eq(files.id, gateExemptions.fileId))
    .leftJoin(users, eq(users.id, gateExemptions.requestedBy))
    .leftJoin(signers, eq(signers.id, gateExemptions.signedBy))
    .leftJoin(approvers, eq(approvers.id, gateExemptions.approvedBy))
    .where(eq(gateExemptions.id, id));
  visible(actor, "gate:read", row?.exemption, "exemption");
  if (!row) throw notFound("exemption");
  return { ...row, events: await eventsOf(db, "exemption", id) };
}

/**
 * What the form of a new request must know: the reasons of today, how long it may last, and whether one is open already.
 * @throws DomainError notFound outside the actor's sight
 */
export async function readNewExemption(db: Database, actor: Actor, unitId: string, today: LocalDate) {
  const [found] = await db
    .select({ unitId: units.id, regionId: units.regionId, name: units.name })
    .from(units)
    .where(eq(units.id, unitId));
  const unit = visible(actor, "gate:read", found, "gate");
  const [gate, figures, open] = await Promise.all([
    readGate(db, unitId, today),
    loadFigures(db, today),
    undecidedExemption(db, unitId),
  ]);
  const months = figures.number("exemption.maxMonths");
  return { unit, gate, open: open ?? null, months, longest: longestUntil(today, months), today };
}

/**
 * The paper of an exemption, for sending it on.
 * @throws DomainError notFound outside the actor's sight, or when there is none
 */
export async function readExemptionPaper(db: Database, actor: Actor, id: string) {
  const [row] = await db.select().from(gateExemptions).where(eq(gateExemptions.id, id));
  const exemption = visible(actor, "gate:read", row, "exemption");
  const found = exemption.fileId ? await openFile(db, exemption.fileId) : undefined;
  if (!found) throw notFound("exemptionPaper");
  return found;
}
