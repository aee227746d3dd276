import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";

import { formatOfficialDate, type LocalDate } from "~/kernel/local-date";
import { EXTENSION_STATES, type ExtensionState } from "~/kernel/vocabulary";
import { DateInput, ErrorSummary, FileInput, FormActions, Section, StatusTag, SubmitButton, TextArea } from "~/ui";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import type { ExtensionStepInput } from "../acceptance.schema";
import { extensionTone, sayDaysLeft } from "../acceptance.words";

export interface ExtensionRow {
  readonly id: string;
  readonly number: number;
  readonly state: ExtensionState;
  readonly fromOn: LocalDate;
  readonly untilOn: LocalDate;
  readonly reason: string;
  readonly fileName: string | null;
  readonly opinion: string | null;
  readonly requestedBy: string;
  readonly decidedBy: string | null;
  readonly version: number;
}

interface ExtensionPanelProps {
  readonly projectId: string;
  readonly rows: readonly ExtensionRow[];
  readonly names: Readonly<Record<string, string>>;
  readonly may: {
    readonly sign: boolean;
    readonly decide: boolean;
    readonly request: boolean;
    readonly withdraw: boolean;
  };
  /** @unit months; days left of the limit */
  readonly months: number;
  readonly daysLeft: number | null;
  readonly replyTo: (...intents: string[]) => SubmissionResult<string[]> | null;
}

/** Requests for a later limit, what may be done with the open one, and a form for a new one. */
export function ExtensionPanel({ projectId, rows, names, may, months, daysLeft, replyTo }: ExtensionPanelProps) {
  if (rows.length === 0 && !may.request) return null;
  return (
    <Section title="延期验收" id="extensions">
      <ol className="space-y-3">
        {rows.map((row) => (
          <li key={row.id}>
            <p className="flex flex-wrap items-center gap-2 font-medium">
              第{row.number}次<StatusTag tone={extensionTone(row.state)}>{EXTENSION_STATES[row.state]}</StatusTag>
            </p>
            <p>
              由{formatOfficialDate(row.fromOn)}延至{formatOfficialDate(row.untilOn)}
              {row.fileName && (
                <>
                  ，<a href={`/projects/${projectId}/acceptance/extensions/${row.id}`}>{row.fileName}</a>
                </>
              )}
            </p>
            <p className="whitespace-pre-line">理由：{row.reason}</p>
            <p className="text-secondary">
              {names[row.requestedBy] ?? ""} 申请
              {row.decidedBy && `；${names[row.decidedBy] ?? ""} 办理`}
              {row.opinion && `：${row.opinion}`}
            </p>
            <StepForm row={row} may={may} replyTo={replyTo} />
          </li>
        ))}
      </ol>
      {may.request && (
        <details open={replyTo("requestExtension") !== null} className="mt-3">
          <summary className="cursor-pointer text-primary">申请延期</summary>
          <RequestForm months={months} daysLeft={daysLeft} reply={replyTo("requestExtension")} />
        </details>
      )}
    </Section>
  );
}

function StepForm({
  row,
  may,
  replyTo,
}: Pick<ExtensionPanelProps, "may" | "replyTo"> & { readonly row: ExtensionRow }) {
  const signs = may.sign && row.state === "signing";
  const decides = may.decide && row.state === "open";
  const withdraws = may.withdraw && (row.state === "signing" || row.state === "open");
  const [form, fields] = useForm<ExtensionStepInput>({
    lastResult: replyTo("signExtension", "declineExtension", "grantExtension", "refuseExtension", "withdrawExtension"),
  });
  if (!signs && !decides && !withdraws) return null;
  return (
    <form method="post" {...getFormProps(form)} className="mt-2">
      <ErrorSummary errors={summaryOf(form)} />
      <input type="hidden" name="extensionId" value={row.id} />
      <input type="hidden" name="version" value={row.version} />
      {(signs || decides) && (
        <TextArea {...wired(fields.extensionOpinion)} label="延期办理意见" hint="不同意时必填" rows={2} />
      )}
      <FormActions>
        {signs && (
          <>
            <SubmitButton name="intent" value="signExtension">
              签批上报延期
            </SubmitButton>
            <SubmitButton variant="danger" name="intent" value="declineExtension">
              不同意
            </SubmitButton>
          </>
        )}
        {decides && (
          <>
            <SubmitButton name="intent" value="grantExtension">
              同意延期
            </SubmitButton>
            <SubmitButton variant="danger" name="intent" value="refuseExtension">
              不同意延期
            </SubmitButton>
          </>
        )}
        {withdraws && (
          <SubmitButton variant="secondary" name="intent" value="withdrawExtension">
            撤回延期申请
          </SubmitButton>
        )}
      </FormActions>
    </form>
  );
}

function RequestForm({
  months,
  daysLeft,
  reply,
}: Pick<ExtensionPanelProps, "months" | "daysLeft"> & { readonly reply: SubmissionResult<string[]> | null }) {
  const [form, fields] = useForm<Record<"untilOn" | "extensionReason" | "file", string>>({ lastResult: reply });
  return (
    <form method="post" encType="multipart/form-data" {...getFormProps(form)} className="mt-2 space-y-3">
      <ErrorSummary errors={summaryOf(form)} />
      {daysLeft !== null && daysLeft < 0 && <p className="text-secondary">现在的期限已{sayDaysLeft(daysLeft)}。</p>}
      <DateInput {...wired(fields.untilOn)} label="延期至" required hint={`一次最多延期 ${months} 个月`} />
      <TextArea {...wired(fields.extensionReason)} label="延期理由" required rows={3} />
      <FileInput
        name="file"
        id="extension-file"
        label="证明文件"
        required
        hint="会议纪要、承建单位的函等"
        error={fields.file.errors}
      />
      <SubmitButton variant="secondary" name="intent" value="requestExtension" pendingLabel="正在提交…">
        提交延期申请
      </SubmitButton>
    </form>
  );
}
