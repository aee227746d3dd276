import { ASSET_KINDS } from "~/kernel/vocabulary";
import { DataTable, EmptyState, Figure, Section, StatGrid } from "~/ui";

import { KINDS, type AssetNode, type Relation, RELATIONS } from "../graph.types";
import { GAPS, type Gap } from "../graph-query";
import { KindMark } from "./KindMark";
import { NodeTable } from "./NodeTable";

type Counts = Readonly<Record<(typeof KINDS)[number], number>>;

export interface OverviewProps {
  readonly kinds: Counts;
  readonly relations: Readonly<Record<Relation, number>>;
  readonly gaps: Readonly<Record<Gap, number>>;
  readonly hubs: readonly (AssetNode & { degree: number })[];
  readonly units: readonly { id: string; name: string; kinds: Counts }[];
  readonly cutoff: string;
  readonly hrefOf: (key: string) => string;
}

const DEFINITIONS: Readonly<Record<(typeof KINDS)[number], string>> = {
  project: "权限范围内已申报的项目，不含填报中的草稿。",
  system: "权限范围内清单登记的信息系统，含停用和已下线的。",
  matter: "本区域在办和暂停的政务服务事项，不含已取消的。",
  material: "本区域各事项要求提交的材料，同一材料只计一次。",
  resource: "本区域已发布或暂停的数据资源，不含草稿和已撤销的。",
};
const GAP_DEFINITIONS: Readonly<Record<Gap, string>> = {
  systemsWithoutProject: "未下线，且没有来源项目、也没有运维项目的系统。",
  mattersWithoutSystem: "没有登记在哪个系统办理的事项。",
  materialsWithoutData: "没有任何数据资源可以证明、只能由群众提交的材料。",
};

/** The whole graph in figures: too large to be drawn, it is opened kind by kind, unit by unit. */
export function Overview({ kinds, relations, gaps, hubs, units, cutoff, hrefOf }: OverviewProps) {
  return (
    <>
      <StatGrid>
        {KINDS.map((kind) => (
          <Figure
            key={kind}
            label={ASSET_KINDS[kind]}
            value={kinds[kind]}
            unit="个"
            definition={DEFINITIONS[kind]}
            cutoff={cutoff}
            href={`/graph?kinds=${kind}`}
          />
        ))}
      </StatGrid>
      <Section title="还没有连上的" note="点开数字看明细">
        <div className="grid gap-3 sm:grid-cols-3">
          {(Object.keys(GAPS) as Gap[]).map((gap) => (
            <Figure
              key={gap}
              label={GAPS[gap]}
              value={gaps[gap]}
              unit="个"
              tone={gaps[gap] > 0 ? "warn" : "good"}
              definition={GAP_DEFINITIONS[gap]}
              cutoff={cutoff}
              href={`/graph?gap=${gap}`}
            />
          ))}
        </div>
      </Section>
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Section title="相连最多的节点" note="与它直接相连的节点个数" flush>
          <NodeTable
            caption="相连最多的节点"
            rows={hubs}
            hrefOf={hrefOf}
            narrow
            more={[
              { key: "unit", title: "单位", render: (row) => row.unitName },
              { key: "degree", title: "相连", unit: "个", align: "right", render: (row) => row.degree },
            ]}
          />
        </Section>
        <Section title="关系" flush>
          <DataTable
            caption="各类关系的条数"
            rows={Object.keys(relations) as Relation[]}
            rowKey={(relation) => relation}
            empty={null}
            columns={[
              { key: "from", title: "从", nowrap: true, render: (r) => <KindMark kind={RELATIONS[r].from} /> },
              { key: "word", title: "关系", primary: true, render: (r) => RELATIONS[r].word },
              { key: "to", title: "到", nowrap: true, render: (r) => <KindMark kind={RELATIONS[r].to} /> },
              { key: "n", title: "条数", align: "right", render: (r) => relations[r] },
            ]}
          />
        </Section>
      </div>
      <Section title="各单位" note="全市节点过多，不整图绘制；从单位和类型逐级打开" flush>
        <DataTable
          caption="各单位的节点个数"
          rows={units}
          rowKey={(unit) => unit.id}
          empty={<EmptyState title="没有可列的单位" explanation="您可见的节点都没有登记单位。" />}
          columns={[
            {
              key: "name",
              title: "单位",
              primary: true,
              render: (unit) => <a href={`/graph?unit=${unit.id}`}>{unit.name}</a>,
            },
            ...KINDS.map((kind) => ({
              key: kind,
              title: kind === "material" ? "出具的材料" : ASSET_KINDS[kind],
              align: "right" as const,
              render: (unit: OverviewProps["units"][number]) =>
                unit.kinds[kind] > 0 ? <a href={`/graph?unit=${unit.id}&kinds=${kind}`}>{unit.kinds[kind]}</a> : 0,
            })),
          ]}
        />
      </Section>
    </>
  );
}
