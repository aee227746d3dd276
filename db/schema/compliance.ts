import { index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";

import { id, instant, localDateColumn, regionId, version } from "../columns";
import { units } from "./identity";
import { systems } from "./systems";

/** Security tests of systems: 等保测评 (kind mlps) and 密码应用安全性评估 (kind crypto), each with its validity. */
export const securityTests = pgTable(
  "security_tests",
  {
    id: id(),
    regionId: regionId(),
    systemId: uuid("system_id")
      .notNull()
      .references(() => systems.id),
    kind: text("kind").$type<"mlps" | "crypto">().notNull(),
    level: integer("level"),
    filingNumber: text("filing_number"),
    passed: text("passed").$type<"passed" | "failed">().notNull(),
    testedOn: localDateColumn("tested_on").notNull(),
    validUntil: localDateColumn("valid_until").notNull(),
  },
  (t) => [index("security_tests_system_idx").on(t.systemId, t.kind, t.validUntil)],
);

/** A funding sanction on a unit: while it stands, no new or rebuilt system may be filed. */
export const sanctions = pgTable(
  "sanctions",
  {
    id: id(),
    regionId: regionId(),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    kind: text("kind").notNull(),
    reason: text("reason").notNull(),
    fromOn: localDateColumn("from_on").notNull(),
    liftedOn: localDateColumn("lifted_on"),
    imposedBy: text("imposed_by").notNull(),
    version: version(),
  },
  (t) => [index("sanctions_unit_idx").on(t.unitId, t.liftedOn)],
);

/** An exemption from the sharing gate, signed and dated. */
export const gateExemptions = pgTable(
  "gate_exemptions",
  {
    id: id(),
    regionId: regionId(),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    reason: text("reason").notNull(),
    fileId: uuid("file_id"),
    requestedBy: text("requested_by").notNull(),
    approvedBy: text("approved_by"),
    approvedAt: instant("approved_at"),
    fromOn: localDateColumn("from_on").notNull(),
    untilOn: localDateColumn("until_on").notNull(),
  },
  (t) => [index("gate_exemptions_unit_idx").on(t.unitId, t.untilOn)],
);

/** A severe security incident, which is a veto in the assessment. */
export const securityIncidents = pgTable(
  "security_incidents",
  {
    id: id(),
    regionId: regionId(),
    unitId: uuid("unit_id")
      .notNull()
      .references(() => units.id),
    title: text("title").notNull(),
    severity: text("severity").$type<"minor" | "major">().notNull(),
    happenedOn: localDateColumn("happened_on").notNull(),
  },
  (t) => [index("security_incidents_unit_idx").on(t.unitId, t.happenedOn)],
);
