import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";

import { ConfirmSubmit, ErrorSummary, FileInput, FormActions, Section, SubmitButton, TextArea } from "~/ui";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

interface StepButton {
  readonly intent: string;
  readonly label: string;
  readonly danger?: boolean;
  /** what follows, when it is asked again before it is done */
  readonly consequence?: string;
}

interface StepFormProps {
  readonly id: string;
  readonly title: string;
  readonly note?: string;
  readonly version: number;
  readonly reply: SubmissionResult<string[]> | null;
  /** the text that goes with the step; left out where there is nothing to say */
  readonly opinion?: { readonly label: string; readonly hint?: string };
  readonly file?: { readonly label: string; readonly hint: string; readonly current: PaperLink | undefined };
  readonly buttons: readonly StepButton[];
}

interface PaperLink {
  readonly name: string;
  readonly href: string;
}

/** One hand's choices at a step: what to say, what to add, and a button for each way on. */
export function StepForm({ id, title, note, version, reply, opinion, file, buttons }: StepFormProps) {
  const [form, fields] = useForm<{ opinion: string; file: string }>({ lastResult: reply });
  return (
    <form method="post" encType={file ? "multipart/form-data" : undefined} {...getFormProps(form)}>
      <Section title={title} id={id} note={note}>
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="version" value={version} />
        <div className="max-w-3xl space-y-4">
          {opinion && <TextArea {...wired(fields.opinion)} label={opinion.label} hint={opinion.hint} rows={3} />}
          {file && (
            <FileInput
              name="file"
              label={file.label}
              hint={file.hint}
              error={fields.file.errors}
              current={file.current}
            />
          )}
        </div>
        <FormActions>
          {buttons.map(({ intent, label, danger, consequence }) =>
            consequence ? (
              <ConfirmSubmit
                key={intent}
                name="intent"
                value={intent}
                title={`${label}？`}
                consequence={consequence}
                confirmLabel={`确认${label}`}
                {...(danger && { variant: "danger" as const })}
              >
                {label}
              </ConfirmSubmit>
            ) : (
              <SubmitButton
                key={intent}
                name="intent"
                value={intent}
                pendingLabel="正在办理…"
                {...(danger && { variant: "danger" as const })}
              >
                {label}
              </SubmitButton>
            ),
          )}
        </FormActions>
      </Section>
    </form>
  );
}
