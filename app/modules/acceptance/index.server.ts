export { acceptanceClocks } from "./clock.queries.server";
export { acceptanceListeners } from "./end-with-project.server";
export { attachPanel, undecidedAcceptance } from "./load-acceptance.server";
export { acceptanceOfPanel, paperOfPanel } from "./panel-view.queries.server";
export { acceptanceJobs } from "./remind.server";
