import type { contractChanges } from "@db/schema";
import type { Refusal } from "~/kernel/result";

import type { DraftCode, DraftGround, EntryDraft } from "./draft.server";
import type { ChangeInput } from "./entry.schema";

type Columns = Partial<typeof contractChanges.$inferInsert>;

/**
 * A change of a contract's amount or end, with its reason and paper.
 * @param hasPaper a paper comes with it; a correction may keep the one it has
 * @source domain.md §5
 */
export function changeDraft({ amount, contractId, endsOn, reason }: ChangeInput, hasPaper: boolean): EntryDraft {
  const contractIn = ({ rows }: DraftGround) => rows.contracts.find(({ id }) => id === contractId);
  return {
    kind: "contractChange",
    amountFen: amount,
    contractId,
    columns: (ground): Columns => {
      const contract = contractIn(ground);
      const own = ground.rows.changes.filter((change) => change.contractId === contractId);
      return {
        contractId,
        ...(ground.entryId === null && { number: Math.max(0, ...own.map(({ number }) => number)) + 1 }),
        ...(contract && { beforeFen: contract.amountFen, beforeEndsOn: contract.endsOn }),
        afterFen: amount,
        afterEndsOn: endsOn ?? contract?.endsOn ?? null,
        reason,
      };
    },
    problems: (_tx, _ctx, ground) => {
      const problems: Refusal<DraftCode>[] = [];
      const contract = contractIn(ground);
      const before = ground.rows.changes.find(({ id }) => id === ground.entryId);
      if (!hasPaper && !before?.fileId) problems.push({ code: "paperMissing", field: "file" });
      if (contract && contract.amountFen === amount && (endsOn ?? contract.endsOn) === contract.endsOn)
        problems.push({ code: "changesNothing", field: "amount" });
      if (contract && endsOn && endsOn < contract.signedOn)
        problems.push({ code: "endsBeforeSigned", field: "endsOn" });
      const open = ground.rows.changes.find(
        (change) => change.contractId === contractId && change.state === "entered" && change.id !== ground.entryId,
      );
      if (open) problems.push({ code: "changeStillOpen", field: "contractId", facts: { number: open.number } });
      // A change is of one contract for good: its number counts there.
      if (before && before.contractId !== contractId)
        problems.push({ code: "contractNotConfirmed", field: "contractId" });
      return problems;
    },
  };
}
