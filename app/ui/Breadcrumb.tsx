import { Icon } from "./Icon";

export interface Crumb {
  readonly label: string;
  /** absent for the page itself */
  readonly href?: string | undefined;
}

/** The way back up. */
export function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="当前位置" className="mb-2 print:hidden">
      <ol className="flex flex-wrap items-center gap-x-1 text-[0.8125rem] text-secondary">
        {crumbs.map((crumb, index) => (
          <li key={crumb.label} className="flex items-center gap-1">
            {index > 0 && <Icon name="chevron" className="h-3.5 w-3.5" />}
            {crumb.href ? (
              <a href={crumb.href} className="text-secondary">
                {crumb.label}
              </a>
            ) : (
              <span aria-current="page">{crumb.label}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
