import { eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { projects, type projectSubmissions } from "@db/schema";
import { fen } from "~/kernel/fen";
import { readFiling } from "~/modules/projects/index.server";
import { digestOf } from "~/platform/audit/digest";

import type { CityProject } from "./projects";
import { DEMO_TODAY } from "./today";

type Filing = Awaited<ReturnType<typeof readFiling>>;

/**
 * What was handed in at each submission, frozen as the product freezes it: the last round is the filing as it stands now,
 * an earlier one what it said before the bureau asked for more.
 */
export async function submissionRows(
  tx: Transaction,
  list: readonly CityProject[],
): Promise<(typeof projectSubmissions.$inferInsert)[]> {
  const rows: (typeof projectSubmissions.$inferInsert)[] = [];
  for (const { row, moments } of list) {
    const handedIn = moments.filter(({ event }) => event === "submit");
    const [project] = handedIn.length > 0 ? await tx.select().from(projects).where(eq(projects.id, row.id)) : [];
    if (!project) continue;
    const filing = await readFiling(tx, project, DEMO_TODAY);
    for (const [index, { actor, at }] of handedIn.entries()) {
      const content = index + 1 === handedIn.length ? filing : beforeSupplement(filing);
      rows.push({
        projectId: row.id,
        round: index + 1,
        regionId: row.regionId,
        content,
        similar: [],
        digest: digestOf(content),
        submittedBy: actor.id,
        submittedAt: at,
        receiptNumber: `SL-${row.code}-${index + 1}`,
      });
    }
  }
  return rows;
}

/** The first attempt: a shorter need, one goal fewer and vaguer, two lines still in one, the newest data entry missing. */
function beforeSupplement(filing: Filing): Filing {
  const { goals, money, data } = filing;
  const [need = ""] = goals.need.split("，");
  const [first, ...otherGoals] = goals.goals;
  return {
    ...filing,
    goals: {
      ...goals,
      need: `${need}。`,
      goals: first ? [{ ...first, operator: "qualitative", target: "明显提升" }, ...otherGoals.slice(0, -1)] : [],
    },
    money: { ...money, lines: joinLastTwo(money.lines) },
    data: { ...data, resources: data.resources.slice(0, Math.max(1, data.resources.length - 1)) },
    differenceStatement: "",
  };
}

function joinLastTwo(lines: Filing["money"]["lines"]): Filing["money"]["lines"] {
  const [one, other] = lines.slice(-2);
  if (!one || !other) return lines;
  const total = fen(one.declaredFen + other.declaredFen);
  return [
    ...lines.slice(0, -2),
    {
      ...one,
      name: `${one.name}及${other.name}`,
      quantity: "1.00",
      measureUnit: "项",
      unitPriceFen: total,
      declaredFen: total,
    },
  ];
}
