import { ENTRY_STATES, type EntryState, type TestKind, type TestResult } from "~/kernel/vocabulary";
import { DataTable, EmptyState, LinkButton, Section, StatusTag } from "~/ui";

import { MLPS_LEVELS } from "../inventory/system-facts";
import { KIND_NAMES, testTone } from "../security/security-test.words";

/** What the detail page of a system hands to its part about security tests. */
export interface TestsPanelProps {
  readonly system: { readonly id: string };
  /** newest first */
  readonly tests: readonly Test[];
  readonly today: string;
  /** may the person who looks enter a test of it? */
  readonly mayRecord?: boolean | undefined;
}

interface Test {
  readonly id: string;
  readonly kind: TestKind;
  readonly level: number | null;
  readonly filingNumber: string | null;
  readonly passed: TestResult;
  readonly testedOn: string;
  readonly validUntil: string;
  readonly state: EntryState;
}

/** The tests of a system: protection level and cryptography, until when each is valid, what waits to be confirmed. */
export function TestsPanel({ system, tests, today, mayRecord }: TestsPanelProps) {
  return (
    <Section
      title="等保测评与密评"
      id="security"
      note="以最近一次已确认的测评为准"
      actions={mayRecord && <LinkButton href={`/security/tests/new?system=${system.id}`}>登记测评</LinkButton>}
      flush
    >
      <DataTable
        caption="等保测评与密评"
        rows={tests}
        rowKey={(row) => row.id}
        empty={<EmptyState title="没有测评记录" explanation="测评完成后由本单位登记，数据局确认后计入。" />}
        columns={[
          {
            key: "kind",
            title: "类型",
            primary: true,
            nowrap: true,
            render: (row) => <a href={`/security/tests/${row.id}`}>{KIND_NAMES[row.kind]}</a>,
          },
          { key: "level", title: "级别", nowrap: true, render: (row) => row.level && MLPS_LEVELS[row.level] },
          { key: "filing", title: "备案编号", nowrap: true, render: (row) => row.filingNumber },
          { key: "tested", title: "测评日期", nowrap: true, render: (row) => row.testedOn },
          {
            key: "valid",
            title: "有效期至",
            nowrap: true,
            render: (row) => (row.passed === "passed" ? row.validUntil : ""),
          },
          { key: "state", title: "状态", nowrap: true, render: (row) => <State test={row} today={today} /> },
        ]}
      />
    </Section>
  );
}

function State({ test, today }: { readonly test: Test; readonly today: string }) {
  if (test.state !== "confirmed") return <StatusTag tone={testTone(test.state)}>{ENTRY_STATES[test.state]}</StatusTag>;
  if (test.passed === "failed") return <StatusTag tone="bad">未通过</StatusTag>;
  if (test.validUntil < today) return <StatusTag tone="bad">已过期</StatusTag>;
  return <StatusTag tone="good">有效</StatusTag>;
}
