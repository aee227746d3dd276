import { useEffect, useRef, type ReactNode } from "react";

import { formatOfficialDate, type LocalDate } from "~/kernel/local-date";

import { Breadcrumb, type Crumb } from "./Breadcrumb";
import { Icon, type IconName } from "./Icon";
import { Popover } from "./Popover";

export interface NavItem {
  readonly href: string;
  readonly label: string;
  readonly icon: IconName;
  readonly active: boolean;
  /** how many things wait there */
  readonly badge?: number | undefined;
}

export interface NavGroup {
  readonly heading?: string | undefined;
  readonly items: readonly NavItem[];
}

export interface ShellUser {
  readonly name: string;
  readonly unit: string;
  readonly roleLabel: string;
}

export interface AppShellProps {
  /** the short name on the bar */
  readonly product: string;
  /** a demonstration says so on every page, and its date is called 演示日期 */
  readonly demoNotice?: string | undefined;
  readonly today: LocalDate;
  readonly user: ShellUser | null;
  readonly nav: readonly NavGroup[];
  readonly breadcrumb?: readonly Crumb[] | undefined;
  readonly largeType: boolean;
  /** where the preference form returns to */
  readonly currentPath?: string | undefined;
  /** address of the global search; Ctrl+K reaches it */
  readonly searchAction?: string | undefined;
  readonly messages?: { readonly href: string; readonly unread: number } | undefined;
  readonly children: ReactNode;
}

const BAR_ITEM =
  "flex h-8 items-center gap-1.5 rounded px-2 text-white no-underline hover:bg-primary-hover hover:text-white hover:no-underline";

/** The frame of every page: bar, menu, way back, content. */
export function AppShell(props: AppShellProps) {
  const { nav, breadcrumb = [], demoNotice, children } = props;
  const here = nav.flatMap((group) => group.items).find((item) => item.active);
  return (
    <div className="min-h-screen lg:grid lg:grid-cols-[13rem_minmax(0,1fr)] lg:grid-rows-[auto_1fr] print:block">
      <a
        href="#main"
        className="sr-only z-30 rounded bg-surface px-3 py-2 focus:not-sr-only focus:absolute focus:left-2 focus:top-2"
      >
        跳到正文
      </a>
      <TopBar {...props} />
      <p className="hidden text-xs text-secondary print:mb-4 print:block">
        {[props.product, formatOfficialDate(props.today), props.user && `${props.user.unit} ${props.user.name} 打印`]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {nav.length > 0 && (
        <>
          <details className="app-menu border-b border-line bg-surface lg:hidden print:hidden">
            <summary className="flex min-h-[2.75rem] items-center gap-2 px-4 font-medium">
              <Icon name="menu" className="h-5 w-5" />
              菜单
              {here && <span className="font-normal text-secondary">{here.label}</span>}
            </summary>
          </details>
          <SideMenu groups={nav} />
        </>
      )}
      <main
        id="main"
        tabIndex={-1}
        className={`min-w-0 p-4 lg:px-6 print:p-0 ${nav.length > 0 ? "" : "lg:col-span-2"}`}
      >
        {demoNotice && (
          <p className="mb-3 rounded bg-warn-soft px-3 py-1 text-[0.8125rem] text-[color:var(--warn-text)] print:hidden">
            {demoNotice}
          </p>
        )}
        {breadcrumb.length > 0 && <Breadcrumb crumbs={breadcrumb} />}
        {children}
      </main>
    </div>
  );
}

function TopBar({ product, demoNotice, today, user, largeType, currentPath, searchAction, messages }: AppShellProps) {
  return (
    <header className="flex min-h-[3rem] flex-wrap items-center gap-x-3 gap-y-1 bg-primary px-4 py-1.5 text-white lg:col-span-2 print:hidden">
      <a
        href="/"
        className="text-lg font-semibold tracking-widest text-white no-underline hover:text-white hover:no-underline"
      >
        {product}
      </a>
      <p className="text-[0.8125rem]">
        {demoNotice ? "演示日期" : "今天"} {formatOfficialDate(today)}
      </p>
      <div className="ml-auto flex flex-wrap items-center gap-1">
        {searchAction && (
          <>
            <GlobalSearch action={searchAction} />
            <a href={searchAction} className={`${BAR_ITEM} md:hidden`}>
              <Icon name="search" />
              搜索
            </a>
          </>
        )}
        {messages && (
          <a href={messages.href} className={BAR_ITEM}>
            <Icon name="inbox" />
            消息
            {messages.unread > 0 && <Badge count={messages.unread} what="条未读" />}
          </a>
        )}
        <form method="post" action="/preferences">
          <input type="hidden" name="largeType" value={largeType ? "off" : "on"} />
          {currentPath && <input type="hidden" name="returnTo" value={currentPath} />}
          <button type="submit" className={BAR_ITEM}>
            {largeType ? "标准版" : "大字版"}
          </button>
        </form>
        {user && <UserMenu user={user} />}
      </div>
    </header>
  );
}

function UserMenu({ user }: { user: ShellUser }) {
  return (
    <Popover
      summary={
        <>
          <Icon name="user" />
          {user.name}
        </>
      }
      summaryClassName={BAR_ITEM}
      align="right"
      panelClassName="p-1 sm:w-56"
    >
      <div className="border-b border-line px-3 py-2">
        <p className="font-medium">{user.name}</p>
        <p className="text-[0.8125rem] text-secondary">{user.unit}</p>
        <p className="text-[0.8125rem] text-secondary">{user.roleLabel}</p>
      </div>
      <form method="post" action="/logout" className="pt-1">
        <button type="submit" className="w-full rounded-sm px-3 py-1.5 text-left hover:bg-ground">
          退出登录
        </button>
      </form>
    </Popover>
  );
}

function GlobalSearch({ action }: { action: string }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener("keydown", focus);
    return () => document.removeEventListener("keydown", focus);
  }, []);
  return (
    <form method="get" action={action} role="search" aria-label="全局搜索" className="hidden md:block">
      <input
        ref={input}
        type="search"
        name="q"
        aria-label="全局搜索"
        aria-keyshortcuts="Control+K"
        placeholder="搜索项目、系统、单位（Ctrl+K）"
        className="h-8 w-64 rounded border border-transparent bg-surface px-3 text-[0.8125rem] text-ink"
      />
    </form>
  );
}

function SideMenu({ groups }: { groups: readonly NavGroup[] }) {
  return (
    <nav
      aria-label="主菜单"
      className="app-nav border-b border-line bg-surface px-2 py-3 lg:border-b-0 lg:border-r print:hidden"
    >
      {groups.map((group, index) => (
        <div key={group.heading ?? index} className="mb-3">
          {group.heading && <p className="px-3 pb-1 text-xs text-secondary">{group.heading}</p>}
          <ul>
            {group.items.map((item) => (
              <li key={item.href}>
                <a href={item.href} aria-current={item.active ? "page" : undefined}>
                  <Icon name={item.icon} />
                  {item.label}
                  {item.badge !== undefined && item.badge > 0 && <Badge count={item.badge} what="项待办" />}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function Badge({ count, what }: { count: number; what: string }) {
  return (
    <span className="min-w-5 rounded-full bg-bad px-1.5 text-center text-xs font-semibold leading-5 text-white">
      {count > 99 ? "99+" : count}
      <span className="sr-only"> {what}</span>
    </span>
  );
}
