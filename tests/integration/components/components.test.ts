import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import type { projects } from "@db/schema";
import { auditEntries, commonComponents, domainEvents, outbox, projectComponents } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { makeProject } from "@tests/support/factories/assessment";
import { accepted } from "@tests/support/factories/projects";
import { measuredTotal } from "@tests/support/measured-total";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { lastDay, period } from "~/kernel/period";
import type { ComponentDecision } from "~/kernel/vocabulary";
import { addComponent } from "~/modules/components/add-component.server";
import { readAdoption, readComponent, listComponents } from "~/modules/components/adoption.queries.server";
import type { ComponentInput } from "~/modules/components/component.schema";
import { editComponent } from "~/modules/components/edit-component.server";
import { exportComponents } from "~/modules/components/export-components.server";
import { subjectOf } from "~/modules/components/load-component.server";
import { retireComponent } from "~/modules/components/retire-component.server";
import { readFiling, readProject } from "~/modules/projects/index.server";
import { newId } from "~/platform/ids.server";
import { scopeFor } from "~/policy";

const db = testDatabase();
const TODAY = localDate("2026-07-20");
let city: TestCity;
let bureau: Actor;
let filer: Actor;
beforeAll(async () => {
  city = await makeCity(db);
});
beforeEach(async () => {
  bureau = await city.as("bureauReviewer");
  filer = await city.as("filer");
});

type Stages = Parameters<typeof makeProject>[2];
const codes = (result: { ok: true } | { ok: false; refusals: readonly { code: string }[] }) =>
  result.ok ? ["ok"] : result.refusals.map(({ code }) => code);
const input = (more: Partial<ComponentInput> = {}): ComponentInput => ({
  name: `组件${newId()}`,
  purpose: "供各应用复用",
  access: "向市政务服务数据管理局申请",
  ...more,
});
const rowOf = async (code: string) =>
  (await db.select().from(commonComponents).where(eq(commonComponents.code, code)))[0];
const added = async (more: Partial<ComponentInput> = {}) =>
  accepted(await addComponent(city.ctx(bureau), input(more))).code;
const retire = (code: string, version: number, on = "2026-07-20", actor = bureau) =>
  retireComponent(city.ctx(actor), { code, version, retiredOn: localDate(on), reason: "由新组件替代" });

