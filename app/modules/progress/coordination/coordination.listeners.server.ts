import { readCause } from "~/platform/read-cause.server";
import type { Listener, Listeners } from "~/platform/outbox.server";

import { finishMatter } from "./finish-matter.server";
import { hearSignedReport } from "./hear-report.server";

const onSigned: Listener = async (event, db) => {
  const ctx = await readCause(db, event);
  if (ctx && typeof event.payload.projectId === "string") await hearSignedReport(ctx, event.payload.projectId);
};

const onClosed: Listener = async (event, db) => {
  const ctx = await readCause(db, event);
  if (!ctx) return;
  const done = await finishMatter(ctx, event.subjectId);
  if (!done.ok) throw new Error(`the matter was not settled: ${done.refusals.map(({ code }) => code).join(", ")}`);
};

/** What reports and supervised items bring about for the matters of the leading group. */
export const coordinationListeners: Listeners = { reportSigned: [onSigned], supervisionClosed: [onClosed] };
