import type { SubmissionResult } from "@conform-to/react";

import { formatInstant } from "~/kernel/local-date";
import { EXPLAINED, type Explained } from "~/kernel/vocabulary";
import { ErrorSummary, RadioGroup, SubmitButton, TextArea } from "~/ui";

interface ReportExplanationsProps {
  readonly explanations: readonly {
    readonly id: string;
    readonly about: Explained;
    readonly text: string;
    readonly writer: string | null;
    readonly writtenAt: string;
  }[];
  /** what may be explained now; empty: nothing, or not by this reader */
  readonly open: readonly Explained[];
  /** the answer to this form, when it was not kept */
  readonly lastResult: SubmissionResult<string[]> | undefined;
}

/** What the unit said about a late or missing report or a light, and a field for more. The facts stay as they are. */
export function ReportExplanations({ explanations, open, lastResult }: ReportExplanationsProps) {
  const typed = lastResult?.initialValue ?? {};
  const errors = lastResult?.error ?? {};
  const [only] = open;
  const about = typeof typed["about"] === "string" ? typed["about"] : only;
  return (
    <>
      {explanations.length > 0 && (
        <ul className="mb-3 space-y-2">
          {explanations.map(({ id, about: of, text, writer, writtenAt }) => (
            <li key={id}>
              <p className="whitespace-pre-line break-words">{text}</p>
              <p className="text-[0.8125rem] text-secondary">
                {EXPLAINED[of]}说明 · {writer} · {formatInstant(new Date(writtenAt))}
              </p>
            </li>
          ))}
        </ul>
      )}
      {only && (
        <form method="post" className="max-w-2xl space-y-3 print:hidden">
          <ErrorSummary
            errors={(errors[""] ?? []).map((message) => ({ message, field: "text" }))}
            title="说明没有保存"
          />
          {open.length === 1 ? (
            <input type="hidden" name="about" value={only} />
          ) : (
            <RadioGroup
              name="about"
              label="说明什么"
              inline
              defaultValue={about}
              options={open.map((value) => ({ value, label: EXPLAINED[value] }))}
              error={errors["about"]}
            />
          )}
          <TextArea
            name="text"
            label={open.length === 1 ? `${EXPLAINED[only]}说明` : "情况说明"}
            hint="写明原因和采取的措施；保存后不能修改，可以补充。说明不改变迟报、缺报和亮灯的事实。"
            rows={2}
            defaultValue={typeof typed["text"] === "string" ? typed["text"] : ""}
            error={errors["text"]}
          />
          <SubmitButton variant="secondary" name="intent" value="explain" pendingLabel="正在保存…">
            保存说明
          </SubmitButton>
        </form>
      )}
    </>
  );
}
