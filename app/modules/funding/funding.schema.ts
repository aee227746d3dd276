import { z } from "zod";

import { parseAmount, type Fen } from "~/kernel/fen";

import { RETURN_TEMPLATE_KEYS } from "./funding.templates";

const UNITS = ["wan", "yuan"] as const;
export type MoneyUnit = (typeof UNITS)[number];

/** The unit that an address asks for: 万元, unless it says otherwise. */
export const readMoneyUnit = (query: URLSearchParams): MoneyUnit => (query.get("in") === "yuan" ? "yuan" : "wan");

/** What an address keeps of the unit. */
export const inUnit = (unit: MoneyUnit): { readonly in: string | undefined } => ({
  in: unit === "yuan" ? unit : undefined,
});

const AMOUNT_WORDS: Readonly<Record<MoneyUnit, string>> = {
  wan: "金额应为不小于 0 的数字，单位万元，例如 128.5",
  yuan: "金额应为不小于 0 的数字，单位元，例如 1285000",
};

const version = z.coerce.number().int();

/**
 * The lines of a funding review as typed, in the unit that the page showed; an empty amount is a line not reviewed yet.
 * @unit fen out
 */
export const reviewLinesSchema = z
  .object({
    version,
    unit: z.enum(UNITS),
    intent: z.enum(["save", "saveRest"]),
    lines: z
      .array(
        z.object({
          id: z.uuid(),
          reviewed: z.string().trim().default(""),
          reason: z.string().trim().max(500, "最多 500 个字").default(""),
        }),
      )
      .max(300)
      .default([]),
  })
  .transform(({ unit, lines, ...rest }, issues) => ({
    ...rest,
    unit,
    lines: lines.map(({ id, reviewed, reason }, index) => {
      const reviewedFen: Fen | null | undefined = reviewed === "" ? null : parseAmount(reviewed, unit);
      if (reviewedFen === undefined) {
        issues.addIssue({ code: "custom", path: ["lines", index, "reviewed"], message: AMOUNT_WORDS[unit] });
      }
      return { id, reviewedFen: reviewedFen ?? null, reason };
    }),
  }));

/** The lines as typed, whatever stands in them: to be shown in the other unit. */
export const typedLinesSchema = z.object({
  unit: z.enum(UNITS),
  lines: z.array(z.object({ reviewed: z.string().default("") })).default([]),
});

/** The end of a funding review: the conclusion, or the return with its reason; or ready-made reasons to write from. */
export const endReviewSchema = z.object({
  version,
  intent: z.enum(["conclude", "return", "takeOverTemplates"]),
  templates: z.array(z.enum(RETURN_TEMPLATE_KEYS)).default([]),
  opinion: z.string().trim().max(2000, "最多 2000 个字").default(""),
});

/** Which of the page's forms was sent. */
export const isEndOfReview = (intent: unknown): boolean =>
  intent === "conclude" || intent === "return" || intent === "takeOverTemplates";
