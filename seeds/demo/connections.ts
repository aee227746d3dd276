import type { resourceConnections } from "@db/schema";
import { addDays, type LocalDate } from "~/kernel/local-date";
import type { SharingMethod } from "~/kernel/vocabulary";
import { initialsOf } from "~/platform/initials.server";

import { chance } from "./chance";
import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow, type EventRow } from "./events";
import type { Person } from "./people";
import type { ResourceRow } from "./resources";
import { DEMO_TODAY } from "./today";
import type { UnitRow } from "./units";

type ConnectionRow = typeof resourceConnections.$inferInsert;
type Course = "passed" | "untested" | "failed" | "none";

/** These keep one resource off the exchange for so long that the sharing gate names it. */
const LAGGARDS: ReadonlySet<string> = new Set(["市交通运输局", "市档案馆"]);
/** Left to the visitor to connect: a file, which the gate does not ask for. */
const LEFT_TO_VISITOR = "正射影像信息";
/** Of so many resources out of a hundred the test is still to be made, or failed. @unit percent */
const UNTESTED_PERCENT = 9;
const FAILED_PERCENT = 3;
/** Of so many files out of a hundred the unit has laid none on the exchange. @unit percent */
const FILES_MISSING_PERCENT = 20;

const FAULTS = [
  "接口返回 401，调用凭证未同步到共享交换平台",
  "返回的行政区划代码与目录登记的类型不一致",
  "分页查询第二页起返回为空",
] as const;

/** How the published resources were attached to the exchange and tested; what the rows say of it is set in place. */
export function cityConnections(city: City, rows: readonly ResourceRow[], accepted: ReadonlySet<string>) {
  const connections: ConnectionRow[] = [];
  const events: EventRow[] = [];
  const lagging = new Set<string>();
  for (const row of rows) {
    Object.assign(row, { interfaceAttachedOn: null, testSharedOn: null });
    const unit = city.units.find(({ id }) => id === row.unitId);
    if (!unit || !row.publishedOn || !row.method || row.sharingType === "none") continue;
    const lags = LAGGARDS.has(unit.name) && row.method !== "file" && !lagging.has(unit.id);
    if (lags) lagging.add(unit.id);
    // Nothing passes its final acceptance without a passed test of each.
    const course = lags ? "none" : row.projectId && accepted.has(row.projectId) ? "passed" : courseOf(row);
    if (course === "none") continue;
    const made = connectionOf(city, unit, { ...row, publishedOn: row.publishedOn, method: row.method }, course);
    connections.push(made.row);
    events.push(...made.events);
    row.interfaceAttachedOn = made.row.connectedOn;
    row.testSharedOn = course === "passed" ? (made.row.testedOn ?? null) : null;
  }
  return { connections, events };
}

function courseOf(row: ResourceRow): Course {
  if (row.name === LEFT_TO_VISITOR) return "none";
  const luck = chance("connection", row.id).between(1, 100);
  if (row.method === "file" && luck > 100 - FILES_MISSING_PERCENT) return "none";
  if (luck <= FAILED_PERCENT) return "failed";
  return luck <= FAILED_PERCENT + UNTESTED_PERCENT ? "untested" : "passed";
}

function connectionOf(
  city: City,
  unit: UnitRow,
  resource: ResourceRow & { publishedOn: LocalDate; method: SharingMethod },
  course: Exclude<Course, "none">,
): { row: ConnectionRow; events: EventRow[] } {
  const { between, pick } = chance("connection", resource.id, "course");
  const [filer, bureau] = [city.filerOf(unit), city.person("bureau")];
  const planned = addDays(resource.publishedOn, between(6, 27));
  // What is still open was begun lately, a failed test a little earlier than one that is waited for.
  const latest = addDays(DEMO_TODAY, -(course === "failed" ? between(9, 20) : between(1, 4)));
  const connectedOn = course === "passed" ? earlierOf(planned, latest) : latest;
  const testedOn = course === "untested" ? null : earlierOf(addDays(connectedOn, between(2, 8)), DEMO_TODAY);
  const remark = course === "failed" ? pick(FAULTS) : "";
  const connectedAt = officeHours(connectedOn, resource.name, "connect");
  const address = addressOf(unit, resource);
  const happened = (type: string, who: Person, at: Date, more: Readonly<Record<string, unknown>> = {}) =>
    eventRow(who, {
      type,
      subject: { type: "resource", id: resource.id },
      at,
      payload: {
        resourceId: resource.id,
        unitId: unit.id,
        name: resource.name,
        method: resource.method,
        address,
        ...more,
      },
      reason: type === "resourceConnectionTested" && remark ? remark : undefined,
    });
  const testResult = course === "untested" ? null : course;
  return {
    row: {
      id: demoId("connection", resource.id, connectedAt),
      regionId: city.regionId,
      resourceId: resource.id,
      method: resource.method,
      address,
      connectedBy: filer.id,
      connectedOn,
      testResult,
      testRemark: remark,
      testedBy: testedOn ? bureau.id : null,
      testedOn,
    },
    events: [
      happened("resourceConnected", filer, connectedAt),
      ...(testedOn
        ? [happened("resourceConnectionTested", bureau, officeHours(testedOn, resource.name, "test"), { testResult })]
        : []),
    ],
  };
}

const earlierOf = (a: LocalDate, b: LocalDate): LocalDate => (a < b ? a : b);

function addressOf(unit: UnitRow, { name, method }: { readonly name: string; readonly method: SharingMethod }): string {
  const [owner, what] = [initialsOf(unit.name), initialsOf(name)];
  switch (method) {
    case "interface":
      return `https://gxjh.example.cn/api/${owner}/${what}`;
    case "database":
      return `${owner}.v_${what}`;
    case "file":
      return `/${owner}/${what}/`;
  }
}
