import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";

import type { LocalDate } from "~/kernel/local-date";
import {
  CheckboxGroup,
  Columns,
  DateInput,
  EmptyState,
  ErrorSummary,
  FormActions,
  Section,
  SubmitButton,
  TextArea,
  TextInput,
} from "~/ui";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import { CloudTable, type CloudTableRow } from "./CloudTable";

type Reply = { readonly form: SubmissionResult<string[]> } | undefined;

/** Each form of the page is told only of what was wrong with itself. */
const replyFor = (reply: Reply, intent: string): SubmissionResult<string[]> | null =>
  reply?.form.initialValue?.intent === intent ? reply.form : null;

/** The systems that were ticked when a form came back, so that nothing chosen is lost. */
const chosenIn = (result: SubmissionResult<string[]> | null): string[] => {
  const chosen = result?.initialValue?.systemId;
  return Array.isArray(chosen)
    ? chosen.filter((id) => typeof id === "string")
    : typeof chosen === "string"
      ? [chosen]
      : [];
};

interface BatchFormProps {
  readonly reply: Reply;
  readonly batch: { readonly version: number; readonly name: string; readonly targetOn: string; readonly note: string };
}

/** Name, target and note of a batch. */
export function BatchForm({ reply, batch }: BatchFormProps) {
  const [form, fields] = useForm<{ name: string; targetOn: string; note: string }>({
    lastResult: replyFor(reply, "edit"),
    defaultValue: { name: batch.name, targetOn: batch.targetOn, note: batch.note },
  });
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title="修改批次" id="edit" note="改动目标日期后，逾期随即按新日期计算">
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="version" value={batch.version} />
        <div className="max-w-3xl space-y-4">
          <Columns>
            <TextInput {...wired(fields.name)} label="批次名称" required />
            <DateInput {...wired(fields.targetOn)} label="目标日期" required />
          </Columns>
          <TextArea {...wired(fields.note)} label="说明" rows={2} />
        </div>
        <FormActions>
          <SubmitButton name="intent" value="edit" pendingLabel="正在保存…">
            保存批次
          </SubmitButton>
        </FormActions>
      </Section>
    </form>
  );
}

interface AssignFormProps {
  readonly reply: Reply;
  readonly offered: {
    readonly rows: readonly {
      readonly id: string;
      readonly code: string;
      readonly name: string;
      readonly unitName: string;
    }[];
    readonly total: number;
    readonly offered: number;
  };
}

/** Systems in no batch, to be ticked and put into this one. */
export function AssignForm({ reply, offered: { rows, total, offered } }: AssignFormProps) {
  const result = replyFor(reply, "assign");
  const [form, fields] = useForm<{ systemId: string }>({ lastResult: result });
  const note =
    total > offered
      ? `共 ${total} 个未列入批次的系统，显示前 ${offered} 个，可按单位查询`
      : `共 ${total} 个未列入批次的系统`;
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title="列入系统" id="assign" note={note}>
        <ErrorSummary errors={summaryOf(form)} />
        {rows.length === 0 ? (
          <EmptyState title="没有可列入的系统" explanation="在用、应上云且未列入批次的系统才会出现在这里。" />
        ) : (
          <>
            <CheckboxGroup
              name="systemId"
              label="勾选要列入本批的系统"
              error={fields.systemId.errors}
              defaultValue={chosenIn(result)}
              options={rows.map((row) => ({ value: row.id, label: `${row.name}（${row.unitName}，${row.code}）` }))}
            />
            <FormActions>
              <SubmitButton name="intent" value="assign" pendingLabel="正在列入…">
                列入本批
              </SubmitButton>
            </FormActions>
          </>
        )}
      </Section>
    </form>
  );
}

interface RemoveFormProps {
  readonly reply: Reply;
  readonly rows: readonly CloudTableRow[];
  readonly asOf: LocalDate;
}

/** The systems of the batch, to be ticked and taken out. */
export function RemoveForm({ reply, rows, asOf }: RemoveFormProps) {
  const result = replyFor(reply, "remove");
  const [form] = useForm<{ systemId: string }>({ lastResult: result });
  const chosen = chosenIn(result);
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title="本批系统" id="systems" flush>
        <ErrorSummary errors={summaryOf(form)} />
        <CloudTable
          rows={rows}
          asOf={asOf}
          hideBatch
          choose={(row) => (
            <input
              type="checkbox"
              name="systemId"
              value={row.id}
              defaultChecked={chosen.includes(row.id)}
              aria-label={`选择${row.name}`}
              className="h-4 w-4"
            />
          )}
        />
        {rows.length > 0 && (
          <div className="px-4 pb-3">
            <FormActions>
              <SubmitButton name="intent" value="remove" variant="secondary" pendingLabel="正在移出…">
                移出勾选的系统
              </SubmitButton>
            </FormActions>
          </div>
        )}
      </Section>
    </form>
  );
}
