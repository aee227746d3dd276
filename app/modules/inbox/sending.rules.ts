/** What would be read as markup in a group, and what stands in its place. */
const MARKUP: Readonly<Record<string, string>> = {
  "[": "［",
  "]": "］",
  "<": "＜",
  ">": "＞",
  "`": "‘",
  "*": "＊",
  "#": "＃",
  "\\": "＼",
};

/** A text as the body of a mail: what is to be done, and where. */
export const mailText = (title: string, address: string): string =>
  `${title}\n\n办理地址：${address}\n\n本邮件由明镜系统自动发出，请勿回复。\n`;

/** A text as one line of a robot's message: the text itself is the link. Names that people typed make no markup. */
export function robotLine(title: string, address: string): string {
  const words = title.replace(/\s+/g, " ").replace(/[[\]<>`*#\\]/g, (sign) => MARKUP[sign] ?? sign);
  return `[${words}](${address.replaceAll("(", "%28").replaceAll(")", "%29")})`;
}

/** How long one message may be. */
export interface MessageLimits {
  readonly mostLines: number;
  /** @unit bytes of UTF-8 */
  readonly mostBytes: number;
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/**
 * What waits for one robot as one message: a numbered list as long as the limits allow, the rest as a number. A single
 * line is not numbered; the first is always told, cut when it alone is too long.
 */
export function composeMessage(lines: readonly string[], { mostLines, mostBytes }: MessageLimits): string {
  const [only = ""] = lines;
  if (lines.length <= 1) return cut(only, mostBytes);
  for (let shown = Math.min(lines.length, mostLines); shown >= 1; shown--) {
    const text = numbered(lines.slice(0, shown), lines.length - shown);
    if (bytesOf(text) <= mostBytes) return text;
  }
  const rest = restWords(lines.length - 1);
  return `${cut(only, mostBytes - bytesOf(rest) - 2)}\n\n${rest}`;
}

const restWords = (more: number): string => `另有 ${more} 条，请登录系统查看。`;

function numbered(shown: readonly string[], more: number): string {
  const list = shown.map((line, at) => `${at + 1}. ${line}`).join("\n");
  return more > 0 ? `${list}\n\n${restWords(more)}` : list;
}

/** By characters, so that none is torn. */
function cut(text: string, mostBytes: number): string {
  let kept = "";
  let bytes = 0;
  for (const character of text) {
    bytes += bytesOf(character);
    if (bytes > mostBytes) break;
    kept += character;
  }
  return kept;
}

export type FailureCode = "timeout" | "connection" | "redirected" | "answered" | "refused" | "notAllowed" | "mail";

/** Why a message did not leave: a code, and the words of whoever refused it. */
export interface Failure {
  readonly code: FailureCode;
  readonly detail: string;
  /** trying again does not help */
  readonly permanent?: boolean;
}

/** How many times a sending is tried before it is given up. @unit times */
export const MOST_ATTEMPTS = 10;

export interface BackOff {
  /** @unit ms */
  readonly firstMs: number;
  readonly longestMs: number;
}

/**
 * How long to wait after so many attempts in vain: doubling from the first to the longest; undefined when it is given up.
 * @unit ms
 */
export function retryAfter(attempts: number, { firstMs, longestMs }: BackOff): number | undefined {
  return attempts >= MOST_ATTEMPTS ? undefined : Math.min(longestMs, firstMs * 2 ** (attempts - 1));
}
