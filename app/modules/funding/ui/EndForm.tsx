import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";

import { keysOf } from "~/kernel/vocabulary";
import { Amount, ErrorSummary, FormActions, Notice, Section, SubmitButton, TemplatePicker, TextArea } from "~/ui";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import { RETURN_TEMPLATES } from "../funding.templates";
import { fundingTotals, isFullyReviewed, type ReviewedLine } from "../line.rules";

interface EndFormProps {
  readonly version: number;
  readonly lines: readonly ReviewedLine[];
  readonly gateOpen: boolean;
  /** amounts were typed beside this form that are not saved */
  readonly unsaved: boolean;
  readonly reply: SubmissionResult<string[]> | null;
}

const GROUPS = [
  { title: "退回补正", templates: keysOf(RETURN_TEMPLATES).map((key) => ({ key, text: RETURN_TEMPLATES[key] })) },
];

/** The end of finance's turn: concluded on what is saved, or returned with reasons. */
export function EndForm({ version, lines, gateOpen, unsaved, reply }: EndFormProps) {
  const [form, fields] = useForm<{ opinion: string }>({ lastResult: reply });
  const totals = fundingTotals(lines);
  return (
    <Section title="评估结论" id="conclusion">
      <ErrorSummary errors={summaryOf(form)} />
      <p className="mb-3">
        {!isFullyReviewed(totals) ? (
          `还有 ${totals.openLines} 行未核定，全部保存后可出具结论。`
        ) : (
          <>
            已保存：申报 <Amount fen={totals.declaredFen} unit />
            ，核定 <Amount fen={totals.reviewedFen} unit />
            ，核减 <Amount fen={totals.cutFen} unit />
            。结论以已保存的金额为准。
          </>
        )}
        {!gateOpen && "共享闸口未打开，暂不能出具通过结论。"}
      </p>
      {unsaved && <Notice tone="warn">上方有填写尚未保存，请先保存核定，再出具结论或退回。</Notice>}
      <form method="post" {...getFormProps(form)}>
        <input type="hidden" name="version" value={version} />
        <TextArea
          {...wired(fields.opinion)}
          label="评估意见"
          hint="通过可不填；退回须写明理由，可从常用理由中选"
          rows={4}
        />
        <div className="mt-3">
          <TemplatePicker groups={GROUPS} opinionField="opinion" />
        </div>
        <FormActions>
          <SubmitButton name="intent" value="conclude" disabled={unsaved}>
            评估通过
          </SubmitButton>
          <SubmitButton name="intent" value="return" variant="danger" disabled={unsaved}>
            退回补正
          </SubmitButton>
        </FormActions>
      </form>
    </Section>
  );
}
