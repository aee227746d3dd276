import type { Actor } from "~/kernel/actor";
import { canEver, type Action } from "~/policy";
import type { NavGroup } from "~/ui";

type Icon = NavGroup["items"][number]["icon"];

interface MenuEntry {
  readonly href: string;
  readonly label: string;
  readonly icon: Icon;
  readonly access: Action;
  /** pages that belong to it although another entry's address is the beginning of theirs */
  readonly also?: RegExp;
}

interface MenuGroup {
  readonly heading: string;
  readonly entries: readonly MenuEntry[];
}

const MENU: readonly MenuGroup[] = [
  {
    heading: "工作台",
    entries: [
      { href: "/", label: "我的工作", icon: "inbox", access: "desk:read" },
      { href: "/messages", label: "消息", icon: "inbox", access: "desk:read" },
      { href: "/delegations", label: "委托代办", icon: "users", access: "delegation:grant" },
      { href: "/dashboard", label: "驾驶舱", icon: "dashboard", access: "dashboard:read" },
    ],
  },
  {
    heading: "项目",
    entries: [
      { href: "/projects", label: "项目", icon: "project", access: "project:read" },
      { href: "/opinions", label: "专家意见", icon: "expert", access: "expert:opine" },
      { href: "/experts", label: "专家库", icon: "expert", access: "expert:convene" },
      { href: "/changes", label: "项目变更", icon: "review", access: "project:read" },
      { href: "/funding", label: "资金评估", icon: "money", access: "funding:read" },
      {
        href: "/funding/execution",
        label: "资金执行",
        icon: "money",
        access: "funding:read",
        also: /^\/funding\/(entries|payments|[^/]+\/execution)(\/|$)/,
      },
      { href: "/contracts", label: "合同", icon: "project", access: "contract:read" },
      { href: "/funding/plan", label: "资金计划", icon: "money", access: "funding:read" },
      { href: "/gates", label: "共享闸口", icon: "review", access: "gate:read" },
      { href: "/sanctions", label: "惩戒", icon: "supervision", access: "gate:read" },
      { href: "/projects/efficiency", label: "审核时效", icon: "review", access: "efficiency:read" },
      { href: "/acceptance", label: "验收", icon: "review", access: "project:read" },
      { href: "/reports", label: "月报", icon: "progress", access: "report:read" },
      { href: "/reports/entry", label: "月报批量填报", icon: "progress", access: "report:fill" },
    ],
  },
  {
    heading: "数据与系统",
    entries: [
      { href: "/catalog", label: "资源目录", icon: "catalog", access: "catalog:read" },
      { href: "/catalog/demands", label: "数据需求", icon: "review", access: "demand:read" },
      { href: "/catalog/connections", label: "资源挂接", icon: "api", access: "delivery:read" },
      { href: "/catalog/deliveries", label: "目录交付", icon: "upload", access: "delivery:read" },
      { href: "/catalog/points", label: "共享积分", icon: "score", access: "catalog:read" },
      { href: "/catalog/corrections", label: "数据纠错", icon: "review", access: "demand:read" },
      { href: "/systems", label: "系统清单", icon: "system", access: "system:read" },
      // who only operates systems has no list to confirm, nor matters
      { href: "/systems/confirmation", label: "清单确认", icon: "review", access: "matter:read" },
      { href: "/cloud", label: "上云迁移", icon: "cloud", access: "system:read" },
      { href: "/graph", label: "政务图谱", icon: "graph", access: "graph:read" },
      { href: "/security", label: "安全测评", icon: "security", access: "system:read" },
      { href: "/components", label: "统一组件", icon: "key", access: "component:read" },
      { href: "/matters", label: "政务服务事项", icon: "task", access: "matter:read" },
      { href: "/matters/replaceable", label: "材料替代", icon: "review", access: "matter:read" },
    ],
  },
  {
    heading: "督办与考核",
    entries: [
      { href: "/coordination", label: "需协调事项", icon: "users", access: "coordination:read" },
      { href: "/tasks", label: "任务台账", icon: "task", access: "task:read" },
      { href: "/supervision", label: "督办", icon: "supervision", access: "supervision:read" },
      { href: "/assessment", label: "考核管理", icon: "scheme", access: "assessment:read" },
      { href: "/ranking", label: "排名", icon: "score", access: "ranking:read" },
      { href: "/bulletins", label: "通报", icon: "bulletin", access: "bulletin:read" },
    ],
  },
  {
    heading: "管理",
    entries: [
      { href: "/admin", label: "系统管理", icon: "settings", access: "admin:system" },
      { href: "/admin/figures", label: "规则参数", icon: "scheme", access: "figure:read" },
      { href: "/calendar", label: "工作日历", icon: "task", access: "figure:read", also: /^\/admin\/calendar(\/|$)/ },
      {
        href: "/messages/channels",
        label: "消息通道",
        icon: "upload",
        access: "admin:system",
        also: /^\/messages\/(log|hosts)$/,
      },
      { href: "/messages/hosts", label: "出站白名单", icon: "security", access: "admin:security" },
      { href: "/messages/log", label: "消息发送记录", icon: "upload", access: "sending:read" },
      { href: "/audit", label: "审计日志", icon: "audit", access: "audit:read" },
    ],
  },
];

/** What the policy permits to a set of roles; there are few sets, and every page asks. */
const permitted = new Map<string, readonly MenuGroup[]>();

function menuOf(actor: Actor): readonly MenuGroup[] {
  const roles = actor.roles.join();
  const known = permitted.get(roles);
  if (known) return known;
  const groups = MENU.map(({ heading, entries }) => ({
    heading,
    entries: entries.filter((entry) => canEver(actor, entry.access)),
  })).filter((group) => group.entries.length > 0);
  permitted.set(roles, groups);
  return groups;
}

/** The left menu of this actor: what the policy permits, the entry that is open marked (the longest matching address). */
export function menuFor(actor: Actor, path: string): NavGroup[] {
  const groups = menuOf(actor);
  const entries = groups.flatMap((group) => group.entries);
  const matching =
    entries.find(({ also }) => also?.test(path)) ??
    entries
      .filter(({ href }) => path === href || (href !== "/" && path.startsWith(`${href}/`)))
      .sort((a, b) => b.href.length - a.href.length)[0];
  return groups.map(({ heading, entries }) => ({
    heading,
    items: entries.map(({ href, label, icon }) => ({ href, label, icon, active: href === matching?.href })),
  }));
}
