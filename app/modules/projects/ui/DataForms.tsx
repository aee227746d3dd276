import { getFormProps, useForm } from "@conform-to/react";

import { SHARING_METHODS, SHARING_TYPES, UPDATE_CYCLES, type SharingType, type UpdateCycle } from "~/kernel/vocabulary";
import { blankResource, ResourceFields, type ResourceOptions, type ResourceValues } from "~/modules/catalog/index.ui";
import {
  Columns,
  DataTable,
  EmptyState,
  ErrorSummary,
  Fields,
  LinkButton,
  Section,
  Select,
  SubmitButton,
  TextArea,
  TextInput,
  type Option,
} from "~/ui";
import { summaryOf } from "~/web/summary";
import { optionsOf } from "~/web/options";
import { wired } from "~/web/wired";

import type { SectionFormProps } from "./section-form";
import { VersionInputs } from "./VersionInputs";

export interface DataFormsProps extends SectionFormProps {
  readonly projectId: string;
  readonly resourceOptions: ResourceOptions;
  readonly units: readonly Option[];
  /** which of the three forms was answered */
  readonly answered: string | null;
  /** what the project it was copied from provides, for reference */
  readonly earlier: readonly EarlierResource[];
}

export interface EarlierResource {
  readonly id: string;
  readonly name: string;
  readonly sharingType: SharingType;
  readonly updateCycle: UpdateCycle;
}

/** The data the project will provide and the data it needs; or, in writing, that there are none. */
export function DataForms(props: DataFormsProps) {
  const { filing, projectId, answered, reply } = props;
  const replyTo = (form: string) => (answered === form ? reply : null);
  return (
    <>
      <Section
        title="将提供的数据资源"
        note={`${filing.data.resources.length} 条`}
        actions={<LinkButton href={`/catalog/import?project=${projectId}`}>从 Excel 导入</LinkButton>}
        flush
      >
        <DataTable
          caption="将提供的数据资源"
          rows={filing.data.resources}
          rowKey={(row) => row.id}
          empty={<EmptyState title="还没有数据资源" explanation="请从 Excel 导入，或在下面逐条填写。" />}
          columns={[
            { key: "name", title: "数据资源", primary: true, render: (row) => row.name },
            { key: "category", title: "分类", wideOnly: true, render: (row) => row.category },
            { key: "items", title: "信息项", wideOnly: true, render: (row) => row.items.join("、") },
            { key: "sharing", title: "共享类型", nowrap: true, render: (row) => SHARING_TYPES[row.sharingType] },
            { key: "cycle", title: "更新", nowrap: true, render: (row) => UPDATE_CYCLES[row.updateCycle] },
            {
              key: "remove",
              title: "操作",
              nowrap: true,
              render: (row) => <RemoveButton intent="removeResource" id={row.id} name={row.name} />,
            },
          ]}
        />
      </Section>
      {props.earlier.length > 0 && <EarlierResources resources={props.earlier} />}
      <ResourceForm resourceOptions={props.resourceOptions} reply={replyTo("addResource")} />
      <Section title="需要的数据" note={`${filing.data.demands.length} 条`} flush>
        <DataTable
          caption="需要的数据"
          rows={filing.data.demands}
          rowKey={(row) => row.id}
          empty={<EmptyState title="还没有数据需求" explanation="需要其他单位数据的，请在下面填写。" />}
          columns={[
            { key: "wanted", title: "需要的数据", primary: true, render: (row) => row.wanted },
            { key: "provider", title: "提供单位", render: (row) => row.providerName },
            { key: "scene", title: "应用场景", wideOnly: true, render: (row) => row.scene },
            { key: "method", title: "方式", nowrap: true, render: (row) => SHARING_METHODS[row.method] },
            {
              key: "remove",
              title: "操作",
              nowrap: true,
              render: (row) => <RemoveButton intent="removeDemand" id={row.id} name={row.wanted} />,
            },
          ]}
        />
      </Section>
      <DemandForm units={props.units} reply={replyTo("addDemand")} />
      <StatementForm {...props} reply={answered === "addResource" || answered === "addDemand" ? null : reply} />
    </>
  );
}

