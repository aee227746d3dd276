import { pinyin } from "pinyin-pro";

/** Pinyin initials of a name, stored at write, so that "zhgw" finds 智慧管网. */
export function initialsOf(text: string): string {
  return pinyin(text, { pattern: "first", toneType: "none", type: "array", nonZh: "consecutive" })
    .join("")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
}
