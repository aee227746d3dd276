import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";

import type { LocalDate } from "~/kernel/local-date";
import {
  BLOCK_REASONS,
  CLOUD_RESOURCE_KINDS,
  CLOUD_RESOURCE_STAGES,
  keysOf,
  type CloudStep,
} from "~/kernel/vocabulary";
import {
  Columns,
  ConfirmSubmit,
  DateInput,
  ErrorSummary,
  FileInput,
  FormActions,
  RadioGroup,
  Section,
  Select,
  SubmitButton,
  TextArea,
  TextInput,
} from "~/ui";
import { optionsOf } from "~/web/options";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import { resourceField, type ResourceFigure } from "../cloud/steps/resources.rules";
import { isTest, needsEvidenceFile } from "../cloud/steps/steps.rules";
import { EVIDENCE_HINTS } from "../cloud/steps/steps.words";

interface FormProps {
  /** the version of the system that the form was filled in from */
  readonly version: number;
  /** the answer, when it was this form that was sent */
  readonly reply: SubmissionResult<string[]> | null;
}

const PAPERS = "PDF、OFD、Word、Excel、WPS 或图片";

/** Records the next step; for the security test also how it came out. */
export function RecordForm({
  step,
  version,
  reply,
  today,
}: FormProps & { readonly step: CloudStep; readonly today: LocalDate }) {
  const [form, fields] = useForm<Record<"completedOn" | "evidence" | "testResult" | "file", string>>({
    id: "record",
    lastResult: reply,
    defaultValue: { completedOn: today },
  });
  return (
    <form method="post" encType="multipart/form-data" {...getFormProps(form)}>
      <Section title={`登记“${step}”`} id="next-step">
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="version" value={version} />
        <input type="hidden" name="step" value={step} />
        <div className="max-w-3xl space-y-4">
          {isTest(step) && (
            <RadioGroup
              {...wired(fields.testResult)}
              label="检测结果"
              required
              inline
              options={[
                { value: "passed", label: "合格" },
                { value: "failed", label: "不合格", hint: "不算完成本步骤，自动登记为受阻" },
              ]}
            />
          )}
          <Columns>
            <DateInput {...wired(fields.completedOn)} label="完成日期" required max={today} />
            <TextInput {...wired(fields.evidence)} label="办理依据" hint={EVIDENCE_HINTS[step]} required />
          </Columns>
          <FileInput
            name="file"
            label="证明文件"
            required={needsEvidenceFile(step)}
            hint={`${needsEvidenceFile(step) ? "必须上传" : "可不上传"}；${PAPERS}`}
            error={fields.file.errors}
          />
        </div>
        <FormActions>
          <SubmitButton name="intent" value="record" pendingLabel="正在登记…">
            {isTest(step) ? "登记检测结果" : "登记完成"}
          </SubmitButton>
        </FormActions>
      </Section>
    </form>
  );
}

/** Says what keeps the system from its next step. */
export function BlockForm({
  step,
  version,
  reply,
  today,
}: FormProps & { readonly step: CloudStep; readonly today: LocalDate }) {
  const [form, fields] = useForm<Record<"blockReason" | "detail" | "sinceOn", string>>({
    id: "block",
    lastResult: reply,
    defaultValue: { sinceOn: today },
  });
  const reasons = optionsOf(BLOCK_REASONS).filter(({ value }) => value !== "securityTestFailed" || isTest(step));
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title={`登记“${step}”受阻`} id="block" note="不能按计划办理下一步时登记，数据局据此协调">
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="version" value={version} />
        <div className="max-w-3xl space-y-4">
          <Columns>
            <Select {...wired(fields.blockReason)} label="受阻原因" required placeholder="请选择" options={reasons} />
            <DateInput {...wired(fields.sinceOn)} label="受阻开始日期" required max={today} />
          </Columns>
          <TextArea
            {...wired(fields.detail)}
            label="受阻情况"
            required
            rows={2}
            hint="卡在哪里、需要谁解决、预计何时能解决"
          />
        </div>
        <FormActions>
          <SubmitButton name="intent" value="reportBlock" variant="secondary" pendingLabel="正在登记…">
            登记受阻
          </SubmitButton>
        </FormActions>
      </Section>
    </form>
  );
}

