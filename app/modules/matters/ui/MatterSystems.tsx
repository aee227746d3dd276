import { DataTable, EmptyState, Section, Select, SubmitButton } from "~/ui";

interface MatterSystemsProps {
  readonly version: number;
  readonly systems: readonly {
    readonly id: string;
    readonly code: string;
    readonly name: string;
    readonly unitName: string;
  }[];
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly edits: boolean;
}

/** The systems in which a matter is handled, and a choice of those it may be linked to. */
export function MatterSystems({ version, systems, choices, edits }: MatterSystemsProps) {
  return (
    <Section title="办理系统" id="systems" note={`${systems.length} 个`}>
      <DataTable
        caption="办理系统"
        rows={systems}
        rowKey={(row) => row.id}
        empty={<EmptyState title="还没有关联系统" explanation="关联后，政务图谱才能从系统找到这个事项。" />}
        columns={[
          { key: "code", title: "编号", nowrap: true, render: (row) => row.code },
          {
            key: "name",
            title: "系统名称",
            primary: true,
            render: (row) => <a href={`/systems/${row.id}`}>{row.name}</a>,
          },
          { key: "unit", title: "主管单位", render: (row) => row.unitName },
          ...(edits
            ? [
                {
                  key: "unlink",
                  title: "操作",
                  nowrap: true,
                  render: (row: { id: string; name: string }) => (
                    <form method="post">
                      <input type="hidden" name="version" value={version} />
                      <input type="hidden" name="systemId" value={row.id} />
                      <SubmitButton
                        name="intent"
                        value="unlinkSystem"
                        variant="quiet"
                        aria-label={`解除关联${row.name}`}
                      >
                        解除关联
                      </SubmitButton>
                    </form>
                  ),
                },
              ]
            : []),
        ]}
      />
      {edits && (
        <form method="post" className="mt-4 flex flex-wrap items-end gap-3">
          <input type="hidden" name="version" value={version} />
          <Select
            name="systemId"
            label="关联系统"
            hint="本单位的系统或数据局的公共平台"
            placeholder="请选择"
            required
            options={choices}
            className="w-full sm:w-96"
          />
          <SubmitButton name="intent" value="linkSystem" pendingLabel="正在关联…">
            关联
          </SubmitButton>
        </form>
      )}
    </Section>
  );
}
