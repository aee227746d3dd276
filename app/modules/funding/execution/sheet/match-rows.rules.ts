import { fen } from "~/kernel/fen";
import { daysBetween } from "~/kernel/local-date";
import { foldName } from "~/kernel/names";

import { isEnterable } from "../entry.rules";
import type { MatchFacts, MatchLimits, RowCode, RowOutcome, RowProblem } from "./match.types";
import type { SheetRow } from "./read-rows.server";

type Payment = MatchFacts["payments"][number];
type Contract = MatchFacts["contracts"][number];
type Project = MatchFacts["projects"][number];
/** A row whose amount and day are understood. */
type Readable = SheetRow & {
  readonly amountFen: NonNullable<SheetRow["amountFen"]>;
  readonly paidOn: NonNullable<SheetRow["paidOn"]>;
};

/** The same number in whatever width, spacing and case it was typed. */
export const numberKey = (text: string): string => text.normalize("NFKC").replace(/\s/g, "").toUpperCase();

const problem = (code: RowCode, facts?: RowProblem["facts"]): RowProblem => (facts ? { code, facts } : { code });

/**
 * Matches the rows of a payment sheet with what the units entered, in the order of the sheet, so that rows which together
 * exceed a limit are told apart: the first ones fit. By voucher; else by contract number, amount and day; else by project
 * and amount. A row that names a known contract and no entry becomes one.
 * @unit amounts in fen
 * @source domain.md §5 (payments confirmed by finance)
 */
export function matchRows(rows: readonly SheetRow[], facts: MatchFacts, limits: MatchLimits): RowOutcome[] {
  const matcher = new Matcher(facts, limits);
  return rows.map((row) => matcher.outcomeOf(row));
}

/** The matching of one sheet: what its earlier rows took is no longer there for the later ones. */
class Matcher {
  private readonly byVoucher: ReadonlyMap<string, Payment[]>;
  private readonly contractsByNumber: ReadonlyMap<string, Contract[]>;
  private readonly contractsOf: ReadonlyMap<string, Contract[]>;
  private readonly projectsByCode: ReadonlyMap<string, Project[]>;
  private readonly projectsByName: ReadonlyMap<string, Project[]>;
  private readonly projects: ReadonlyMap<string, Project>;
  private readonly contracts: ReadonlyMap<string, Contract>;
  private readonly paymentsOf: ReadonlyMap<string, Payment[]>;
  private readonly takenPayments = new Map<string, number>();
  private readonly seenRows = new Map<string, number>();
  private readonly confirmedFen = new Map<string, number>();
  private readonly boundFen = new Map<string, number>();

  constructor(
    facts: MatchFacts,
    private readonly limits: MatchLimits,
  ) {
    this.byVoucher = grouped(facts.payments, ({ voucher }) => numberKey(voucher));
    this.contractsByNumber = grouped(facts.contracts, ({ number }) => numberKey(number));
    this.contractsOf = grouped(facts.contracts, ({ projectId }) => projectId);
    this.projectsByCode = grouped(facts.projects, ({ code }) => numberKey(code));
    this.projectsByName = grouped(facts.projects, ({ name }) => foldName(name));
    this.paymentsOf = grouped(facts.payments, ({ projectId }) => projectId);
    this.projects = new Map(facts.projects.map((each) => [each.id, each]));
    this.contracts = new Map(facts.contracts.map((each) => [each.id, each]));
    for (const { projectId, contractId, amountFen, state } of facts.payments) {
      if (state === "confirmed") raise(this.confirmedFen, projectId, amountFen);
      if (contractId && (state === "confirmed" || state === "entered")) raise(this.boundFen, contractId, amountFen);
    }
  }

  outcomeOf(row: SheetRow): RowOutcome {
    const unreadable = this.unreadable(row);
    if (unreadable) return unmatched(row, unreadable);
    const readable = row as Readable;
    const repeated = this.repeated(readable);
    if (repeated !== undefined) return unmatched(row, problem("duplicateInSheet", { row: repeated }));
    const voucher = row.voucher ? (this.byVoucher.get(numberKey(row.voucher)) ?? []) : [];
    if (voucher.length > 0) return this.byItsVoucher(readable, voucher);
    if (row.contractNumber) return this.byContract(readable);
    if (row.projectCode || row.projectName) return this.byProject(readable);
    return unmatched(row, problem("nothingToMatch"));
  }

