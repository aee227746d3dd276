import type { FieldMetadata } from "@conform-to/react";

import {
  FORMAT_CLASSES,
  ITEM_DATA_TYPES,
  keysOf,
  SHARING_METHODS,
  SHARING_TYPES,
  UPDATE_CYCLES,
} from "~/kernel/vocabulary";
import { Checkbox, Columns, Fields, RowTable, Section, Select, TextArea, TextInput, type Option } from "~/ui";
import { optionsOf } from "~/web/options";
import { wired } from "~/web/wired";

import { FORMAT_TYPES } from "../format-types";
import type { ResourceContent } from "../resource.content";

/** What the form's choices are made from. */
export interface ResourceOptions {
  readonly categories: readonly Option[];
  readonly systems: readonly Option[];
  readonly basicDatabases: readonly Option[];
}

type ItemValues = Readonly<Record<"name" | "dataType" | "length" | "required" | "isKey", string>>;

/** What stands in the form of an entry, as typed. */
export type ResourceValues = Readonly<Record<Exclude<keyof ResourceContent, "items">, string>> & {
  readonly items: ItemValues[];
};

const BLANK_ITEM: ItemValues = { name: "", dataType: "字符型", length: "", required: "", isKey: "" };

/** The form of an entry that nothing was typed into yet. */
export const blankResource = (): Pick<ResourceValues, "items"> => ({
  items: [{ ...BLANK_ITEM, isKey: "on", required: "on" }, BLANK_ITEM, BLANK_ITEM],
});

/** The form of an entry as it stands. */
export function resourceValues(content: ResourceContent): ResourceValues {
  const ticked = (value: boolean): string => (value ? "on" : "");
  return {
    ...content,
    method: content.method ?? "",
    systemId: content.systemId ?? "",
    basicDatabaseCode: content.basicDatabaseCode ?? "",
    openToPublic: ticked(content.openToPublic),
    relatedCodes: content.relatedCodes.join("、"),
    items: content.items.map((item) => ({
      name: item.name,
      dataType: item.dataType,
      length: item.length === null ? "" : String(item.length),
      required: ticked(item.required),
      isKey: ticked(item.isKey),
    })),
  };
}

type FieldsOf<Values> = {
  readonly [Key in keyof Required<Values>]: FieldMetadata<Values[Key], Values & Record<string, unknown>, string[]>;
};

interface ResourceFieldsProps {
  readonly fields: FieldsOf<ResourceValues>;
  readonly options: ResourceOptions;
  /** the category is a part of the code and can no longer be changed */
  readonly categoryFixed?: boolean;
}

const FORMAT_LIST = "resource-format-types";
const dataTypes: readonly Option[] = ITEM_DATA_TYPES.map((value) => ({ value, label: value }));
const formatTypes = [
  ...new Set(keysOf(FORMAT_TYPES as Record<keyof typeof FORMAT_TYPES, never>).flatMap((key) => FORMAT_TYPES[key])),
];

