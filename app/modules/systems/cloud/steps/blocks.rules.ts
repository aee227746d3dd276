import type { LocalDate } from "~/kernel/local-date";
import { accept, refuse, type Result } from "~/kernel/result";
import type { BlockReason, CloudStep } from "~/kernel/vocabulary";

import { closedToCloud, isTest, nextCloudStep, type CloudClosedCode, type CloudState } from "./steps.rules";

export type BlockRefusalCode =
  CloudClosedCode | "allStepsDone" | "alreadyBlocked" | "sinceInFuture" | "reasonOfTestOnly";

/**
 * May a block be reported, and of which step? What is blocked is always the next step; a system has one block at a time;
 * it began today or earlier; a failed security test can block only the security test.
 */
export function decideBlock(
  state: CloudState & { readonly blocked: boolean },
  reported: { readonly blockReason: BlockReason; readonly sinceOn: LocalDate },
): Result<CloudStep, BlockRefusalCode> {
  const closed = closedToCloud(state);
  if (closed) return refuse({ code: closed });
  const next = nextCloudStep(state.steps.filter(({ rolledBackOn }) => rolledBackOn === null));
  if (!next) return refuse({ code: "allStepsDone" });
  if (state.blocked) return refuse({ code: "alreadyBlocked" });
  if (reported.sinceOn > state.today) return refuse({ code: "sinceInFuture", field: "sinceOn" });
  if (reported.blockReason === "securityTestFailed" && !isTest(next))
    return refuse({ code: "reasonOfTestOnly", field: "blockReason", facts: { step: next } });
  return accept(next);
}