  private unreadable({ amountFen, paidOn }: SheetRow): RowProblem | undefined {
    if (amountFen === null) return problem("amountUnreadable");
    if (amountFen <= 0) return problem("amountNotPositive");
    if (paidOn === null) return problem("dayUnreadable");
    return paidOn > this.limits.today ? problem("dayInFuture") : undefined;
  }

  /** The row of the sheet that said the same before; a voucher is the payment, without one everything must be equal. */
  private repeated(row: Readable): number | undefined {
    const { voucher, contractNumber, projectCode, projectName, payee, amountFen, paidOn } = row;
    const key = voucher
      ? numberKey(voucher)
      : [contractNumber, projectCode, projectName, payee, amountFen, paidOn].map(String).map(numberKey).join("\n");
    const before = this.seenRows.get(key);
    if (before === undefined) this.seenRows.set(key, row.rowNumber);
    return before;
  }

  private byItsVoucher(row: Readable, found: readonly Payment[]): RowOutcome {
    const [payment, another] = found;
    if (!payment) return unmatched(row, problem("nothingToMatch"));
    if (another) return unmatched(row, problem("twoCandidates", { count: found.length }));
    if (payment.state === "confirmed") return unmatched(row, problem("voucherConfirmed"), payment);
    if (payment.state !== "entered")
      return unmatched(row, problem("voucherNotOpen", { state: payment.state }), payment);
    const contract = payment.contractId ? this.contracts.get(payment.contractId) : undefined;
    if (row.contractNumber && contract && numberKey(contract.number) !== numberKey(row.contractNumber))
      return unmatched(row, problem("contractDiffers", { number: contract.number }), payment);
    return this.confirming(row, payment);
  }

  private byContract(row: Readable): RowOutcome {
    const found = this.contractsByNumber.get(numberKey(row.contractNumber)) ?? [];
    const [contract, another] = found;
    if (!contract) return unmatched(row, problem("contractUnknown", { number: row.contractNumber }));
    if (another) return unmatched(row, problem("twoCandidates", { count: found.length }));
    if (contract.state !== "confirmed")
      return unmatched(row, problem("contractNotConfirmed", { state: contract.state }), at(contract));
    return this.amongPayments(
      row,
      contract,
      (this.paymentsOf.get(contract.projectId) ?? []).filter(({ contractId }) => contractId === contract.id),
    );
  }

  private byProject(row: Readable): RowOutcome {
    const projects = this.projectsNamed(row);
    const [project, another] = projects;
    if (!project) return unmatched(row, problem("projectUnknown", { name: row.projectCode || row.projectName }));
    if (another) return unmatched(row, problem("projectAmbiguous", { count: projects.length }));
    const payments = this.paymentsOf.get(project.id) ?? [];
    const entered = payments.filter((each) => this.isOpen(each) && each.amountFen === row.amountFen);
    const near = entered.filter((each) => this.isNear(row, each));
    const candidates = near.length > 0 ? near : entered;
    if (candidates.length > 1)
      return unmatched(row, problem("twoCandidates", { count: candidates.length }), within(project));
    if (candidates[0]) return this.confirming(row, candidates[0]);
    const contract = this.contractFor(row, project);
    if (!contract) return unmatched(row, problem("contractUnclear"), within(project));
    return this.amongPayments(
      row,
      contract,
      payments.filter(({ contractId }) => contractId === contract.id),
    );
  }

  /** By code; else by name, where the unit tells projects of one name apart. */
  private projectsNamed({ projectCode, projectName, unitName }: SheetRow): readonly Project[] {
    const coded = projectCode ? this.projectsByCode.get(numberKey(projectCode)) : undefined;
    if (coded) return coded;
    const named = projectName ? (this.projectsByName.get(foldName(projectName)) ?? []) : [];
    const ofUnit = named.filter((each) => foldName(each.unitName) === foldName(unitName));
    return ofUnit.length > 0 ? ofUnit : named;
  }

  /** The contract that a payment of the project can only be on: the payee's, or the only one. */
  private contractFor({ payee }: SheetRow, { id }: Project): Contract | undefined {
    const confirmed = (this.contractsOf.get(id) ?? []).filter(({ state }) => state === "confirmed");
    const ofPayee = payee ? confirmed.filter(({ supplier }) => foldName(supplier) === foldName(payee)) : [];
    const candidates = ofPayee.length > 0 ? ofPayee : confirmed;
    return candidates.length === 1 ? candidates[0] : undefined;
  }

