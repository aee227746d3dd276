import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { useState } from "react";

import { parseAmount } from "~/kernel/fen";
import { AmountInput, ErrorSummary, FormActions, SubmitButton, TextInput } from "~/ui";
import { summaryOf } from "~/web/summary";

import type { MoneyUnit } from "../funding.schema";
import { LinesTable, type ShownLine } from "./LinesTable";
import { typedText } from "./money-text";

interface TypedReview {
  readonly lines: { readonly id: string; readonly reviewed: string; readonly reason: string }[];
}

interface LinesFormProps {
  readonly lines: readonly ShownLine[];
  readonly version: number;
  readonly unit: MoneyUnit;
  /** the answer to this form's own submit */
  readonly reply: SubmissionResult<string[]> | null;
}

/**
 * Finance fills in reviewed amounts and reasons, all lines in one form. Cut and totals follow while typing; without script
 * they follow with each save.
 */
export function LinesForm({ lines, version, unit, reply }: LinesFormProps) {
  const [form, fields] = useForm<TypedReview>({
    lastResult: reply,
    defaultValue: {
      lines: lines.map(({ id, reviewedFen, cutReason }) => ({
        id,
        reviewed: typedText(reviewedFen, unit),
        reason: cutReason ?? "",
      })),
    },
  });
  const rows = fields.lines.getFieldList().map((row) => row.getFieldset());
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const textOf = (line: ShownLine, index: number) => typed[line.id] ?? String(rows[index]?.reviewed.initialValue ?? "");
  const asTyped = lines.map((line, index) => ({
    ...line,
    reviewedFen: parseAmount(textOf(line, index), unit) ?? null,
  }));

  /** after a refused or overtaken save: what stands in the database beside what was typed */
  const savedHint = (line: ShownLine, index: number) => {
    const saved = typedText(lines[index]?.reviewedFen ?? null, unit);
    return reply && saved !== String(rows[index]?.reviewed.initialValue ?? "")
      ? `已保存：${saved || "未核定"}`
      : undefined;
  };
  return (
    <form method="post" {...getFormProps(form)}>
      <div className="px-4 pt-3 empty:hidden">
        <ErrorSummary errors={summaryOf(form)} />
      </div>
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="unit" value={unit} />
      <LinesTable
        lines={asTyped}
        unit={unit}
        reviewed={(line, index) => (
          <>
            <input type="hidden" name={`lines[${index}].id`} value={line.id} />
            <AmountInput
              name={`lines[${index}].reviewed`}
              label={`${line.name}的核定金额`}
              labelHidden
              unit={unit}
              className="ml-auto w-40 max-w-full"
              hint={savedHint(line, index)}
              defaultValue={rows[index]?.reviewed.initialValue}
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
            defaultValue={rows[index]?.reason.initialValue}
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