describe("the register", () => {
  it("takes in a component with its audit, event and outbox, under the next number", async () => {
    const code = await added({ providerUnitId: city.bureauUnitId, availableFrom: TODAY });
    expect(await rowOf(code)).toMatchObject({
      providerUnitId: city.bureauUnitId,
      updatedBy: bureau.userId,
      version: 1,
    });
    const id = subjectOf(code);
    const rows = await Promise.all([
      db.$count(auditEntries, eq(auditEntries.objectId, id)),
      db.$count(domainEvents, eq(domainEvents.subjectId, id)),
      db.$count(outbox, eq(outbox.subjectId, id)),
    ]);
    expect(rows).toEqual([1, 1, 1]);
    expect(await added()).not.toBe(code);
  });

  it("takes a name in once, also from two submits at once; a retired one's name is free again", async () => {
    const same = input();
    const results = await Promise.all([1, 2, 3].map(() => addComponent(city.ctx(bureau), same)));
    expect(results.flatMap(codes).sort()).toEqual(["nameTaken", "nameTaken", "ok"]);
    const code = results.flatMap((result) => (result.ok ? [result.value.code] : []))[0] ?? "";
    accepted(await retire(code, 1));
    expect(codes(await addComponent(city.ctx(bureau), same))).toEqual(["ok"]);
    expect(codes(await addComponent(city.ctx(bureau), input({ providerUnitId: newId() })))).toEqual([
      "providerUnknown",
    ]);
  });

  it("is changed under the version that was read, by the bureau only", async () => {
    const code = await added();
    const edit = (version: number, actor = bureau, of = code) =>
      editComponent(city.ctx(actor), { code: of, version }, input({ purpose: "统一登录" }));
    await expect(edit(1, filer)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(addComponent(city.ctx(filer), input())).rejects.toMatchObject({ kind: "forbidden" });
    await expect(edit(1, bureau, "unknown")).rejects.toMatchObject({ kind: "notFound" });
    const both = await Promise.allSettled([edit(1), edit(1)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await rowOf(code)).toMatchObject({ purpose: "统一登录", version: 2 });
    await expect(edit(1)).rejects.toMatchObject({ kind: "conflict" });
    const { events } = await readComponent(db, scopeFor(bureau, "project:read"), code, TODAY, {
      decision: undefined,
      page: 1,
    });
    expect(events.map(({ type }) => type)).toEqual(["componentEdited", "componentAdded"]);
  });

  it("retires a component from a day on, once", async () => {
    const code = await added({ availableFrom: localDate("2026-08-01") });
    await expect(retire(code, 1, "2026-08-01", filer)).rejects.toMatchObject({ kind: "forbidden" });
    expect(codes(await retire(code, 1, "2026-07-19"))).toEqual(["retiredBeforeToday"]);
    expect(codes(await retire(code, 1, "2026-07-31"))).toEqual(["retiredBeforeAvailable"]);
    accepted(await retire(code, 1, "2026-08-01"));
    await expect(retire(code, 1, "2026-08-01")).rejects.toMatchObject({ kind: "conflict" });
    const past = await added();
    accepted(await retire(past, 1));
    expect(codes(await retire(past, 2))).toEqual(["alreadyRetired"]);
  });
});

describe("what a filing is asked", () => {
  it("are the components offered that day, and those it decided on before", async () => {
    const [old, decided, later] = [
      await added(),
      await added(),
      await added({ availableFrom: localDate("2026-07-21") }),
    ];
    const projectId = await makeProject({ db, regionId: city.regionId, unitId: city.unitId }, "数字底图", [
      ["draft", "2026-07-01"],
    ]);
    await db
      .insert(projectComponents)
      .values({ projectId, regionId: city.regionId, componentCode: decided, decision: "reuse" });
    const asked = async (day: string) => {
      const filing = await readFiling(db, await readProject(db, filer, projectId), localDate(day));
      return [old, decided, later].filter((code) => filing.components.some((component) => component.code === code));
    };
    expect(await asked("2026-07-20")).toEqual([old, decided]);
    expect(await asked("2026-07-21")).toEqual([old, decided, later]);
    for (const code of [old, decided]) accepted(await retire(code, 1, "2026-07-22"));
    expect(await asked("2026-07-21")).toEqual([old, decided, later]);
    expect(await asked("2026-07-22")).toEqual([decided, later]);
  });
});

describe("adoption", () => {
  /** A city of its own with decisions that count and such that do not. */
  async function decisions() {
    const at = await makeCity(db);
    const [first, second] = [await added(), await added()];
    const begun: Stages = [
      ["draft", "2026-04-01"],
      ["approved", "2026-05-10"],
    ];
    const project = (name: string, unitId: string, stages = begun, more: Partial<typeof projects.$inferInsert> = {}) =>
      makeProject({ db, regionId: at.regionId, unitId }, name, stages, more);
    const decide = (projectId: string, componentCode: string, decision: ComponentDecision, reason = "") =>
      db.insert(projectComponents).values({ projectId, regionId: at.regionId, componentCode, decision, reason });
    const a = await project("甲系统", at.unitId);
    await decide(a, first, "reuse");
    await decide(a, second, "notReused", "已有自建用户体系");
    const b = await project("乙系统", at.otherUnitId, begun, { secret: true });
    await decide(b, first, "reuse");
    await decide(b, second, "notFitting");
    await decide(await project("六月后批复", at.unitId, [["approved", "2026-07-01"]]), second, "reuse");
    await decide(await project("改造", at.unitId, begun, { nature: "rebuild" }), first, "notReused", "改造");
    const ended: Stages = [...begun, ["terminated", "2026-06-10"]];
    await decide(await project("六月终止", at.unitId, ended), first, "notReused", "终止");
    await decide(await project("未批复", at.unitId, [["draft", "2026-05-01"]]), first, "reuse");
    return { at, first, second, scope: scopeFor(await at.as("bureauReviewer"), "project:read") };
  }

  it("counts approved new applications that were not ended, by component and unit, as of a day", async () => {
    const { at, first, second, scope } = await decisions();
    const june = localDate("2026-06-30");
    const { byComponent, units, total } = await readAdoption(db, scope, june);
    expect(byComponent.get(first)).toEqual({ reuse: 2, notReused: 0, notFitting: 0 });
    expect(byComponent.get(second)).toEqual({ reuse: 0, notReused: 1, notFitting: 1 });
    expect(total).toEqual({ reuse: 2, notReused: 1, notFitting: 1 });
    expect(units.map(({ unitId, reuse, notReused }) => [unitId, reuse, notReused]).sort()).toEqual(
      [
        [at.unitId, 1, 1],
        [at.otherUnitId, 1, 0],
      ].sort(),
    );
    expect((await readAdoption(db, scope, TODAY)).total.reuse).toBe(3);
    const own = scopeFor(await at.as("filer"), "project:read");
    expect((await readAdoption(db, own, june)).total).toEqual({ reuse: 1, notReused: 1, notFitting: 0 });
    expect((await listComponents(db, scope, june)).rows.find(({ code }) => code === first)?.reuse).toBe(2);
  });

  it("opens to its projects, of which a secret one keeps its name", async () => {
    const { second, first, scope, at } = await decisions();
    const rows = async (code: string, decision?: ComponentDecision) =>
      (await readComponent(db, scope, code, localDate("2026-06-30"), { decision, page: 1 })).rows.map(
        ({ name, decision: made, reason }) => [name, made, reason],
      );
    expect((await rows(second)).sort()).toEqual(
      [
        ["甲系统", "notReused", "已有自建用户体系"],
        ["涉密项目", "notFitting", ""],
      ].sort(),
    );
    expect(await rows(second, "notReused")).toHaveLength(1);
    expect((await rows(first)).map(([name]) => name).sort()).toEqual(["涉密项目", "甲系统"].sort());
    await expect(rows("unknown")).rejects.toMatchObject({ kind: "notFound" });
    const file = await exportComponents(at.ctx(await at.as("filer")), TODAY);
    expect(file.name).toBe("统一组件 2026-07-20.xlsx");
  });

  it.each(["2026-04", "2026-05", "2026-06", "2026-07"])(
    "is the rate that the assessment freezes for %s",
    async (text) => {
      const { at, scope } = await decisions();
      const month = period(text);
      const asOf = lastDay(month);
      const measured = await measuredTotal(db, "componentReuseRate", at.regionId, month);
      const { total } = await readAdoption(db, scope, asOf);
      expect(measured).toEqual({ numerator: total.reuse, denominator: total.reuse + total.notReused });
    },
  );
});
