export { parseLedgerRow, type LedgerEntry, type UnitMention } from "./ledger.rules";
