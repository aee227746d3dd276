import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";

import { fen } from "~/kernel/fen";
import { rational } from "~/kernel/rational";

import { Amount, Countdown, LightTag, Percent, Place, type Light } from "./index";
import { pagesToShow } from "./Pagination";

const wordsOf = (html: string): string => html.replace(/<[^>]*>/g, "");

describe("Amount", () => {
  it("shows 万元 and keeps the exact yuan in its title", () => {
    const html = renderToStaticMarkup(<Amount fen={fen(486_512_345)} />);
    expect(wordsOf(html)).toBe("486.51");
    expect(html).toContain('title="4,865,123.45 元"');
  });
  it("an unknown amount is a dash, not zero", () => {
    expect(wordsOf(renderToStaticMarkup(<Amount fen={null} />))).toBe("—");
  });
});

describe("Percent", () => {
  it.each([
    ["rounded half up at one decimal", rational(1, 16), "6.3%"],
    ["nothing to divide by", null, "—"],
  ])("%s", (_, share, shown) => {
    expect(wordsOf(renderToStaticMarkup(<Percent share={share} />))).toBe(shown);
  });
});

describe("Place", () => {
  it.each([
    ["from 5 to 3 rises", 3, 5, "▲2", "上升 2 位"],
    ["from 6 to 7 falls", 7, 6, "▼1", "下降 1 位"],
    ["the same place", 4, 4, "–", "持平"],
    ["not ranked before", 9, null, "新", "新"],
  ])("%s", (_, place, previous, sign, word) => {
    const words = wordsOf(renderToStaticMarkup(<Place place={place} previous={previous} />));
    expect(words).toContain(sign);
    expect(words).toContain(word);
  });
});

describe("Countdown", () => {
  it.each([
    ["three days left", 3, "剩余 3 个工作日", "circle"],
    ["two days left", 2, "剩余 2 个工作日", "path"],
    ["the last day", 0, "今天到期", "path"],
    ["one day late", -1, "超期 1 个工作日", "rect"],
  ])("%s", (_, remaining, words, shape) => {
    const html = renderToStaticMarkup(<Countdown remaining={remaining} />);
    expect(wordsOf(html)).toBe(words);
    expect(html).toContain(`<${shape}`);
  });
});

describe("LightTag", () => {
  it("gives every light its own word and its own shape", () => {
    const lights: Light[] = ["green", "yellow", "red"];
    const html = lights.map((light) => renderToStaticMarkup(<LightTag light={light} />));
    expect(html.map(wordsOf)).toEqual(["正常", "预警", "滞后"]);
    expect(html.map((tag) => /<svg[^>]*><(\w+)/.exec(tag)?.[1])).toEqual(["circle", "path", "rect"]);
  });
});

describe("pagesToShow", () => {
  it.each([
    ["one page", 1, 1, [1]],
    ["few pages leave no gap", 2, 4, [1, 2, 3, 4]],
    ["a gap of one page is that page", 4, 6, [1, 2, 3, 4, 5, 6]],
    ["in the middle of many", 5, 16, [1, null, 4, 5, 6, null, 16]],
    ["at the end of many", 16, 16, [1, null, 15, 16]],
  ])("%s", (_, page, count, shown) => {
    expect(pagesToShow(page, count)).toEqual(shown);
  });
});
