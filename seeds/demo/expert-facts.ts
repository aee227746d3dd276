/** An expert of the register: his field, his post, and where he works, from which the avoidance follows. */
export interface ExpertFacts {
  readonly username: string;
  readonly name: string;
  readonly specialty: string;
  readonly employer: string;
  readonly title: string;
}

/** The unit whose accounts the experts have. */
export const EXPERT_UNIT = "市数字政府专家组";

/** The named account first; the others sit beside it. */
export const EXPERT_FACTS: readonly ExpertFacts[] = [
  ["expert", "冯志远", "软件工程", "五邑大学智能制造学部", "教授"],
  ["expert2", "崔明哲", "网络与数据安全", "江门市信息安全测评中心", "高级工程师"],
  ["expert3", "源海波", "数据治理", "广东邑数数据研究院", "正高级工程师"],
  ["expert4", "叶雅诗", "信息化造价", "广东中禾工程咨询有限公司", "注册造价工程师"],
  ["expert5", "邓家乐", "云计算与基础设施", "江门职业技术学院信息工程学院", "副教授"],
  ["expert6", "苏永康", "软件工程", "佛山市信息工程研究所", "高级工程师"],
  ["expert7", "胡慧欣", "地理信息", "鹤山市自然资源局信息中心", "高级工程师"],
  ["expert8", "谢荣锦", "卫生健康信息化", "鹤山市卫生健康局统计信息中心", "高级工程师"],
  ["expert9", "易子轩", "密码应用", "广东南粤密码测评有限公司", "高级工程师"],
  ["expert10", "劳婉仪", "数据治理", "江门市大数据协会", "高级工程师"],
].map(([username = "", name = "", specialty = "", employer = "", title = ""]) => ({
  username,
  name,
  specialty,
  employer,
  title,
}));
