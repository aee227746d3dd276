import { readFileSync } from "node:fs";

/**
 * Reads a small CSV file with a header row into records keyed by header: quoted cells may hold commas, doubled quotes
 * and line breaks; a byte order mark is dropped, empty lines are skipped. The path is relative to the project root.
 * @throws Error naming the row, when a row has another number of cells than the header
 */
export function readCsv(path: string): Record<string, string>[] {
  const [header = [], ...rows] = parseCsv(readFileSync(path, "utf8").replace(/^\uFEFF/, ""));
  return rows.map((cells, index) => {
    if (cells.length !== header.length) {
      throw new Error(`${path}: row ${index + 2} has ${cells.length} cells, the header ${header.length}`);
    }
    return Object.fromEntries(header.map((name, column) => [name, cells[column] ?? ""]));
  });
}

function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  const endRow = () => {
    row.push(cell);
    if (row.length > 1 || cell !== "") rows.push(row);
    row = [];
    cell = "";
  };
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (quoted && char === '"' && text.charAt(at + 1) === '"') {
      cell += char;
      at++;
    } else if (char === '"') quoted = !quoted;
    else if (char === "," && !quoted) {
      row.push(cell);
      cell = "";
    } else if (char === "\n" && !quoted) endRow();
    else if (char !== "\r" || quoted) cell += char;
  }
  endRow();
  return rows;
}
