import { ASSET_KINDS } from "~/kernel/vocabulary";

import { KINDS } from "../graph.types";
import { isDashed, NODE_HEIGHT, NODE_WIDTH, type PlacedPicture } from "./layout";
import { LOOKS, outline } from "./look";

const MARGIN = 24;
const LEGEND_HEIGHT = 40;
const LEGEND_STEP = 120;
const LINE_HEIGHT = 17;
const FONT = "PingFang SC, Microsoft YaHei, Noto Sans SC, Noto Sans CJK SC, sans-serif";

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
const at = (value: number): string => String(Math.round(value * 10) / 10);

/**
 * The placed picture as an SVG document of its own, with title and legend.
 * @param colour the value of a colour's name in the tokens
 */
export function toSvg({ nodes, edges }: PlacedPicture, title: string, colour: (name: string) => string): string {
  const xs = [...nodes.map(({ x }) => x - NODE_WIDTH / 2), ...edges.flatMap(({ points }) => points.map(({ x }) => x))];
  const ys = [...nodes.map(({ y }) => y - NODE_HEIGHT / 2), ...edges.flatMap(({ points }) => points.map(({ y }) => y))];
  const left = Math.min(0, ...xs) - MARGIN;
  const top = Math.min(0, ...ys) - MARGIN - LEGEND_HEIGHT;
  const right = Math.max(KINDS.length * LEGEND_STEP, ...xs.map((x) => x + NODE_WIDTH)) + MARGIN;
  const bottom = Math.max(0, ...ys.map((y) => y + NODE_HEIGHT)) + MARGIN;
  const [width, height] = [right - left, bottom - top];
  const lines = edges.map(({ edge, points }) => {
    const way = points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${at(x)},${at(y)}`).join("");
    const dashes = isDashed(edge) ? ' stroke-dasharray="6 4"' : "";
    return `<path d="${way}" fill="none" stroke="${colour("--line-control")}" stroke-width="1.2"${dashes} marker-end="url(#end)"/>`;
  });
  const boxes = nodes.map(({ node, lines: words, x, y }) => {
    const look = LOOKS[node.kind];
    const first = y - ((words.length - 1) * LINE_HEIGHT) / 2;
    const texts = words.map(
      (word, index) =>
        `<text x="${at(x)}" y="${at(first + index * LINE_HEIGHT)}" fill="${colour(look.text)}" font-size="${index === 0 ? 11 : 13}">${escaped(word)}</text>`,
    );
    return `<g><title>${escaped(`${ASSET_KINDS[node.kind]} ${node.code} ${node.name}`)}</title><path transform="translate(${at(x - NODE_WIDTH / 2)} ${at(y - NODE_HEIGHT / 2)})" d="${outline(node.kind, NODE_WIDTH, NODE_HEIGHT)}" fill="${colour(look.fill)}" stroke="${colour(look.edge)}" stroke-width="1.4"/>${texts.join("")}</g>`;
  });
  const legend = KINDS.map((kind, index) => {
    const x = left + MARGIN + index * LEGEND_STEP;
    return `<path transform="translate(${at(x)} ${at(top + 12)})" d="${outline(kind, 30, 18)}" fill="${colour(LOOKS[kind].fill)}" stroke="${colour(LOOKS[kind].edge)}"/><text x="${at(x + 38)}" y="${at(top + 21)}" text-anchor="start" fill="${colour("--ink")}" font-size="13">${ASSET_KINDS[kind]}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${at(left)} ${at(top)} ${at(width)} ${at(height)}" width="${at(width)}" height="${at(height)}" font-family="${FONT}" text-anchor="middle" dominant-baseline="central">`,
    `<title>${escaped(title)}</title>`,
    `<defs><marker id="end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0L8,4L0,8Z" fill="${colour("--line-control")}"/></marker></defs>`,
    `<rect x="${at(left)}" y="${at(top)}" width="${at(width)}" height="${at(height)}" fill="${colour("--surface")}"/>`,
    ...legend,
    ...lines,
    ...boxes,
    "</svg>",
  ].join("\n");
}
