/**
 * The four rates of data sharing in words: their names, what they count (口径), and how officials speak of both parts.
 * Assessment scores the same rates under the same words.
 * @source domain.md §4
 */
export const SHARING_FIGURES = {
  cataloguingRate: {
    name: "编目率",
    definition: "已发布目录的数据资源数÷按应编尽编原则应编目的数据资源数",
    base: "应编目数据资源",
    part: "已编目",
    counter: "项",
    unit: "count",
  },
  collectionRate: {
    name: "归集率",
    definition: "已完成归集的数据资源数÷按共享需求应归集的数据资源数",
    base: "应归集数据资源",
    part: "已归集",
    counter: "项",
    unit: "count",
  },
  demandMetRate: {
    name: "需求满足率",
    definition: "已满足的数据需求数÷有效数据需求数，按数据提供单位统计",
    base: "有效数据需求",
    part: "已满足",
    counter: "件",
    unit: "count",
  },
  updateOnTimeRate: {
    name: "更新及时率",
    definition: "在更新周期内更新的数据资源数÷有更新周期的已发布数据资源数",
    base: "应更新数据资源",
    part: "按时更新",
    counter: "项",
    unit: "count",
  },
} as const;
export type SharingFigure = keyof typeof SHARING_FIGURES;

/** In the order in which they are shown. */
export const SHARING_FIGURE_CODES = [
  "cataloguingRate",
  "collectionRate",
  "demandMetRate",
  "updateOnTimeRate",
] as const satisfies readonly SharingFigure[];
