export interface PaginationProps {
  /** from 1 */
  readonly page: number;
  readonly pageSize: number;
  readonly total: number;
  readonly hrefFor: (page: number) => string;
}

/** The pages worth a link: first, last, and the neighbours of this one; null stands for a gap. */
export function pagesToShow(page: number, pageCount: number): (number | null)[] {
  const wanted = [1, page - 1, page, page + 1, pageCount].filter((p) => p >= 1 && p <= pageCount);
  const pages = [...new Set(wanted)].sort((a, b) => a - b);
  return pages.flatMap((p, index) => {
    const gap = p - (pages[index - 1] ?? p);
    return gap > 2 ? [null, p] : gap === 2 ? [p - 1, p] : [p];
  });
}

const CELL = "inline-flex h-8 min-w-8 items-center justify-center rounded px-2 no-underline hover:no-underline";

/** Where I am in a list, and the way to its other pages. */
export function Pagination({ page, pageSize, total, hrefFor }: PaginationProps) {
  const pageCount = Math.max(1, Math.ceil(total / pageSize));
  const first = total === 0 ? 0 : (page - 1) * pageSize + 1;
  const last = Math.min(page * pageSize, total);
  return (
    <nav
      aria-label="分页"
      className="flex flex-wrap items-center justify-between gap-2 border-t border-line px-4 py-2 print:hidden"
    >
      <p className="text-[0.8125rem] text-secondary">
        第 {first}–{last} 条，共 {total} 条
      </p>
      {pageCount > 1 && (
        <ul className="flex flex-wrap items-center gap-1">
          {page > 1 && (
            <li>
              <a href={hrefFor(page - 1)} rel="prev" className={`${CELL} hover:bg-primary-soft`}>
                上一页
              </a>
            </li>
          )}
          {pagesToShow(page, pageCount).map((p, index) => (
            <li key={p ?? `gap-${index}`} className="hidden sm:block">
              {p === null ? (
                <span className="px-1 text-secondary">…</span>
              ) : (
                <a
                  href={hrefFor(p)}
                  aria-current={p === page ? "page" : undefined}
                  aria-label={`第 ${p} 页`}
                  className={`${CELL} ${p === page ? "bg-primary text-white hover:text-white" : "hover:bg-primary-soft"}`}
                >
                  {p}
                </a>
              )}
            </li>
          ))}
          <li className="px-2 text-secondary sm:hidden">
            {page} / {pageCount}
          </li>
          {page < pageCount && (
            <li>
              <a href={hrefFor(page + 1)} rel="next" className={`${CELL} hover:bg-primary-soft`}>
                下一页
              </a>
            </li>
          )}
        </ul>
      )}
    </nav>
  );
}
