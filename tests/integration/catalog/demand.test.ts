import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { auditEntries, demands, domainEvents, messages, outbox, units } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { makeResource } from "@tests/support/factories/assessment";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import type { Result } from "~/kernel/result";
import type { DemandState } from "~/kernel/vocabulary";
import { agreeToDemand } from "~/modules/catalog/demand/agree-to-demand.server";
import { applyDemand } from "~/modules/catalog/demand/apply-demand.server";
import { checkDemand } from "~/modules/catalog/demand/check-demand.server";
import { declineDemand } from "~/modules/catalog/demand/decline-demand.server";
import { deliverDemand } from "~/modules/catalog/demand/deliver-demand.server";
import {
  exportedDemands,
  listDemands,
  listOwner,
  readDemandQuery,
} from "~/modules/catalog/demand/demand-list.queries.server";
import { demandSheet } from "~/modules/catalog/demand/demand-sheet.server";
import { readDemand } from "~/modules/catalog/demand/demand.queries.server";
import type { ApplicationInput } from "~/modules/catalog/demand/demand.schema";
import { overruleRefusal } from "~/modules/catalog/demand/overrule-refusal.server";
import { rateDemand } from "~/modules/catalog/demand/rate-demand.server";
import { reapplyDemand } from "~/modules/catalog/demand/reapply-demand.server";
import { refuseDemand } from "~/modules/catalog/demand/refuse-demand.server";
import { returnDemand } from "~/modules/catalog/demand/return-demand.server";
import { signDemand } from "~/modules/catalog/demand/sign-demand.server";
import { upholdRefusal } from "~/modules/catalog/demand/uphold-refusal.server";
import { withdrawDemand } from "~/modules/catalog/demand/withdraw-demand.server";
import { readWorkbook } from "~/platform/xlsx/read-workbook.server";

const db = testDatabase();
let city: TestCity;
let filer: Actor;
let lead: Actor;
let bureau: Actor;
let providerLead: Actor;
let providerFiler: Actor;
let stranger: Actor;
let names = 0;

beforeAll(async () => {
  city = await makeCity(db);
  [filer, lead, bureau, providerLead, providerFiler, stranger] = await Promise.all([
    city.as("filer"),
    city.as("unitLead"),
    city.as("bureauReviewer"),
    city.as("unitLead", city.otherUnitId),
    city.as("filer", city.otherUnitId),
    city.as("filer", city.financeUnitId),
  ]);
});

const application = (more: Partial<ApplicationInput> = {}): ApplicationInput => ({
  wanted: `河道水位信息${++names}`,
  providerUnitId: city.otherUnitId,
  items: "站名、水位",
  legalBasis: "《防洪法》第三十一条",
  scene: "内涝预警",
  expectedSource: "水情系统",
  method: "interface",
  frequency: "realTime",
  usedFromOn: localDate("2026-08-01"),
  usedUntilOn: localDate("2027-07-31"),
  safety: "只在政务外网使用，全程留痕",
  ...more,
});
const load = async (id: string) => {
  const [row] = await db.select().from(demands).where(eq(demands.id, id));
  return row ?? expect.fail("no demand");
};
const ref = async (id: string) => ({ id, version: (await load(id)).version });
const codesOf = (result: Result<unknown, string>) => (result.ok ? [] : result.refusals.map(({ code }) => code));

async function applied(input = application()): Promise<string> {
  const result = await applyDemand(city.ctx(filer), input);
  return result.ok ? result.value.id : expect.fail(codesOf(result).join());
}

/** Takes a demand to a state through the real verbs. */
async function brought(to: DemandState, input = application()): Promise<string> {
  const id = await applied(input);
  const steps: [DemandState, () => Promise<Result<null, string>>][] = [
    ["unitReviewed", async () => signDemand(city.ctx(lead), await ref(id))],
    ["checked", async () => checkDemand(city.ctx(bureau), await ref(id))],
    ["agreed", async () => agreeToDemand(city.ctx(providerLead), await ref(id))],
    [
      "delivered",
      async () =>
        deliverDemand(city.ctx(providerFiler), { ...(await ref(id)), method: "interface", note: "接口已授权" }),
    ],
  ];
  if (to === "applied") return id;
  for (const [state, step] of steps) {
    expect(codesOf(await step())).toEqual([]);
    if (state === to) break;
  }
  expect((await load(id)).state).toBe(to);
  return id;
}

