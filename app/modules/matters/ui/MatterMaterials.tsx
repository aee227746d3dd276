import { MATERIAL_KINDS, type MaterialKind } from "~/kernel/vocabulary";
import { Checkbox, Columns, DataTable, EmptyState, RadioGroup, Section, Select, SubmitButton, TextInput } from "~/ui";
import { optionsOf } from "~/web/options";

import type { Replaceability } from "../replaceability.rules";
import { StandingTag } from "./StandingTag";

interface Paper {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: MaterialKind;
  readonly issuer: string;
  readonly required: boolean;
  readonly standing: Replaceability;
}

interface MatterMaterialsProps {
  readonly matterId: string;
  readonly version: number;
  readonly papers: readonly Paper[];
  readonly edits: boolean;
  /** what is looked for, and the known materials that are like it */
  readonly typed: string;
  readonly likely: readonly {
    readonly id: string;
    readonly code: string;
    readonly name: string;
    readonly issuer: string;
  }[];
}

/** The materials that a matter asks for, whether data could stand in for each, and adding one in two steps. */
export function MatterMaterials({ matterId, version, papers, edits, typed, likely }: MatterMaterialsProps) {
  return (
    <Section title="申请材料" id="materials" note={`${papers.length} 份`}>
      <DataTable
        caption="申请材料"
        rows={papers}
        rowKey={(row) => row.id}
        empty={<EmptyState title="还没有添加材料" explanation="不需要提交材料的事项可以留空。" />}
        columns={[
          { key: "code", title: "编码", nowrap: true, render: (row) => row.code },
          {
            key: "name",
            title: "材料名称",
            primary: true,
            render: (row) => <a href={`/matters/materials/${row.id}`}>{row.name}</a>,
          },
          { key: "required", title: "必需", nowrap: true, render: (row) => (row.required ? "必需" : "非必要") },
          { key: "kind", title: "类型", nowrap: true, render: (row) => MATERIAL_KINDS[row.kind] },
          { key: "issuer", title: "签发单位", render: (row) => row.issuer },
          {
            key: "standing",
            title: "数据替代",
            nowrap: true,
            render: (row) => <StandingTag standing={row.standing} />,
          },
          ...(edits
            ? [
                {
                  key: "remove",
                  title: "操作",
                  nowrap: true,
                  render: (row: Paper) => (
                    <form method="post">
                      <input type="hidden" name="version" value={version} />
                      <input type="hidden" name="materialId" value={row.id} />
                      <SubmitButton name="intent" value="removeMaterial" variant="quiet" aria-label={`移除${row.name}`}>
                        移除
                      </SubmitButton>
                    </form>
                  ),
                },
              ]
            : []),
        ]}
      />
      {edits && (
        <form
          method="get"
          action={`/matters/${matterId}#materials`}
          role="search"
          className="mt-4 flex flex-wrap items-end gap-3"
        >
          <TextInput
            name="material"
            label="添加材料"
            hint="先输入名称查找，避免同一份材料登记两次"
            defaultValue={typed}
            className="w-full sm:w-96"
          />
          <SubmitButton variant="secondary" pendingLabel="正在查找…">
            查找材料
          </SubmitButton>
        </form>
      )}
      {edits && typed && <Choice key={typed} version={version} typed={typed} likely={likely} asked={papers} />}
    </Section>
  );
}

interface ChoiceProps extends Pick<MatterMaterialsProps, "version" | "typed" | "likely"> {
  readonly asked: readonly Paper[];
}

function Choice({ version, typed, likely, asked }: ChoiceProps) {
  const offered = likely.filter(({ id }) => !asked.some((paper) => paper.id === id));
  const same = likely.find(({ name }) => name === typed);
  return (
    <form method="post" className="mt-4 max-w-3xl space-y-4 border-t border-line pt-4">
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="name" value={typed} />
      <RadioGroup
        name="choice"
        label="是哪一份材料"
        required
        defaultValue={offered[0]?.id ?? (same ? undefined : "new")}
        options={[
          ...offered.map(({ id, code, name, issuer }) => ({
            value: id,
            label: `${name}（${[code, issuer].filter(Boolean).join("，")}）`,
          })),
          ...(same ? [] : [{ value: "new", label: `都不是，新增材料“${typed}”` }]),
        ]}
      />
      {!same && (
        <Columns>
          <Select name="kind" label="新增材料的类型" options={optionsOf(MATERIAL_KINDS)} defaultValue="other" />
          <TextInput name="issuer" label="新增材料的签发单位" hint="本市单位请写全称" />
        </Columns>
      )}
      <Checkbox name="required" label="必需材料" defaultChecked />
      <SubmitButton name="intent" value="addMaterial" pendingLabel="正在添加…">
        添加到事项
      </SubmitButton>
    </form>
  );
}
