import { getFormProps, useForm } from "@conform-to/react";
import type { SubmissionResult } from "@conform-to/react";

import {
  DateInput,
  ErrorSummary,
  Fields,
  FormActions,
  LinkButton,
  SubmitButton,
  TextArea,
  TextInput,
  type SummaryError,
} from "~/ui";

export interface ReportFormValues {
  readonly actualPercent: string;
  readonly doneThisMonth: string;
  readonly nextMonth: string;
  readonly problems: string;
  readonly mattersToSettle: string;
}

export interface ReportMilestone {
  readonly id: string;
  readonly name: string;
  readonly plannedOn: string;
  readonly cumulativePercent: number;
  readonly completedOn: string | null;
  readonly evidence: string | null;
  readonly claim: { readonly completedOn: string; readonly evidence: string } | null;
}

interface Typed extends ReportFormValues {
  readonly claims: { readonly milestoneId: string; readonly completedOn: string; readonly evidence: string }[];
}

interface ReportFormProps {
  readonly values: ReportFormValues;
  readonly plannedPercent: string;
  readonly milestones: readonly ReportMilestone[];
  readonly version: number;
  readonly today: string;
  readonly lastResult: SubmissionResult<string[]> | null;
  readonly cancelHref?: string | undefined;
}

/** What a unit writes in a month: two minutes when nothing is out of the ordinary. */
export function ReportForm({
  values,
  plannedPercent,
  milestones,
  version,
  today,
  lastResult,
  cancelHref,
}: ReportFormProps) {
  // what another month's report proved is a fact here, not a field
  const open = milestones.filter(({ completedOn, claim }) => completedOn === null || claim !== null);
  const [form, fields] = useForm<Typed>({
    id: "report",
    lastResult,
    defaultValue: {
      ...values,
      claims: open.map(({ id, claim }) => ({
        milestoneId: id,
        completedOn: claim?.completedOn ?? "",
        evidence: claim?.evidence ?? "",
      })),
    },
  });
  const claims = fields.claims.getFieldList();
  return (
    <form method="post" {...getFormProps(form)}>
      <ErrorSummary errors={errorsOf(form)} />
      <input type="hidden" name="version" value={version} />
      <Fields>
        <TextInput
          name="actualPercent"
          label="实际进度（%）"
          hint={`计划进度 ${plannedPercent}%，由项目里程碑推算，不需填写`}
          required
          inputMode="decimal"
          className="max-w-xs"
          defaultValue={fields.actualPercent.initialValue}
          error={fields.actualPercent.errors}
        />
        {open.length > 0 && (
          <fieldset>
            <legend className="mb-1 font-medium">里程碑完成情况</legend>
            <p className="mb-2 text-[0.8125rem] text-secondary">只填已完成的；未完成的留空。</p>
            <ul className="divide-y divide-line rounded border border-line">
              {open.map((milestone, index) => {
                const claim = claims[index]?.getFieldset();
                const name = `claims[${index}]`;
                return (
                  <li key={milestone.id} className="grid gap-x-4 gap-y-2 px-3 py-2 md:grid-cols-[1fr_11rem_1.2fr]">
                    <p>
                      {milestone.name}
                      <span className="block text-[0.8125rem] text-secondary">
                        计划 {milestone.plannedOn} · 累计 {milestone.cumulativePercent}%
                        {milestone.plannedOn < today && " · 已到期"}
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
                    <TextInput
                      name={`${name}.evidence`}
                      label="完成依据"
                      placeholder="验收单、会议纪要的名称或文号"
                      defaultValue={claim?.evidence.initialValue}
                      error={claim?.evidence.errors}
                    />
                  </li>
                );
              })}
            </ul>
          </fieldset>
        )}
        <TextArea
          name="doneThisMonth"
          label="本月完成情况"
          required
          rows={3}
          defaultValue={fields.doneThisMonth.initialValue}
          error={fields.doneThisMonth.errors}
        />
        <TextArea
          name="nextMonth"
          label="下月计划"
          required
          rows={3}
          defaultValue={fields.nextMonth.initialValue}
          error={fields.nextMonth.errors}
        />
        <TextArea
          name="problems"
          label="存在问题"
          hint="没有可不填"
          rows={2}
          defaultValue={fields.problems.initialValue}
          error={fields.problems.errors}
        />
        <TextArea
          name="mattersToSettle"
          label="需协调事项"
          hint="需要领导小组协调解决的事项；没有可不填"
          rows={2}
          defaultValue={fields.mattersToSettle.initialValue}
          error={fields.mattersToSettle.errors}
        />
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

/** The form's own errors first, then each field's, linked to it. */
function errorsOf(form: { errors: string[] | undefined; allErrors: Record<string, string[]> }): SummaryError[] {
  const own = (form.errors ?? []).map((message) => ({ message }));
  const ofFields = Object.entries(form.allErrors)
    .filter(([name]) => name !== "")
    .flatMap(([field, messages]) => messages.map((message) => ({ message, field })));
  return [...own, ...ofFields];
}
