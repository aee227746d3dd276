import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { useState, type FormEvent, type ReactNode } from "react";

import { fen, parseAmount } from "~/kernel/fen";
import { formatOfficialDate, type LocalDate } from "~/kernel/local-date";
import { CHANGE_REASONS, keysOf, type ChangeReason } from "~/kernel/vocabulary";
import {
  Amount,
  AmountInput,
  Columns,
  DateInput,
  DescriptionList,
  ErrorSummary,
  FileInput,
  FormActions,
  Section,
  Select,
  TextArea,
} from "~/ui";
import { optionsOf } from "~/web/options";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import { decideOverrun, decideRoute, type FigureInForce } from "../change.rules";
import { typedWan } from "../change.words";
import { ChecksView } from "./ChecksView";

type Field = "reasonKind" | "reason" | "content" | "moved" | "newEstimate" | "newPlannedEndOn" | "file";

export interface ChangeFormProps {
  readonly reply: SubmissionResult<string[]> | null;
  readonly defaults?: Partial<Record<Exclude<Field, "file">, string>>;
  readonly version?: number;
  readonly current?: { readonly name: string; readonly href: string } | undefined;
  /** @unit fen */
  readonly estimateFen: number;
  readonly feasibilityFen: number | null;
  readonly plannedEndOn: LocalDate | null;
  readonly figures: { readonly filed: FigureInForce; readonly overrun: FigureInForce };
  readonly actions: ReactNode;
}

interface Typed {
  readonly reasonKind: ChangeReason | undefined;
  readonly moved: string;
  readonly newEstimate: string;
}

const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
};
const reasonOf = (text: string | undefined): ChangeReason | undefined =>
  keysOf(CHANGE_REASONS).find((each) => each === text);

/** A change as it is drafted. While somebody types, the two checks say at once which way it will go. */
export function ChangeForm({
  reply,
  defaults,
  version,
  current,
  estimateFen,
  feasibilityFen,
  plannedEndOn,
  figures,
  actions,
}: ChangeFormProps) {
  const [form, fields] = useForm<Record<Field, string>>({
    lastResult: reply,
    ...(defaults && { defaultValue: defaults }),
  });
  const [typed, setTyped] = useState<Typed>({
    reasonKind: reasonOf(fields.reasonKind.initialValue),
    moved: fields.moved.initialValue ?? "",
    newEstimate: fields.newEstimate.initialValue ?? "",
  });
  const follow = (event: FormEvent<HTMLFormElement>) => {
    const data = new FormData(event.currentTarget);
    setTyped({
      reasonKind: reasonOf(textOf(data, "reasonKind")),
      moved: textOf(data, "moved"),
      newEstimate: textOf(data, "newEstimate"),
    });
  };
  const estimate = fen(estimateFen);
  return (
    <form method="post" encType="multipart/form-data" {...getFormProps(form)} onInput={follow}>
      <ErrorSummary errors={summaryOf(form)} />
      {version !== undefined && <input type="hidden" name="version" value={version} />}
      <Section title="变更前">
        <DescriptionList
          columns={3}
          items={[
            {
              term: "批复概算",
              detail: (
                <span>
                  <Amount fen={estimate} /> 万元
                </span>
              ),
            },
            {
              term: "可研估算",
              detail:
                feasibilityFen === null ? (
                  "没有可研估算"
                ) : (
                  <span>
                    <Amount fen={fen(feasibilityFen)} /> 万元
                  </span>
                ),
            },
            { term: "计划完工", detail: plannedEndOn && formatOfficialDate(plannedEndOn) },
          ]}
        />
      </Section>
      <Section title="变更申请" note="可随时保存；提交前须补齐理由、内容和依据文件">
        <div className="max-w-3xl space-y-4">
          <Select
            {...wired(fields.reasonKind)}
            label="变更理由类别"
            required
            placeholder="请选择"
            options={optionsOf(CHANGE_REASONS)}
          />
          <TextArea {...wired(fields.reason)} label="变更理由" rows={3} hint="写明依据和必要性" />
          <TextArea {...wired(fields.content)} label="变更内容" rows={4} hint="调整什么、调整前后各是多少" />
          <Columns>
            <AmountInput {...wired(fields.moved)} label="概算内调整金额" hint="从原有内容调剂出来的金额，没有填 0" />
            <AmountInput
              {...wired(fields.newEstimate)}
              label="变更后概算"
              hint={`不填按批复概算 ${typedWan(estimate)} 万元`}
            />
          </Columns>
          <DateInput {...wired(fields.newPlannedEndOn)} label="变更后计划完工日期" hint="不变可不填" />
          <FileInput
            name="file"
            label="变更依据文件"
            hint="上级通知、会议纪要或技术论证意见；PDF、OFD、Word、Excel、WPS 或图片"
            error={fields.file.errors}
            current={current}
          />
        </div>
      </Section>
      <Section title="系统判定" id="checks" note="按今天有效的规则预判，提交时正式判定并存档">
        <div role="status">
          <Prediction typed={typed} estimateFen={estimateFen} feasibilityFen={feasibilityFen} figures={figures} />
        </div>
      </Section>
      <FormActions>{actions}</FormActions>
    </form>
  );
}

function Prediction({
  typed,
  estimateFen,
  feasibilityFen,
  figures,
}: Pick<ChangeFormProps, "estimateFen" | "feasibilityFen" | "figures"> & { readonly typed: Typed }) {
  const read = (text: string, blank: number): number | undefined =>
    text.trim() === "" ? blank : parseAmount(text, "wan");
  const [movedFen, newEstimateFen] = [read(typed.moved, 0), read(typed.newEstimate, estimateFen)];
  if (!typed.reasonKind || movedFen === undefined || newEstimateFen === undefined)
    return <p className="text-secondary">选择理由类别并填写金额后，这里会显示走备案还是重新审批、是否须报告。</p>;
  const amounts = { movedFen, estimateFen, newEstimateFen, feasibilityFen };
  return (
    <ChecksView
      route={decideRoute(amounts, typed.reasonKind, figures.filed)}
      overrun={decideOverrun(amounts, figures.overrun)}
      amounts={amounts}
      reasonKind={typed.reasonKind}
    />
  );
}