async function refused(basis: string): Promise<string> {
  const id = await brought("checked");
  const result = await refuseDemand(city.ctx(providerLead), { ...(await ref(id)), reason: "目前不便提供", basis });
  expect(codesOf(result)).toEqual([]);
  return id;
}

describe("applying", () => {
  it("takes provider, name and data from the catalog, waits for the leader and tells them", async () => {
    const owner = { db, regionId: city.regionId, unitId: city.otherUnitId };
    const resourceId = await makeResource(owner, "水库水位", { publishedOn: localDate("2026-01-05") });
    const id = await applied(application({ resourceId, providerUnitId: city.unitId, wanted: "别的名字" }));
    expect(await load(id)).toMatchObject({
      state: "applied",
      providerUnitId: city.otherUnitId,
      wanted: "水库水位",
      draftedBy: filer.userId,
      version: 1,
    });
    const rows = await Promise.all([
      db.$count(auditEntries, eq(auditEntries.objectId, id)),
      db.$count(domainEvents, and(eq(domainEvents.subjectId, id), eq(domainEvents.type, "demandApplied"))),
      db.$count(outbox, eq(outbox.subjectId, id)),
      db.$count(messages, and(eq(messages.userId, lead.userId), eq(messages.href, `/catalog/demands/${id}`))),
    ]);
    expect(rows).toEqual([1, 1, 1, 1]);
  });

  it("ten at once are one demand", async () => {
    const input = application();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => applyDemand(city.ctx(filer), input)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(codesOf(outcomes.find(({ ok }) => !ok) ?? expect.fail("all passed"))).toEqual(["appliedTwice"]);
  });

  it("refuses one's own data and an unknown provider; an unpublished resource of another unit is not shown to be there", async () => {
    expect(codesOf(await applyDemand(city.ctx(filer), application({ providerUnitId: city.unitId })))).toEqual([
      "wantedFromOneself",
    ]);
    expect(codesOf(await applyDemand(city.ctx(filer), application({ providerUnitId: undefined })))).toEqual([
      "providerMissing",
    ]);
    const elsewhere = await makeCity(db);
    const resourceId = await makeResource({ db, regionId: elsewhere.regionId, unitId: elsewhere.unitId }, "外地资源", {
      publishedOn: localDate("2026-01-05"),
    });
    await expect(applyDemand(city.ctx(filer), application({ resourceId }))).rejects.toMatchObject({
      kind: "notFound",
    });
  });

  it("is the filer's: the bureau gets 403", async () => {
    await expect(applyDemand(city.ctx(bureau), application())).rejects.toMatchObject({ kind: "forbidden" });
  });
});

