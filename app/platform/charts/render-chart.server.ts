import { init, use } from "echarts/core";
import type { ComposeOption } from "echarts/core";
import { LineChart, type LineSeriesOption } from "echarts/charts";
import {
  GridComponent,
  LegendComponent,
  type GridComponentOption,
  type LegendComponentOption,
} from "echarts/components";
import { SVGRenderer } from "echarts/renderers";

use([LineChart, GridComponent, LegendComponent, SVGRenderer]);

export type ChartOption = ComposeOption<LineSeriesOption | GridComponentOption | LegendComponentOption>;

interface ChartSize {
  /** @unit px, of the drawing's own coordinates: it scales to its place */
  readonly width: number;
  readonly height: number;
}

/**
 * Draws a chart on the server, as SVG text that needs no script. The same data give the same bytes: what the library
 * counts up from one drawing to the next is named after `id`, and what only a moving picture needs is left out. Colours may
 * be the tokens of the page (`var(--primary)`); texts take the page's font.
 */
export function renderChart(id: string, option: ChartOption, { width, height }: ChartSize): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption({ ...option, animation: false });
    return settled(chart.renderToSVGString({ useViewBox: true }), id);
  } finally {
    chart.dispose();
  }
}

function settled(svg: string, id: string): string {
  return (
    svg
      .replace(/<style[\s\S]*?<\/style>/g, "")
      .replace(/ (?:class|ecmeta_\w+|pointer-events)="[^"]*"/g, "")
      .replace(/style="font-size:(\d+)px;font-family:[^";]*;"/g, 'font-size="$1"')
      .replace(/\bzr\d+-/g, `${id}-`)
      // It fills its place; its proportions are in the view box. Words beside it say what it shows.
      .replace(/^<svg width="\d+" height="\d+"/, '<svg width="100%" aria-hidden="true" focusable="false"')
      .replace(/\n/g, "")
  );
}
