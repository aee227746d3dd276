import { MATTER_TYPES, type MatterType } from "~/kernel/vocabulary";
import { Checkbox, Columns, Select, TextInput } from "~/ui";
import { optionsOf } from "~/web/options";
import { wired } from "~/web/wired";

export type MatterField = "unitId" | "code" | "name" | "type" | "online" | "yearlyCases" | "tags";

type Wiring = Parameters<typeof wired>[0];

/** What the form of a matter shows when it is opened to be changed. */
export const matterValues = (matter: {
  readonly code: string;
  readonly name: string;
  readonly type: MatterType;
  readonly online: boolean;
  readonly yearlyCases: number | null;
  readonly tags: readonly string[];
}) => ({
  code: matter.code,
  name: matter.name,
  type: matter.type,
  online: matter.online ? "on" : "",
  yearlyCases: matter.yearlyCases === null ? "" : String(matter.yearlyCases),
  tags: matter.tags.join("、"),
});

/** The fields of a service matter. */
export function MatterFields({ fields }: { readonly fields: Readonly<Record<MatterField, Wiring>> }) {
  return (
    <>
      <TextInput {...wired(fields.name)} label="事项名称" required hint="与政务服务网公布的名称一致" />
      <Columns>
        <Select
          {...wired(fields.type)}
          label="事项类型"
          required
          placeholder="请选择"
          options={optionsOf(MATTER_TYPES)}
        />
        <TextInput {...wired(fields.code)} label="事项编码" hint="留空由系统编号" />
      </Columns>
      <Columns>
        <TextInput
          {...wired(fields.yearlyCases)}
          label="年办件量"
          inputMode="numeric"
          hint="上一年度办结件数；不清楚可不填，不填不计入免提交份数"
        />
        <TextInput {...wired(fields.tags)} label="标签" hint="多个标签用顿号分开" />
      </Columns>
      <Checkbox
        name={fields.online.name}
        label="全程网办：从申请到办结不用到窗口"
        defaultChecked={fields.online.initialValue === "on"}
        error={fields.online.errors}
      />
    </>
  );
}
