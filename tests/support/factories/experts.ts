import { expertOpinions, expertProfiles } from "@db/schema";
import { and, eq } from "drizzle-orm";
import type { Actor } from "~/kernel/actor";
import type { ExpertVerdict } from "~/kernel/vocabulary";
import { convenePanel } from "~/modules/experts/convene-panel.server";
import { CRITERION_KEYS, marksOf } from "~/modules/experts/criteria";
import { declareAvoidance } from "~/modules/experts/declare-avoidance.server";
import { giveOpinion } from "~/modules/experts/give-opinion.server";
import type { OpinionDraft } from "~/modules/experts/opinion.rules";

import type { TestCity } from "../factories";
import { accepted } from "./projects";

/** An expert on the register. */
export async function makeExpert(city: TestCity, employer = "五邑大学"): Promise<Actor> {
  const expert = await city.as("expert");
  const { regionId } = city;
  await city.db
    .insert(expertProfiles)
    .values({ userId: expert.userId, regionId, specialty: "软件工程", employer, title: "教授" });
  return expert;
}

/** An opinion that lacks nothing. */
export const fullOpinion = (verdict: ExpertVerdict, mark = "4"): OpinionDraft => ({
  marks: marksOf(Object.fromEntries(CRITERION_KEYS.map((key) => [key, { mark, remark: "理由充分" }]))),
  verdict,
  opinion: "建议立项",
});

/** Convenes a panel of these experts. */
export async function makePanel(
  city: TestCity,
  bureau: Actor,
  project: { id: string; version: number },
  experts: readonly Actor[],
): Promise<string> {
  const { panelId } = accepted(
    await convenePanel(city.ctx(bureau), {
      projectId: project.id,
      version: project.version,
      expertIds: experts.map(({ userId }) => userId),
      questions: "方案是否可行",
    }),
  );
  return panelId;
}

/** An expert's seat on a panel as it stands. */
export async function seatOf({ db }: Pick<TestCity, "db">, panelId: string, expert: Actor) {
  const [seat] = await db
    .select()
    .from(expertOpinions)
    .where(and(eq(expertOpinions.panelId, panelId), eq(expertOpinions.expertId, expert.userId)));
  if (!seat) throw new Error("the expert has no seat");
  return seat;
}

/** Declares no conflict and gives a full opinion. */
export async function giveFor(city: TestCity, panelId: string, expert: Actor, verdict: ExpertVerdict, mark?: string) {
  const ctx = city.ctx(expert);
  const { id: opinionId, version } = await seatOf(city, panelId, expert);
  accepted(await declareAvoidance(ctx, { opinionId, version, avoids: false, avoidReason: "" }));
  accepted(await giveOpinion(ctx, { opinionId, version: version + 1, ...fullOpinion(verdict, mark) }));
}
