import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";

import { HOSTINGS, OWNERSHIPS } from "~/kernel/vocabulary";
import {
  Columns,
  DateInput,
  ErrorSummary,
  Fields,
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

import { FACT_TITLES, MLPS_LEVELS, type FactField } from "../system-facts";

const YES_NO = [
  { value: "yes", label: "是" },
  { value: "no", label: "否" },
];

export interface SystemFormProps {
  readonly reply: SubmissionResult<string[]> | null;
  readonly defaults: Partial<Record<FactField, string>>;
  /** of the entry that is changed; a new one has none */
  readonly version?: number | undefined;
  readonly unitId?: string | undefined;
  /** fields that are the person's to write; the others are shown and not asked */
  readonly editable: readonly FactField[];
  readonly operators: readonly Option[];
  readonly projects: readonly Option[];
  /** what the inventory cannot do without before the yearly confirmation */
  readonly missing?: readonly FactField[] | undefined;
  readonly backHref: string;
}

/** The form of an entry of the inventory, new or changed. */
export function SystemForm({
  reply,
  defaults,
  version,
  unitId,
  editable,
  operators,
  projects,
  missing = [],
  backHref,
}: SystemFormProps) {
  const [form, fields] = useForm<Record<FactField, string>>({ lastResult: reply, defaultValue: defaults });
  const asked = (field: FactField) => editable.includes(field);
  const labelled = (field: FactField) => ({
    ...wired(fields[field]),
    label: missing.includes(field) ? `${FACT_TITLES[field]}（待补全）` : FACT_TITLES[field],
  });
  const governed = version === undefined ? undefined : "登记后只有数据主管部门可以修改";
  return (
    <form method="post" {...getFormProps(form)}>
      <ErrorSummary errors={summaryOf(form)} />
      {version !== undefined && <input type="hidden" name="version" value={version} />}
      {unitId !== undefined && <input type="hidden" name="unitId" value={unitId} />}
      <Section title="基本情况">
        <Fields>
          <TextInput {...labelled("name")} required />
          <TextArea {...labelled("purpose")} rows={3} hint="办什么事、给谁用" />
          <Columns count={3}>
            {asked("ownership") && (
              <Select
                {...labelled("ownership")}
                required
                placeholder="请选择"
                hint={governed ?? "国垂、省垂由上级建设；自建参加上云考核"}
                options={optionsOf(OWNERSHIPS)}
              />
            )}
            {asked("secret") && (
              <Select {...labelled("secret")} required placeholder="请选择" hint={governed} options={YES_NO} />
            )}
            <DateInput {...labelled("launchedOn")} hint="尚未上线的留空" />
            <Select
              {...labelled("projectId")}
              placeholder="不是项目建成的"
              hint="本单位建成该系统的项目"
              options={projects}
            />
            <TextInput {...labelled("builder")} hint="开发该系统的公司或单位" />
            <TextInput {...labelled("tags")} hint="多个用顿号隔开，便于查找" />
          </Columns>
        </Fields>
      </Section>
      <Section title="部署和运行">
        <Columns count={3}>
          <Select {...labelled("hosting")} required placeholder="请选择" options={optionsOf(HOSTINGS)} />
          <TextInput {...labelled("location")} hint="不在政务云的填写机房地址" />
          <Select {...labelled("backedUp")} required options={YES_NO} />
          <Select {...labelled("operatorUnitId")} placeholder="本单位自行运维" options={operators} />
          <TextInput {...labelled("contactName")} />
          <TextInput {...labelled("contactPhone")} />
        </Columns>
      </Section>
      <Section title="等级保护" note="涉密系统按分级保护管理，不填等保信息">
        <Columns count={3}>
          <Select {...labelled("mlpsLevel")} placeholder="未定级" options={optionsOf(MLPS_LEVELS)} />
          <TextInput {...labelled("mlpsFilingNumber")} hint="二级及以上须到公安机关备案" />
          <DateInput {...labelled("mlpsFiledOn")} />
        </Columns>
        <FormActions>
          <SubmitButton variant="primary" pendingLabel="正在保存…">
            {version === undefined ? "登记系统" : "保存修改"}
          </SubmitButton>
          <LinkButton href={backHref}>返回</LinkButton>
        </FormActions>
      </Section>
    </form>
  );
}
