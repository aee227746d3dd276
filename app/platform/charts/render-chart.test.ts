import { describe, expect, it } from "vitest";

import { renderChart, type ChartOption } from "./render-chart.server";

const option = (values: readonly (number | null)[]): ChartOption => ({
  xAxis: { type: "category", data: ["7月", "8月", "9月"] },
  yAxis: { type: "value" },
  series: [{ type: "line", name: "计划", data: [...values], lineStyle: { color: "var(--primary)" } }],
});
const SIZE = { width: 400, height: 200 };

describe("renderChart", () => {
  it("gives the same bytes for the same data, however many were drawn before", () => {
    const first = renderChart("course", option([1, 2, 3]), SIZE);
    renderChart("other", option([3, 2, 1]), SIZE);
    expect(renderChart("course", option([1, 2, 3]), SIZE)).toBe(first);
    expect(renderChart("course", option([1, 2, 4]), SIZE)).not.toBe(first);
  });

  it("names what it defines after its id, so that two drawings on a page do not meet", () => {
    const ids = (id: string) =>
      [...renderChart(id, option([1, 2, 3]), SIZE).matchAll(/ id="([^"]+)"/g)].map(([, name]) => name);
    expect(ids("wide").length).toBeGreaterThan(0);
    expect(ids("wide").every((name) => name?.startsWith("wide-"))).toBe(true);
    expect(ids("wide").filter((name) => ids("narrow").includes(name))).toEqual([]);
  });

  it("holds no script, no style and no event, and keeps the page's colours and words", () => {
    const svg = renderChart("course", option([1, null, 3]), SIZE);
    expect(svg).not.toMatch(/<script|<style|style=|\son\w+=|class=|font-family/);
    expect(svg).toContain('stroke="var(--primary)"');
    expect(svg).toContain(">8月</text>");
    expect(svg).toContain('viewBox="0 0 400 200"');
  });
});
