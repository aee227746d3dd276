/** Full-width characters that fit in one line of a node. */
const LINE_WIDTH = 12;
const MOST_LINES = 2;

const widthOf = (character: string): number => (/[\u0000-\u00ff]/.test(character) ? 0.55 : 1);

/** The lines in which a name stands in its node: broken where the node ends, an ellipsis for what has no room. */
export function labelLines(name: string): string[] {
  const lines: string[] = [];
  let line = "";
  let width = 0;
  for (const character of name) {
    if (width + widthOf(character) > LINE_WIDTH) {
      if (lines.length === MOST_LINES - 1) return [...lines, `${line.slice(0, -1)}…`];
      lines.push(line);
      line = "";
      width = 0;
    }
    line += character;
    width += widthOf(character);
  }
  return line ? [...lines, line] : lines;
}
