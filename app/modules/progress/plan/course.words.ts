import { daysBetween, formatOfficialDate, type LocalDate } from "~/kernel/local-date";
import { multiply, rational, toFixed } from "~/kernel/rational";

import type { Forecast, NoForecast } from "./forecast.rules";

/** 口径 of the figures of a project's course. @source domain.md §7 */
export const COURSE_DEFINITIONS = {
  actual: "最近一期已签批月报的形象进度。",
  planned: "按里程碑推算：从开工起，在相邻里程碑之间按天均匀推进；取月报所指当日的值。",
  gap: "实际进度减计划进度，按未舍入的数相减后再保留两位小数；负数为落后。",
  money:
    "支付进度 = 财政确认的支付累计 ÷ 批复金额；时间进度 = 已过月数 ÷ 计划月数（首末月各计一个月）。差距按未舍入的数相减后再保留两位小数，负数为支付慢于时间。",
  finish: "最后一个里程碑的计划完成日期；没有里程碑的，取立项时填写的完工日期。",
} as const;

/** "落后 1.36 个百分点" */
export function sayGap(gap: string | null): string {
  if (gap === null) return "尚无月报";
  if (Number(gap) === 0) return "与计划持平";
  return gap.startsWith("-") ? `落后 ${gap.slice(1)} 个百分点` : `超前 ${gap} 个百分点`;
}

const NO_FORECAST: Readonly<Record<NoForecast, string>> = {
  tooFewPoints: "已签批的月报不足两期，暂不预测。",
  notRising: "近几期月报的实际进度没有上升，按目前的推进情况无法预计完工日期。",
  alreadyDone: "最近一期月报的实际进度已达 100%，无须预测。",
  tooFar: "近几期月报的实际进度几乎没有上升，按目前的推进情况无法预计完工日期。",
};

/** The forecast in words: the day, how it lies to the plan, and how it was found. */
export function sayForecast(forecast: Forecast, planned: LocalDate | null, months: number) {
  const method = `方法：取最近 ${months} 期已签批月报（规则参数“完工预测：取近几个月的月报”）的截至日和实际进度，用最小二乘法拟合直线，推算达到 100% 的日期；只反映近期速度，不作为计划。`;
  if (!forecast.ok) return { said: NO_FORECAST[forecast.code], method };
  const { finishOn, used, perDay } = forecast;
  const said = `按近 ${used.length} 期月报的速度（平均每月推进约 ${toFixed(multiply(perDay, rational(30)), 1)} 个百分点），预计 ${formatOfficialDate(finishOn)}完工`;
  const points = used.map(({ day, percent }) => `${day} ${toFixed(percent, 2)}%`).join("，");
  return {
    said: `${said}${planned === null ? "" : `，${sayLater(daysBetween(planned, finishOn))}`}。`,
    method: `${method}所用数据：${points}。`,
  };
}

function sayLater(days: number): string {
  if (days === 0) return "与计划完工日期相同";
  return days > 0 ? `比计划晚 ${days} 天` : `比计划早 ${-days} 天`;
}
