import type { Listeners } from "~/platform/outbox.server";

import { bulletinPdf } from "./render-bulletin-pdf.server";
import { BULLETIN_SIGNED } from "./sign-bulletin.server";

export { draftBulletin } from "./draft-bulletin.server";
export { signBulletin } from "./sign-bulletin.server";

/** A signed bulletin is printed at once, outside the signer's request. */
export const bulletinListeners: Listeners = {
  [BULLETIN_SIGNED]: [async ({ subjectId }, db) => void (await bulletinPdf(db, subjectId))],
};
