import {
  DEADLINE_KINDS,
  keysOf,
  LEDGER_TASK_STATES,
  type DeadlineKind,
  type LedgerTaskState,
} from "~/kernel/vocabulary";
import { isUuid } from "~/kernel/uuid";

/** What the filter 范围 offers: questions across states and kinds. */
export const LEDGER_SHOWS = {
  overdue: "已逾期",
  noUpdate: "本月未填进展",
  difficulty: "本月有困难",
  unconfirmed: "导入待确认",
} as const;
export type LedgerShow = keyof typeof LEDGER_SHOWS;

export const LEDGER_ROLES = { lead: "牵头", responsible: "责任" } as const;
export type LedgerRole = keyof typeof LEDGER_ROLES;

/** What the ledger can be asked; everything is in the address. */
export interface LedgerQuery {
  readonly q: string;
  readonly plan: string | undefined;
  /** a unit's id, or words of its name */
  readonly unit: string | undefined;
  /** in which role the unit is named: the one asked for, otherwise one's own */
  readonly role: LedgerRole | undefined;
  readonly kind: DeadlineKind | undefined;
  readonly state: LedgerTaskState | undefined;
  readonly show: LedgerShow | undefined;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readLedgerQuery(params: URLSearchParams): LedgerQuery {
  const one = <T extends string>(set: Readonly<Record<T, string>>, name: string): T | undefined =>
    keysOf(set).find((key) => key === params.get(name));
  const [plan, page] = [params.get("plan") ?? "", Number(params.get("page"))];
  return {
    q: (params.get("q") ?? "").trim().slice(0, 100),
    plan: isUuid(plan) ? plan : undefined,
    unit: (params.get("unit") ?? "").trim().slice(0, 60) || undefined,
    role: one(LEDGER_ROLES, "role"),
    kind: one(DEADLINE_KINDS, "kind"),
    state: one(LEDGER_TASK_STATES, "state"),
    show: one(LEDGER_SHOWS, "show"),
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}
