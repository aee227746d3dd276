import { cloudStandings, cloudSteps, systems } from "@db/schema";
import { localDate } from "~/kernel/local-date";
import { CLOUD_STEPS } from "~/kernel/vocabulary";
import { newId } from "~/platform/ids.server";

import { at, type Owner } from "./assessment";

type SystemRow = Partial<typeof systems.$inferInsert>;
type StandingRow = Partial<typeof cloudStandings.$inferInsert>;

/** A system of a unit, counted in the cloud rate unless `standing` says otherwise, with its first steps done on one day. */
export async function makeSystem(
  { db, ...owner }: Owner,
  name: string,
  steps: number,
  completedOn = "2026-05-01",
  more: SystemRow = {},
  standing: StandingRow = {},
): Promise<string> {
  const id = newId();
  const registeredOn = more.registeredOn ?? localDate("2025-01-01");
  await db.insert(systems).values({
    ...owner,
    id,
    code: id.slice(-12),
    name,
    comparedName: name,
    initials: "",
    ownership: "own",
    mlpsLevel: 2,
    hosting: "governmentCloud",
    registeredOn,
    ...more,
  });
  await db
    .insert(cloudStandings)
    .values({ ...owner, id: newId(), systemId: id, scope: "in", fromOn: registeredOn, ...standing });
  for (const step of CLOUD_STEPS.slice(0, steps)) {
    await db.insert(cloudSteps).values({
      id: newId(),
      systemId: id,
      step,
      regionId: owner.regionId,
      completedOn: localDate(completedOn),
      evidence: "依据文件",
      recordedBy: "filer",
      recordedAt: at(completedOn),
    });
  }
  return id;
}
