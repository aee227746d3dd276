import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

import { and, count, eq, isNotNull, ne, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";

import { catalogDeliveries, deliveryAttempts, ruleFigures } from "@db/schema";
import { chance } from "@seeds/demo/chance";
import {
  startCatalogPlatform,
  type CatalogPlatformStandIn,
  type PlatformFailure,
} from "@tests/support/catalog-platform";
import { makeCity, type TestCity } from "@tests/support/factories";
import { makeProject } from "@tests/support/factories/assessment";
import { testDatabase, testDatabaseUrl } from "@tests/support/worker-database";
import { localDate } from "~/kernel/local-date";
import { digestOf } from "~/platform/audit/digest";
import { newId } from "~/platform/ids.server";

/** `npm run test:faults` runs the full size; the gate a smaller one. */
const FULL = { projects: 100, perProject: 10, kills: 10 };
const SMALL = { projects: 20, perProject: 5, kills: 3 };
const SIZE = process.env.FAULTS === "full" ? FULL : SMALL;
const PATIENCE_MS = process.env.FAULTS === "full" ? 600_000 : 120_000;
const FAILURES: readonly [PlatformFailure, PlatformFailure, PlatformFailure] = [
  "error",
  "silenceAfterEffect",
  "cutReply",
];
const FAILING_PERCENT = 30;

const db = testDatabase();

/** Fails at 30 of 100 requests, in three kinds, by a fixed course of chance. */
function troubled(): () => PlatformFailure | undefined {
  const { between, pick } = chance("a platform in trouble");
  return () => (between(1, 100) <= FAILING_PERCENT ? pick(FAILURES) : undefined);
}

/** So many deliveries of each project, all waiting. */
async function queue(city: TestCity, projects: number, perProject: number): Promise<number> {
  for (let at = 0; at < projects; at++) {
    const projectId = await makeProject(city, `项目${at}`, [["accepted", "2026-06-01"]]);
    const projectCode = `ZX2026-${String(at + 1).padStart(4, "0")}`;
    await db.insert(catalogDeliveries).values(
      Array.from({ length: perProject }, (_, index) => {
        const payload = { project: { code: projectCode }, systems: [], resources: [{ edition: index + 1 }] };
        return {
          id: newId(),
          regionId: city.regionId,
          projectId,
          number: index + 1,
          occasion: index === 0 ? ("accepted" as const) : ("changed" as const),
          projectCode,
          payload,
          digest: digestOf(payload),
          state: "waiting" as const,
          createdAt: new Date("2026-07-20T01:00:00Z"),
          nextAttemptAt: sql`clock_timestamp()`,
        };
      }),
    );
  }
  return projects * perProject;
}

/** No delivery is given up: what is tried here is that none is lost or doubled. */
async function neverGiveUp(): Promise<void> {
  await db.insert(ruleFigures).values({
    id: newId(),
    code: "delivery.maxAttempts",
    name: "目录平台发送停止重试",
    value: "99",
    unit: "次",
    source: "测试",
    inForceFrom: localDate("2021-01-01"),
  });
}

/** Two sending processes; whoever is killed is followed by another one. */
function startWorkers(platformUrl: string, variant: string) {
  const start = (): ChildProcess =>
    spawn(
      process.execPath,
      ["--import", "tsx", "tests/faults/delivery-worker.ts", testDatabaseUrl(), platformUrl, variant],
      { stdio: ["ignore", "inherit", "inherit", "ipc"], env: { ...process.env, LOG_LEVEL: "error" } },
    );
  const workers = [start(), start()];
  let kills = 0;
  return {
    kills: () => kills,
    killNext: () => {
      const slot = kills % workers.length;
      if (workers[slot]?.kill("SIGKILL")) kills++;
      workers[slot] = start();
    },
    stop: async () => {
      await Promise.all(
        workers.map(async (worker) => {
          if (worker.exitCode !== null || worker.signalCode !== null) return;
          const gone = once(worker, "exit");
          worker.kill("SIGKILL");
          await gone;
        }),
      );
    },
  };
}

async function untilAllDelivered(total: number): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while ((await db.$count(catalogDeliveries, eq(catalogDeliveries.state, "delivered"))) < total) {
    if (Date.now() > deadline) expect.fail("the deliveries did not arrive in time");
    await delay(100);
  }
}

