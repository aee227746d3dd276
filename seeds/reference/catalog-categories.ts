import type { Transaction } from "@db/client";
import { catalogCategories } from "@db/schema";

/** 类 → 项 → 目. A 类 has one digit, a 项 two more, a 目 three more; the 细目 is left to the installation. */
interface Class {
  readonly name: string;
  readonly groups: readonly { readonly name: string; readonly entries: readonly string[] }[];
}

const departments = (...names: string[]) =>
  names.map((name) => ({ name, entries: ["业务数据", "审批与证照", "监管与执法"] }));

/**
 * The classification of government information resources: basic databases, themes, departments.
 * @source domain.md §4; 《政务信息资源目录编制指南(试行)》(发改高技〔2017〕1272号)
 */
const CLASSES: readonly Class[] = [
  {
    name: "基础信息资源",
    groups: [
      { name: "人口", entries: ["自然人基本信息", "家庭与婚姻", "居住与流动"] },
      { name: "法人", entries: ["企业登记", "机关事业单位与社会组织", "法人变更与注销"] },
      { name: "自然资源和空间地理", entries: ["基础地理", "地下空间与管网", "不动产与规划"] },
      { name: "社会信用", entries: ["行政许可与处罚", "信用评价", "守信与失信名单"] },
      { name: "电子证照", entries: ["自然人证照", "法人证照", "证照目录"] },
    ],
  },
  {
    name: "主题信息资源",
    groups: [
      { name: "公共服务", entries: ["办事服务", "便民服务", "服务评价"] },
      { name: "健康保障", entries: ["诊疗服务", "公共卫生", "医疗保障"] },
      { name: "社会保障", entries: ["就业与人才", "养老与救助", "社会保险"] },
      { name: "教育文化", entries: ["学籍学位", "师资院校", "文化旅游体育"] },
      { name: "城乡建设", entries: ["工程建设", "市政公用", "城市管理"] },
      { name: "交通出行", entries: ["公共交通", "道路运输", "路网设施"] },
      { name: "农业农村", entries: ["农业生产", "农村集体", "乡村治理"] },
      { name: "生态水利", entries: ["水资源", "河湖管理", "环境质量"] },
      { name: "市场监管", entries: ["主体监管", "产品质量", "投诉举报"] },
      { name: "应急安全", entries: ["安全生产", "防灾减灾", "社会治安"] },
      { name: "政务运行", entries: ["公文与会议", "督查与绩效", "国有资产与财政"] },
      { name: "经济运行", entries: ["产业与园区", "投资与项目", "统计指标"] },
    ],
  },
  {
    name: "部门信息资源",
    groups: departments(
      "综合政务",
      "政法",
      "发展改革",
      "教育",
      "科工商务",
      "公安",
      "民政",
      "司法行政",
      "财政",
      "人力资源和社会保障",
      "自然资源",
      "住房城乡建设",
      "交通运输",
      "水利",
      "农业农村",
      "文化广电旅游体育",
      "卫生健康",
      "应急管理",
      "市场监督管理",
      "统计",
      "医疗保障",
      "城市管理",
      "政务服务数据管理",
      "镇(街)",
    ),
  },
];

const digits = (index: number, length: number) => String(index + 1).padStart(length, "0");

export async function seedCategories(tx: Transaction): Promise<void> {
  const rows = CLASSES.flatMap(({ name, groups }, i) => {
    const root = digits(i, 1);
    return [
      { code: root, parentCode: null, level: 1, name },
      ...groups.flatMap((group, j) => {
        const code = root + digits(j, 2);
        return [
          { code, parentCode: root, level: 2, name: group.name },
          ...group.entries.map((entry, k) => ({ code: code + digits(k, 3), parentCode: code, level: 3, name: entry })),
        ];
      }),
    ];
  });
  await tx.insert(catalogCategories).values(rows).onConflictDoNothing();
}
