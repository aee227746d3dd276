import { accept, type Result } from "~/kernel/result";
import { saveFile, type AcceptedFile, type MadeFile } from "~/platform/files.server";
import type { Ctx } from "~/platform/transaction.server";

import type { SecurityTestStepRefusal } from "./security-test.lifecycle";
import type { TestDraftCode } from "./security-test.refusals";
import type { TestInput } from "./security-test.schema";
import { takeTestStep, type TestRef } from "./take-test-step.server";
import { askToConfirm } from "./tell.server";
import { draftColumns } from "./test-draft.server";

/**
 * The unit corrects a test that was returned or not confirmed yet, and hands it in again. The report stays unless there is
 * a new one; one that came by sheet needs it now.
 * Refuses with notInThisState and with what entering refuses with.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export const correctSecurityTest = (
  ctx: Ctx,
  ref: TestRef,
  input: TestInput,
  report?: AcceptedFile | MadeFile,
): Promise<Result<{ id: string }, TestDraftCode | SecurityTestStepRefusal>> =>
  takeTestStep<TestDraftCode>(ctx, {
    ...ref,
    event: "correct",
    prepare: async (tx, { test, system }) => {
      const hasReport = report !== undefined || test.fileId !== null;
      const columns = await draftColumns(tx, ctx, system, input, { own: test.id, hasReport });
      if (!columns.ok) return columns;
      const { regionId, unitId } = system;
      const stored = report && (await saveFile(tx, ctx, report, { regionId, unitId }));
      return accept({
        ...columns.value,
        ...(stored && { fileId: stored.id }),
        enteredBy: ctx.actor.userId,
        enteredAt: ctx.now,
      });
    },
    follow: (tx, loaded) => askToConfirm(tx, ctx, loaded),
  });
