import { and, eq, ne } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { payments } from "@db/schema";
import type { Refusal } from "~/kernel/result";

import { claimNumber } from "./claim-number.server";
import type { DraftCode, DraftGround, EntryDraft } from "./draft.server";
import type { PaymentInput } from "./entry.schema";

type Columns = Partial<typeof payments.$inferInsert>;

/** A payment on a contract, as its unit filled it in. @source domain.md §5 */
export function paymentDraft({ amount, contractId, paidOn, voucher }: PaymentInput): EntryDraft {
  return {
    kind: "payment",
    amountFen: amount,
    contractId,
    columns: (): Columns => ({ contractId, amountFen: amount, paidOn, voucher }),
    problems: async (tx, { today }, ground) => {
      const problems: Refusal<DraftCode>[] = [];
      const contract = ground.rows.contracts.find(({ id }) => id === contractId);
      if (paidOn > today) problems.push({ code: "dayInFuture", field: "paidOn" });
      if (contract && paidOn < contract.signedOn)
        problems.push({ code: "paidBeforeSigned", field: "paidOn", facts: { signedOn: contract.signedOn } });
      if (await isVoucherTaken(tx, ground, voucher))
        problems.push({ code: "voucherTaken", field: "voucher", facts: { number: voucher } });
      return problems;
    },
  };
}

async function isVoucherTaken(tx: Transaction, { project, entryId }: DraftGround, voucher: string): Promise<boolean> {
  await claimNumber(tx, project.regionId, "voucher", voucher);
  const same = and(eq(payments.regionId, project.regionId), eq(payments.voucher, voucher), ne(payments.state, "void"));
  return (await tx.$count(payments, entryId ? and(same, ne(payments.id, entryId)) : same)) > 0;
}
