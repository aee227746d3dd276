import { z } from "zod";

import { keysOf, type PanelPurpose } from "~/kernel/vocabulary";

/** What the opinion form asks to be marked, each with the question behind it. @source domain.md §1, §3 */
export const CRITERIA = {
  necessity: { label: "建设必要性", question: "依据是否充分，问题是否真实、迫切，能否由现有系统解决" },
  feasibility: { label: "方案可行性", question: "技术路线、进度安排和组织保障是否可行" },
  money: { label: "投资合理性", question: "概算构成、数量和单价是否合理，有无重复投入" },
  dataSharing: { label: "数据共享", question: "目录是否完整，应共享的是否共享，应复用的是否复用" },
  security: { label: "安全保障", question: "等级保护、密码应用和数据安全措施是否到位" },
  tasksDone: { label: "建设任务完成情况", question: "批复和合同约定的内容、功能、性能指标是否完成，变更是否经过办理" },
  effect: { label: "应用成效", question: "系统是否投入使用，用户和业务覆盖、运行稳定性是否达到目标" },
  catalogSharing: { label: "数据共享与目录", question: "数据资源是否编目、挂接并通过测试共享，应共享的是否共享" },
  securityCrypto: { label: "安全与密码", question: "等级保护测评、密码应用安全性评估是否通过，发现的问题是否整改" },
  papers: { label: "文档与档案", question: "建设、监理、测试、试运行文档和档案是否齐全、规范，财务资料是否完整" },
} as const satisfies Readonly<Record<string, { readonly label: string; readonly question: string }>>;
export type Criterion = keyof typeof CRITERIA;

export const CRITERION_KEYS = Object.keys(CRITERIA) as readonly Criterion[];

/** What is marked when a filing is judged, and what when an acceptance is. */
export const CRITERIA_OF = {
  approval: ["necessity", "feasibility", "money", "dataSharing", "security"],
  acceptance: ["tasksDone", "effect", "catalogSharing", "securityCrypto", "papers"],
} as const satisfies Readonly<Record<PanelPurpose, readonly Criterion[]>>;

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
const stored = z.partialRecord(z.enum(CRITERION_KEYS as [Criterion, ...Criterion[]]), entry);
const EMPTY: MarkEntry = { mark: null, remark: "" };

/** The marks as they were stored; what was never saved is empty. */
export function marksOf(value: unknown): Marks {
  const known = stored.safeParse(value).data ?? {};
  return eachOf(CRITERION_KEYS, (criterion) => known[criterion] ?? EMPTY) as Marks;
}

/** What is kept of an opinion: the marks that its panel asks for. */
export const onlyMarks = (marks: Marks, criteria: readonly Criterion[]): Partial<Marks> =>
  eachOf(criteria, (criterion) => marks[criterion]);

const eachOf = (criteria: readonly Criterion[], entryOf: (criterion: Criterion) => MarkEntry): Partial<Marks> =>
  Object.fromEntries(criteria.map((criterion) => [criterion, entryOf(criterion)]));

/**
 * What a panel marks, by its purpose. A panel in which somebody already marked what a filing is asked about keeps to that:
 * its opinions stay as they were given and can be averaged.
 */
export function criteriaFor(purpose: PanelPurpose, opinions: readonly Marks[]): readonly Criterion[] {
  const begun = opinions.some((marks) =>
    CRITERIA_OF.approval.some((criterion) => marks[criterion].mark !== null || marks[criterion].remark !== ""),
  );
  return CRITERIA_OF[begun ? "approval" : purpose];
}
