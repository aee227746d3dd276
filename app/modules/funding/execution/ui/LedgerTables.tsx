import { fen, type Fen } from "~/kernel/fen";
import { formatOfficialDate, type LocalDate } from "~/kernel/local-date";
import { ENTRY_STATES, FUNDING_SOURCES, PROCUREMENT_METHODS, type EntryState } from "~/kernel/vocabulary";
import { Amount, DataTable, EmptyState, LinkButton, Section, StatusTag, type Column } from "~/ui";

import { ENTRY_KINDS, type EntryKind } from "../entry.lifecycle";
import { entryTone } from "../execution.words";
import type { LedgerRows } from "../read-ledger.server";

/** Rows as they come out of a loader: instants are texts. */
type Sent<Row> = { [Key in keyof Row]: Row[Key] extends Date | null ? string | null : Row[Key] };
export interface SentLedger {
  readonly contracts: readonly Sent<LedgerRows["contracts"][number]>[];
  readonly changes: readonly Sent<LedgerRows["changes"][number]>[];
  readonly arrivals: readonly Sent<LedgerRows["arrivals"][number]>[];
  readonly payments: readonly Sent<LedgerRows["payments"][number]>[];
}

interface Common {
  readonly id: string;
  readonly state: EntryState;
  readonly enteredBy: string;
  readonly confirmedBy: string | null;
}

/** What waits comes first, what is void last. */
const ORDER: Readonly<Record<EntryState, number>> = { entered: 0, returned: 1, confirmed: 2, void: 3 };
const ordered = <Row extends Common>(rows: readonly Row[]): Row[] =>
  [...rows].sort((a, b) => ORDER[a.state] - ORDER[b.state]);

const counted = <Row extends Common>(rows: readonly Row[], amountOf: (row: Row) => Fen): Fen =>
  fen(rows.filter(({ state }) => state === "confirmed").reduce((sum, row) => sum + amountOf(row), 0));

interface TableProps {
  readonly ledger: SentLedger;
  readonly names: Readonly<Record<string, string>>;
  /** address of the form for another row, where this person may make one */
  readonly enterHref?: string | undefined;
}

const stateColumns = <Row extends Common>(names: TableProps["names"]): Column<Row>[] => [
  {
    key: "people",
    title: "登记 / 确认",
    nowrap: true,
    wideOnly: true,
    render: (row) => `${names[row.enteredBy] ?? "—"} / ${row.confirmedBy ? (names[row.confirmedBy] ?? "—") : "—"}`,
  },
  {
    key: "state",
    title: "状态",
    nowrap: true,
    render: (row) => <StatusTag tone={entryTone(row.state)}>{ENTRY_STATES[row.state]}</StatusTag>,
  },
];

const linkTo = (kind: EntryKind, id: string, text: string) => <a href={`/funding/entries/${kind}/${id}`}>{text}</a>;
const yuan = (amount: Fen) => <Amount fen={amount} in="yuan" />;
const day = (value: LocalDate | null) => value && formatOfficialDate(value);

function Kind({
  kind,
  enterHref,
  children,
}: Pick<TableProps, "enterHref"> & { kind: EntryKind; children: React.ReactNode }) {
  return (
    <Section
      title={ENTRY_KINDS[kind]}
      id={kind}
      note={kind === "contractChange" ? "确认后写入合同，历次变更保留" : "合计只计已确认的"}
      actions={enterHref && <LinkButton href={enterHref}>登记{ENTRY_KINDS[kind]}</LinkButton>}
      flush
    >
      {children}
    </Section>
  );
}

