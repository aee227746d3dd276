import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";

import type { SystemState } from "~/kernel/vocabulary";
import {
  ConfirmSubmit,
  DateInput,
  ErrorSummary,
  FormActions,
  Notice,
  Section,
  Select,
  SubmitButton,
  TextArea,
  type Option,
} from "~/ui";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

type Intent = "transfer" | "retire" | "suspend" | "resume";

export interface SystemStepsProps {
  readonly system: { readonly id: string; readonly version: number; readonly state: SystemState };
  /** what came back from a step that was not taken */
  readonly reply: SubmissionResult<string[]> | null;
  readonly mayEdit: boolean;
  /** units that the system can be given to; empty when it is not the person's to give */
  readonly units: readonly Option[];
  readonly dependents: { readonly projects: number; readonly resources: number; readonly matters: number };
  readonly today: string;
}

/** What can be done with a system beside correcting its entry: suspend, resume, retire, give to another unit. */
export function SystemSteps({ system, reply, mayEdit, units, dependents, today }: SystemStepsProps) {
  if (system.state === "retired" || !mayEdit) return null;
  const props = { system, reply, today };
  const hanging = sayDependents(dependents);
  return (
    <Section title="办理事项" id="steps">
      {system.state === "inUse" ? (
        <Step {...props} intent="suspend" title="登记停用" reasonHint="停用后仍在清单和上云考核中，可恢复" />
      ) : (
        <Step {...props} intent="resume" title="恢复使用" reasonHint="恢复的原因或依据" />
      )}
      <Step
        {...props}
        intent="retire"
        title="登记下线"
        reasonHint="下线的原因、依据和由哪个系统替代"
        warning={hanging && `该系统仍有${hanging}与之相关，下线前请先处理。`}
      />
      {units.length > 0 && (
        <Step
          {...props}
          intent="transfer"
          title="移交其他单位"
          reasonHint="移交的原因和依据文件"
          units={units}
          warning={hanging && `该系统有${hanging}与之相关，移交后这些关联不随之改变。`}
        />
      )}
    </Section>
  );
}

function sayDependents({ projects, resources, matters }: SystemStepsProps["dependents"]): string {
  return [
    projects > 0 && `${projects} 个在办运维项目`,
    resources > 0 && `${resources} 项数据资源`,
    matters > 0 && `${matters} 个政务服务事项`,
  ]
    .filter(Boolean)
    .join("、");
}

const CONSEQUENCES: Readonly<Record<"retire" | "transfer", string>> = {
  retire: "下线后不再计入上云率，登记信息不能再改，也不能恢复。",
  transfer: "自今日起由接收单位主管，并计入接收单位的上云率。",
};

function Step({
  system,
  reply,
  today,
  intent,
  title,
  reasonHint,
  units,
  warning,
}: Pick<SystemStepsProps, "system" | "reply" | "today"> & {
  readonly intent: Intent;
  readonly title: string;
  readonly reasonHint: string;
  readonly units?: readonly Option[];
  readonly warning?: string;
}) {
  const mine = reply?.initialValue?.intent === intent;
  const [form, fields] = useForm<Record<"reason" | "retiredOn" | "unitId", string>>({
    id: intent,
    lastResult: mine ? reply : null,
    defaultValue: { retiredOn: today },
  });
  const ids = (field: string) => `${intent}-${field}`;
  return (
    <details open={mine} className="border-b border-line py-2 last:border-0">
      <summary className="cursor-pointer font-medium text-primary">{title}</summary>
      <form method="post" className="mt-3 max-w-2xl space-y-3" {...getFormProps(form)}>
        <ErrorSummary
          errors={summaryOf(form).map((error) => ({ ...error, ...(error.field && { href: `#${ids(error.field)}` }) }))}
        />
        <input type="hidden" name="version" value={system.version} />
        {warning && <Notice tone="warn">{warning}</Notice>}
        {units && (
          <Select
            {...wired(fields.unitId)}
            id={ids("unitId")}
            label="接收单位"
            required
            placeholder="请选择"
            options={units}
          />
        )}
        {intent === "retire" && (
          <DateInput {...wired(fields.retiredOn)} id={ids("retiredOn")} label="下线日期" required max={today} />
        )}
        <TextArea {...wired(fields.reason)} id={ids("reason")} label="理由" required rows={2} hint={reasonHint} />
        <FormActions>
          {intent === "retire" || intent === "transfer" ? (
            <ConfirmSubmit
              name="intent"
              value={intent}
              variant={intent === "retire" ? "danger" : "primary"}
              title={`${title}？`}
              consequence={CONSEQUENCES[intent]}
              confirmLabel={title}
            >
              {title}
            </ConfirmSubmit>
          ) : (
            <SubmitButton name="intent" value={intent} variant="primary" pendingLabel="正在登记…">
              {title}
            </SubmitButton>
          )}
        </FormActions>
      </form>
    </details>
  );
}
