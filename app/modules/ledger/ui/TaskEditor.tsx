import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";

import { DEADLINE_KINDS, type DeadlineKind } from "~/kernel/vocabulary";
import {
  Columns,
  DateInput,
  ErrorSummary,
  Fields,
  FormActions,
  RowTable,
  Section,
  Select,
  SubmitButton,
  TextArea,
  TextInput,
} from "~/ui";
import { optionsOf } from "~/web/options";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import type { Mention } from "./MentionList";

export interface TaskEditorProps {
  readonly task: {
    readonly version: number;
    readonly title: string | null;
    readonly content: string;
    readonly section: string;
    readonly deadlineKind: DeadlineKind;
    readonly deadlines: readonly { readonly on: string; readonly what: string; readonly mode: "by" | "from" }[];
    readonly doubts: readonly { readonly code: string; readonly facts?: Readonly<Record<string, string | number>> }[];
  };
  readonly mentions: readonly Mention[];
  /** of the groups and units of the region, to choose from while typing */
  readonly names: readonly string[];
  readonly reply: SubmissionResult<string[]> | null;
}

const MODES = { by: "前完成", from: "起启动" };
const NAMES = "unit-names";

/** What the import understood of a task, to be corrected: words, units and groups by name, kind of deadline and dates. */
export function TaskEditor({ task, mentions, names, reply }: TaskEditorProps) {
  const saved = {
    title: task.title ?? "",
    content: task.content,
    section: task.section,
    deadlineKind: task.deadlineKind as string,
    lead: listOf(mentions, "lead", task.doubts, names),
    responsible: listOf(mentions, "responsible", task.doubts, names),
    deadlines: orBlank(
      task.deadlines.map(({ on, what, mode }) => ({ on, what, mode })),
      { on: "", what: "", mode: "by" },
    ),
  };
  const [form, fields] = useForm<typeof saved>({ lastResult: reply, defaultValue: saved });
  return (
    <form method="post" {...getFormProps(form)}>
      <ErrorSummary errors={summaryOf(form)} />
      <input type="hidden" name="version" value={task.version} />
      <datalist id={NAMES}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Section title="任务">
        <Fields>
          <TextInput {...wired(fields.title)} label="任务标题" />
          <TextArea {...wired(fields.content)} label="任务内容" rows={4} />
          <TextInput {...wired(fields.section)} label="所属部分" />
        </Fields>
      </Section>
      {(["lead", "responsible"] as const).map((list) => (
        <RowTable
          key={list}
          name={list}
          title={list === "lead" ? "牵头单位" : "责任单位"}
          note="“对应”从列表中选本地区的单位或单位集合；不是本地区单位的留空"
          rows={fields[list].getFieldList().map((row) => row.getFieldset())}
          errors={fields[list].errors}
          columns={[
            {
              key: "mention",
              title: "方案写法",
              render: (row, index) => (
                <TextInput {...wired(row.mention)} label={`${LISTS[list]} ${index + 1} 方案写法`} labelHidden />
              ),
            },
            {
              key: "means",
              title: "对应",
              render: (row, index) => (
                <TextInput
                  {...wired(row.means)}
                  list={NAMES}
                  autoComplete="off"
                  label={`${LISTS[list]} ${index + 1} 对应`}
                  labelHidden
                />
              ),
            },
          ]}
        />
      ))}
      <Section title="完成时限">
        <Columns>
          <Select {...wired(fields.deadlineKind)} label="时限类型" required options={optionsOf(DEADLINE_KINDS)} />
        </Columns>
      </Section>
      <RowTable
        name="deadlines"
        title="日期"
        note="定期完成、启动后持续推进一个，分期完成两个以上，其余没有"
        rows={fields.deadlines.getFieldList().map((row) => row.getFieldset())}
        errors={fields.deadlines.errors}
        columns={[
          {
            key: "on",
            title: "日期",
            render: (row, index) => <DateInput {...wired(row.on)} label={`节点 ${index + 1} 日期`} labelHidden />,
          },
          {
            key: "mode",
            title: "含义",
            render: (row, index) => (
              <Select {...wired(row.mode)} label={`节点 ${index + 1} 含义`} labelHidden options={optionsOf(MODES)} />
            ),
          },
          {
            key: "what",
            title: "内容",
            render: (row, index) => <TextInput {...wired(row.what)} label={`节点 ${index + 1} 内容`} labelHidden />,
          },
        ]}
      />
      <FormActions>
        <SubmitButton name="intent" value="confirm" pendingLabel="正在保存…">
          保存并确认
        </SubmitButton>
        <SubmitButton name="intent" value="save" variant="secondary" pendingLabel="正在保存…">
          只保存
        </SubmitButton>
      </FormActions>
    </form>
  );
}

/** A list without rows shows one to be typed into; rows that stay blank are left out when it is saved. */
const orBlank = <T,>(rows: T[], blank: T): T[] => (rows.length > 0 ? rows : [blank]);

const LISTS = { lead: "牵头单位", responsible: "责任单位" } as const;

/** A list as it stands; where one unit's name is nearly the plan's word, it is proposed. */
function listOf(
  mentions: readonly Mention[],
  role: Mention["role"],
  doubts: TaskEditorProps["task"]["doubts"],
  names: readonly string[],
) {
  const list = mentions
    .filter((each) => each.role === role)
    .map(({ mention, kind, unitName }) => {
      const alike = doubts.find(
        ({ code, facts }) => code === "unitAlike" && facts?.["list"] === role && facts["name"] === mention,
      );
      const group = kind === "group" && names.includes(mention) ? mention : undefined;
      return { mention, means: unitName ?? group ?? String(alike?.facts?.["candidate"] ?? "") };
    });
  return orBlank(list, { mention: "", means: "" });
}
