import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";

import { CheckboxGroup, EmptyState, ErrorSummary, Fields, FormActions, Section, SubmitButton, TextArea } from "~/ui";
import { summaryOf } from "~/web/summary";

import type { Conflict } from "../avoidance.rules";
import { CONFLICT_WORDS } from "../expert-words";
import type { ConveneInput } from "../panel.schema";

export interface ExpertOption {
  readonly id: string;
  readonly name: string;
  readonly specialty: string;
  readonly employer: string;
  readonly title: string;
  readonly open: number;
  readonly conflict?: Conflict | undefined;
}

/** An expert as a choice: what he is good at, where he works, how much he has open, and what speaks against him. */
export const expertLabel = ({ name, specialty, title }: ExpertOption): string => `${name}（${specialty}，${title}）`;

const hintOf = ({ employer, open, conflict }: ExpertOption): string =>
  [employer, open > 0 ? `在办 ${open} 项` : "", conflict ? `${CONFLICT_WORDS[conflict]}，须回避` : ""]
    .filter(Boolean)
    .join(" · ");

/** The bureau chooses the experts and says what they are asked. */
export function ConveneForm({
  version,
  experts,
  minimum,
  opinionWorkdays,
  lastResult,
}: {
  version: number;
  experts: readonly ExpertOption[];
  minimum: number;
  opinionWorkdays: number;
  lastResult: SubmissionResult<string[]> | null;
}) {
  const [form, fields] = useForm<ConveneInput>({ id: "convene", lastResult });
  const chosen = fields.expertIds.initialValue;
  if (experts.length === 0)
    return (
      <Section title="组织专家评审" flush>
        <EmptyState title="专家库还没有专家" explanation="请系统管理员登记专家账号和专业、单位信息后再组织。" />
      </Section>
    );
  return (
    <Section title="组织专家评审" id="convene" note={`单数，至少 ${minimum} 人；意见期限 ${opinionWorkdays} 个工作日`}>
      <ErrorSummary errors={summaryOf(form)} />
      <form method="post" className="max-w-3xl" {...getFormProps(form)}>
        <input type="hidden" name="version" value={version} />
        <Fields>
          <CheckboxGroup
            name="expertIds"
            label="选择专家"
            required
            hint="任职于申报单位、参与单位或供应商的专家按回避规定不能选择"
            options={experts.map((expert) => ({
              value: expert.id,
              label: expertLabel(expert),
              hint: hintOf(expert),
              disabled: expert.conflict !== undefined,
            }))}
            defaultValue={Array.isArray(chosen) ? chosen.map(String) : typeof chosen === "string" ? [chosen] : []}
            error={fields.expertIds.errors}
          />
          <TextArea
            name="questions"
            label="请专家评审的问题"
            required
            rows={4}
            hint="例如：技术路线是否可行，概算单价是否合理，与现有系统是否重复"
            defaultValue={fields.questions.initialValue}
            error={fields.questions.errors}
          />
        </Fields>
        <FormActions>
          <SubmitButton name="intent" value="convene" pendingLabel="正在邀请…">
            邀请专家
          </SubmitButton>
        </FormActions>
      </form>
    </Section>
  );
}
