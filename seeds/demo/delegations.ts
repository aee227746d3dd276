import type { Transaction } from "@db/client";
import { delegations, domainEvents } from "@db/schema";
import type { Role } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { roleLabels } from "~/modules/identity/index";

import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow } from "./events";
import { insertAll } from "./insert";
import type { Person } from "./people";

interface Leave {
  readonly from: Person;
  readonly to: Person;
  readonly role: Role;
  readonly fromOn: string;
  readonly untilOn: string;
  readonly reason: string;
}

/** Leaves during which a colleague acts: one over, one in force, one to come. The named accounts keep their own roles. */
export async function writeDelegations(tx: Transaction, city: City): Promise<void> {
  const ofUnit = (name: string) => ({ from: city.leadOf(city.unit(name)), to: city.filerOf(city.unit(name)) });
  const leaves: Leave[] = [
    {
      from: city.person("bureau2"),
      to: city.person("assessor"),
      role: "bureauReviewer",
      fromOn: "2026-06-08",
      untilOn: "2026-06-12",
      reason: "参加省政务数据管理培训班",
    },
    {
      ...ofUnit("市水利局"),
      role: "unitLead",
      fromOn: "2026-07-13",
      untilOn: "2026-07-24",
      reason: "防汛值守，离岗在镇街蹲点",
    },
    { ...ofUnit("市教育局"), role: "unitLead", fromOn: "2026-07-27", untilOn: "2026-08-07", reason: "年休假" },
  ];
  const built = leaves.map(({ from, to, role, reason, ...days }) => {
    const fromOn = localDate(days.fromOn);
    const untilOn = localDate(days.untilOn);
    // Registered before it begins, and not later than today.
    const createdAt = officeHours(
      localDate(days.fromOn < "2026-07-20" ? days.fromOn : "2026-07-17"),
      "delegation",
      from.name,
    );
    const row = {
      id: demoId("delegation", `${from.username} ${days.fromOn}`, createdAt),
      regionId: city.regionId,
      unitId: from.unit.id,
      fromUserId: from.id,
      toUserId: to.id,
      role,
      fromOn,
      untilOn,
      reason,
      createdAt,
    };
    const event = eventRow(from, {
      type: "delegationGranted",
      subject: { type: "delegation", id: row.id },
      at: createdAt,
      reason,
      payload: { name: `${roleLabels[role]}委托给${to.name}`, role, toUserId: to.id, fromOn, untilOn },
    });
    return { row, event };
  });
  await insertAll(
    tx,
    delegations,
    built.map(({ row }) => row),
  );
  await insertAll(
    tx,
    domainEvents,
    built.map(({ event }) => event),
  );
}
