export { acceptanceClocks } from "./clock.queries.server";
export { attachPanel, undecidedAcceptance } from "./load-acceptance.server";
export { acceptanceOfPanel, paperOfPanel } from "./panel-view.queries.server";
export { acceptanceJobs } from "./remind.server";
