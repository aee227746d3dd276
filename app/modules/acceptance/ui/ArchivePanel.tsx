import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";

import { formatOfficialDate, type LocalDate } from "~/kernel/local-date";
import { ARCHIVE_RESULTS, type ArchiveResult } from "~/kernel/vocabulary";
import { ErrorSummary, RadioGroup, Section, StatusTag, SubmitButton, TextArea } from "~/ui";
import { optionsOf } from "~/web/options";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import type { ArchiveInput } from "../acceptance.schema";

export interface CheckRow {
  readonly id: string;
  readonly number: number;
  readonly result: ArchiveResult;
  readonly remark: string;
  readonly checkedOn: LocalDate;
  readonly checkedBy: string;
}

/** The checks of the archive, the latest first, and a form for the next one. */
export function ArchivePanel({
  checks,
  names,
  may,
  reply,
}: {
  readonly checks: readonly CheckRow[];
  readonly names: Readonly<Record<string, string>>;
  readonly may: boolean;
  readonly reply: SubmissionResult<string[]> | null;
}) {
  return (
    <Section title="档案验收" id="archive" note="以最近一次为准">
      {checks.length === 0 && <p className="text-secondary">还没有办理档案验收。</p>}
      <ol className="space-y-2">
        {checks.map(({ id, number, result, remark, checkedOn, checkedBy }) => (
          <li key={id}>
            <p className="flex flex-wrap items-center gap-2">
              第{number}次<StatusTag tone={result === "passed" ? "good" : "bad"}>{ARCHIVE_RESULTS[result]}</StatusTag>
              <span className="text-secondary">
                {formatOfficialDate(checkedOn)} {names[checkedBy] ?? ""}
              </span>
            </p>
            {remark && <p className="whitespace-pre-line">{remark}</p>}
          </li>
        ))}
      </ol>
      {may && <CheckForm number={(checks[0]?.number ?? 0) + 1} reply={reply} />}
    </Section>
  );
}

function CheckForm({ number, reply }: { number: number; reply: SubmissionResult<string[]> | null }) {
  const [form, fields] = useForm<ArchiveInput>({ lastResult: reply });
  return (
    <form method="post" {...getFormProps(form)} className="mt-3 space-y-3">
      <ErrorSummary errors={summaryOf(form)} />
      <input type="hidden" name="number" value={number} />
      <RadioGroup
        name="result"
        label="档案验收结果"
        required
        options={optionsOf(ARCHIVE_RESULTS)}
        defaultValue={fields.result.initialValue}
        error={fields.result.errors}
      />
      <TextArea {...wired(fields.remark)} label="档案验收说明" hint="不合格时必填，写明问题" rows={2} />
      <SubmitButton variant="secondary" name="intent" value="checkArchive" pendingLabel="正在登记…">
        登记档案验收
      </SubmitButton>
    </form>
  );
}