describe("the whole way", () => {
  it("goes from application to rating, each limit in working days, each step by its own side", async () => {
    const id = await brought("delivered");
    const delivered = await load(id);
    expect(delivered).toMatchObject({
      reviewedBy: lead.userId,
      checkedBy: bureau.userId,
      answeredBy: providerLead.userId,
      deliveredBy: providerFiler.userId,
      checkDueOn: "2026-07-22",
      answerDueOn: "2026-08-03",
      dueOn: "2026-08-17",
      deliveryNote: "接口已授权",
    });
    const rated = await rateDemand(city.ctx(filer), { ...(await ref(id)), rating: 5, comment: "准确及时" });
    expect(rated.ok).toBe(true);
    expect(await load(id)).toMatchObject({ state: "ended", rating: 5, ratingComment: "准确及时" });
    const { events, turn } = await readDemand(db, filer, id, localDate("2026-07-20"));
    expect(events.map(({ type }) => type).reverse()).toEqual([
      "demandApplied",
      "demandSigned",
      "demandChecked",
      "demandAgreed",
      "demandDelivered",
      "demandRated",
    ]);
    expect(turn).toBeNull();
  });

  it("an unconditional resource is answered within one working day", async () => {
    const owner = { db, regionId: city.regionId, unitId: city.otherUnitId };
    const resourceId = await makeResource(owner, "行政区划", { publishedOn: localDate("2026-01-05") });
    const id = await brought("checked", application({ resourceId }));
    expect((await load(id)).answerDueOn).toBe("2026-07-21");
  });

  it("a limit that passed over a weekend is overdue", async () => {
    const id = await brought("checked");
    const onTheDay = await readDemand(db, providerLead, id, localDate("2026-08-03"));
    const after = await readDemand(db, providerLead, id, localDate("2026-08-04"));
    expect([onTheDay.remainingWorkdays, after.remainingWorkdays]).toEqual([0, -1]);
  });
});

describe("signing", () => {
  it("needs another person than who drafted it", async () => {
    const id = await applied();
    await db.update(demands).set({ draftedBy: lead.userId }).where(eq(demands.id, id));
    expect(codesOf(await signDemand(city.ctx(lead), await ref(id)))).toEqual(["otherPersonThanDrafter"]);
    expect((await load(id)).state).toBe("applied");
  });

  it("declining sends it back to be mended and handed in again", async () => {
    const id = await applied();
    await declineDemand(city.ctx(lead), { ...(await ref(id)), reason: "依据不全" });
    expect(await load(id)).toMatchObject({ state: "returned", returnReason: "依据不全" });
    const { version } = await load(id);
    const again = await reapplyDemand(city.ctx(filer), {
      ...application({ legalBasis: "《防洪法》第三十一条、第三十二条" }),
      id,
      version,
    });
    expect(again.ok).toBe(true);
    expect(await load(id)).toMatchObject({
      state: "applied",
      returnReason: null,
      legalBasis: "《防洪法》第三十一条、第三十二条",
    });
  });
});

describe("checking", () => {
  it("the bureau returns with a reason; the provider has not seen it", async () => {
    const id = await brought("unitReviewed");
    await expect(readDemand(db, providerLead, id, localDate("2026-07-20"))).rejects.toMatchObject({
      kind: "notFound",
    });
    await returnDemand(city.ctx(bureau), { ...(await ref(id)), reason: "信息项超出履职需要" });
    expect(await load(id)).toMatchObject({ state: "returned", returnReason: "信息项超出履职需要" });
  });

  it("what names no provider cannot pass", async () => {
    const id = await brought("unitReviewed");
    await db.update(demands).set({ providerUnitId: null }).where(eq(demands.id, id));
    expect(codesOf(await checkDemand(city.ctx(bureau), await ref(id)))).toEqual(["providerNamed"]);
  });
});

describe("refusing", () => {
  it("without a rule: the bureau overrules it, the provider answers again under a new limit", async () => {
    const id = await refused("");
    const result = await overruleRefusal(city.ctx(bureau, "2026-07-23"), {
      ...(await ref(id)),
      reason: "没有引用规定",
    });
    expect(codesOf(result)).toEqual([]);
    expect(await load(id)).toMatchObject({ state: "checked", refusalReason: null, answerDueOn: "2026-08-06" });
    expect((await agreeToDemand(city.ctx(providerLead, "2026-07-24"), await ref(id))).ok).toBe(true);
  });

  it("with a rule: it cannot be overruled, and is upheld", async () => {
    const id = await refused("《个人信息保护法》第十三条");
    expect(codesOf(await overruleRefusal(city.ctx(bureau), { ...(await ref(id)), reason: "再想想看" }))).toEqual([
      "refusedWithoutBasis",
    ]);
    expect((await upholdRefusal(city.ctx(bureau), await ref(id))).ok).toBe(true);
    expect(await load(id)).toMatchObject({ state: "ended", refusalBasis: "《个人信息保护法》第十三条" });
  });
});

