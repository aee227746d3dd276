import {
  catalogQuality,
  cataloguingRate,
  collectionRate,
  demandMetRate,
  demandsMetEarly,
  sharingOutstanding,
  updateOnTimeRate,
} from "./catalog.measures.server";
import { cloudRate } from "./cloud.measures.server";
import { componentReuseRate, firstPassFiling } from "./filing.measures.server";
import { overdueTasks } from "./ledger.measures.server";
import type { Measure } from "./measure.server";
import { executionAgainstTime, selfEvaluationAverage } from "./money.measures.server";
import { projectsManaged } from "./project.measures.server";
import { progressFigures, reportsLate, reportsMissing, scheduleKept } from "./report.measures.server";
import { majorSecurityIncident, validCrypto, validMlps } from "./safety.measures.server";
import {
  overdueSupervision,
  publicCriticism,
  supervisionClosedInTime,
  supervisionReopened,
} from "./supervision.measures.server";

/** Everything that is frozen with a period. */
export const MEASURES: readonly Measure[] = [
  firstPassFiling,
  reportsLate,
  reportsMissing,
  scheduleKept,
  cataloguingRate,
  collectionRate,
  demandMetRate,
  updateOnTimeRate,
  catalogQuality,
  cloudRate,
  componentReuseRate,
  executionAgainstTime,
  selfEvaluationAverage,
  validMlps,
  validCrypto,
  supervisionClosedInTime,
  demandsMetEarly,
  supervisionReopened,
  publicCriticism,
  majorSecurityIncident,
  projectsManaged,
  ...progressFigures,
  sharingOutstanding,
  overdueTasks,
  overdueSupervision,
];
