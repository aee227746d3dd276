import { z } from "zod";

import { isLocalDate, type LocalDate } from "~/kernel/local-date";
import { compare, parseRational, sum, toExact, type Rational } from "~/kernel/rational";
import { GRADES, keysOf, UNIT_GROUPS } from "~/kernel/vocabulary";

import { leavesOf, measuresOf, type SchemeDefinition, type SchemeNode } from "./scheme.types";

const FULL = parseRational("100");
const ZERO = parseRational("0");

const decimal = z
  .string({ error: "应为数字文本" })
  .regex(/^(\d{1,9}|\d{1,9}\.\d{1,6})$/, "应为不带符号的数字，最多6位小数");
const signedDecimal = z
  .string({ error: "应为数字文本" })
  .regex(/^-?(\d{1,9}|\d{1,9}\.\d{1,6})$/, "应为数字，最多6位小数");
const positive = decimal.refine((text) => compare(parseRational(text), ZERO) > 0, "应大于0");
const percent = positive.refine((text) => compare(parseRational(text), FULL) <= 0, "应在0至100之间");
const code = z.string({ error: "请填写编码" }).regex(/^[a-zA-Z][a-zA-Z0-9]*$/, "编码应以字母开头，只含字母和数字");
const name = z.string({ error: "请填写名称" }).trim().min(1, "请填写名称").max(60, "名称不超过60字");
const measure = z.string({ error: "请填写度量" }).min(1, "请填写度量");
const day = z.custom<LocalDate>(
  (value) => typeof value === "string" && isLocalDate(value),
  "应为真实日期，如 2026-01-01",
);
const group = z.enum(keysOf(UNIT_GROUPS), { error: "单位分组不存在" });

const groupMultipliers = z.partialRecord(group, positive).optional();
const share = decimal.refine((text) => compare(parseRational(text), parseRational("1")) <= 0, "协办份额应在0至1之间");
const events = { coShare: share.optional(), countOnce: z.boolean({ error: "应为是或否" }).optional() };

const datedTargets = z
  .array(z.strictObject({ from: day, percent }), { error: "请填写目标" })
  .min(1, "至少填写一个目标")
  .refine(
    (rows) => rows.every((row, i) => i === 0 || (rows[i - 1]?.from ?? "") < row.from),
    "目标应按起始日期先后排列，日期不重复",
  );

const steps = z
  .array(z.strictObject({ atLeastPercent: decimal, sharePercent: percent }), { error: "请填写档次" })
  .min(1, "至少填写一个档次")
  .refine(
    (rows) => rows.every((row, i) => i === 0 || falls(rows[i - 1], row)),
    "档次应从高到低排列，门槛和得分比例都递减",
  );

function falls(
  above: { atLeastPercent: string; sharePercent: string } | undefined,
  below: { atLeastPercent: string; sharePercent: string },
): boolean {
  if (!above) return true;
  const lower = (a: string, b: string) => compare(parseRational(b), parseRational(a)) < 0;
  return lower(above.atLeastPercent, below.atLeastPercent) && lower(above.sharePercent, below.sharePercent);
}

const weightedRule = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({
      kind: z.literal("ratio"),
      measure,
      target: z.union([z.literal("timeProgress"), datedTargets], { error: "目标应为按日期的百分比或 timeProgress" }),
      groupMultipliers,
    }),
    z.strictObject({ kind: z.literal("steps"), measure, steps, groupMultipliers }),
    z.strictObject({ kind: z.literal("presence"), measure, groupMultipliers }),
    z.strictObject({
      kind: z.literal("perOccurrence"),
      occurrences: z
        .array(
          z.strictObject({
            measure,
            pointsEach: signedDecimal.refine((text) => compare(parseRational(text), ZERO) !== 0, "每次分值不能为0"),
          }),
          { error: "请填写计次项" },
        )
        .min(1, "至少填写一个计次项"),
      ...events,
      groupMultipliers,
    }),
    z.strictObject({ kind: z.literal("manual"), measure, max: positive, groupMultipliers }),
  ],
  { error: "计分规则的种类不存在" },
);

/** The shape in which a node is typed; the transform makes it either a leaf or a branch, never both. */
interface NodeInput {
  code: string;
  name: string;
  weight: string;
  children?: SchemeNode[] | undefined;
  rule?: z.infer<typeof weightedRule> | undefined;
}