/** The numbers of each project's deliveries in the order in which the platform took them. */
async function orders(platform: CatalogPlatformStandIn): Promise<number[][]> {
  const rows = await db.select({ id: catalogDeliveries.id, number: catalogDeliveries.number }).from(catalogDeliveries);
  const numberOf = new Map(rows.map(({ id, number }) => [id, number]));
  const taken = new Map<string, number[]>();
  for (const { key, projectCode } of platform.effects)
    taken.set(projectCode, [...(taken.get(projectCode) ?? []), numberOf.get(key) ?? NaN]);
  return [...taken.values()];
}

describe("delivery to a catalog platform in trouble, by processes that are killed", () => {
  it(
    "has its effect once for each delivery, in the order of each project",
    { timeout: PATIENCE_MS + 60_000 },
    async () => {
      const { projects, perProject, kills } = SIZE;
      const city = await makeCity(db);
      await neverGiveUp();
      const total = await queue(city, projects, perProject);
      const began = performance.now();
      let strike: () => void = () => undefined;
      const every = Math.floor(total / (kills + 1));
      // Struck between the effect and its answer: the hardest moment for the sender.
      const platform = await startCatalogPlatform(troubled(), (effects) => {
        if (effects % every === 0 && effects / every <= kills) strike();
      });
      const workers = startWorkers(platform.url, "");
      strike = () => workers.killNext();
      try {
        await untilAllDelivered(total);
      } finally {
        await workers.stop();
        await platform.stop();
      }
      const seconds = Math.round((performance.now() - began) / 100) / 10;
      const [attempts] = await db.select({ n: count() }).from(deliveryAttempts);
      const unfinished = await db.$count(deliveryAttempts, sql`${deliveryAttempts.endedAt} is null`);
      const keys = new Set(platform.effects.map(({ key }) => key));
      const ordered = await orders(platform);
      console.log(
        JSON.stringify({
          test: "catalog delivery",
          deliveries: total,
          projects,
          effects: platform.effects.length,
          distinct: keys.size,
          projectsInOrder: ordered.filter((numbers) => numbers.every((number, at) => number === at + 1)).length,
          kills: workers.kills(),
          attempts: attempts?.n ?? 0,
          attemptsCutByKill: unfinished,
          requests: platform.requests.length,
          failures: platform.counts,
          seconds,
        }),
      );
      expect(workers.kills()).toBe(kills);
      expect(platform.effects).toHaveLength(total);
      expect(keys.size).toBe(total);
      const inOrder = Array.from({ length: perProject }, (_, at) => at + 1);
      expect(ordered).toHaveLength(projects);
      for (const numbers of ordered) expect(numbers).toEqual(inOrder);
      for (const kind of FAILURES) expect(platform.counts[kind]).toBeGreaterThan(0);
      expect(await db.$count(catalogDeliveries, ne(catalogDeliveries.state, "delivered"))).toBe(0);
      expect(await db.$count(catalogDeliveries, isNotNull(catalogDeliveries.leasedUntil))).toBe(0);
    },
  );

  it("would notice a sender that takes a fresh key for every attempt", { timeout: PATIENCE_MS }, async () => {
    const city = await makeCity(db);
    const before = await db.$count(catalogDeliveries);
    const total = await queue(city, 20, 3);
    const platform = await startCatalogPlatform(troubled());
    const workers = startWorkers(platform.url, "freshKeys");
    try {
      await untilAllDelivered(before + total);
    } finally {
      await workers.stop();
      await platform.stop();
    }
    const doubled = platform.effects.length - total;
    console.log(JSON.stringify({ test: "negative control: fresh keys", deliveries: total, doubledEffects: doubled }));
    expect(doubled).toBeGreaterThan(0);
    expect(await db.$count(catalogDeliveries, and(eq(catalogDeliveries.regionId, city.regionId)))).toBe(total);
  });
});
