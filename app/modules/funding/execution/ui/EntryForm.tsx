import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import type { ReactNode } from "react";

import { FUNDING_SOURCES, PROCUREMENT_METHODS } from "~/kernel/vocabulary";
import {
  AmountInput,
  Columns,
  DateInput,
  ErrorSummary,
  Fields,
  FileInput,
  FormActions,
  LinkButton,
  Section,
  Select,
  SubmitButton,
  TextArea,
  TextInput,
  type Option,
} from "~/ui";
import { optionsOf } from "~/web/options";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import type { EntryKind } from "../entry.lifecycle";

/** Every field that a kind of entry may have; each form shows its own. */
type Field =
  | "number"
  | "name"
  | "supplier"
  | "supplierCreditCode"
  | "procurementMethod"
  | "amount"
  | "signedOn"
  | "endsOn"
  | "operatorUnitId"
  | "contractId"
  | "reason"
  | "arrivedOn"
  | "source"
  | "documentNumber"
  | "paidOn"
  | "voucher"
  | "file";

export interface EntryFormProps {
  readonly kind: EntryKind;
  readonly reply: SubmissionResult<string[]> | null;
  readonly defaults: Partial<Record<Field, string>>;
  readonly version: number | undefined;
  readonly contracts: readonly Option[];
  readonly operators: readonly Option[];
  readonly paper: { readonly name: string; readonly href: string } | undefined;
  /** what the limits leave room for */
  readonly room: ReactNode;
  readonly backHref: string;
}

/** The form of a contract, a change of one, an arrival or a payment; a correction brings what was entered. */
export function EntryForm({
  kind,
  reply,
  defaults,
  version,
  contracts,
  operators,
  paper,
  room,
  backHref,
}: EntryFormProps) {
  const [form, fields] = useForm<Record<Field, string>>({ lastResult: reply, defaultValue: defaults });
  const amount = <AmountInput {...wired(fields.amount)} label="金额" unit="yuan" required hint={room} />;
  const contract = (
    <Select {...wired(fields.contractId)} label="合同" required placeholder="请选择" options={contracts} />
  );
  const ends = <DateInput {...wired(fields.endsOn)} label="履约截止日期" />;
  const file = (label: string, hint: string) => (
    <FileInput name="file" label={label} hint={hint} error={fields.file.errors} current={paper} />
  );
  return (
    <form method="post" encType="multipart/form-data" {...getFormProps(form)}>
      <ErrorSummary errors={summaryOf(form)} />
      {version !== undefined && <input type="hidden" name="version" value={version} />}
      <Section title="登记内容">
        <div className="max-w-3xl">
          <Fields>
            {kind === "contract" && (
              <>
                <TextInput {...wired(fields.name)} label="合同名称" required />
                <Columns>
                  <TextInput {...wired(fields.number)} label="合同编号" required />
                  <Select
                    {...wired(fields.procurementMethod)}
                    label="采购方式"
                    required
                    placeholder="请选择"
                    options={optionsOf(PROCUREMENT_METHODS)}
                  />
                  <TextInput {...wired(fields.supplier)} label="供应商名称" required />
                  <TextInput {...wired(fields.supplierCreditCode)} label="供应商统一社会信用代码" hint="18 位，选填" />
                  {amount}
                  <Select
                    {...wired(fields.operatorUnitId)}
                    label="运营单位"
                    placeholder="没有运营单位"
                    options={operators}
                  />
                  <DateInput {...wired(fields.signedOn)} label="签订日期" required />
                  {ends}
                </Columns>
                {file("合同扫描件", "PDF、OFD 或图片")}
              </>
            )}
            {kind === "contractChange" && (
              <>
                {contract}
                <Columns>
                  <AmountInput {...wired(fields.amount)} label="变更后金额" unit="yuan" required hint={room} />
                  <DateInput {...wired(fields.endsOn)} label="变更后履约截止日期" hint="不变可不填" />
                </Columns>
                <TextArea {...wired(fields.reason)} label="变更理由" required rows={3} />
                {file("变更依据文件", "补充协议、会议纪要等；PDF、OFD、Word、Excel、WPS 或图片")}
              </>
            )}
            {kind === "arrival" && (
              <Columns>
                {amount}
                <DateInput {...wired(fields.arrivedOn)} label="到位日期" required />
                <Select
                  {...wired(fields.source)}
                  label="资金来源"
                  required
                  placeholder="请选择"
                  options={optionsOf(FUNDING_SOURCES)}
                />
                <TextInput {...wired(fields.documentNumber)} label="指标文号" required />
              </Columns>
            )}
            {kind === "payment" && (
              <>
                {contract}
                <Columns>
                  {amount}
                  <DateInput {...wired(fields.paidOn)} label="支付日期" required />
                  <TextInput {...wired(fields.voucher)} label="支付凭证号" required />
                </Columns>
              </>
            )}
          </Fields>
        </div>
        <FormActions note="登记后由另一人确认，确认之前不计入各项统计。">
          <SubmitButton pendingLabel="正在提交…">提交确认</SubmitButton>
          <LinkButton href={backHref}>返回</LinkButton>
        </FormActions>
      </Section>
    </form>
  );
}
