import { asc, inArray } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { catalogDeliveries, deliveryAttempts, domainEvents, projects } from "@db/schema";
import { addDays, localDate, startOfDay, type LocalDate } from "~/kernel/local-date";
import { snapshotOf } from "~/modules/delivery/index.server";
import { digestOf } from "~/platform/audit/digest";

import { chance } from "./chance";
import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow, type EventRow } from "./events";
import { insertAll } from "./insert";
import type { Person } from "./people";
import type { CityProject } from "./projects";
import { DEMO_TODAY } from "./today";

type DeliveryRow = typeof catalogDeliveries.$inferInsert;
type AttemptRow = typeof deliveryAttempts.$inferInsert;

/** How a delivery went: what each attempt came to, and what the platform said last. */
interface Fate {
  readonly state: "delivered" | "retrying" | "dead" | "waiting";
  readonly attempts: readonly (readonly [status: number | null, error: string | null])[];
  readonly answer?: string;
}

const TAKEN = [200, null] as const;
const TAKEN_BEFORE = [409, null] as const;
const AT_ONCE: Fate = { state: "delivered", attempts: [TAKEN], answer: '{"taken":true}' };
const REFUSED = "所报系统编号在目录管理系统中已归属其他单位，请核对后重报";
const STILL_WAITING: Fate = { state: "waiting", attempts: [] };

/** The deliveries that did not arrive at once, by project and number. */
const FATES: Readonly<Record<string, Readonly<Record<number, Fate>>>> = {
  不动产权电子证书线上查询系统: {
    1: {
      state: "delivered",
      attempts: [[503, "answered"], [null, "timeout"], TAKEN_BEFORE],
      answer: '{"idempotencyKey":"已收到"}',
    },
  },
  政务云节点系统迁移上云: {
    1: {
      state: "retrying",
      attempts: [
        [503, "answered"],
        [null, "connection ECONNRESET"],
        [503, "answered"],
      ],
      answer: "目录管理系统正在升级维护，请稍后再试",
    },
  },
  协同办公平台: {
    1: {
      state: "dead",
      attempts: Array.from({ length: 12 }, (_, at) =>
        at === 4 ? ([null, "timeout"] as const) : ([422, "answered"] as const),
      ),
      answer: REFUSED,
    },
  },
};

/** What was told to the catalog platform of the accepted projects: at their acceptance, and of what changed afterwards. */
export async function writeDeliveries(tx: Transaction, city: City, list: readonly CityProject[]): Promise<void> {
  const accepted = await tx
    .select()
    .from(projects)
    .where(
      inArray(
        projects.id,
        list.flatMap(({ row }) => (row.acceptedOn ? [row.id] : [])),
      ),
    )
    .orderBy(asc(projects.code));
  const rows: DeliveryRow[] = [];
  const attempts: AttemptRow[] = [];
  const events: EventRow[] = [];
  for (const project of accepted) {
    const { acceptedOn } = project;
    if (!acceptedOn) continue;
    const now = await snapshotOf(tx, project, acceptedOn);
    const then = {
      ...now,
      resources: now.resources.map((resource) => ({
        ...resource,
        connection: resource.connection && resource.connection.connectedOn <= acceptedOn ? resource.connection : null,
      })),
    };
    const told: { payload: typeof now; on: LocalDate }[] = [{ payload: then, on: acceptedOn }];
    if (digestOf(then) !== digestOf(now)) told.push({ payload: now, on: lastChange(now, acceptedOn) });
    let arrived = true;
    told.forEach(({ payload, on }, index) => {
      const number = index + 1;
      const fate = arrived ? (FATES[project.name]?.[number] ?? AT_ONCE) : STILL_WAITING;
      arrived = fate.state === "delivered";
      const made = deliveryOf(city, project, { number, on, fate });
      rows.push({ ...made.row, payload, digest: digestOf(payload) });
      attempts.push(...made.attempts);
      events.push(...made.events);
    });
  }
  await insertAll(tx, catalogDeliveries, rows);
  await insertAll(tx, deliveryAttempts, attempts);
  await insertAll(tx, domainEvents, events);
}

/** The day of the last connection or test since the acceptance. */
function lastChange({ resources }: Awaited<ReturnType<typeof snapshotOf>>, acceptedOn: LocalDate): LocalDate {
  const days = resources.flatMap(({ connection }) => [connection?.connectedOn ?? "", connection?.testedOn ?? ""]);
  const last = days
    .filter((day) => day > acceptedOn)
    .sort()
    .at(-1);
  return last === undefined ? addDays(DEMO_TODAY, -1) : localDate(last);
}

function deliveryOf(
  city: City,
  project: typeof projects.$inferSelect,
  { number, on, fate }: { readonly number: number; readonly on: LocalDate; readonly fate: Fate },
): { row: Omit<DeliveryRow, "payload" | "digest">; attempts: AttemptRow[]; events: EventRow[] } {
  const createdAt = officeHours(on, project.name, "delivery", String(number));
  const id = demoId("delivery", `${project.id} ${number}`, createdAt);
  const attempts = attemptsOf(city, id, createdAt, fate);
  const last = attempts.at(-1);
  const bureau = city.person("bureau");
  const system: Person = { ...bureau, id: "system", name: "自动办理", unit: { ...bureau.unit, name: "系统" } };
  const occasion = number === 1 ? ("accepted" as const) : ("changed" as const);
  const happened = (type: string, who: Person, at: Date) =>
    eventRow(who, {
      type,
      subject: { type: "delivery", id },
      at,
      payload: { projectId: project.id, projectName: project.name, unitId: project.unitId, number, occasion },
    });
  const endedAt = last?.endedAt ?? createdAt;
  return {
    row: {
      id,
      regionId: city.regionId,
      projectId: project.id,
      number,
      occasion,
      projectCode: project.code,
      state: fate.state,
      attempts: attempts.length,
      createdAt,
      nextAttemptAt: fate.state === "waiting" || fate.state === "retrying" ? startOfDay(addDays(DEMO_TODAY, 1)) : null,
      lastStatus: last?.status ?? null,
      lastError: last?.error ?? null,
      answer: fate.answer ?? null,
      deliveredAt: fate.state === "delivered" ? endedAt : null,
    },
    attempts,
    events: [
      happened("deliveryQueued", number === 1 ? bureau : system, createdAt),
      ...(fate.state === "delivered" ? [happened("deliveryDelivered", system, endedAt)] : []),
      ...(fate.state === "dead" ? [happened("deliveryGivenUp", system, endedAt)] : []),
    ],
  };
}

const TIMEOUT_MS = 10_000;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;

/** The attempts with the waits between them that the sender keeps. */
function attemptsOf(city: City, deliveryId: string, createdAt: Date, fate: Fate): AttemptRow[] {
  const { between } = chance("attempts", deliveryId);
  let at = createdAt.getTime() + between(300, 2_000);
  return fate.attempts.map(([status, error], index) => {
    const startedAt = new Date(at);
    const endedAt = new Date(at + (error === "timeout" ? TIMEOUT_MS : between(80, 1_900)));
    at = endedAt.getTime() + (Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** index) * between(20, 100)) / 100;
    return {
      id: demoId("attempt", `${deliveryId} ${index}`, startedAt),
      deliveryId,
      regionId: city.regionId,
      number: index + 1,
      startedAt,
      endedAt,
      status,
      error,
    };
  });
}