export function ContractTable({ ledger, names, enterHref }: TableProps) {
  const rows = ordered(ledger.contracts);
  const paidOf = (id: string) =>
    counted(
      ledger.payments.filter(({ contractId }) => contractId === id),
      amountOf,
    );
  return (
    <Kind kind="contract" enterHref={enterHref}>
      <DataTable
        caption="合同"
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title="还没有登记合同" explanation="启动采购后，由单位填报人登记，财政确认。" />}
        columns={[
          {
            key: "name",
            title: "合同",
            primary: true,
            render: (row) => (
              <span>
                {linkTo("contract", row.id, row.name)}
                <span className="block text-[0.8125rem] font-normal text-secondary">{row.number}</span>
              </span>
            ),
          },
          { key: "supplier", title: "供应商", render: (row) => row.supplier },
          {
            key: "method",
            title: "采购方式",
            nowrap: true,
            wideOnly: true,
            render: (row) => PROCUREMENT_METHODS[row.procurementMethod],
          },
          { key: "signed", title: "签订日期", nowrap: true, render: (row) => day(row.signedOn) },
          {
            key: "amount",
            title: "金额",
            unit: "元",
            align: "right",
            render: (row) => yuan(row.amountFen),
            total: yuan(counted(rows, amountOf)),
          },
          {
            key: "paid",
            title: "已支付",
            unit: "元",
            align: "right",
            render: (row) => yuan(paidOf(row.id)),
            total: yuan(counted(ledger.payments, amountOf)),
          },
          ...stateColumns<(typeof rows)[number]>(names),
        ]}
      />
    </Kind>
  );
}

export function ChangeTable({ ledger, names, enterHref }: TableProps) {
  const rows = ordered(ledger.changes);
  const nameOf = new Map(ledger.contracts.map(({ id, name }) => [id, name]));
  if (rows.length === 0 && !enterHref) return null;
  return (
    <Kind kind="contractChange" enterHref={enterHref}>
      <DataTable
        caption="合同变更"
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title="没有合同变更" explanation="合同金额或期限有调整时登记，财政确认后生效。" />}
        columns={[
          {
            key: "name",
            title: "变更",
            primary: true,
            render: (row) =>
              linkTo("contractChange", row.id, `${nameOf.get(row.contractId) ?? ""}（变更${row.number}）`),
          },
          { key: "reason", title: "理由", render: (row) => row.reason },
          { key: "before", title: "变更前", unit: "元", align: "right", render: (row) => yuan(row.beforeFen) },
          { key: "after", title: "变更后", unit: "元", align: "right", render: (row) => yuan(row.afterFen) },
          { key: "ends", title: "截止日期", nowrap: true, render: (row) => day(row.afterEndsOn) },
          ...stateColumns<(typeof rows)[number]>(names),
        ]}
      />
    </Kind>
  );
}

export function ArrivalTable({ ledger, names, enterHref }: TableProps) {
  const rows = ordered(ledger.arrivals);
  return (
    <Kind kind="arrival" enterHref={enterHref}>
      <DataTable
        caption="到位资金"
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title="还没有到位资金" explanation="由财政登记，单位填报人或另一位财政同志确认。" />}
        columns={[
          {
            key: "number",
            title: "指标文号",
            primary: true,
            render: (row) => linkTo("arrival", row.id, row.documentNumber || "未填文号"),
          },
          { key: "source", title: "资金来源", render: (row) => FUNDING_SOURCES[row.source] },
          { key: "on", title: "到位日期", nowrap: true, render: (row) => day(row.arrivedOn) },
          {
            key: "amount",
            title: "金额",
            unit: "元",
            align: "right",
            render: (row) => yuan(row.amountFen),
            total: yuan(counted(rows, amountOf)),
          },
          ...stateColumns<(typeof rows)[number]>(names),
        ]}
      />
    </Kind>
  );
}

export function PaymentTable({ ledger, names, enterHref }: TableProps) {
  const rows = ordered(ledger.payments);
  const nameOf = new Map(ledger.contracts.map(({ id, name }) => [id, name]));
  return (
    <Kind kind="payment" enterHref={enterHref}>
      <DataTable
        caption="支付"
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title="还没有支付" explanation="由单位填报人对已确认的合同登记，财政确认后计入。" />}
        columns={[
          { key: "voucher", title: "凭证号", primary: true, render: (row) => linkTo("payment", row.id, row.voucher) },
          { key: "contract", title: "合同", render: (row) => row.contractId && nameOf.get(row.contractId) },
          { key: "on", title: "支付日期", nowrap: true, render: (row) => day(row.paidOn) },
          {
            key: "amount",
            title: "金额",
            unit: "元",
            align: "right",
            render: (row) => yuan(row.amountFen),
            total: yuan(counted(rows, amountOf)),
          },
          ...stateColumns<(typeof rows)[number]>(names),
        ]}
      />
    </Kind>
  );
}

const amountOf = ({ amountFen }: { readonly amountFen: Fen }): Fen => amountFen;
