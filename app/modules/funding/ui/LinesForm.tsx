import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { useState, type ReactNode } from "react";

import { parseAmount } from "~/kernel/fen";
import { AmountInput, ErrorSummary, FormActions, SubmitButton, TextInput } from "~/ui";
import { summaryOf } from "~/web/summary";

import type { MoneyUnit } from "../funding.schema";
import { LinesTable, type ShownLine } from "./LinesTable";
import { typedText } from "./money-text";

interface TypedReview {
  readonly lines: {
    readonly id: string;
    readonly reviewed: string;
    readonly reason: string;
    /** what stood in the two fields before anyone typed */
    readonly was: string;
    readonly wasReason: string;
  }[];
}

interface LinesFormProps {
  readonly lines: readonly ShownLine[];
  readonly version: number;
  readonly unit: MoneyUnit;
  /** where to send the form to have it shown in the other unit */
  readonly otherUnitHref: string;
  /** the answer to this form's own submit */
  readonly reply: SubmissionResult<string[]> | null;
  readonly compared: (line: ShownLine) => ReactNode;
  /** told with the first change that something typed is not saved */
  readonly onTyped: () => void;
}

/**
 * Finance fills in reviewed amounts and reasons, all lines in one form. Cut and totals follow while typing; without script
 * they follow with each save. After a refused or overtaken save the fields that were typed in keep what was typed, with what
 * is stored beside it; the others show what is stored, so that saving again takes back nobody else's line.
 */
export function LinesForm({ lines, version, unit, otherUnitHref, reply, compared, onTyped }: LinesFormProps) {
  const stored = lines.map(({ id, reviewedFen, cutReason }) => {
    const [reviewed, reason] = [typedText(reviewedFen, unit), cutReason ?? ""];
    return { id, reviewed, reason, was: reviewed, wasReason: reason };
  });
  const [form, fields] = useForm<TypedReview>({ lastResult: reply, defaultValue: { lines: stored } });
  const rows = fields.lines.getFieldList().map((row) => row.getFieldset());
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});

  /** what a field shows: what was typed into it, or what is stored now */
  const shownIn = (field: "reviewed" | "reason", index: number): string => {
    const row = rows[index];
    const given = String(row?.[field].initialValue ?? "");
    const before = String(row?.[field === "reviewed" ? "was" : "wasReason"].initialValue ?? "");
    return reply && given !== before ? given : (stored[index]?.[field] ?? "");
  };
  const textOf = (line: ShownLine, index: number) => typed[line.id] ?? shownIn("reviewed", index);
  const asTyped = lines.map((line, index) => ({
    ...line,
    reviewedFen: parseAmount(textOf(line, index), unit) ?? null,
  }));
  const storedHint = (field: "reviewed" | "reason", index: number) => {
    const now = stored[index]?.[field] ?? "";
    if (!reply || now === shownIn(field, index)) return undefined;
    return `${lines[index]?.reviewerName ?? ""}已保存：${now || (field === "reviewed" ? "未核定" : "（空）")}`;
  };
  return (
    <form method="post" {...getFormProps(form)} onChange={onTyped}>
      {/* The Enter key presses a form's first button: it shall save. */}
      <button type="submit" name="intent" value="save" className="hidden" tabIndex={-1} aria-hidden />
      <div className="flex flex-wrap items-center gap-x-3 border-b border-line px-4 py-2">
        <span className="text-secondary">单位：{unit === "wan" ? "万元" : "元"}</span>
        <SubmitButton
          variant="quiet"
          name="intent"
          value="switchUnit"
          formAction={otherUnitHref}
          pendingLabel="正在换算…"
        >
          改用{unit === "wan" ? "元" : "万元"}填写
        </SubmitButton>
      </div>
      <div className="px-4 pt-3 empty:hidden">
        <ErrorSummary errors={summaryOf(form)} />
      </div>
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="unit" value={unit} />
      <LinesTable
        lines={asTyped}
        unit={unit}
        compared={compared}
        reviewed={(line, index) => (
          <>
            <input type="hidden" name={`lines[${index}].id`} value={line.id} />
            <input type="hidden" name={`lines[${index}].was`} value={stored[index]?.reviewed} />
            <input type="hidden" name={`lines[${index}].wasReason`} value={stored[index]?.reason} />
            <AmountInput
              name={`lines[${index}].reviewed`}
              label={`${line.name}的核定金额`}
              labelHidden
              unit={unit}
              className="ml-auto w-40 max-w-full"
              hint={storedHint("reviewed", index)}
              defaultValue={shownIn("reviewed", index)}
              error={rows[index]?.reviewed.errors}
              onChange={(event) => setTyped({ ...typed, [line.id]: event.currentTarget.value })}
            />
          </>
        )}
        reason={(line, index) => (
          <TextInput
            name={`lines[${index}].reason`}
            label={`${line.name}的核减理由`}
            labelHidden
            className="min-w-[9rem]"
            placeholder="有核减时必填"
            hint={storedHint("reason", index)}
            defaultValue={shownIn("reason", index)}
            error={rows[index]?.reason.errors}
          />
        )}
      />
      <div className="px-4 pb-4">
        <FormActions note="核定金额不能超过申报金额；空白表示尚未核定。">
          <SubmitButton name="intent" value="save" pendingLabel="正在保存…">
            保存核定
          </SubmitButton>
          <SubmitButton name="intent" value="saveRest" variant="secondary" pendingLabel="正在保存…">
            空白行按申报数核定并保存
          </SubmitButton>
        </FormActions>
      </div>
    </form>
  );
}