/** Says that nothing keeps the system from its next step any more. */
export function ClearForm({ version, reply }: FormProps) {
  const [form, fields] = useForm<Record<"note", string>>({ id: "clear", lastResult: reply });
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title="解除受阻" id="block" note="登记下一步时会自动解除">
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="version" value={version} />
        <div className="max-w-3xl space-y-4">
          <TextArea {...wired(fields.note)} label="解除说明" required rows={2} hint="问题如何解决、何时解决" />
        </div>
        <FormActions>
          <SubmitButton name="intent" value="clearBlock" variant="secondary" pendingLabel="正在办理…">
            解除受阻
          </SubmitButton>
        </FormActions>
      </Section>
    </form>
  );
}

type ResourceField = ReturnType<typeof resourceField>;

/** Enters how much is applied for, opened and used; what stands there is what holds now. */
export function ResourceForm({
  version,
  reply,
  today,
  figures,
}: FormProps & { readonly today: LocalDate; readonly figures: readonly ResourceFigure[] }) {
  const known = Object.fromEntries(
    figures.map(({ kind, stage, amount }) => [resourceField(kind, stage), String(amount)]),
  );
  const [form, fields] = useForm<Record<ResourceField | "asOf", string>>({
    id: "resources",
    lastResult: reply,
    defaultValue: { asOf: today, ...known },
  });
  return (
    <form method="post" className="border-t border-line px-4 py-3" {...getFormProps(form)}>
      <ErrorSummary errors={summaryOf(form)} />
      <h3 className="font-medium">登记资源数量</h3>
      <p className="mb-3 text-[0.8125rem] text-secondary">
        留空的不变；同一天再次登记以后一次为准。开通不得超过申请；使用超过开通的会提示。
      </p>
      <input type="hidden" name="version" value={version} />
      <div className="max-w-3xl space-y-4">
        <DateInput {...wired(fields.asOf)} label="截至日期" required max={today} className="max-w-[12rem]" />
        {keysOf(CLOUD_RESOURCE_KINDS).map((kind) => (
          <div key={kind} className="grid grid-cols-3 items-start gap-3">
            {keysOf(CLOUD_RESOURCE_STAGES).map((stage) => (
              <TextInput
                key={stage}
                {...wired(fields[resourceField(kind, stage)])}
                label={`${CLOUD_RESOURCE_KINDS[kind]}${CLOUD_RESOURCE_STAGES[stage]}`}
                inputMode="numeric"
              />
            ))}
          </div>
        ))}
      </div>
      <FormActions>
        <SubmitButton name="intent" value="resources" variant="secondary" pendingLabel="正在登记…">
          登记数量
        </SubmitButton>
      </FormActions>
    </form>
  );
}

/** The bureau takes a step back, with all that were built on it. */
export function RollbackForm({ version, reply, steps }: FormProps & { readonly steps: readonly CloudStep[] }) {
  const [form, fields] = useForm<Record<"step" | "rollbackReason", string>>({ id: "rollback", lastResult: reply });
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title="退回步骤" id="rollback" note="所选步骤及其后各步自今天起不再算完成，此前的上云率不变">
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="version" value={version} />
        <div className="max-w-3xl space-y-4">
          <Select
            {...wired(fields.step)}
            label="从哪一步退回"
            required
            placeholder="请选择"
            options={steps.map((value) => ({ value, label: value }))}
          />
          <TextArea
            {...wired(fields.rollbackReason)}
            label="退回理由"
            required
            rows={2}
            hint="发现了什么问题、重新办理须满足什么；主管单位和运维单位会收到"
          />
        </div>
        <FormActions>
          <ConfirmSubmit
            name="intent"
            value="rollBack"
            variant="danger"
            title="退回所选步骤？"
            consequence="所选步骤及其后各步须重新办理；已上云的系统自今天起不再计入已上云。"
            confirmLabel="确认退回"
          >
            退回
          </ConfirmSubmit>
        </FormActions>
      </Section>
    </form>
  );
}
