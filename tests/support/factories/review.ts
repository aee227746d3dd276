import { asc, eq } from "drizzle-orm";

import { budgetLines } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { passReview } from "~/modules/projects/pass-review.server";
import { FORM_CHECK_KEYS } from "~/modules/projects/review/form-check.rules";
import { passFormCheck } from "~/modules/projects/review/pass-form-check.server";
import { signProject } from "~/modules/projects/sign-project.server";
import { submitProject } from "~/modules/projects/submit-project.server";
import type { Ctx } from "~/platform/transaction.server";

import type { TestCity } from "../factories";
import { accepted, makeCompleteDraft, projectRow } from "./projects";

/** One person for each desk that a filing passes. */
export interface Desks {
  readonly filer: Actor;
  readonly lead: Actor;
  readonly bureau: Actor;
  readonly finance: Actor;
}

export async function makeDesks(city: TestCity): Promise<Desks> {
  return {
    filer: await city.as("filer"),
    lead: await city.as("unitLead"),
    bureau: await city.as("bureauReviewer"),
    finance: await city.as("financeReviewer"),
  };
}

/** Submits and signs what the filer finished; returns the version that the bureau then reads. */
export async function submitAndSign(filer: Ctx, lead: Ctx, projectId: string): Promise<number> {
  const { version } = await projectRow(filer, projectId);
  accepted(await submitProject(filer, { projectId, version }));
  accepted(await signProject(lead, { projectId, version: version + 1 }));
  return (await projectRow(filer, projectId)).version;
}

/** A project on the bureau's desk, for its form check. */
export async function makeUnderReview(city: TestCity, desks: Desks, today?: string) {
  const filer = city.ctx(desks.filer, today);
  const { id } = await makeCompleteDraft(filer);
  const version = await submitAndSign(filer, city.ctx(desks.lead, today), id);
  return { id, version };
}

/** A project whose form check is passed: the bureau's approval review is open. */
export async function makeFormChecked(city: TestCity, desks: Desks, today?: string) {
  const { id, version } = await makeUnderReview(city, desks, today);
  const ref = { projectId: id, version, checks: FORM_CHECK_KEYS };
  accepted(await passFormCheck(city.ctx(desks.bureau, today), ref));
  return { id, version: version + 1 };
}

/** A project on finance's desk, none of its lines reviewed. */
export async function makeUnderFundingReview(city: TestCity, desks: Desks, today?: string) {
  const { id, version } = await makeFormChecked(city, desks, today);
  accepted(await passReview(city.ctx(desks.bureau, today), { projectId: id, version }));
  return { id, version: version + 1 };
}

/** The budget lines of a project, in their order. */
export async function linesOf({ db }: Pick<Ctx, "db">, projectId: string) {
  return db.select().from(budgetLines).where(eq(budgetLines.projectId, projectId)).orderBy(asc(budgetLines.position));
}