/** They are in the catalog already and are not filed again; what the new project adds is. */
function EarlierResources({ resources }: { resources: readonly EarlierResource[] }) {
  return (
    <Section title="原项目的数据资源" note="已在目录中，不必重复填报，仅供参考" flush>
      <DataTable
        caption="原项目的数据资源"
        rows={resources}
        rowKey={(row) => row.id}
        empty={null}
        columns={[
          {
            key: "name",
            title: "数据资源",
            primary: true,
            render: (row) => <a href={`/catalog/${row.id}`}>{row.name}</a>,
          },
          { key: "sharing", title: "共享类型", nowrap: true, render: (row) => SHARING_TYPES[row.sharingType] },
          { key: "cycle", title: "更新", nowrap: true, render: (row) => UPDATE_CYCLES[row.updateCycle] },
        ]}
      />
    </Section>
  );
}

function RemoveButton({ intent, id, name }: { intent: string; id: string; name: string }) {
  return (
    <form method="post">
      <input type="hidden" name="entryId" value={id} />
      <SubmitButton variant="quiet" name="intent" value={intent} aria-label={`移除${name}`} pendingLabel="正在移除…">
        移除
      </SubmitButton>
    </form>
  );
}

function ResourceForm({ resourceOptions, reply }: Pick<DataFormsProps, "resourceOptions" | "reply">) {
  const [form, fields] = useForm<ResourceValues>({ id: "resource", lastResult: reply, defaultValue: blankResource() });
  return (
    <section id="resource-form" aria-label="填写一条数据资源">
      <h2 className="mb-2 mt-6">填写一条数据资源</h2>
      <form method="post" {...getFormProps(form)}>
        <ErrorSummary errors={summaryOf(form)} />
        <input type="hidden" name="intent" value="addResource" />
        <ResourceFields fields={fields} options={resourceOptions} />
        <div className="mb-6">
          <SubmitButton variant="secondary" pendingLabel="正在加入…">
            加入资源目录
          </SubmitButton>
        </div>
      </form>
    </section>
  );
}

type DemandValues = Readonly<
  Record<"wanted" | "providerUnitId" | "legalBasis" | "scene" | "method" | "frequency", string>
>;

function DemandForm({ units, reply }: Pick<DataFormsProps, "units" | "reply">) {
  const [form, fields] = useForm<DemandValues>({ id: "demand", lastResult: reply });
  // Two forms share this page: each field's id carries its form, or labels would point at the wrong control.
  const here = (field: Parameters<typeof wired>[0]) => ({ ...wired(field), id: `demand-${field.name}` });
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title="填写一条数据需求" id="demand-form">
        <ErrorSummary errors={summaryOf(form).map((e) => ({ ...e, ...(e.field && { href: `#demand-${e.field}` }) }))} />
        <Fields>
          <Columns>
            <TextInput
              {...here(fields.wanted)}
              label="需要的数据"
              required
              hint="写到信息项，例如“不动产权证号、权利人”"
            />
            <Select {...here(fields.providerUnitId)} label="提供单位" required placeholder="请选择" options={units} />
          </Columns>
          <Columns>
            <TextInput {...here(fields.legalBasis)} label="需求依据" required />
            <TextInput {...here(fields.scene)} label="应用场景" required />
          </Columns>
          <Columns>
            <Select
              {...here(fields.method)}
              label="希望的共享方式"
              required
              placeholder="请选择"
              options={optionsOf(SHARING_METHODS)}
            />
            <Select
              {...here(fields.frequency)}
              label="使用频率"
              required
              placeholder="请选择"
              options={optionsOf(UPDATE_CYCLES)}
            />
          </Columns>
        </Fields>
        <div className="mt-4">
          <SubmitButton variant="secondary" name="intent" value="addDemand" pendingLabel="正在加入…">
            加入需求清单
          </SubmitButton>
        </div>
      </Section>
    </form>
  );
}

function StatementForm({ filing: { data }, version, opened, reply, actions }: SectionFormProps) {
  const [form, fields] = useForm<{ noDataStatement: string }>({
    id: "statement",
    lastResult: reply,
    defaultValue: { noDataStatement: data.noDataStatement },
  });
  return (
    <form method="post" {...getFormProps(form)}>
      <VersionInputs version={version} opened={opened} />
      <Section title="确实不产生也不需要数据">
        <ErrorSummary errors={summaryOf(form)} />
        <TextArea
          {...wired(fields.noDataStatement)}
          label="不产生数据的说明"
          hint="填了上面任何一条就不要写；说明由数据局审查"
          rows={3}
        />
        {actions}
      </Section>
    </form>
  );
}
