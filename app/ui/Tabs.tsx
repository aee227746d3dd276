export interface Tab {
  readonly href: string;
  readonly label: string;
  readonly active: boolean;
  readonly count?: number | undefined;
}

/** Views of one thing, each with its own address. */
export function Tabs({ tabs, label }: { tabs: readonly Tab[]; label: string }) {
  return (
    <nav aria-label={label} className="mb-4 overflow-x-auto border-b border-line print:hidden">
      <ul className="flex gap-1">
        {tabs.map((tab) => (
          <li key={tab.href} className="flex-none">
            <a
              href={tab.href}
              aria-current={tab.active ? "page" : undefined}
              className={`block border-b-2 px-3 py-2 no-underline -outline-offset-2 hover:no-underline ${tab.active ? "border-primary font-semibold text-primary" : "border-transparent text-secondary hover:border-line hover:text-ink"}`}
            >
              {tab.label}
              {tab.count !== undefined && <span className="ml-1 font-normal text-secondary">{tab.count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
