import { eq, sql } from "drizzle-orm";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

import { openDatabase } from "@db/client";
import { projectRoot } from "@db/project-root";
import { domainEvents } from "@db/schema";
import { makeCity } from "@tests/support/factories";
import { testDatabase, testDatabaseUrl } from "@tests/support/worker-database";
import { localDateOf } from "~/kernel/local-date";
import { businessDay } from "~/modules/assessment/measures/measure.server";
import { newId } from "~/platform/ids.server";

const ZONES = ["UTC", "Asia/Shanghai", "America/Los_Angeles"] as const;
const run = promisify(execFile);

describe("the rules of days", () => {
  it("answer the same, byte for byte, in whatever time zone the process runs", async () => {
    const printed = await Promise.all(
      ZONES.map(async (TZ) => {
        const { stdout } = await run(process.execPath, ["--import", "tsx", "tests/support/print-dates.ts"], {
          cwd: projectRoot(),
          env: { ...process.env, TZ },
        });
        return stdout;
      }),
    );
    const [first] = printed;
    expect(printed).toEqual(ZONES.map(() => first));
    const lines = first?.split("\n") ?? [];
    expect(lines.length).toBeGreaterThan(150);
    // What a process in the wrong zone would get wrong, said once outright.
    expect(lines).toEqual(
      expect.arrayContaining([
        "instant 2026-12-31 23:59:59.999 2026-12-31 2026-12-31 23:59",
        "instant 2027-01-01 00:00:00.000 2027-01-01 2027-01-01 00:00",
        "bounds 2024-02-29 2024-02-28T16:00:00.000Z 2024-02-29T16:00:00.000Z",
        "month 2024-02-29 2024-02 2024-02-29 2024-03-29 2024-01-29 2025-02-28",
        "report 2026-01 31 2026-02-28 onTime late notDue missing",
        'lists 2027-01-01 [{"year":2027,"late":true}]',
      ]),
    );
  }, 60_000);
});

describe("the days that the database tells", () => {
  it("are those of Asia/Shanghai, whatever time zone its session has", async () => {
    const city = await makeCity(testDatabase());
    const instants = ["2026-12-31T15:59:59.999Z", "2026-12-31T16:00:00.000Z", "2024-02-28T16:00:00.000Z"].map(
      (text) => new Date(text),
    );
    const subjectId = newId();
    await testDatabase()
      .insert(domainEvents)
      .values(
        instants.map((at) => ({
          id: newId(),
          regionId: city.regionId,
          type: "dayTested",
          subjectType: "test",
          subjectId,
          at,
          actorId: "system",
          actorName: "系统",
          actorRole: "filer" as const,
          unitName: "系统",
          payload: {},
        })),
      );
    for (const zone of ZONES) {
      const url = new URL(testDatabaseUrl());
      const name = url.pathname.slice(1);
      await testDatabase().execute(sql`alter database ${sql.identifier(name)} set timezone = ${sql.raw(`'${zone}'`)}`);
      const session = openDatabase(url.href, { max: 1 });
      try {
        const [setting] = await session.execute<{ zone: string }>(sql`select current_setting('timezone') as zone`);
        const rows = await session
          .select({ at: domainEvents.at, day: sql<string>`${businessDay(sql`${domainEvents.at}`)}::text` })
          .from(domainEvents)
          .where(eq(domainEvents.subjectId, subjectId))
          .orderBy(domainEvents.at);
        expect([setting?.zone, rows.map(({ day }) => day)]).toEqual([zone, ["2024-02-29", "2026-12-31", "2027-01-01"]]);
        expect(rows.map(({ at }) => localDateOf(at))).toEqual(rows.map(({ day }) => day));
      } finally {
        await session.close();
      }
    }
  });
});
