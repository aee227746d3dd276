export { announce, announceAll, type Announcement } from "./announce.server";
export { messageScheduledJobs, messageStartedJobs } from "./inbox.jobs.server";
export { unreadMessages } from "./my-messages.queries.server";
export { notify } from "./notify.server";
export { openMessage } from "./open-message.server";
export { readAllMessages } from "./read-all-messages.server";
