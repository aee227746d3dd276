import { formatInstant } from "~/kernel/local-date";
import { DataTable, EmptyState, Notice, Section, StatusTag, Timeline } from "~/ui";

import type { FilingDifference } from "../filing-differences";
import type { FilingNote } from "../filing-notes.rules";
import { sayFilingNote, sayFilingProblem } from "../filing.refusals";
import type { FilingProblem } from "../filing.rules";
import { DESK_WORDS, OUTCOME_WORDS, type DeskName, type Outcome } from "../review/turn-words";

interface CheckRow {
  readonly check: string;
  readonly title: string;
  readonly cites: string;
  readonly problems: readonly FilingProblem[];
}

/** What the rules found, each check with the rule it cites; those that are in order fold away. */
export function Checklist({ rows, notes }: { rows: readonly CheckRow[]; notes: readonly FilingNote[] }) {
  const failed = rows.filter(({ problems }) => problems.length > 0);
  const passed = rows.filter(({ problems }) => problems.length === 0);
  return (
    <Section title="系统检查" note={failed.length === 0 ? `${passed.length} 项全部符合` : `${failed.length} 项不符合`}>
      <ul className="divide-y divide-line">
        {failed.map(({ check, title, cites, problems }) => (
          <li key={check} className="py-2 first:pt-0">
            <div className="flex items-start justify-between gap-3">
              <span className="font-medium">{title}</span>
              <StatusTag tone="bad">不符合</StatusTag>
            </div>
            <p className="text-[0.8125rem] text-secondary">依据：{cites}</p>
            <ul className="mt-1 list-disc pl-5">
              {problems.map((problem) => (
                <li key={`${problem.code} ${problem.field ?? ""}`}>
                  <a href={`#${problem.section}`}>{sayFilingProblem(problem)}</a>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {notes.map((note) => (
        <p key={note.code} className="mt-2 border-l-2 border-warn pl-2">
          提醒：{sayFilingNote(note)}
        </p>
      ))}
      {passed.length > 0 && (
        <details className={failed.length > 0 ? "mt-2 border-t border-line pt-2" : ""}>
          <summary className="cursor-pointer text-primary">符合的 {passed.length} 项及其依据</summary>
          <ul className="mt-1 space-y-1">
            {passed.map(({ check, title, cites }) => (
              <li key={check}>
                <StatusTag tone="good">符合</StatusTag> {title}
                <span className="text-[0.8125rem] text-secondary"> · {cites}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

interface Persons {
  readonly submittedBy: string | null;
  readonly signedBy: string | null;
  readonly fundingReviewer: string | null;
  readonly mayNotReview: boolean;
  readonly mayNotApprove: boolean;
}

/** Who may not act here, and why: a filing is never judged by who made it. */
export function TwoPersons({ persons, approving }: { persons: Persons; approving: boolean }) {
  const barred = approving ? persons.mayNotApprove : persons.mayNotReview;
  const others = [
    persons.submittedBy && `${persons.submittedBy}（提交人）`,
    persons.signedBy && !approving && `${persons.signedBy}（签批人）`,
    approving && persons.fundingReviewer && `${persons.fundingReviewer}（资金评估人）`,
  ].filter(Boolean);
  if (barred)
    return (
      <Notice tone="warn" title="按双人原则，您不能办理这一步">
        您（或您代办的同志）参与了前面的环节，请由另一位有权限的同志办理。
      </Notice>
    );
  if (others.length === 0) return null;
  return (
    <p className="mb-3 text-[0.8125rem] text-secondary">
      双人原则：{others.join("、")}不能办理这一步{approving ? "" : "；批复人不能是资金评估人"}。
    </p>
  );
}

/** What differs between two rounds, field by field. */
export function DifferenceTable({
  differences,
  caption,
}: {
  differences: readonly FilingDifference[];
  caption: string;
}) {
  return (
    <DataTable
      caption={caption}
      rows={differences}
      rowKey={(row) => `${row.section} ${row.field}`}
      empty={<EmptyState title="填报内容没有变化" explanation="两次提交的内容完全相同。" />}
      columns={[
        { key: "field", title: "内容", primary: true, render: (row) => `${row.section} / ${row.field}` },
        { key: "before", title: "原为", render: (row) => <Lines lines={row.before} gone /> },
        { key: "after", title: "现为", render: (row) => <Lines lines={row.after} /> },
      ]}
    />
  );
}

function Lines({ lines, gone = false }: { lines: readonly string[]; gone?: boolean }) {
  if (lines.length === 0) return <span className="text-secondary">（无）</span>;
  return (
    <ul className={`space-y-1 ${gone ? "text-secondary" : ""}`}>
      {lines.map((line, index) => (
        <li key={`${index} ${line}`} className="whitespace-pre-line break-words">
          {line}
        </li>
      ))}
    </ul>
  );
}

interface Decision {
  readonly id: string;
  readonly kind: DeskName;
  readonly outcome: Outcome | null;
  readonly opinion: string | null;
  /** as JSON brings it */
  readonly closedAt: string | null;
}

/** What the desks decided of this project so far. */
export function Decisions({
  decisions,
}: {
  decisions: readonly (Decision & {
    readonly round: number;
    readonly lateWorkdays: number | null;
    readonly reviewerName: string | null;
  })[];
}) {
  return (
    <Section title="本项目历次意见">
      {decisions.length === 0 ? (
        <p className="text-secondary">这是第一次审核，还没有意见</p>
      ) : (
        <Timeline
          label="本项目历次意见"
          entries={decisions.map(({ id, kind, round, outcome, opinion, closedAt, lateWorkdays, reviewerName }) => ({
            key: id,
            what: `${DESK_WORDS[kind]}（第 ${round} 次）：${OUTCOME_WORDS[outcome ?? "withdrawn"].word}${lateWorkdays ? `，超时 ${lateWorkdays} 个工作日` : ""}`,
            who: reviewerName ?? "申报单位",
            when: closedAt ? formatInstant(new Date(closedAt)) : undefined,
            reason: opinion && <span className="whitespace-pre-line">{opinion}</span>,
            tone: OUTCOME_WORDS[outcome ?? "withdrawn"].tone,
          }))}
        />
      )}
    </Section>
  );
}

/** What was decided of similar projects, and why, so that like cases are judged alike. */
export function DecisionsOfOthers({
  decisions,
}: {
  decisions: readonly (Decision & { readonly projectId: string; readonly projectName: string })[];
}) {
  if (decisions.length === 0) return null;
  return (
    <Section title="相似项目的决定" note="同类情况请保持尺度一致">
      <ul className="divide-y divide-line">
        {decisions.map(({ id, projectId, projectName, kind, outcome, opinion, closedAt }) => (
          <li key={id} className="py-2 first:pt-0 last:pb-0">
            <div className="flex flex-wrap items-center gap-x-2">
              <a href={`/projects/${projectId}`}>{projectName}</a>
              <StatusTag tone={OUTCOME_WORDS[outcome ?? "withdrawn"].tone}>
                {DESK_WORDS[kind]}
                {OUTCOME_WORDS[outcome ?? "withdrawn"].word}
              </StatusTag>
              <span className="text-[0.8125rem] text-secondary">{closedAt && formatInstant(new Date(closedAt))}</span>
            </div>
            {opinion && <p className="mt-0.5 whitespace-pre-line text-[0.8125rem] text-secondary">{opinion}</p>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
