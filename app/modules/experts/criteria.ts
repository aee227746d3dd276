import { z } from "zod";

import { keysOf } from "~/kernel/vocabulary";

/** What the opinion form asks to be marked, each with the question behind it. @source domain.md §1, §3 */
export const CRITERIA = {
  necessity: { label: "建设必要性", question: "依据是否充分，问题是否真实、迫切，能否由现有系统解决" },
  feasibility: { label: "方案可行性", question: "技术路线、进度安排和组织保障是否可行" },
  money: { label: "投资合理性", question: "概算构成、数量和单价是否合理，有无重复投入" },
  dataSharing: { label: "数据共享", question: "目录是否完整，应共享的是否共享，应复用的是否复用" },
  security: { label: "安全保障", question: "等级保护、密码应用和数据安全措施是否到位" },
} as const satisfies Readonly<Record<string, { readonly label: string; readonly question: string }>>;
export type Criterion = keyof typeof CRITERIA;

export const CRITERION_KEYS = Object.keys(CRITERIA) as readonly Criterion[];

/** What each mark means. */
export const MARKS = { "5": "优", "4": "良", "3": "中", "2": "较差", "1": "差" } as const;
export type Mark = keyof typeof MARKS;
export const MARK_KEYS = [...keysOf(MARKS)].sort().reverse();

/** A mark and its remark; empty while the opinion is a draft. */
export interface MarkEntry {
  readonly mark: Mark | null;
  readonly remark: string;
}
export type Marks = Readonly<Record<Criterion, MarkEntry>>;

const entry = z.object({ mark: z.enum(keysOf(MARKS)).nullable(), remark: z.string() });
const stored = z.object({
  necessity: entry.optional(),
  feasibility: entry.optional(),
  money: entry.optional(),
  dataSharing: entry.optional(),
  security: entry.optional(),
});

/** The marks as they were stored; a form that was never saved is empty. */
export function marksOf(value: unknown): Marks {
  const known = stored.safeParse(value).data ?? {};
  const empty: MarkEntry = { mark: null, remark: "" };
  return {
    necessity: known.necessity ?? empty,
    feasibility: known.feasibility ?? empty,
    money: known.money ?? empty,
    dataSharing: known.dataSharing ?? empty,
    security: known.security ?? empty,
  };
}