describe("withdrawing", () => {
  it.each<DemandState>(["applied", "unitReviewed", "checked", "agreed"])("from %s", async (state) => {
    const id = await brought(state);
    expect((await withdrawDemand(city.ctx(filer), await ref(id))).ok).toBe(true);
    expect((await load(id)).state).toBe("withdrawn");
  });
  it("not after the delivery", async () => {
    const id = await brought("delivered");
    expect(codesOf(await withdrawDemand(city.ctx(filer), await ref(id)))).toEqual(["notInThisState"]);
  });
});

interface Verb {
  readonly name: string;
  readonly from: DemandState | "refused";
  readonly by: () => Actor;
  readonly wrong: () => Actor;
  readonly run: (actor: Actor, ref: { id: string; version: number }) => Promise<Result<null, string>>;
}

const reason = "原因写在这里";
const VERBS: readonly Verb[] = [
  { name: "sign", from: "applied", by: () => lead, wrong: () => filer, run: (a, r) => signDemand(city.ctx(a), r) },
  {
    name: "decline",
    from: "applied",
    by: () => lead,
    wrong: () => filer,
    run: (a, r) => declineDemand(city.ctx(a), { ...r, reason }),
  },
  {
    name: "check",
    from: "unitReviewed",
    by: () => bureau,
    wrong: () => lead,
    run: (a, r) => checkDemand(city.ctx(a), r),
  },
  {
    name: "return",
    from: "unitReviewed",
    by: () => bureau,
    wrong: () => lead,
    run: (a, r) => returnDemand(city.ctx(a), { ...r, reason }),
  },
  {
    name: "agree",
    from: "checked",
    by: () => providerLead,
    wrong: () => providerFiler,
    run: (a, r) => agreeToDemand(city.ctx(a), r),
  },
  {
    name: "refuse",
    from: "checked",
    by: () => providerLead,
    wrong: () => lead,
    run: (a, r) => refuseDemand(city.ctx(a), { ...r, reason, basis: "" }),
  },
  {
    name: "overrule",
    from: "refused",
    by: () => bureau,
    wrong: () => lead,
    run: (a, r) => overruleRefusal(city.ctx(a), { ...r, reason }),
  },
  {
    name: "uphold",
    from: "refused",
    by: () => bureau,
    wrong: () => lead,
    run: (a, r) => upholdRefusal(city.ctx(a), r),
  },
  {
    name: "deliver",
    from: "agreed",
    by: () => providerFiler,
    wrong: () => filer,
    run: (a, r) => deliverDemand(city.ctx(a), { ...r, method: "file", note: "已经移交" }),
  },
  {
    name: "rate",
    from: "delivered",
    by: () => filer,
    wrong: () => providerFiler,
    run: (a, r) => rateDemand(city.ctx(a), { ...r, rating: 4, comment: "" }),
  },
  {
    name: "withdraw",
    from: "checked",
    by: () => filer,
    wrong: () => lead,
    run: (a, r) => withdrawDemand(city.ctx(a), r),
  },
];

