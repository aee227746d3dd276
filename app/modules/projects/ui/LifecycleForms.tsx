import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";

import { formatOfficialDate, type LocalDate } from "~/kernel/local-date";
import { PROJECT_STAGES, type ProjectStage } from "~/kernel/vocabulary";
import { ConfirmSubmit, ErrorSummary, Notice, Section, TextArea, TextInput } from "~/ui";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import type { HaltInput } from "../halt.schema";

/** A suspended, terminated or lapsed project says why it stands still and since when. */
export function HaltNotice({
  stage,
  halt,
}: {
  readonly stage: ProjectStage;
  readonly halt: {
    readonly since: LocalDate;
    readonly by: string;
    readonly reason: string;
    readonly basis: string;
  } | null;
}) {
  if (!halt) return null;
  return (
    <div className="mb-4">
      <Notice
        tone={stage === "suspended" ? "warn" : "bad"}
        title={`${PROJECT_STAGES[stage]}（${formatOfficialDate(halt.since)}，${halt.by}）`}
      >
        <p>{halt.reason}</p>
        {halt.basis && <p>依据：{halt.basis}</p>}
      </Notice>
    </div>
  );
}

interface HaltFormProps {
  readonly version: number;
  readonly reply: SubmissionResult<string[]> | null;
}

const useHaltForm = (reply: HaltFormProps["reply"]) => useForm<HaltInput>({ lastResult: reply });

/** Standing still for a while. */
export function SuspendForm({ version, reply }: HaltFormProps) {
  const [form, fields] = useHaltForm(reply);
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title="暂停项目" id="suspend" note="暂停期间不再要求报送月报；恢复后回到原来的阶段">
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="version" value={version} />
        <div className="max-w-3xl space-y-4">
          <TextArea {...wired(fields.reason)} label="暂停理由" required rows={3} />
          <ConfirmSubmit
            variant="danger"
            name="intent"
            value="suspend"
            title="暂停这个项目？"
            consequence="暂停期间不报月报、不能办理变更和验收，建设单位会收到通知。"
            confirmLabel="确认暂停"
          >
            暂停
          </ConfirmSubmit>
        </div>
      </Section>
    </form>
  );
}

/** Going on. */
export function ResumeForm({ version, reply, from }: HaltFormProps & { readonly from: ProjectStage | null }) {
  const [form, fields] = useHaltForm(reply);
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title="恢复项目" id="resume" note={from ? `恢复后回到“${PROJECT_STAGES[from]}”` : undefined}>
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="version" value={version} />
        <div className="max-w-3xl space-y-4">
          <TextArea {...wired(fields.reason)} label="恢复理由" required rows={3} />
          <ConfirmSubmit
            name="intent"
            value="resume"
            title="恢复这个项目？"
            consequence="从本月起重新要求报送月报，建设单位会收到通知。"
            confirmLabel="确认恢复"
          >
            恢复
          </ConfirmSubmit>
        </div>
      </Section>
    </form>
  );
}

/** The end. */
export function TerminateForm({ version, reply }: HaltFormProps) {
  const [form, fields] = useHaltForm(reply);
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title="终止项目" id="terminate" note="终止后不能恢复；项目内容和历史考核照常保留">
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="version" value={version} />
        <div className="max-w-3xl space-y-4">
          <TextArea {...wired(fields.reason)} label="终止理由" required rows={3} />
          <TextInput {...wired(fields.basis)} label="依据文件和文号" required />
          <ConfirmSubmit
            variant="danger"
            name="intent"
            value="terminate"
            title="终止这个项目？"
            consequence="终止后不能恢复，建设单位会收到通知；需要时只能重新申报立项。"
            confirmLabel="确认终止"
          >
            终止
          </ConfirmSubmit>
        </div>
      </Section>
    </form>
  );
}
