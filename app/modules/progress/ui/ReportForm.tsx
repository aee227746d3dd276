import { getFormProps, useForm } from "@conform-to/react";
import type { SubmissionResult } from "@conform-to/react";

import { DateInput, ErrorSummary, Fields, FormActions, LinkButton, SubmitButton, TextArea, TextInput } from "~/ui";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import { REPORT_FIELDS, reportValues } from "../report/report-values";
import type { MilestoneClaim, ReportTyping } from "../report/report.rules";
import { ReportFileInput, ReportFiles, type ReportFile } from "./ReportFiles";

interface ReportMilestone {
  readonly id: string;
  readonly name: string;
  readonly plannedOn: string;
  readonly cumulativePercent: number;
  readonly claim: Omit<MilestoneClaim, "milestoneId"> | null;
}

interface ReportFormProps {
  readonly values: ReportTyping;
  readonly plannedPercent: string;
  /** that can be claimed */
  readonly milestones: readonly ReportMilestone[];
  /** the last day of the month: what was planned until then is asked about first */
  readonly monthEnd: string;
  readonly files: readonly ReportFile[];
  readonly fileHref: (id: string) => string;
  readonly removable: boolean;
  readonly wasSigned: boolean;
  readonly maxMegabytes: number;
  readonly version: number;
  /** marks of what the form was opened with */
  readonly opened: string;
  readonly today: string;
  readonly lastResult: SubmissionResult<string[]> | null;
  readonly cancelHref?: string | undefined;
}

/**
 * What a unit writes in a month: two minutes when nothing is out of the ordinary. First the one figure, then the words that
 * are prefilled; milestones that are not planned for yet stay folded away. Enter saves the draft, it hands nothing in.
 */
export function ReportForm(props: ReportFormProps) {
  const { values, plannedPercent, milestones, monthEnd, version, opened, lastResult, cancelHref } = props;
  const [form, fields] = useForm({
    id: "report",
    lastResult,
    defaultValue: { ...reportValues(values, milestones), version: String(version), opened },
  });
  const rows = milestones.map((milestone, index) => ({ milestone, index }));
  const claims = fields.claims.getFieldList();
  const hasErrors = ({ milestone, index }: Row) =>
    Boolean(claims[index]?.getFieldset().evidence.errors ?? claims[index]?.getFieldset().completedOn.errors) ||
    form.allErrors[`file-${milestone.id}`] !== undefined;
  const isExpected = (row: Row) => row.milestone.plannedOn <= monthEnd || row.milestone.claim !== null;
  const [now, later] = [rows.filter(isExpected), rows.filter((row) => !isExpected(row))];
  const asField = ({ milestone, index }: Row) => (
    <MilestoneFields
      key={milestone.id}
      milestone={milestone}
      name={`claims[${index}]`}
      claim={claims[index]?.getFieldset()}
      fileErrors={form.allErrors[`file-${milestone.id}`]}
      {...props}
    />
  );
  return (
    <form method="post" encType="multipart/form-data" {...getFormProps(form)}>
      <button type="submit" name="intent" value="save" tabIndex={-1} aria-hidden className="sr-only" />
      <ErrorSummary errors={summaryOf(form)} />
      <input type="hidden" name="version" value={fields.version.initialValue} />
      <input type="hidden" name="opened" value={fields.opened.initialValue} />
      <Fields>
        <TextInput
          {...wired(fields.actualPercent)}
          label={`${REPORT_FIELDS.actualPercent}（%）`}
          hint={`计划进度 ${plannedPercent}%，由项目里程碑推算，不需填写`}
          required
          inputMode="decimal"
          className="max-w-xs"
        />
        <TextArea {...wired(fields.doneThisMonth)} label={REPORT_FIELDS.doneThisMonth} required rows={3} />
        <TextArea {...wired(fields.nextMonth)} label={REPORT_FIELDS.nextMonth} required rows={3} />
        {now.length > 0 && (
          <fieldset>
            <legend className="mb-1 font-medium">到期里程碑</legend>
            <p className="mb-2 text-[0.8125rem] text-secondary">已完成的填写日期和依据；未完成的留空。</p>
            <ul className="divide-y divide-line rounded border border-line">{now.map(asField)}</ul>
          </fieldset>
        )}
        {later.length > 0 && (
          <details open={later.some(hasErrors)}>
            <summary className="cursor-pointer text-primary">提前完成了以后的里程碑（{later.length} 个未到期）</summary>
            <ul className="mt-2 divide-y divide-line rounded border border-line">{later.map(asField)}</ul>
          </details>
        )}
        <TextArea {...wired(fields.problems)} label={REPORT_FIELDS.problems} hint="没有可不填" rows={2} />
        <TextArea
          {...wired(fields.mattersToSettle)}
          label={REPORT_FIELDS.mattersToSettle}
          hint="需要领导小组协调解决的事项；没有可不填"
          rows={2}
        />
        <div className="space-y-1">
          <ReportFileInput
            heading="month"
            label="本月佐证材料"
            hint={`可选；PDF、OFD、Word、Excel、WPS 或图片，可多选，单个不超过 ${props.maxMegabytes} MB`}
            error={form.allErrors["file-month"]}
          />
          <FilesOf {...props} milestoneId={null} />
        </div>
      </Fields>
      <FormActions note="提交后由分管领导签批，签批时间即报送时间。">
        <SubmitButton name="intent" value="submit" variant="primary" pendingLabel="正在提交…">
          提交签批
        </SubmitButton>
        <SubmitButton name="intent" value="save" variant="secondary" pendingLabel="正在保存…">
          保存草稿
        </SubmitButton>
        {cancelHref && (
          <LinkButton href={cancelHref} variant="quiet">
            取消更正
          </LinkButton>
        )}
      </FormActions>
    </form>
  );
}

