import { keysOf } from "~/kernel/vocabulary";
import { LinkButton, Section, StatusTag } from "~/ui";

import { sayFilingNote, sayFilingProblem } from "../filing.refusals";
import type { FilingNote } from "../filing-notes.rules";
import type { FilingProblem } from "../filing.rules";
import { FILING_SECTIONS, type FilingPlace } from "../filing.types";
import { problemLink } from "./problem-link";

const PLACES: Readonly<Record<FilingPlace, string>> = { ...FILING_SECTIONS, check: "提交前检查" };
/** Of another section so many are listed before the rest is only counted. */
const MOST_LISTED = 4;

export interface ProblemsPanelProps {
  readonly projectId: string;
  readonly problems: readonly FilingProblem[];
  readonly notes: readonly FilingNote[];
  /** the section that is open: its problems come first and in full; on the check page all are in full */
  readonly here?: FilingPlace | undefined;
}

/** What stands between the applicant and submitting, section by section, each with the way to its field. */
export function ProblemsPanel({ projectId, problems, notes, here }: ProblemsPanelProps) {
  const places = [...keysOf(PLACES)].sort((a, b) => Number(b === here) - Number(a === here));
  return (
    <Section
      title="提交前还差什么"
      id="outstanding"
      note={
        <StatusTag tone={problems.length > 0 ? "warn" : "good"}>
          {problems.length > 0 ? `还差 ${problems.length} 处` : "可以提交"}
        </StatusTag>
      }
    >
      {problems.length === 0 && <p>全部检查已通过。请核对后提交，由本单位分管领导签批。</p>}
      {places.map((place) => {
        const own = problems.filter(({ section }) => section === place);
        const shown = place === here || here === "check" ? own : own.slice(0, MOST_LISTED);
        if (own.length === 0) return null;
        return (
          <div key={place} className="mb-3">
            <h3 className="mb-1 font-medium">
              {PLACES[place]}
              <span className="ml-2 font-normal text-secondary">{own.length} 处</span>
            </h3>
            <ul className="list-disc space-y-1 pl-5">
              {shown.map((problem) => (
                <li key={`${problem.code} ${problem.field ?? ""} ${JSON.stringify(problem.facts)}`}>
                  <a href={problemLink(projectId, problem)}>{sayFilingProblem(problem)}</a>
                </li>
              ))}
              {own.length > shown.length && <li className="text-secondary">另有 {own.length - shown.length} 处</li>}
            </ul>
          </div>
        );
      })}
      {notes.length > 0 && (
        <div className="mb-3 border-t border-line pt-2">
          <h3 className="mb-1 font-medium">提示（不影响提交）</h3>
          <ul className="list-disc space-y-1 pl-5">
            {notes.map((note) => (
              <li key={note.code}>
                <a href={problemLink(projectId, note)}>{sayFilingNote(note)}</a>
              </li>
            ))}
          </ul>
        </div>
      )}
      {here !== "check" && (
        <LinkButton href={`/projects/${projectId}/check`}>
          {problems.length > 0 ? "检查全部内容" : "核对并提交"}
        </LinkButton>
      )}
    </Section>
  );
}
