import { sql } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { projects } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { type Rational, toFixed } from "~/kernel/rational";
import { loadFigures } from "~/platform/figures.server";

import { lightFiguresOf, loadLightFacts } from "./light-facts.queries.server";
import { withRules } from "./light-rule";
import { judgeProject } from "./light.rules";

/**
 * Judges every project under way, or one, and writes light, reasons, planned and actual progress onto the project in one
 * statement. Derived figures only: the project's version stays, so that nobody's edit is overtaken by a light.
 * Judging a day again gives the same lights.
 * @returns how many projects were judged
 * @source domain.md §7
 */
export async function refreshLights(
  db: DatabaseOrTransaction,
  today: LocalDate,
  only: { readonly projectId?: string } = {},
): Promise<number> {
  const [inForce, projectFacts] = await Promise.all([
    loadFigures(db, today),
    loadLightFacts(db, today, { ...only, underWay: true }),
  ]);
  if (projectFacts.length === 0) return 0;
  const figures = lightFiguresOf(inForce);
  const judged = projectFacts.map((facts) => {
    const { light, reasons, plannedPercent, actualPercent } = judgeProject(facts, facts.last, today, figures);
    return {
      ...{ id: facts.projectId, light, reasons: withRules(reasons, (code) => inForce.row(code)) },
      ...{ planned: toColumn(plannedPercent), actual: toColumn(actualPercent) },
    };
  });
  await db.execute(sql`
    update ${projects} set
      light = judged.light, light_reasons = judged.reasons, light_as_of = ${today}::date,
      planned_percent = judged.planned, actual_percent = judged.actual
    from jsonb_to_recordset(${JSON.stringify(judged)}::jsonb)
      as judged(id uuid, light text, reasons jsonb, planned numeric, actual numeric)
    where ${projects.id} = judged.id`);
  return judged.length;
}

/** The columns keep four decimals; lights were judged on the exact figures. */
const toColumn = (percent: Rational | null): string | null => percent && toFixed(percent, 4);
