export type { SystemFacts } from "./inventory/system-facts";
export { SYSTEM_EVENT_WORDS } from "./inventory/inventory.words";
export { outOfCloudScope } from "./cloud/cloud.rules";
export { explainByRule, factsToKeep, type ScopeFacts } from "./cloud/scope/scope.rules";
export { nextCloudStep } from "./cloud/steps/steps.rules";
export { SECURITY_TEST_EVENT_FACTS, SECURITY_TEST_EVENTS } from "./security/security-test.lifecycle";
export { KIND_NAMES as TEST_KIND_NAMES } from "./security/security-test.words";
export { latestTest, TESTED_FROM_LEVEL } from "./security/standing.rules";