  /** Among the payments of the contract on about this day: the same amount is it, another one differs from it. */
  private amongPayments(row: Readable, contract: Contract, payments: readonly Payment[]): RowOutcome {
    const near = payments.filter((each) => this.isNear(row, each));
    const same = near.filter((each) => each.amountFen === row.amountFen);
    const open = same.filter((each) => this.isOpen(each));
    if (open.length > 1) return unmatched(row, problem("twoCandidates", { count: open.length }), at(contract));
    if (open[0]) return this.confirming(row, open[0]);
    const confirmed = same.find(({ state }) => state === "confirmed");
    if (confirmed) return unmatched(row, problem("sameAsConfirmed", { voucher: confirmed.voucher }), confirmed);
    const others = near.filter((each) => this.isOpen(each));
    if (others.length === 1 && others[0]) return this.confirming(row, others[0]);
    return this.entering(row, contract);
  }

  /** The row confirms this entry, unless something is against it. */
  private confirming(row: Readable, payment: Payment): RowOutcome {
    const against = this.againstConfirming(row, payment);
    if (against) return unmatched(row, against, payment);
    this.takenPayments.set(payment.id, row.rowNumber);
    raise(this.confirmedFen, payment.projectId, payment.amountFen);
    const { id: paymentId, projectId, contractId } = payment;
    return { rowNumber: row.rowNumber, match: "confirms", paymentId, projectId, contractId };
  }

  private againstConfirming(row: Readable, payment: Payment): RowProblem | undefined {
    const { id, projectId, amountFen, own } = payment;
    const taken = this.takenPayments.get(id);
    if (taken !== undefined) return problem("duplicateInSheet", { row: taken });
    if (amountFen !== row.amountFen)
      return problem("amountDiffers", { enteredFen: amountFen, differenceFen: row.amountFen - amountFen });
    if (own) return problem("otherPerson");
    const project = this.projects.get(projectId);
    if (project?.stage === "suspended") return problem("projectSuspended");
    if (!project?.moneyOpen) return problem("gateClosed");
    const confirmedFen = this.confirmedFen.get(projectId) ?? 0;
    if (confirmedFen + amountFen > project.arrivedFen)
      return problem("exceedsArrivals", { limitFen: project.arrivedFen, othersFen: confirmedFen, amountFen });
    return undefined;
  }

  /** The row becomes an entry that a second person of finance confirms. */
  private entering(row: Readable, contract: Contract): RowOutcome {
    const against = this.againstEntering(row, contract);
    if (against) return unmatched(row, against, at(contract));
    raise(this.boundFen, contract.id, row.amountFen);
    return { rowNumber: row.rowNumber, match: "enters", projectId: contract.projectId, contractId: contract.id };
  }

  private againstEntering(row: Readable, contract: Contract): RowProblem | undefined {
    if (!row.voucher) return problem("voucherMissing");
    const stage = this.projects.get(contract.projectId)?.stage;
    if (!stage || !isEnterable("payment", stage)) return problem("stageNotSpending", { stage: stage ?? "" });
    if (row.paidOn < contract.signedOn) return problem("paidBeforeSigned", { signedOn: contract.signedOn });
    const othersFen = this.boundFen.get(contract.id) ?? 0;
    if (othersFen + row.amountFen > contract.amountFen)
      return problem("exceedsContract", { limitFen: contract.amountFen, othersFen, amountFen: row.amountFen });
    return undefined;
  }

  private readonly isOpen = ({ id, state }: Payment): boolean => state === "entered" && !this.takenPayments.has(id);

  private isNear({ paidOn }: Readable, payment: Payment): boolean {
    return Math.abs(daysBetween(paidOn, payment.paidOn)) <= this.limits.dayTolerance;
  }
}

function grouped<T>(list: readonly T[], keyOf: (each: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of list) {
    const key = keyOf(each);
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  return groups;
}

function raise(sums: Map<string, number>, key: string, by: number): void {
  sums.set(key, fen((sums.get(key) ?? 0) + by));
}

type Place = { readonly projectId: string | null; readonly contractId: string | null };
const at = ({ id, projectId }: Contract): Place => ({ projectId, contractId: id });
const within = ({ id }: Project): Place => ({ projectId: id, contractId: null });
const NOWHERE: Place = { projectId: null, contractId: null };

const unmatched = (
  { rowNumber }: SheetRow,
  why: RowProblem,
  { projectId, contractId }: Place = NOWHERE,
): RowOutcome => ({ rowNumber, match: "unmatched", projectId, contractId, problem: why });
