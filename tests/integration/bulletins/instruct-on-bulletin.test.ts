import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";

import { auditEntries, instructions, messages, supervisionItems } from "@db/schema";
import { makeAssessedCity, type AssessedCity } from "@tests/support/factories/bulletins";
import { accepted } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { localDate } from "~/kernel/local-date";
import type { InstructInput } from "~/modules/bulletins/bulletin.schema";
import { readBulletin } from "~/modules/bulletins/bulletins.queries.server";
import { instructOnBulletin } from "~/modules/bulletins/instruct-on-bulletin.server";
import { signBulletin } from "~/modules/bulletins/sign-bulletin.server";

const db = testDatabase();
let city: AssessedCity;
let bulletinId: string;
beforeEach(async () => {
  city = await makeAssessedCity(db);
  bulletinId = await city.draft(await city.assess());
});

const publish = async () => accepted(await signBulletin(city.ctx(city.leader), bulletinId, 1));
const input = (more: Partial<InstructInput> = {}): InstructInput => ({
  text: "请抓紧整改，逐项销号。",
  unitId: city.otherUnitId,
  dueOn: localDate("2026-08-05"),
  ...more,
});
const itemsOf = () => db.select().from(supervisionItems).where(eq(supervisionItems.regionId, city.regionId));

describe("instructOnBulletin", () => {
  it("becomes one supervised item of the chosen unit, with its limit, and the unit is told", async () => {
    await publish();
    const filer = await city.as("filer", city.otherUnitId);
    const { itemId } = accepted(await instructOnBulletin(city.ctx(city.leader), bulletinId, input()));
    const [item, ...others] = await itemsOf();
    expect(others).toEqual([]);
    expect(item).toMatchObject({
      id: itemId,
      origin: "instruction",
      unitId: city.otherUnitId,
      requirement: "请抓紧整改，逐项销号。",
      dueOn: "2026-08-05",
      state: "assigned",
    });
    const [given] = await db.select().from(instructions).where(eq(instructions.bulletinId, bulletinId));
    expect(given).toMatchObject({ id: item?.originId, itemId, leaderId: city.leader.userId });
    expect(await db.$count(auditEntries, eq(auditEntries.objectId, itemId))).toBe(1);
    expect(await db.$count(messages, eq(messages.userId, filer.userId))).toBe(1);

    const { instructions: shown } = await readBulletin(db, filer, bulletinId);
    expect(shown).toMatchObject([{ itemId, unitId: city.otherUnitId, itemState: "assigned" }]);
  });

  it("ten simultaneous submits of one form have one effect", async () => {
    await publish();
    const results = await Promise.all(
      Array.from({ length: 10 }, () => instructOnBulletin(city.ctx(city.leader), bulletinId, input())),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await itemsOf()).toHaveLength(1);
    expect(await db.$count(instructions, eq(instructions.bulletinId, bulletinId))).toBe(1);
  });

  it("the same words may go to another unit", async () => {
    await publish();
    accepted(await instructOnBulletin(city.ctx(city.leader), bulletinId, input()));
    accepted(await instructOnBulletin(city.ctx(city.leader), bulletinId, input({ unitId: city.unitId })));
    expect(await itemsOf()).toHaveLength(2);
  });

  it("on a draft is refused and leaves nothing", async () => {
    const result = await instructOnBulletin(city.ctx(city.leader), bulletinId, input());
    expect(result).toMatchObject({ ok: false, refusals: [{ code: "notPublished" }] });
    expect(await itemsOf()).toEqual([]);
  });

  it("to a unit of another region is refused at its field", async () => {
    await publish();
    const elsewhere = await makeAssessedCity(db);
    const result = await instructOnBulletin(city.ctx(city.leader), bulletinId, input({ unitId: elsewhere.unitId }));
    expect(result).toMatchObject({ ok: false, refusals: [{ code: "unitOutside", field: "unitId" }] });
  });

  it("who reads but does not lead gets 403, another region's leader 404", async () => {
    await publish();
    const filer = await city.as("filer");
    await expect(instructOnBulletin(city.ctx(filer), bulletinId, input())).rejects.toMatchObject({ kind: "forbidden" });
    const elsewhere = await makeAssessedCity(db);
    await expect(instructOnBulletin(elsewhere.ctx(elsewhere.leader), bulletinId, input())).rejects.toMatchObject({
      kind: "notFound",
    });
  });
});
