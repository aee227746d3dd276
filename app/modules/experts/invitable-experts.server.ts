import { and, asc, count, eq, inArray, isNull } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { expertOpinions, expertPanels, expertProfiles, userRoles, users } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { Project } from "~/modules/projects/index.server";

import { conflictOf, type Conflict } from "./avoidance.rules";
import { interestedIn } from "./interested-parties.server";

export interface ExpertChoice {
  readonly id: string;
  readonly name: string;
  readonly specialty: string;
  readonly employer: string;
  readonly title: string;
  /** invitations that still wait for the expert's opinion */
  readonly open: number;
  readonly conflict: Conflict | undefined;
}

/**
 * The experts of the convener's regions who are on the register, each with what speaks against inviting him to this
 * project and with how much he has open.
 */
export async function invitableExperts(
  db: DatabaseOrTransaction,
  actor: Actor,
  project: Project,
  only?: readonly string[],
): Promise<ExpertChoice[]> {
  const load = db
    .select({ expertId: expertOpinions.expertId, open: count().as("open") })
    .from(expertOpinions)
    .innerJoin(expertPanels, and(eq(expertPanels.id, expertOpinions.panelId), eq(expertPanels.state, "open")))
    .where(and(isNull(expertOpinions.givenAt), isNull(expertOpinions.releasedAt)))
    .groupBy(expertOpinions.expertId)
    .as("load");
  const [rows, interested] = await Promise.all([
    db
      .select({
        id: users.id,
        name: users.name,
        specialty: expertProfiles.specialty,
        employer: expertProfiles.employer,
        title: expertProfiles.title,
        open: load.open,
      })
      .from(expertProfiles)
      .innerJoin(users, and(eq(users.id, expertProfiles.userId), isNull(users.disabledAt)))
      .innerJoin(userRoles, and(eq(userRoles.userId, users.id), eq(userRoles.role, "expert")))
      .leftJoin(load, eq(load.expertId, users.id))
      .where(
        and(
          inArray(expertProfiles.regionId, [...new Set([...actor.regionIds, project.regionId])]),
          only && inArray(users.id, [...only]),
        ),
      )
      .orderBy(asc(expertProfiles.specialty), asc(users.name), asc(users.id)),
    interestedIn(db, project),
  ]);
  return rows.map(({ open, ...expert }) => ({
    ...expert,
    open: open ?? 0,
    conflict: conflictOf(expert.employer, interested),
  }));
}
