import type { projects } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { fen } from "~/kernel/fen";
import { localDate } from "~/kernel/local-date";
import type { DraftChangeInput } from "~/modules/changes/change.schema";
import { draftChange } from "~/modules/changes/draft-change.server";
import { signChange } from "~/modules/changes/sign-change.server";
import { submitChange } from "~/modules/changes/submit-change.server";
import type { MadeFile } from "~/platform/files.server";

import type { TestCity } from "../factories";
import { makeProject, UNDER_WAY } from "./assessment";
import { accepted } from "./projects";

/** One person for each hand that a change passes through. */
export interface ChangePeople {
  readonly filer: Actor;
  readonly lead: Actor;
  readonly bureau: Actor;
}

export async function makeChangePeople(city: TestCity): Promise<ChangePeople> {
  return { filer: await city.as("filer"), lead: await city.as("unitLead"), bureau: await city.as("bureauReviewer") };
}

/** A project under way with an approved estimate of 100 万元 and an end. */
export function makeChangeable(city: TestCity, more: Partial<typeof projects.$inferInsert> = {}): Promise<string> {
  return makeProject(city, "智慧管网系统", UNDER_WAY, {
    approvedFen: fen(100_000_000),
    plannedStartOn: localDate("2026-01-20"),
    plannedEndOn: localDate("2026-12-31"),
    startedOn: localDate("2026-01-20"),
    ...more,
  });
}

/** A move of 12 % for an allowed reason. */
export const MOVE: DraftChangeInput = {
  reasonKind: "technicalOptimisation",
  reason: "改用统一身份认证组件",
  content: "登录模块开发费调剂到接口适配",
  moved: fen(12_000_000),
};

export const BASIS: MadeFile = {
  name: "会议纪要.pdf",
  mediaType: "application/pdf",
  bytes: new TextEncoder().encode("%PDF-1.4"),
};

/** A change that the unit's leader has on his desk. */
export async function makeSubmitted(
  city: TestCity,
  people: ChangePeople,
  projectId: string,
  input = MOVE,
  today?: string,
) {
  const filer = city.ctx(people.filer, today);
  const { id } = accepted(await draftChange(filer, projectId, input, BASIS));
  accepted(await submitChange(filer, { changeId: id, version: 1 }));
  return { changeId: id, version: 2 };
}

/** A change that the bureau has on its desk. */
export async function makeOpen(city: TestCity, people: ChangePeople, projectId: string, input = MOVE, today?: string) {
  const { changeId, version } = await makeSubmitted(city, people, projectId, input, today);
  accepted(await signChange(city.ctx(people.lead, today), { changeId, version }));
  return { changeId, version: version + 1 };
}
