import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";

import {
  ENTRY_STATES,
  TEST_KINDS,
  TEST_RESULTS,
  type EntryState,
  type TestKind,
  type TestResult,
} from "../../app/kernel/vocabulary";
import { oneOf } from "../checks";
import { id, instant, localDateColumn, regionId, version } from "../columns";
import { files } from "./platform";
import { systems } from "./systems";

/**
 * Security tests of systems: 等保测评 (kind mlps) and 密码应用安全性评估 (kind crypto), each with its validity. The unit
 * enters one with its report; it counts once the bureau has confirmed it.
 */
export const securityTests = pgTable(
  "security_tests",
  {
    id: id(),
    regionId: regionId(),
    systemId: uuid("system_id")
      .notNull()
      .references(() => systems.id),
    kind: text("kind").$type<TestKind>().notNull(),
    level: integer("level"),
    filingNumber: text("filing_number"),
    passed: text("passed").$type<TestResult>().notNull(),
    testedOn: localDateColumn("tested_on").notNull(),
    /** the last day on which it is valid */
    validUntil: localDateColumn("valid_until").notNull(),
    agency: text("agency").notNull().default(""),
    reportNumber: text("report_number").notNull().default(""),
    fileId: uuid("file_id").references(() => files.id),
    state: text("state").$type<EntryState>().notNull().default("confirmed"),
    enteredBy: text("entered_by"),
    enteredAt: instant("entered_at"),
    confirmedBy: text("confirmed_by"),
    confirmedAt: instant("confirmed_at"),
    stateReason: text("state_reason"),
    version: version(),
  },
  (t) => [
    oneOf("security_tests_kind_check", t.kind, TEST_KINDS),
    oneOf("security_tests_passed_check", t.passed, TEST_RESULTS),
    oneOf("security_tests_state_check", t.state, ENTRY_STATES),
    check("security_tests_validity_check", sql`${t.validUntil} >= ${t.testedOn}`),
    index("security_tests_system_idx").on(t.systemId, t.kind, t.validUntil),
    index("security_tests_state_idx").on(t.regionId, t.state),
  ],
);
