import { z } from "zod";

import { parseAmount, type Fen } from "~/kernel/fen";

const UNITS = ["wan", "yuan"] as const;
export type MoneyUnit = (typeof UNITS)[number];

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

/** The end of a funding review: the conclusion, or the return with its reason. */
export const endReviewSchema = z.object({
  version,
  intent: z.enum(["conclude", "return"]),
  opinion: z.string().trim().max(2000, "最多 2000 个字").default(""),
});

/** Which of the page's forms was sent. */
export const isEndOfReview = (intent: unknown): boolean => intent === "conclude" || intent === "return";
