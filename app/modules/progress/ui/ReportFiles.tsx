import { FileInput, StatusTag, SubmitButton } from "~/ui";

/** What may be chosen; the server looks at the content. */
const ACCEPT = ".pdf,.ofd,.doc,.docx,.xls,.xlsx,.wps,.et,.png,.jpg,.jpeg";

export interface ReportFile {
  readonly id: string;
  readonly milestoneId: string | null;
  readonly name: string;
  readonly isSigned: boolean;
}

interface ReportFilesProps {
  readonly files: readonly ReportFile[];
  readonly fileHref: (id: string) => string;
  /** the report's form is open and what is attached can be taken away */
  readonly removable?: boolean | undefined;
  /** a signed version is in force: what came later waits for the next signature */
  readonly wasSigned: boolean;
}

/** Files of a report under one heading. The buttons belong to the form around them and lose nothing that is typed there. */
export function ReportFiles({ files, fileHref, removable = false, wasSigned }: ReportFilesProps) {
  if (files.length === 0) return null;
  return (
    <ul className="space-y-0.5">
      {files.map(({ id, name, isSigned }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-2">
          <a href={fileHref(id)} className="break-all">
            {name}
          </a>
          {wasSigned && !isSigned && <StatusTag tone="warn">待签批</StatusTag>}
          {removable && (
            <SubmitButton
              variant="quiet"
              name="removeFile"
              value={id}
              aria-label={`移除${name}`}
              pendingLabel="正在移除…"
            >
              移除
            </SubmitButton>
          )}
        </li>
      ))}
    </ul>
  );
}

interface ReportFileInputProps {
  /** `month`, or the id of a milestone */
  readonly heading: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error: readonly string[] | null | undefined;
}

/** A place to attach files under one heading. */
export const ReportFileInput = ({ heading, label, hint, error }: ReportFileInputProps) => (
  <FileInput name={`file-${heading}`} label={label} hint={hint} multiple accept={ACCEPT} error={error} />
);
