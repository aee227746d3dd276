import { formatPeriod, monthOf, type Period } from "~/kernel/period";
import { multiply, type Rational, rational, toFixed } from "~/kernel/rational";
import type { Light } from "~/kernel/vocabulary";
import { renderChart, type ChartOption } from "~/platform/charts/render-chart.server";

import type { CourseMonth } from "./course.rules";

/** The same shapes as the lights have everywhere: a light is never colour alone. */
const LIGHT_MARKS: Readonly<Record<Light, { symbol: string; size: number; color: string }>> = {
  green: { symbol: "circle", size: 7, color: "var(--good)" },
  yellow: { symbol: "triangle", size: 13, color: "var(--warn)" },
  red: { symbol: "rect", size: 11, color: "var(--bad)" },
};

const WIDE = { width: 880, height: 320 };
const NARROW = { width: 340, height: 260 };

interface Line {
  readonly name: string;
  readonly color: string;
  readonly dashed?: boolean;
  readonly values: readonly (Rational | null)[];
  readonly lights?: readonly (Light | null)[];
}

const pictures = (id: string, months: readonly Period[], lines: readonly Line[]) => ({
  wide: renderChart(`${id}-wide`, optionOf(months, lines), WIDE),
  narrow: renderChart(`${id}-narrow`, optionOf(months, lines), NARROW),
});

/** Planned and reported progress of the months, the lights of the reports as their marks. */
export const drawProgress = (course: readonly CourseMonth[]) =>
  pictures(
    "progress",
    course.map(({ period }) => period),
    [
      { name: "计划进度", color: "var(--secondary)", dashed: true, values: course.map(({ planned }) => planned) },
      {
        name: "实际进度",
        color: "var(--primary)",
        values: course.map(({ actual }) => actual),
        lights: course.map(({ light }) => light),
      },
    ],
  );

const asPercent = (share: Rational | null): Rational | null => share && multiply(share, rational(100));

/** Money paid against the time that has passed. */
export const drawMoney = (course: readonly CourseMonth[]) =>
  pictures(
    "money",
    course.map(({ period }) => period),
    [
      {
        name: "时间进度",
        color: "var(--secondary)",
        dashed: true,
        values: course.map(({ timeShare }) => asPercent(timeShare)),
      },
      { name: "支付进度", color: "var(--primary)", values: course.map(({ paidShare }) => asPercent(paidShare)) },
    ],
  );

/** "7月", and the year where it begins */
const labelOf = (period: Period, index: number): string =>
  index === 0 || monthOf(period) === 1 ? formatPeriod(period).slice(2) : `${monthOf(period)}月`;

function optionOf(months: readonly Period[], lines: readonly Line[]): ChartOption {
  const text = { color: "var(--secondary)", fontSize: 12 };
  return {
    grid: { left: 44, right: 16, top: 44, bottom: 28 },
    legend: {
      top: 4,
      left: "center",
      data: lines.map(({ name }) => name),
      textStyle: { ...text, color: "var(--ink)" },
    },
    xAxis: {
      type: "category",
      data: months.map(labelOf),
      boundaryGap: false,
      axisLabel: { ...text, hideOverlap: true },
      axisLine: { lineStyle: { color: "var(--line-control)" } },
      axisTick: { show: false },
    },
    yAxis: {
      type: "value",
      min: 0,
      max: (value: { max: number }) => Math.max(100, Math.ceil(value.max / 20) * 20),
      interval: 20,
      axisLabel: { ...text, formatter: "{value}%" },
      splitLine: { lineStyle: { color: "var(--line)" } },
    },
    series: lines.map(({ name, color, dashed = false, values, lights }) => ({
      type: "line",
      name,
      silent: true,
      showSymbol: lights !== undefined,
      // a light is shown even where there is no room for every month's name
      showAllSymbol: true,
      symbol: "circle",
      symbolSize: 5,
      itemStyle: { color },
      lineStyle: { color, width: 2, type: dashed ? "dashed" : "solid" },
      data: values.map((value, index) => {
        const light = lights?.[index];
        const mark = light && LIGHT_MARKS[light];
        return {
          // a drawing is not a figure: two decimals are finer than its lines
          value: value === null ? null : Number(toFixed(value, 2)),
          ...(mark && { symbol: mark.symbol, symbolSize: mark.size, itemStyle: { color: mark.color } }),
        };
      }),
    })),
  };
}
