export { parseLedgerRow, type LedgerEntry, type UnitMention } from "./ledger.rules";
export { plannedPercentAt } from "./plan.rules";
export { lightOf, rememberedLight, reportDueOn, type LightFigures, type LightReason } from "./progress.rules";
