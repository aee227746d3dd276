import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";

import { formatOfficialDate } from "~/kernel/local-date";
import {
  DataTable,
  DescriptionList,
  EmptyState,
  ErrorSummary,
  FormActions,
  LinkButton,
  Notice,
  Section,
  StatusTag,
  SubmitButton,
  TextArea,
} from "~/ui";
import { summaryOf } from "~/web/summary";

import { dayWord } from "../calendar/calendar.words";
import type { DayChange, ListDay } from "../calendar/year-list.rules";
import { YearCalendar, type MarkedDay } from "./YearCalendar";

/** A list that was read of a file and is not in force yet. */
export interface PreviewedList {
  readonly year: number;
  readonly days: readonly ListDay[];
  readonly source: string;
  /** what the list would change */
  readonly changes: readonly DayChange[];
  /** the year has a list already */
  readonly replaces: boolean;
  /** what it was compared with */
  readonly basis: string;
  readonly warnings: readonly string[];
}

const shown = (day: ListDay | null): string => (day ? `${dayWord(day.off)} ${day.name}` : "—");

const kindOf = ({ before, after }: DayChange): keyof typeof CHANGES =>
  before === null ? "new" : after === null ? "removed" : "changed";

const CHANGES = {
  new: { word: "新增", tone: "good" },
  changed: { word: "变动", tone: "warn" },
  removed: { word: "取消", tone: "bad" },
} as const;

/** The days of the list, and those it would take away, each with how it differs from what is in force. */
function marksOf({ days, changes }: PreviewedList): MarkedDay[] {
  const changed = new Map(changes.map((change) => [change.day, kindOf(change)]));
  const removed = changes.flatMap(({ before, after }): MarkedDay[] =>
    before && !after ? [{ ...before, change: "removed" }] : [],
  );
  const marked = days.map((day): MarkedDay => {
    const change = changed.get(day.day);
    return change ? { ...day, change } : day;
  });
  return [...marked, ...removed];
}

/** The preview of a list: its year with what differs from what is in force, and the form that puts it in force. */
export function ListPreview({
  list,
  reply,
}: {
  readonly list: PreviewedList;
  readonly reply: SubmissionResult<string[]> | null;
}) {
  const { year, days, source, changes, replaces, basis, warnings } = list;
  const [form, fields] = useForm<{ reason: string }>({ lastResult: reply });
  const daysOff = days.filter(({ off }) => off).length;
  return (
    <>
      <ErrorSummary errors={summaryOf(form)} />
      {warnings.length > 0 && (
        <Notice tone="warn" title="请对照通知核对">
          <ul className="list-disc pl-5">
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Section title={`${year}年节假日安排（预览，尚未生效）`}>
        <DescriptionList
          items={[
            { term: "放假", detail: `${daysOff} 天` },
            { term: "调休上班", detail: `${days.length - daysOff} 天` },
            { term: "有差异", detail: `${changes.length} 天` },
            { term: "来源", detail: source, wide: true },
          ]}
        />
        <div className="mt-4">
          <YearCalendar year={year} days={marksOf(list)} />
        </div>
      </Section>
      <Section
        title="与现行安排的差异"
        note={replaces ? `${year}年已有安排，确认后由这份安排代替` : `${year}年此前没有安排`}
        flush
      >
        <DataTable
          caption="与现行安排的差异"
          rows={changes}
          rowKey={(row) => row.day}
          empty={<EmptyState title="与现行安排完全一致" />}
          columns={[
            { key: "day", title: "日期", primary: true, nowrap: true, render: (row) => formatOfficialDate(row.day) },
            {
              key: "kind",
              title: "差异",
              nowrap: true,
              render: (row) => {
                const { word, tone } = CHANGES[kindOf(row)];
                return <StatusTag tone={tone}>{word}</StatusTag>;
              },
            },
            { key: "before", title: "现行", render: (row) => shown(row.before) },
            { key: "after", title: "上传", render: (row) => shown(row.after) },
          ]}
        />
      </Section>
      <form method="post" encType="multipart/form-data" {...getFormProps(form)}>
        <Section title="确认生效">
          <p className="mb-4 text-secondary">
            确认后，从现在起计算的工作日按新的安排；已经确定的到期日保持不变，不会因此提前或顺延。
          </p>
          <input
            type="hidden"
            name="days"
            value={JSON.stringify(days.map(({ name, day, off }) => ({ name, date: day, isOffDay: off })))}
          />
          <input type="hidden" name="basis" value={basis} />
          <input type="hidden" name="source" value={source} />
          <div className="max-w-2xl space-y-4">
            {replaces && (
              <TextArea
                name="reason"
                label="更新理由"
                required
                rows={3}
                defaultValue={fields.reason.initialValue}
                error={fields.reason.errors}
              />
            )}
            <FormActions>
              <SubmitButton variant="primary" name="intent" value="confirm" pendingLabel="正在生效…">
                确认生效
              </SubmitButton>
              <LinkButton href="/admin/calendar/upload">重新选择文件</LinkButton>
            </FormActions>
          </div>
        </Section>
      </form>
    </>
  );
}
