import type { SubmissionResult } from "@conform-to/react";

import { formatPeriod, type Period } from "~/kernel/period";
import { DateInput, Fields, FileInput, Section, Select, SubmitButton, TextArea } from "~/ui";

import { TASK_EVENTS, type TaskEvent } from "../task/task.lifecycle";

interface Written {
  readonly progress: string;
  readonly difficulty: string;
  readonly version: number;
}

export interface TaskFormsProps {
  readonly data: {
    readonly task: { readonly version: number; readonly closingStatement: string | null };
    readonly offered: readonly TaskEvent[];
    readonly writable: readonly { readonly period: string; readonly dueOn: string; readonly written: Written | null }[];
    readonly moments: readonly {
      readonly position: number;
      readonly on: string;
      readonly what: string;
      readonly mode: "by" | "from";
      readonly met: unknown;
    }[];
    readonly named: readonly { readonly unitId: string; readonly unitName: string; readonly role: string }[];
    readonly today: string;
  };
  readonly reply: SubmissionResult<string[]> | null;
}

type Reply = TaskFormsProps["reply"];

/** What was typed into a form that came back, and what was wrong with it; other forms of the page keep their own. */
function answered(reply: Reply, isMine: boolean) {
  return (name: string, saved = "") => {
    const typed = isMine ? reply?.initialValue?.[name] : undefined;
    return {
      name,
      defaultValue: typeof typed === "string" ? typed : saved,
      error: isMine ? reply?.error?.[name] : undefined,
    };
  };
}

const intentOf = (reply: Reply) => reply?.initialValue?.["intent"];

/** The forms of the steps that are open to the person who looks at a task. */
export function TaskForms({ data, reply }: TaskFormsProps) {
  const { offered } = data;
  const has = (event: TaskEvent) => offered.includes(event);
  return (
    <>
      {has("update") &&
        data.writable.map((month) => (
          <UpdateForm key={`${month.period} ${month.written?.version ?? 0}`} month={month} reply={reply} />
        ))}
      {has("meetMoment") && data.moments.some(({ met }) => met === null) && <MomentForm data={data} reply={reply} />}
      {has("requestClosing") && <ClosingForm data={data} reply={reply} />}
      {has("close") && (
        <Section title="核实办结申请">
          <form method="post">
            <input type="hidden" name="version" value={data.task.version} />
            <SubmitButton name="intent" value="close" pendingLabel="正在办理…">
              {TASK_EVENTS.close}
            </SubmitButton>
          </form>
        </Section>
      )}
      {(["returnClosing", "reopen"] as const).filter(has).map((event) => (
        <ReasonForm key={event} event={event} data={data} reply={reply} />
      ))}
      {has("supervise") && <SuperviseForm data={data} reply={reply} />}
    </>
  );
}

const FILES_HINT = "PDF、OFD、Word、Excel、WPS 或图片，可选多个";

function UpdateForm({
  month: { period, dueOn, written },
  reply,
}: {
  readonly month: TaskFormsProps["data"]["writable"][number];
  readonly reply: Reply;
}) {
  const isMine = intentOf(reply) === "update" && reply?.initialValue?.["period"] === period;
  const at = answered(reply, isMine);
  const month = formatPeriod(period as Period);
  return (
    <Section title={`${month}进展`} note={written ? "已填报，本月内可以修改" : `未填报，${dueOn} 前填报`}>
      <form method="post" encType="multipart/form-data">
        <input type="hidden" name="version" value={written?.version ?? 0} />
        <input type="hidden" name="period" value={period} />
        <Fields>
          <TextArea
            label={`${month}进展情况`}
            required
            rows={3}
            hint="写本单位当月做了什么、到什么程度，尽量有数字"
            {...at("progress", written?.progress)}
          />
          <TextArea
            label="存在困难"
            rows={2}
            hint="需要协调的问题；没有可不填"
            {...at("difficulty", written?.difficulty)}
          />
          <FileInput
            name="files"
            label="佐证材料"
            multiple
            hint={FILES_HINT}
            error={isMine ? reply?.error?.["files"] : undefined}
          />
          <SubmitButton name="intent" value="update" pendingLabel="正在保存…">
            {written ? "修改进展" : "填报进展"}
          </SubmitButton>
        </Fields>
      </form>
    </Section>
  );
}

