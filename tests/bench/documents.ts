import { THREE_PAGES } from "~/platform/pdf/official-document.fixture";
import { renderOfficialDocument } from "~/platform/pdf/render-pdf.server";

import type { BenchFigure } from "./figure";

/** The bulletin PDF: cold worker, then warm. */
export async function benchDocuments(): Promise<BenchFigure[]> {
  const render = async (): Promise<[number, number]> => {
    const begun = performance.now();
    const bytes = await renderOfficialDocument(THREE_PAGES);
    return [performance.now() - begun, bytes.length];
  };
  const [first, bytes] = await render();
  const warm: number[] = [];
  for (let run = 0; run < 5; run++) warm.push((await render())[0]);
  const median = warm.sort((a, b) => a - b)[2] ?? NaN;
  return [
    { figure: "bulletinPdfFirst", value: Math.round(first), unit: "ms, 3 pages, cold worker", bytes },
    { figure: "bulletinPdfWarm", value: Math.round(median), unit: "ms, 3 pages, median of 5" },
  ];
}
