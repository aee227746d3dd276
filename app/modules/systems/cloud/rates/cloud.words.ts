import { parseRational, rational, toFixed } from "~/kernel/rational";
import { SCOPE_REASONS, SCOPE_RESULTS, type ScopeReason, type ScopeResult } from "~/kernel/vocabulary";

/** 口径 of each figure of the cloud pages. @source domain.md §6 */
export const CLOUD_DEFINITIONS = {
  rate: "上云率 = 已上云 ÷ 应上云。已上云是通过安全检测并开通服务、且未被退回的系统；应上云是在用的自建系统减去认定不纳入的系统，已纳管且接口开放的特殊系统也不计入。",
  migrated: "截至当日，安全检测和服务开通两步都已完成且没有退回的系统。",
  due: "截至当日在用、应上云的自建系统，以及尚未纳管的特殊系统；国垂省垂、涉密、达到规定等保级别和公安国安等单位的系统经认定后不计入。",
  overdue: "所在批次的目标日期已过而尚未上云的系统。",
  blocked: "登记了受阻原因、截至当日尚未解除、也没有上云的系统。",
  fresh: "当年登记入清单的系统中已上云的 ÷ 当年登记入清单的应上云系统。",
  unit: "系统在截至日期属于哪个单位，就计入哪个单位；移交以前计入原单位。",
  batch: "系统在截至日期列在哪个批次，就计入哪个批次。",
  region: "各级区域包括其下级区域的系统。",
} as const;

/** A rate for people: two decimals, or a dash when nothing counts. */
export const sayRate = (numerator: number, denominator: number): string =>
  denominator === 0 ? "—" : `${toFixed(rational(numerator * 100, denominator), 2)}%`;

/** A target's text without needless zeros. @param percent the figure's text */
export const sayTarget = (percent: string): string => {
  const { n, d } = parseRational(percent);
  return d === 1n ? `${n}%` : `${percent}%`;
};

/** How a system stands, in one sentence. */
export function sayScope(standing: {
  readonly scope: ScopeResult;
  readonly reason: ScopeReason | null;
  readonly managed: boolean;
}): string {
  const why = standing.reason ? `（${SCOPE_REASONS[standing.reason]}）` : "";
  const managed =
    standing.scope !== "special" ? "" : standing.managed ? "，已纳管，不计入上云率" : "，未纳管，仍计入上云率";
  return `${SCOPE_RESULTS[standing.scope]}${why}${managed}`;
}
