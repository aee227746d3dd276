import { and, eq, ne } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { contracts, units } from "@db/schema";
import type { Refusal } from "~/kernel/result";

import { claimNumber } from "./claim-number.server";
import type { DraftCode, DraftGround, EntryDraft } from "./draft.server";
import type { ContractInput } from "./entry.schema";

type Columns = Partial<typeof contracts.$inferInsert>;

/** A contract as its unit filled it in. @source domain.md §5 */
export function contractDraft({ amount, endsOn, operatorUnitId, ...input }: ContractInput): EntryDraft {
  return {
    kind: "contract",
    amountFen: amount,
    contractId: null,
    columns: (): Columns => ({
      ...input,
      amountFen: amount,
      endsOn: endsOn ?? null,
      operatorUnitId: operatorUnitId ?? null,
    }),
    problems: async (tx, { today }, ground) => {
      const problems: Refusal<DraftCode>[] = [];
      if (input.signedOn > today) problems.push({ code: "dayInFuture", field: "signedOn" });
      if (endsOn && endsOn < input.signedOn) problems.push({ code: "endsBeforeSigned", field: "endsOn" });
      if (await isNumberTaken(tx, ground, input.number))
        problems.push({ code: "numberTaken", field: "number", facts: { number: input.number } });
      if (operatorUnitId && !(await isOperator(tx, ground, operatorUnitId)))
        problems.push({ code: "operatorUnknown", field: "operatorUnitId" });
      return problems;
    },
  };
}

async function isNumberTaken(tx: Transaction, { project, entryId }: DraftGround, number: string): Promise<boolean> {
  await claimNumber(tx, project.regionId, "contract", number);
  const same = and(eq(contracts.regionId, project.regionId), eq(contracts.number, number), ne(contracts.state, "void"));
  return (await tx.$count(contracts, entryId ? and(same, ne(contracts.id, entryId)) : same)) > 0;
}

async function isOperator(tx: Transaction, { project }: DraftGround, unitId: string): Promise<boolean> {
  const operators = and(eq(units.id, unitId), eq(units.isOperator, true), eq(units.regionId, project.regionId));
  return (await tx.$count(units, operators)) > 0;
}
