import { index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";

import { amountFen, id, instant, localDateColumn, regionId, version } from "../columns";
import { units } from "./identity";
import { projects } from "./projects";

/** Money that arrived (到位) for a project. */
export const arrivals = pgTable(
  "arrivals",
  {
    id: id(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    regionId: regionId(),
    amountFen: amountFen("amount_fen").notNull(),
    arrivedOn: localDateColumn("arrived_on").notNull(),
    confirmedBy: text("confirmed_by").notNull(),
  },
  (t) => [index("arrivals_project_idx").on(t.projectId, t.arrivedOn)],
);

export const contracts = pgTable(
  "contracts",
  {
    id: id(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    regionId: regionId(),
    number: text("number").notNull(),
    name: text("name").notNull(),
    supplier: text("supplier").notNull(),
    operatorUnitId: uuid("operator_unit_id").references(() => units.id),
    amountFen: amountFen("amount_fen").notNull(),
    signedOn: localDateColumn("signed_on").notNull(),
    version: version(),
  },
  (t) => [unique("contracts_number_key").on(t.regionId, t.number), index("contracts_project_idx").on(t.projectId)],
);

/** A payment; it counts once finance confirmed it. */
export const payments = pgTable(
  "payments",
  {
    id: id(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    contractId: uuid("contract_id").references(() => contracts.id),
    regionId: regionId(),
    amountFen: amountFen("amount_fen").notNull(),
    paidOn: localDateColumn("paid_on").notNull(),
    voucher: text("voucher").notNull(),
    enteredBy: text("entered_by").notNull(),
    confirmedBy: text("confirmed_by"),
    confirmedAt: instant("confirmed_at"),
  },
  (t) => [
    unique("payments_voucher_key").on(t.regionId, t.voucher),
    index("payments_project_idx").on(t.projectId, t.paidOn),
  ],
);