const node: z.ZodType<SchemeNode> = z.lazy(() =>
  z
    .strictObject({
      code,
      name,
      weight: positive,
      children: z.array(node, { error: "下级指标应为列表" }).min(1, "下级指标不能为空").optional(),
      rule: weightedRule.optional(),
    })
    .transform(({ children, rule, ...rest }: NodeInput, ctx): SchemeNode => {
      if (children && !rule) return { ...rest, children };
      if (rule && !children) return { ...rest, rule };
      ctx.addIssue({ code: "custom", message: `指标“${rest.name}”应有下级指标或计分规则，且只能有其一` });
      return z.NEVER;
    }),
);

const adjustmentRule = { measure, pointsEach: positive, ...events, groupMultipliers };

const definition = z.strictObject({
  code,
  name,
  version: z.int({ error: "版本应为整数" }).min(1, "版本从1开始"),
  inForceFrom: day,
  groups: z
    .array(group, { error: "请选择适用的单位分组" })
    .min(1, "请选择适用的单位分组")
    .refine((list) => new Set(list).size === list.length, "单位分组重复"),
  nodes: z.array(node, { error: "请填写指标" }).min(1, "至少有一个指标"),
  bonuses: z.array(
    z.strictObject({ code, name, rule: z.strictObject({ kind: z.literal("bonus"), ...adjustmentRule }) }),
  ),
  deductions: z.array(
    z.strictObject({ code, name, rule: z.strictObject({ kind: z.literal("deduction"), ...adjustmentRule }) }),
  ),
  bonusCap: decimal,
  deductionCap: decimal,
  vetoes: z.array(
    z.strictObject({
      code,
      name,
      measure,
      gradeCap: z
        .enum(GRADES, { error: "等次应为优、良、中、差之一" })
        .refine((grade) => grade !== "优", "一票否决后的等次应低于优"),
    }),
  ),
  rounding: z.literal(2, { error: "得分保留2位小数" }),
  tieBreak: code.optional(),
});

/**
 * Reads a scheme file and says in Chinese what is wrong with it: weights that do not add up to 100 (or to their
 * parent's), codes used twice, measures the system does not compute, a tie-break that is no leaf.
 * @source domain.md §9
 */
export function schemeSchema(knownMeasures: ReadonlySet<string>): z.ZodType<SchemeDefinition> {
  return definition.superRefine((scheme, ctx) => {
    const complain = (message: string) => ctx.addIssue({ code: "custom", message });
    checkWeights(scheme.nodes, FULL, "方案", complain);

    const leaves = leavesOf(scheme.nodes).map(({ leaf }) => leaf);
    const adjustments = [...scheme.bonuses, ...scheme.deductions];
    const codes = [
      ...codesOf(scheme.nodes),
      ...adjustments.map((item) => item.code),
      ...scheme.vetoes.map((item) => item.code),
    ];
    for (const twice of repeated(codes)) complain(`编码“${twice}”重复`);

    const measures = [
      ...[...leaves, ...adjustments].flatMap((item) => measuresOf(item.rule)),
      ...scheme.vetoes.map((veto) => veto.measure),
    ];
    for (const unknown of new Set(measures.filter((each) => !knownMeasures.has(each))))
      complain(`度量“${unknown}”不存在`);

    if (scheme.tieBreak !== undefined && !leaves.some((leaf) => leaf.code === scheme.tieBreak)) {
      complain(`并列时的比较指标“${scheme.tieBreak}”不是方案中的末级指标`);
    }
  });
}

function checkWeights(
  nodes: readonly SchemeNode[],
  expected: Rational,
  owner: string,
  complain: (message: string) => void,
): void {
  const total = sum(nodes.map((each) => parseRational(each.weight)));
  if (compare(total, expected) !== 0) {
    complain(`${owner}的下级权重合计${decimalText(total)}，应为${decimalText(expected)}`);
  }
  for (const each of nodes) {
    if ("children" in each) checkWeights(each.children, parseRational(each.weight), `“${each.name}”`, complain);
  }
}

/** Weights have at most six decimals, so the text is exact. */
function decimalText(value: Rational): string {
  if (value.d === 1n) return toExact(value);
  return (Number(value.n) / Number(value.d)).toString();
}

function codesOf(nodes: readonly SchemeNode[]): string[] {
  return nodes.flatMap((each) => [each.code, ...("children" in each ? codesOf(each.children) : [])]);
}

function repeated(values: readonly string[]): Set<string> {
  return new Set(values.filter((value, i) => values.indexOf(value) !== i));
}