function MomentForm({ data: { task, moments, today }, reply }: TaskFormsProps) {
  const isMine = intentOf(reply) === "meetMoment";
  const at = answered(reply, isMine);
  const open = moments.filter(({ met }) => met === null);
  return (
    <Section title="报告节点完成">
      <form method="post" encType="multipart/form-data">
        <input type="hidden" name="version" value={task.version} />
        <Fields>
          <Select
            label="完成的节点"
            required
            {...at("position", String(open[0]?.position ?? ""))}
            options={open.map(({ position, on, what, mode }) => ({
              value: String(position),
              label: `${on} ${mode === "from" ? "起" : "前"}${what}`,
            }))}
          />
          <DateInput label="完成日期" required max={today} {...at("metOn", today)} />
          <TextArea
            label="完成情况和依据"
            required
            rows={3}
            hint="例如验收意见、发文文号、系统上线时间"
            {...at("evidence")}
          />
          <FileInput
            name="files"
            id="moment-files"
            label="证明材料"
            multiple
            hint={FILES_HINT}
            error={isMine ? reply?.error?.["files"] : undefined}
          />
          <SubmitButton name="intent" value="meetMoment" pendingLabel="正在办理…">
            {TASK_EVENTS.meetMoment}
          </SubmitButton>
        </Fields>
      </form>
    </Section>
  );
}

function ClosingForm({ data: { task }, reply }: TaskFormsProps) {
  const isMine = intentOf(reply) === "requestClosing";
  const at = answered(reply, isMine);
  return (
    <Section title="申请办结" note="由数据局核实后办结">
      <form method="post" encType="multipart/form-data">
        <input type="hidden" name="version" value={task.version} />
        <Fields>
          <TextArea
            label="办结说明"
            required
            rows={3}
            hint="任务完成的结果和依据"
            {...at("statement", task.closingStatement ?? "")}
          />
          <FileInput
            name="files"
            id="closing-files"
            label="办结材料"
            multiple
            hint={FILES_HINT}
            error={isMine ? reply?.error?.["files"] : undefined}
          />
          <SubmitButton name="intent" value="requestClosing" pendingLabel="正在提交…">
            {TASK_EVENTS.requestClosing}
          </SubmitButton>
        </Fields>
      </form>
    </Section>
  );
}

function ReasonForm({ event, data: { task }, reply }: TaskFormsProps & { readonly event: "returnClosing" | "reopen" }) {
  const at = answered(reply, intentOf(reply) === event);
  return (
    <Section title={TASK_EVENTS[event]}>
      <form method="post">
        <input type="hidden" name="version" value={task.version} />
        <Fields>
          <TextArea label={event === "reopen" ? "重新推进的原因" : "退回原因"} required rows={2} {...at("reason")} />
          <SubmitButton name="intent" value={event} variant="danger" pendingLabel="正在办理…">
            {TASK_EVENTS[event]}
          </SubmitButton>
        </Fields>
      </form>
    </Section>
  );
}

function SuperviseForm({ data: { task, named, today }, reply }: TaskFormsProps) {
  const at = answered(reply, intentOf(reply) === "supervise");
  const options = [...new Map(named.map(({ unitId, unitName }) => [unitId, unitName]))].map(([value, label]) => ({
    value,
    label,
  }));
  return (
    <Section title="转为督办" note="任务已逾期；督办办结前只登记一次">
      <form method="post">
        <input type="hidden" name="version" value={task.version} />
        <Fields>
          <Select label="承办单位" required placeholder="请选择" options={options} {...at("unitId")} />
          <TextArea label="办理要求" required rows={3} {...at("requirement")} />
          <DateInput label="办理期限" min={today} hint="不填的按规则参数的默认工作日计算" {...at("dueOn")} />
          <SubmitButton name="intent" value="supervise" pendingLabel="正在办理…">
            {TASK_EVENTS.supervise}
          </SubmitButton>
        </Fields>
      </form>
    </Section>
  );
}
