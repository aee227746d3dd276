import * as XLSX from "xlsx";

import { readWorkbook } from "~/platform/xlsx/read-workbook.server";
import { writeWorkbook } from "~/platform/xlsx/write-workbook.server";

import type { BenchFigure } from "./figure";

const ROWS = 10_000;
const COLUMNS = 12;

/** Reading a sheet of 10,000 rows through all checks, against the library's own parse of the same bytes. */
export async function benchSheets(): Promise<BenchFigure[]> {
  const titles = Array.from({ length: COLUMNS }, (_, column) => ({
    title: `第${column + 1}列`,
    kind: "text" as const,
  }));
  const rows = Array.from({ length: ROWS }, (_, row) => titles.map((_title, column) => `数据${row}-${column}`));
  const bytes = await writeWorkbook({
    sheets: [{ name: "数据", columns: titles, rows }],
    properties: { title: "测速", author: "测速" },
  });
  const timed = async (work: () => unknown): Promise<number> => {
    const times: number[] = [];
    for (let run = 0; run < 5; run++) {
      const begun = performance.now();
      await work();
      times.push(performance.now() - begun);
    }
    return times.sort((a, b) => a - b)[2] ?? NaN;
  };
  const bare = await timed(() => XLSX.read(bytes, { dense: true }));
  const ours = await timed(async () => {
    const result = await readWorkbook(bytes, "测速.xlsx");
    if (!result.ok) throw new Error(`refused: ${result.refusals[0]?.code}`);
  });
  return [
    {
      figure: "sheetImport10000Rows",
      value: Math.round(ours),
      unit: `ms, ${ROWS} × ${COLUMNS} cells, median of 5`,
      libraryMs: Math.round(bare),
      ratioToLibrary: Math.round((ours / bare) * 100) / 100,
    },
  ];
}
