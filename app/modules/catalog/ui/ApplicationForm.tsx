import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";

import { keysOf, SHARING_METHODS, SHARING_TYPES, UPDATE_CYCLES, type SharingType } from "~/kernel/vocabulary";
import {
  DateInput,
  DescriptionList,
  ErrorSummary,
  FormActions,
  LinkButton,
  Section,
  Select,
  SubmitButton,
  TextArea,
  TextInput,
} from "~/ui";
import { summaryOf } from "~/web/summary";

import type { ApplicationInput } from "../demand/demand.schema";

export interface ApplicationFormProps {
  /** the catalog entry that is applied for; null when the data are told in words */
  readonly resource: {
    readonly id: string;
    readonly name: string;
    readonly code: string | null;
    readonly unitName: string;
    readonly sharingType: SharingType;
    readonly conditions: string | null;
    readonly items: readonly string[];
  } | null;
  readonly units: readonly { readonly id: string; readonly name: string }[];
  readonly typed: Readonly<Partial<Record<keyof ApplicationInput, string | null>>>;
  /** of a returned demand that is handed in again */
  readonly version?: number | undefined;
  readonly reply: SubmissionResult<string[]> | null;
  readonly submitLabel: string;
  readonly backHref: string;
}

type Values = Readonly<Record<keyof ApplicationInput, string>>;

const optionsOf = <T extends Record<string, string>>(set: T) =>
  keysOf(set).map((value) => ({ value, label: set[value] ?? value }));

/** What a unit says when it applies for another unit's data: what, on what basis, for what, how, how long, how kept safe. */
export function ApplicationForm(props: ApplicationFormProps) {
  const { resource, units, typed, version, reply, submitLabel, backHref } = props;
  const [form, fields] = useForm<Values>({ lastResult: reply, defaultValue: typed });
  const at = (name: keyof ApplicationInput) => ({
    name,
    defaultValue: fields[name].initialValue ?? "",
    error: fields[name].errors,
  });
  return (
    <form method="post" {...getFormProps(form)}>
      <ErrorSummary errors={summaryOf(form)} />
      {version !== undefined && <input type="hidden" name="version" value={version} />}
      <Section title="需要什么数据">
        {resource ? (
          <>
            <input type="hidden" name="resourceId" value={resource.id} />
            <input type="hidden" name="wanted" value={resource.name} />
            <DescriptionList
              columns={2}
              items={[
                { term: "目录资源", detail: <a href={`/catalog/${resource.id}`}>{resource.name}</a> },
                { term: "资源代码", detail: resource.code },
                { term: "提供单位", detail: resource.unitName },
                { term: "共享类型", detail: SHARING_TYPES[resource.sharingType] },
                ...(resource.conditions ? [{ term: "共享条件", detail: resource.conditions, wide: true }] : []),
                ...(resource.items.length > 0
                  ? [{ term: "信息项", detail: resource.items.join("、"), wide: true }]
                  : []),
              ]}
            />
          </>
        ) : (
          <div className="max-w-2xl space-y-4">
            <p className="text-secondary">
              目录中已有的资源，请先在<a href="/catalog?state=published">资源目录</a>
              中找到并从资源页面申请；目录中没有的，在这里用文字说明。
            </p>
            <TextInput label="需要的数据" required {...at("wanted")} hint="写数据内容，例如“学生及监护人户籍信息”" />
            <Select
              label="预计提供单位"
              required
              placeholder="请选择"
              options={units.map(({ id, name }) => ({ value: id, label: name }))}
              {...at("providerUnitId")}
            />
            <TextInput label="预计来源" {...at("expectedSource")} hint="预计来自哪个系统或业务台账，不清楚可不填" />
          </div>
        )}
        <div className="mt-4 max-w-2xl">
          <TextInput label="需要的信息项" {...at("items")} hint="用顿号隔开，只写履职必需的；全部需要可不填" />
        </div>
      </Section>
      <Section title="依据和用途">
        <div className="max-w-2xl space-y-4">
          <TextInput
            label="需求依据"
            required
            {...at("legalBasis")}
            hint="法律、法规或文件名称和条款，例如《城乡规划法》第六十四条"
          />
          <TextInput label="应用场景" required {...at("scene")} hint="用于哪个事项、哪个环节" />
        </div>
      </Section>
      <Section title="怎么用、怎么保护">
        <div className="max-w-2xl space-y-4">
          <div className="grid gap-4 sm:grid-cols-2">
            <Select
              label="希望的共享方式"
              required
              placeholder="请选择"
              options={optionsOf(SHARING_METHODS)}
              {...at("method")}
            />
            <Select
              label="使用频率"
              required
              placeholder="请选择"
              options={optionsOf(UPDATE_CYCLES)}
              {...at("frequency")}
            />
            <DateInput label="使用期限（起）" required {...at("usedFromOn")} />
            <DateInput label="使用期限（止）" required {...at("usedUntilOn")} />
          </div>
          <TextArea
            label="安全保护措施"
            required
            rows={3}
            {...at("safety")}
            hint="谁能看到、存在哪里、怎样留痕、用完怎样销毁"
          />
        </div>
        <FormActions note="提交后由本单位分管领导审核，再由数据局合规审查。">
          <SubmitButton variant="primary" pendingLabel="正在提交…">
            {submitLabel}
          </SubmitButton>
          <LinkButton href={backHref}>返回</LinkButton>
        </FormActions>
      </Section>
    </form>
  );
}
