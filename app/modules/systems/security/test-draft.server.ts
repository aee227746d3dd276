import { and, eq, ne } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { securityTests, type systems } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { accept, refuse, type Refusal, type Result } from "~/kernel/result";
import { loadFigures } from "~/platform/figures.server";
import type { Ctx } from "~/platform/transaction.server";

import type { TestDraftCode } from "./security-test.refusals";
import { testProblems, validityFiguresOf, validUntilOf } from "./security-test.rules";
import type { TestInput } from "./security-test.schema";

/** What a test says, with the level and the last day that the rules make of it. */
type TestColumns = Omit<TestInput, "level" | "validUntil"> & {
  readonly level: number | null;
  readonly validUntil: LocalDate;
};

/**
 * The columns of a test as they are written, when nothing stands against them. The system must be locked: a report is
 * entered once.
 * @param own the test that is corrected; left out for a new one
 */
export async function draftColumns(
  tx: Transaction,
  ctx: Ctx,
  system: typeof systems.$inferSelect,
  input: TestInput,
  { own, hasReport }: { readonly own?: string; readonly hasReport: boolean },
): Promise<Result<TestColumns, TestDraftCode>> {
  const figures = validityFiguresOf(await loadFigures(tx, ctx.today));
  const level = input.kind === "mlps" ? (input.level ?? null) : null;
  const draft = { ...input, level, validUntil: input.validUntil ?? null };
  const problems: Refusal<TestDraftCode>[] = testProblems(draft, system, ctx.today, figures);
  if (!hasReport) problems.push({ code: "reportMissing", field: "file" });
  if (await isEntered(tx, system.id, input, own)) problems.push({ code: "alreadyEntered", field: "reportNumber" });
  if (problems.length > 0) return refuse(...problems);
  return accept({ ...input, level, validUntil: validUntilOf(draft, figures) });
}

async function isEntered(
  tx: Transaction,
  systemId: string,
  { kind, reportNumber }: TestInput,
  own: string | undefined,
): Promise<boolean> {
  const same = await tx.$count(
    securityTests,
    and(
      eq(securityTests.systemId, systemId),
      eq(securityTests.kind, kind),
      eq(securityTests.reportNumber, reportNumber),
      ne(securityTests.state, "void"),
      own ? ne(securityTests.id, own) : undefined,
    ),
  );
  return same > 0;
}
