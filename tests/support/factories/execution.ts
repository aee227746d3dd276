import { projects } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { fen } from "~/kernel/fen";
import { localDate } from "~/kernel/local-date";
import { changeDraft } from "~/modules/funding/execution/change-draft.server";
import { arrivalDraft } from "~/modules/funding/execution/arrival-draft.server";
import { contractDraft } from "~/modules/funding/execution/contract-draft.server";
import type { EntryDraft } from "~/modules/funding/execution/draft.server";
import type { ArrivalInput, ContractInput, PaymentInput } from "~/modules/funding/execution/entry.schema";
import { paymentDraft } from "~/modules/funding/execution/payment-draft.server";
import { newId } from "~/platform/ids.server";

import type { TestCity } from "../factories";

/** The people of an execution: the unit's filer and two of finance. */
export interface Purses {
  readonly filer: Actor;
  readonly finance: Actor;
  readonly finance2: Actor;
}

export async function makePurses(city: TestCity): Promise<Purses> {
  return {
    filer: await city.as("filer"),
    finance: await city.as("financeReviewer"),
    finance2: await city.as("financeReviewer"),
  };
}

/** A project that may spend: approved with 1,000 yuan unless said otherwise. @unit fen */
export async function makeSpending(city: TestCity, more: Partial<typeof projects.$inferInsert> = {}): Promise<string> {
  const id = newId();
  const on = new Date("2026-01-05T02:00:00Z");
  await city.db.insert(projects).values({
    id,
    regionId: city.regionId,
    unitId: city.unitId,
    code: id.slice(-12),
    name: `执行项目${id.slice(-6)}`,
    normalizedName: `执行项目${id.slice(-6)}`,
    comparedName: `执行项目${id.slice(-6)}`,
    initials: "",
    searchGrams: [],
    year: 2026,
    class: "softwareSpecial",
    nature: "new",
    stage: "implementation",
    declaredFen: fen(100_000),
    reviewedFen: fen(100_000),
    approvedFen: fen(100_000),
    approvedOn: localDate("2026-02-02"),
    startedOn: localDate("2026-03-02"),
    lightReasons: [],
    createdBy: "filer",
    createdAt: on,
    updatedAt: on,
    ...more,
  });
  return id;
}

export const contractOf = (amount: number, more: Partial<ContractInput> = {}): EntryDraft =>
  contractDraft({
    number: newId(),
    name: "管网一张图建设合同",
    supplier: "广东云岭数字科技有限公司",
    supplierCreditCode: "",
    procurementMethod: "openTender",
    amount: fen(amount),
    signedOn: localDate("2026-03-02"),
    ...more,
  });

export const changeOf = (contractId: string, amount: number, hasPaper = true): EntryDraft =>
  changeDraft({ contractId, amount: fen(amount), reason: "补充协议" }, hasPaper);

export const arrivalOf = (amount: number, more: Partial<ArrivalInput> = {}): EntryDraft =>
  arrivalDraft({
    amount: fen(amount),
    arrivedOn: localDate("2026-03-10"),
    source: "cityBudget",
    documentNumber: "财指〔2026〕8号",
    ...more,
  });

export const paymentOf = (contractId: string, amount: number, more: Partial<PaymentInput> = {}): EntryDraft =>
  paymentDraft({ contractId, amount: fen(amount), paidOn: localDate("2026-04-10"), voucher: newId(), ...more });

/** A paper as the system itself would make it. */
export const PAPER = { name: "补充协议.pdf", mediaType: "application/pdf", bytes: new Uint8Array([37, 80, 68, 70]) };
