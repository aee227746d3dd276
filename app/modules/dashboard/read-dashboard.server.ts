import { addPeriods, lastDay, periodOf, timeProgress } from "~/kernel/period";
import { rational, toExact } from "~/kernel/rational";
import { coordinationFigures, openMatters } from "~/modules/progress/index.server";
import { cloudRates, cloudTarget } from "~/modules/systems/index.server";
import type { Ctx } from "~/platform/transaction.server";
import { scopeFor } from "~/policy";

import {
  confirmedPayments,
  lastRanking,
  lights,
  litProjects,
  overdueItems,
  projectsByStage,
  reportPunctuality,
  resourceCounts,
  yearExecution,
} from "./dashboard.queries.server";

/** Rows; the list shows the rest. */
const MATTERS_SHOWN = 10;

/** Everything the dashboard shows, within the actor's reach: one set-based query for each tile. */
export async function readDashboard({ db, actor, today }: Pick<Ctx, "db" | "actor" | "today">) {
  const scope = scopeFor(actor, "dashboard:read");
  const reported = addPeriods(periodOf(today), -1);
  const [
    stages,
    paidFen,
    execution,
    light,
    lit,
    reports,
    resources,
    cloud,
    target,
    ranking,
    matters,
    coordination,
    overdue,
  ] = await Promise.all([
    projectsByStage(db, scope),
    confirmedPayments(db, scope, today),
    yearExecution(db, scope, reported),
    lights(db, scope),
    litProjects(db, scope),
    reportPunctuality(db, scope, reported, today),
    resourceCounts(db, scope),
    cloudRates(db, scope, today),
    cloudTarget(db, today),
    lastRanking(db, actor.regionId),
    openMatters(db, scope, today, MATTERS_SHOWN),
    coordinationFigures(db, scope, undefined, today),
    overdueItems(db, scope, today),
  ]);
  return {
    today,
    reported,
    reportedUntil: lastDay(reported),
    timeShare: toExact(timeProgress(reported)),
    executionShare: execution.budgetFen > 0 ? toExact(rational(execution.spentFen, execution.budgetFen)) : null,
    stages,
    paidFen,
    budgetFen: execution.budgetFen,
    light,
    lit,
    reports,
    resources,
    cloud: {
      done: cloud.reduce((total, row) => total + row.numerator, 0),
      due: cloud.reduce((total, row) => total + row.denominator, 0),
      target: target ?? null,
    },
    ranking,
    matters,
    coordination,
    overdue,
  };
}
