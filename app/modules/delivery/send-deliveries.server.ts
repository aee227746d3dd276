import type { Database } from "@db/client";
import { canonicalJson } from "~/kernel/canonical-json";
import { isConflict } from "~/kernel/result";
import { loadFigures } from "~/platform/figures.server";
import { newId } from "~/platform/ids.server";
import { businessTime } from "~/platform/installation.server";
import { log } from "~/platform/log.server";
import { OutgoingError } from "~/platform/outgoing.server";
import { systemActor } from "~/platform/system-actor";

import { configuredPlatform, type CatalogPlatform } from "./catalog-platform.server";
import { claimDelivery, type Claimed } from "./claim-delivery.server";
import { judgeAnswer, keyNamedIn, retryDelay, type BackOff } from "./sending.rules";
import { settleDelivery, type AttemptEnd } from "./settle-delivery.server";

/** An attempt is over after this. @unit ms */
const TIMEOUT_MS = 10_000;
/** Longer than any attempt may take, so that a lease runs out only when its process died. @unit ms */
const LEASE_MS = 45_000;
/** A run of the job ends after this and the next one goes on. @unit ms */
const RUN_MS = 5 * 60_000;
const MOST_ANSWER_CHARACTERS = 500;

/** How the sender works. Tests shorten its times. */
export interface SenderSettings {
  /** undefined: none is configured, and nothing is sent */
  readonly platform: CatalogPlatform | undefined;
  readonly backOff: BackOff;
  readonly leaseMs: number;
  /** projects that are told at the same time */
  readonly lanes: number;
  readonly chance: () => number;
}

const usualSettings = (): SenderSettings => ({
  platform: configuredPlatform(TIMEOUT_MS),
  backOff: { firstMs: 30_000, longestMs: 6 * 3_600_000 },
  leaseMs: LEASE_MS,
  lanes: 4,
  chance: Math.random,
});

/**
 * Sends what is due until nothing is: several projects at a time, each project's deliveries strictly in their order. Any
 * number of processes may do so at once.
 * @returns how many attempts were made
 */
export async function sendDeliveries(db: Database, settings = usualSettings()): Promise<number> {
  const { platform, lanes } = settings;
  if (!platform) return 0;
  const over = AbortSignal.timeout(RUN_MS);
  const attempts = await Promise.all(
    Array.from({ length: lanes }, async () => {
      let made = 0;
      while (!over.aborted) {
        const claimed = await claimDelivery(db, settings.leaseMs);
        if (!claimed) break;
        await attempt(db, claimed, platform, settings);
        made++;
      }
      return made;
    }),
  );
  return attempts.reduce((sum, made) => sum + made, 0);
}

async function attempt(db: Database, claimed: Claimed, platform: CatalogPlatform, settings: SenderSettings) {
  const { delivery } = claimed;
  const end = await send(delivery, platform);
  const { now, today } = await businessTime(db);
  const actor = systemActor("bureauReviewer", delivery.regionId);
  const ctx = { db, actor, now, today, requestId: newId(), address: "" };
  const mostAttempts = (await loadFigures(db, today)).number("delivery.maxAttempts");
  const isLast = delivery.attempts >= mostAttempts;
  const event = end.error === null ? "deliver" : isLast ? "giveUp" : "fail";
  const wait = event === "fail" ? retryDelay(delivery.attempts, settings.backOff, settings.chance()) : null;
  try {
    await settleDelivery(ctx, claimed, event, end, wait);
  } catch (error) {
    // Its lease ran out meanwhile and another process sends it: that one's word counts.
    if (!isConflict(error)) throw error;
    log.warn({ deliveryId: delivery.id }, "another process holds the delivery");
  }
}

async function send(delivery: Claimed["delivery"], platform: CatalogPlatform): Promise<AttemptEnd> {
  const { id: key, projectCode, payload } = delivery;
  try {
    const { status, headers, body } = await platform({ projectCode, key, body: canonicalJson(payload) });
    const judged = judgeAnswer({ status, answeredKey: keyNamedIn(headers.get("idempotency-key"), body) }, key);
    return { status, error: judged === "delivered" ? null : judged, answer: readable(body) };
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error;
    return { status: null, error: error.message, answer: null };
  }
}

/** The beginning of an answer, without what a text column cannot hold. */
const readable = (body: string): string | null =>
  body.replaceAll("\0", "").trim().slice(0, MOST_ANSWER_CHARACTERS) || null;
