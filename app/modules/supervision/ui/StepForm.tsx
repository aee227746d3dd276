import { formatOfficialDate, type LocalDate } from "~/kernel/local-date";
import { type ButtonVariant, DateInput, Fields, FileInput, FormActions, Section, SubmitButton, TextArea } from "~/ui";

import { SUPERVISION_EVENTS, type SupervisionEvent } from "../supervision.lifecycle";

interface Asked {
  readonly note?: string;
  readonly words?: { readonly name: string; readonly label: string; readonly hint?: string };
  /** what the files are called that may come with it */
  readonly files?: string;
  /** asks for a new due day */
  readonly day?: true;
}

/** What each step asks for, beside the press of its button. */
const ASKS: Readonly<Record<SupervisionEvent, Asked>> = {
  assign: { note: "通知承办单位办理" },
  accept: { note: "签收后列为承办中；也可以直接反馈" },
  urge: { note: "通知填报人和负责人抓紧办理，每天最多一次" },
  extend: { words: { name: "reason", label: "延长原因" }, day: true, note: "已发出的督办单不变" },
  reply: {
    words: { name: "reply", label: "办理情况", hint: "做了什么、结果如何；未办结的写明完成时间" },
    files: "反馈材料",
    note: "反馈后由数据局核实；材料只能随反馈提交",
  },
  sendBack: { words: { name: "reason", label: "退回原因", hint: "承办单位将据此继续办理" } },
  verify: { note: "反馈属实，可以销号" },
  close: {
    words: { name: "proof", label: "销号依据", hint: "验收单、文件名称或文号" },
    files: "依据文件",
  },
  reopen: { words: { name: "reason", label: "重新督办的原因" }, note: "沿用原编号，回到承办单位" },
};

/** Steps that stand back behind the main one, or take something back. */
const VARIANTS: Readonly<Partial<Record<SupervisionEvent, ButtonVariant>>> = {
  urge: "secondary",
  extend: "secondary",
  sendBack: "danger",
  reopen: "danger",
};

interface StepFormProps {
  readonly event: SupervisionEvent;
  readonly item: { readonly version: number; readonly dueOn: LocalDate };
  readonly today: LocalDate;
  /** @unit MB */
  readonly maxMegabytes: number;
  /** the answer to the last post, of whichever step it was */
  readonly reply:
    | {
        readonly initialValue?: Readonly<Record<string, unknown>> | null | undefined;
        readonly error?: Readonly<Record<string, string[] | null>> | null | undefined;
      }
    | undefined;
}

/** One step of a supervised item: what it needs, and its button. What was typed stays when it is refused. */
export function StepForm({ event, item, today, maxMegabytes, reply }: StepFormProps) {
  const { note, words, files, day } = ASKS[event];
  const isMine = reply?.initialValue?.["intent"] === event;
  const typed = (name: string): string => {
    const value = isMine ? reply.initialValue?.[name] : undefined;
    return typeof value === "string" ? value : "";
  };
  const errorOf = (name: string) => (isMine ? (reply.error?.[name] ?? undefined) : undefined);
  const button = (
    <SubmitButton variant={VARIANTS[event] ?? "primary"} pendingLabel="正在办理…">
      {SUPERVISION_EVENTS[event]}
    </SubmitButton>
  );
  return (
    <Section title={SUPERVISION_EVENTS[event]} id={event} note={note}>
      <form method="post" encType={files ? "multipart/form-data" : undefined} className="max-w-2xl">
        <input type="hidden" name="version" value={item.version} />
        <input type="hidden" name="intent" value={event} />
        <Fields>
          {day && (
            <DateInput
              name="dueOn"
              label="新的办理期限"
              hint={`现在的期限是${formatOfficialDate(item.dueOn)}，只能改晚`}
              required
              min={today}
              defaultValue={typed("dueOn")}
              error={errorOf("dueOn")}
            />
          )}
          {words && (
            <TextArea
              name={words.name}
              label={words.label}
              hint={words.hint}
              required
              rows={3}
              defaultValue={typed(words.name)}
              error={errorOf(words.name)}
            />
          )}
          {files && (
            <FileInput
              name="file"
              label={files}
              multiple
              hint={`可一次选择多个；PDF、OFD、Word、Excel、WPS 或图片，单个不超过 ${maxMegabytes} MB`}
              accept=".pdf,.ofd,.doc,.docx,.xls,.xlsx,.wps,.et,.png,.jpg,.jpeg"
              error={errorOf("file")}
            />
          )}
        </Fields>
        {day || words || files ? <FormActions>{button}</FormActions> : button}
      </form>
    </Section>
  );
}
