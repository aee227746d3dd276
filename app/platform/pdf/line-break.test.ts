import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { breakLines, unbreakablePieces } from "./line-break";

/** Chinese characters are one wide, Latin letters and digits a half. */
const widthOf = (text: string): number =>
  [...text].reduce((width, char) => width + (/[\x20-\x7e]/.test(char) ? 0.5 : 1), 0);
const lines = (text: string, width: number, indent = 0) =>
  breakLines(text, { widthOf, first: width - indent, rest: width });

describe("unbreakablePieces", () => {
  it.each([
    ["closing marks stay with what they close", "共享，交换。", ["共", "享，", "交", "换。"]],
    ["several closing marks stay together", "“上云。”）", ["“上", "云。”）"]],
    ["opening marks stay with what they open", "见（《办法》）", ["见", "（《办", "法》）"]],
    ["a number keeps separators, point and percent sign", "达1,234.56%左", ["达", "1,234.56%", "左"]],
    ["a date with hyphens is whole", "于2026-07-31前", ["于", "2026-07-31", "前"]],
    ["a document number parts only outside its brackets", "数〔2026〕8号", ["数", "〔2026〕", "8", "号"]],
    ["a currency sign stays with its amount", "计￥1.5万", ["计", "￥1.5", "万"]],
    ["a doubled dash is whole", "工作——进展", ["工", "作", "——", "进", "展"]],
    ["a doubled ellipsis is whole", "等……共", ["等", "……", "共"]],
    ["Latin words part at their space", "IaaS and PaaS类", ["IaaS ", "and ", "PaaS", "类"]],
    ["an accent stays with its letter", "名e\u0301称", ["名", "e\u0301", "称"]],
    ["a character beyond the basic plane is one character", "𬭎𬭎", ["𬭎", "𬭎"]],
  ])("%s", (_, text, expected) => {
    expect(unbreakablePieces(text)).toEqual(expected);
  });
});

describe("breakLines", () => {
  it.each([
    ["exactly full lines", "一二三四五六七八", 4, ["一二三四", "五六七八"]],
    ["one character too many", "一二三四五", 4, ["一二三四", "五"]],
    ["a comma that would start a line takes its character along", "一二三四，五", 4, ["一二三", "四，五"]],
    ["an opening bracket that would end a line goes on", "一二三（四）", 4, ["一二三", "（四）"]],
    ["a number is not cut", "共计12345.67元", 4, ["共计", "12345.67", "元"]],
    ["a word wider than the line is cut", "abcdefghij", 4, ["abcdefgh", "ij"]],
    ["white space becomes one space and none at an end", "  甲 \n\t 乙\u3000", 9, ["甲 乙"]],
    ["a space at the break disappears", "abcd efgh", 2, ["abcd", "efgh"]],
    ["control characters disappear", "甲\u0000乙", 9, ["甲 乙"]],
    ["invisible characters disappear", "葛\u{fe00}洲\u200b坝\u00ad", 9, ["葛洲坝"]],
    ["an empty text is one empty line", "", 4, [""]],
  ])("%s", (_, text, width, expected) => {
    expect(lines(text, width)).toEqual(expected);
  });

  it("the first line is shorter by the indent", () => {
    expect(lines("一二三四五六", 4, 2)).toEqual(["一二", "三四五六"]);
  });

  it.each([
    [
      "pulled in when its blank half may stand out and the gaps give the rest",
      "一二三四五六，七",
      0.1,
      ["一二三四五六，", "七"],
    ],
    ["pushed out with its character when the gaps give too little", "一二三四五六，七", 0.05, ["一二三四五", "六，七"]],
    ["not pulled in for a mark that closes nothing", "一二三四五六七八", 0.1, ["一二三四五六", "七八"]],
  ])("in justified text a closing mark is %s", (_, text, perGap, expected) => {
    expect(breakLines(text, { widthOf, first: 6, rest: 6, pullIn: { overhang: 0.5, perGap } })).toEqual(expected);
  });

  it("loses no character, overfills no line and starts or ends none wrongly, whatever the text", () => {
    const text = fc.string({ unit: fc.constantFrom(..."政务数据，。、；（）《》“”——…〔〕12%.a "), maxLength: 120 });
    fc.assert(
      fc.property(text, fc.integer({ min: 12, max: 28 }), (source, width) => {
        const broken = lines(source, width);
        expect(broken.join("").replaceAll(" ", "")).toBe(source.replaceAll(" ", ""));
        const hasWidePiece = unbreakablePieces(source).some((piece) => widthOf(piece) > width);
        for (const line of broken) {
          expect(widthOf(line)).toBeLessThanOrEqual(width);
          if (hasWidePiece || line === broken[0]) continue;
          expect(line).not.toMatch(/^[，。、；）》”〕%]/);
        }
        for (const line of hasWidePiece ? [] : broken.slice(0, -1)) expect(line).not.toMatch(/[（《“〔]$/);
      }),
    );
  });
});
