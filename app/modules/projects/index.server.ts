export { applyTransition } from "./apply-transition.server";
export { loadProject, readProject, type Project } from "./load-project.server";
export { notifyApplicant } from "./notify-applicant.server";
export { latestFundingTurn } from "./review.queries.server";
export { syncReviewedTotals } from "./reviewed-totals.server";
