import type { Period } from "~/kernel/period";

/** Where a unit's reports of a month are filled in and signed together. */
export const entryHref = (period: Period): string => `/reports/entry?period=${period}`;