describe.each(VERBS)("$name", ({ from, by, wrong, run }) => {
  const made = () => (from === "refused" ? refused("") : brought(from));

  it("another unit 404, the wrong person 403, an old version 409, twice at once one effect", async () => {
    const id = await made();
    const current = await ref(id);
    await expect(run(stranger, current)).rejects.toMatchObject({ kind: "notFound" });
    await expect(run(wrong(), current)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(run(by(), { id, version: current.version - 1 })).rejects.toMatchObject({ kind: "conflict" });
    const before = await db.$count(domainEvents, eq(domainEvents.subjectId, id));
    const outcomes = await Promise.allSettled([run(by(), current), run(by(), current)]);
    expect(outcomes.filter((each) => each.status === "fulfilled" && each.value.ok)).toHaveLength(1);
    expect((await load(id)).version).toBe(current.version + 1);
    expect(await db.$count(domainEvents, eq(domainEvents.subjectId, id))).toBe(before + 1);
  });
});

describe("reapply", () => {
  it("another unit 404, the provider 403 or 404, an old version 409", async () => {
    const id = await applied();
    await declineDemand(city.ctx(lead), { ...(await ref(id)), reason });
    const again = { ...application(), ...(await ref(id)) };
    await expect(reapplyDemand(city.ctx(stranger), again)).rejects.toMatchObject({ kind: "notFound" });
    await expect(reapplyDemand(city.ctx(lead), again)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(reapplyDemand(city.ctx(filer), { ...again, version: again.version - 1 })).rejects.toMatchObject({
      kind: "conflict",
    });
  });
});

describe("lists", () => {
  it("a unit's demands are its own, its duties those that the bureau let pass; the bureau chooses", async () => {
    const fresh = await makeCity(db);
    const [ownFiler, ownLead, otherLead, office] = await Promise.all([
      fresh.as("filer"),
      fresh.as("unitLead"),
      fresh.as("unitLead", fresh.otherUnitId),
      fresh.as("bureauReviewer"),
    ]);
    const ids = await Promise.all(
      ["甲数据", "乙数据"].map(async (wanted) => {
        const result = await applyDemand(
          fresh.ctx(ownFiler),
          application({ wanted, providerUnitId: fresh.otherUnitId }),
        );
        return result.ok ? result.value.id : expect.fail("not applied");
      }),
    );
    const [first = ""] = ids;
    await signDemand(fresh.ctx(ownLead), await ref(first));
    await checkDemand(fresh.ctx(office), await ref(first));

    const today = localDate("2026-08-10");
    const list = async (actor: Actor, search: string) => {
      const { rows, counts, total } = await listDemands(db, actor, readDemandQuery(new URLSearchParams(search)), today);
      return { names: rows.map(({ wanted }) => wanted), counts, total };
    };
    expect(await list(ownFiler, "list=demands")).toMatchObject({
      names: ["甲数据", "乙数据"],
      counts: { all: 2, open: 2, overdue: 1, delivered: 0 },
    });
    expect((await list(ownFiler, "list=duties")).names).toEqual([]);
    expect((await list(otherLead, "list=duties")).names).toEqual(["甲数据"]);
    expect((await list(otherLead, "list=demands")).names).toEqual([]);
    expect((await list(office, `list=demands&unit=${fresh.unitId}&state=applied`)).names).toEqual(["乙数据"]);
    expect((await list(office, `list=duties&unit=${fresh.unitId}`)).names).toEqual([]);
    expect((await list(office, "list=demands&overdue=yes")).names).toEqual(["甲数据"]);
    expect((await list(otherLead, `list=duties&unit=${fresh.unitId}`)).names).toEqual(["甲数据"]);

    expect((await list(office, "list=demands&unit=没有这个单位")).names).toEqual([]);
    const [other] = await db.select({ name: units.name }).from(units).where(eq(units.id, fresh.otherUnitId));
    const words = (other?.name ?? "").slice(1);
    expect((await list(office, `list=duties&unit=${words}`)).names).toEqual(["甲数据"]);
    expect((await list(otherLead, `list=demands&counterpart=${words}`)).names).toEqual([]);

    const query = readDemandQuery(new URLSearchParams(`list=duties&unit=${fresh.otherUnitId}`));
    const sheet = await demandSheet({
      list: "duties",
      owner: await listOwner(db, office, query),
      rows: await exportedDemands(db, office, query, today),
      today,
      exportedBy: "测试",
    });
    expect(sheet.name).toBe("市水利局数据责任清单 2026-08-10.xlsx");
    const texts = JSON.stringify(await readWorkbook(sheet.bytes, sheet.name));
    expect([texts.includes("甲数据"), texts.includes("已逾期"), texts.includes("乙数据")]).toEqual([true, true, false]);
  });
});