interface Row {
  readonly milestone: ReportMilestone;
  readonly index: number;
}

const FilesOf = ({
  files,
  milestoneId,
  fileHref,
  removable,
  wasSigned,
}: Pick<ReportFormProps, "files" | "fileHref" | "removable" | "wasSigned"> & {
  readonly milestoneId: string | null;
}) => (
  <ReportFiles
    files={files.filter((file) => file.milestoneId === milestoneId)}
    {...{ fileHref, removable, wasSigned }}
  />
);

interface ClaimField {
  readonly initialValue?: string | undefined;
  readonly errors?: string[] | undefined;
}

function MilestoneFields({
  milestone,
  name,
  claim,
  fileErrors,
  today,
  ...props
}: ReportFormProps & {
  readonly milestone: ReportMilestone;
  readonly name: string;
  readonly claim: { readonly completedOn: ClaimField; readonly evidence: ClaimField } | undefined;
  readonly fileErrors: readonly string[] | undefined;
}) {
  return (
    <li className="grid items-start gap-x-4 gap-y-2 px-3 py-2 md:grid-cols-[1fr_10rem_1.2fr]">
      <p>
        {milestone.name}
        <span className="block text-[0.8125rem] text-secondary">
          计划 {milestone.plannedOn} · 累计 {milestone.cumulativePercent}%{milestone.plannedOn < today && " · 已到期"}
        </span>
      </p>
      <input type="hidden" name={`${name}.milestoneId`} value={milestone.id} />
      <DateInput
        name={`${name}.completedOn`}
        label="完成日期"
        max={today}
        defaultValue={claim?.completedOn.initialValue}
        error={claim?.completedOn.errors}
      />
      <div className="space-y-2">
        <TextInput
          name={`${name}.evidence`}
          label="完成依据"
          placeholder="验收单、会议纪要的名称或文号"
          defaultValue={claim?.evidence.initialValue}
          error={claim?.evidence.errors}
        />
        <ReportFileInput heading={milestone.id} label="依据文件" error={fileErrors} />
        <FilesOf {...props} milestoneId={milestone.id} />
      </div>
    </li>
  );
}
