import { eq, type SQL } from "drizzle-orm";

import type { arrivals, contractChanges, contracts, payments } from "@db/schema";
import type { EntryState } from "~/kernel/vocabulary";

/** The state in which money counts. Whatever is entered, returned or void is in no sum of any report. */
export const COUNTED_STATE = "confirmed" as const satisfies EntryState;

/** What counts of arrivals, contracts and payments, everywhere: two persons agreed on it. @source domain.md §1, §5 */
export const counted = (table: typeof arrivals | typeof contracts | typeof contractChanges | typeof payments): SQL =>
  eq(table.state, COUNTED_STATE);
