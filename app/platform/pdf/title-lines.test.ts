import { describe, expect, it } from "vitest";
import { balancedTitleLines } from "./title-lines";

const widthOf = (text: string): number =>
  [...text].reduce((width, char) => width + (/[\x20-\x7e]/.test(char) ? 0.5 : 1), 0);

describe("balancedTitleLines", () => {
  it.each([
    ["a title that fits is one line", "关于表扬先进单位的通报", 11, ["关于表扬先进单位的通报"]],
    [
      "one character too many makes two lines of like length",
      "关于表扬先进单位的通报",
      10,
      ["关于表扬先进", "单位的通报"],
    ],
    ["no line starts with 的", "表扬单位的通报", 6, ["表扬", "单位的通报"]],
    ["an ending stays with its word", "推进信息化工作会议", 8, ["推进信息化", "工作会议"]],
    ["words stay whole", "信息化项目推进情况通报", 6, ["信息化项目", "推进情况通报"]],
    ["a year stays with its digits", "关于2026年信息化工作的通报", 9, ["关于2026年", "信息化工作的通报"]],
    ["a book title does not part at its bracket", "关于印发《管理办法》的通知", 9, ["关于印发", "《管理办法》的通知"]],
    ["a word wider than the line is cut", "ABCDEFGHIJ", 4, ["ABCDEFGH", "IJ"]],
    ["no title is one empty line", "", 4, [""]],
  ])("%s", (_, title, width, expected) => {
    expect(balancedTitleLines(title, widthOf, width)).toEqual(expected);
  });
});