/** The fields of a catalog entry, the same in a filing, by itself and for a further edition. */
export function ResourceFields({ fields, options, categoryFixed = false }: ResourceFieldsProps) {
  return (
    <>
      <Section title="资源是什么">
        <Fields>
          <Columns>
            <TextInput
              {...wired(fields.name)}
              label="资源名称"
              required
              hint="写数据内容，不写系统名称，例如“供水管网基础信息”"
            />
            {categoryFixed ? (
              <div>
                <input type="hidden" name="categoryCode" value={fields.categoryCode.initialValue} />
                <p className="mb-1 font-medium">资源分类</p>
                <p>{options.categories.find(({ value }) => value === fields.categoryCode.initialValue)?.label}</p>
                <p className="text-[0.8125rem] text-secondary">资源代码由分类生成，发布后不能改</p>
              </div>
            ) : (
              <Select
                {...wired(fields.categoryCode)}
                label="资源分类"
                required
                hint="选到“目”一级，资源代码由它生成"
                placeholder="请选择"
                options={options.categories}
              />
            )}
          </Columns>
          <TextArea {...wired(fields.summary)} label="资源摘要" required rows={2} hint="数据的内容、范围和来源" />
          <Columns count={3}>
            <Select
              {...wired(fields.formatClass)}
              label="资源格式"
              required
              hint="数据以什么形式存放"
              placeholder="请选择"
              options={optionsOf(FORMAT_CLASSES)}
            />
            <TextInput
              {...wired(fields.formatType)}
              label="格式类型"
              list={FORMAT_LIST}
              hint="例如 XLSX、MySQL、REST"
            />
            <Select
              {...wired(fields.basicDatabaseCode)}
              label="所属基础库"
              hint="属于哪个基础数据库"
              placeholder="不属于基础库"
              options={options.basicDatabases}
            />
          </Columns>
          <datalist id={FORMAT_LIST}>
            {formatTypes.map((type) => (
              <option key={type} value={type} />
            ))}
          </datalist>
        </Fields>
      </Section>
      <RowTable
        name="items"
        title="信息项"
        note="每行一个，数据库类须有主键"
        adds={3}
        ordered
        rows={fields.items.getFieldList().map((row) => row.getFieldset())}
        errors={fields.items.errors}
        columns={[
          {
            key: "name",
            title: "名称",
            render: (row, index) => <TextInput {...wired(row.name)} label={`信息项 ${index + 1} 名称`} labelHidden />,
          },
          {
            key: "dataType",
            title: "数据类型",
            render: (row, index) => (
              <Select
                {...wired(row.dataType)}
                label={`信息项 ${index + 1} 数据类型`}
                labelHidden
                className="w-32"
                options={dataTypes}
              />
            ),
          },
          {
            key: "length",
            title: "长度",
            render: (row, index) => (
              <TextInput
                {...wired(row.length)}
                label={`信息项 ${index + 1} 长度`}
                labelHidden
                inputMode="numeric"
                className="w-20"
              />
            ),
          },
          {
            key: "required",
            title: "必填",
            render: (row, index) => <Tick field={row.required} label={`信息项 ${index + 1} 必填`} />,
          },
          {
            key: "isKey",
            title: "主键",
            render: (row, index) => <Tick field={row.isKey} label={`信息项 ${index + 1} 主键`} />,
          },
        ]}
      />
      <Section title="怎样共享和开放">
        <Fields>
          <Columns>
            <Select
              {...wired(fields.sharingType)}
              label="共享类型"
              required
              placeholder="请选择"
              hint="以共享为原则，不共享为例外"
              options={optionsOf(SHARING_TYPES)}
            />
            <Select
              {...wired(fields.method)}
              label="共享方式"
              placeholder="不予共享的不用选"
              hint="文件类用“文件”，数据库用“数据库”或“接口”"
              options={optionsOf(SHARING_METHODS)}
            />
          </Columns>
          <Columns>
            <TextInput {...wired(fields.conditions)} label="共享条件" hint="有条件共享必填" />
            <TextInput
              {...wired(fields.legalBasis)}
              label="不予共享依据"
              hint="不予共享必填，写法规条款或文号，例如《测绘法》第四十七条"
            />
          </Columns>
          <Columns>
            <Tick field={fields.openToPublic} label="向社会开放" shown />
            <TextInput {...wired(fields.openConditions)} label="开放条件" hint="没有条件的留空" />
          </Columns>
        </Fields>
      </Section>
      <Section title="怎样更新、从哪里来">
        <Fields>
          <Columns>
            <Select
              {...wired(fields.updateCycle)}
              label="更新周期"
              required
              placeholder="请选择"
              options={optionsOf(UPDATE_CYCLES)}
            />
            <Select
              {...wired(fields.systemId)}
              label="来源系统"
              placeholder="不来自信息系统"
              options={options.systems}
            />
          </Columns>
          <Columns>
            <TextInput {...wired(fields.matter)} label="对应事项" hint="办理哪个政务服务事项时产生或使用" />
            <TextInput {...wired(fields.material)} label="对应材料" hint="可以代替申请人提交的哪份材料" />
          </Columns>
          <TextInput
            {...wired(fields.relatedCodes)}
            label="关联资源代码"
            hint="多个用顿号隔开，例如 101001/000001、101001/000002"
          />
        </Fields>
      </Section>
    </>
  );
}

interface TickProps {
  readonly field: Pick<FieldMetadata<string>, "name" | "initialValue" | "errors">;
  readonly label: string;
  /** its label stands beside it; in a table the column's head says it */
  readonly shown?: boolean;
}

function Tick({ field, label, shown = false }: TickProps) {
  return (
    <Checkbox
      name={field.name}
      label={label}
      labelHidden={!shown}
      defaultChecked={field.initialValue === "on"}
      error={field.errors}
    />
  );
}
