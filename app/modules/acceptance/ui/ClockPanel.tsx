import { formatOfficialDate, type LocalDate } from "~/kernel/local-date";
import { DescriptionList, LightTag, Section, StatusTag } from "~/ui";

import { APPLY_STATES, APPLY_TONES, EVALUATION_STATES, sayDaysLeft, sayEvaluation } from "../acceptance.words";
import type { ApplyState, EvaluationWindow } from "../clock.rules";

interface ClockPanelProps {
  readonly completedOn: LocalDate | null;
  readonly acceptedOn: LocalDate | null;
  readonly applyMonths: number;
  readonly clock: {
    readonly limit: LocalDate;
    readonly appliedOn: LocalDate | null;
    readonly state: ApplyState;
    readonly daysLeft: number;
  } | null;
  readonly trialRun: { readonly since: LocalDate; readonly until: LocalDate } | null;
}

/** Until when the final acceptance must be applied for, and how long the project has been tried out. */
export function ClockPanel({ completedOn, acceptedOn, applyMonths, clock, trialRun }: ClockPanelProps) {
  return (
    <Section title="期限" id="clock">
      <DescriptionList
        columns={1}
        items={[
          { term: "完工日期", detail: completedOn ? formatOfficialDate(completedOn) : "还没有宣布完工" },
          ...(clock
            ? [
                {
                  term: "申请终验期限",
                  detail: (
                    <span className="inline-flex flex-wrap items-center gap-2">
                      {formatOfficialDate(clock.limit)}
                      <StatusTag tone={APPLY_TONES[clock.state]}>
                        {clock.state === "applied" ? APPLY_STATES.applied : sayDaysLeft(clock.daysLeft)}
                      </StatusTag>
                    </span>
                  ),
                },
              ]
            : []),
          ...(clock?.appliedOn ? [{ term: "上报终验申请", detail: formatOfficialDate(clock.appliedOn) }] : []),
          ...(trialRun
            ? [
                { term: "试运行开始", detail: formatOfficialDate(trialRun.since) },
                { term: "试运行期满", detail: formatOfficialDate(trialRun.until) },
              ]
            : []),
          ...(acceptedOn ? [{ term: "终验通过", detail: formatOfficialDate(acceptedOn) }] : []),
        ]}
      />
      {!acceptedOn && (
        <p className="mt-2 text-[0.8125rem] text-secondary">
          完工后 {applyMonths} 个月内须申请终验，逾期未申请亮红灯。
        </p>
      )}
    </Section>
  );
}

/** The window of the self-evaluation after a final acceptance. */
export function EvaluationPanel({ window }: { readonly window: EvaluationWindow }) {
  return (
    <Section title="自评价" id="evaluation">
      <p className="mb-1 flex flex-wrap items-center gap-2">
        <LightTag light={window.light} word={EVALUATION_STATES[window.state]} />
      </p>
      <p>{sayEvaluation(window)}</p>
      <p className="mt-2 text-[0.8125rem] text-secondary">自评价表的填报功能尚未开放，目前只提醒时间。</p>
    </Section>
  );
}
