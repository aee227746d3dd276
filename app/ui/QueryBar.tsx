import { LinkButton } from "./Button";
import { fieldId } from "./field-id";
import { Icon } from "./Icon";
import type { Option } from "./Select";
import { SubmitButton } from "./SubmitButton";

export interface QueryFilter {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  /** select needs options; the others are native inputs */
  readonly kind?: "select" | "month" | "date" | "text" | undefined;
  readonly options?: readonly Option[] | undefined;
  /** what a select says while nothing is chosen; in a list that is everything */
  readonly blank?: string | undefined;
}

export interface QueryBarProps {
  /** address of the list */
  readonly action: string;
  readonly search?:
    { readonly name: string; readonly value: string; readonly placeholder?: string | undefined } | undefined;
  readonly filters?: readonly QueryFilter[] | undefined;
  /** what else the address must keep: sort order, chosen columns */
  readonly keep?: Readonly<Record<string, string>> | undefined;
  /** conditions now in force, each with the address of the list without it */
  readonly active?: readonly { readonly label: string; readonly removeHref: string }[] | undefined;
  readonly resetHref: string;
}

/** Asks a list: a GET form, so that the address holds the question and can be shared. */
export function QueryBar({ action, search, filters = [], keep = {}, active = [], resetHref }: QueryBarProps) {
  return (
    <div className="mb-4 print:hidden">
      <form
        method="get"
        action={action}
        role="search"
        aria-label="查询条件"
        className="flex flex-wrap items-end gap-3 rounded border border-line bg-surface px-4 py-3 shadow"
      >
        {Object.entries(keep).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {search && (
          <div className="w-full space-y-1 sm:w-72">
            <label htmlFor={fieldId(search.name)} className="block text-[0.8125rem] text-secondary">
              搜索
            </label>
            <div className="relative">
              <Icon name="search" className="pointer-events-none absolute left-3 top-2.5 h-4 w-4 text-secondary" />
              <input
                type="search"
                id={fieldId(search.name)}
                name={search.name}
                defaultValue={search.value}
                placeholder={search.placeholder}
                className="control pl-9"
              />
            </div>
          </div>
        )}
        {filters.map((filter) => (
          <FilterControl key={filter.name} filter={filter} />
        ))}
        <div className="flex gap-2">
          <SubmitButton pendingLabel="查询中…">查询</SubmitButton>
          <LinkButton href={resetHref} variant="quiet">
            重置
          </LinkButton>
        </div>
      </form>
      {active.length > 0 && (
        <ul aria-label="已选条件" className="mt-2 flex flex-wrap items-center gap-2">
          {active.map((condition) => (
            <li key={condition.label}>
              <a
                href={condition.removeHref}
                className="inline-flex items-center gap-1 rounded bg-primary-soft px-2 py-0.5 text-[0.8125rem] no-underline hover:no-underline"
                aria-label={`去掉条件：${condition.label}`}
              >
                {condition.label}
                <Icon name="cross" className="h-3.5 w-3.5" />
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function FilterControl({
  filter: { name, label, value, kind = "select", options = [], blank = "全部" },
}: {
  filter: QueryFilter;
}) {
  const id = fieldId(name);
  return (
    <div className="min-w-[8.5rem] flex-1 space-y-1 sm:flex-none">
      <label htmlFor={id} className="block text-[0.8125rem] text-secondary">
        {label}
      </label>
      {kind === "select" ? (
        <select id={id} name={name} defaultValue={value} className="control">
          <option value="">{blank}</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : (
        <input id={id} name={name} type={kind} defaultValue={value} className="control" />
      )}
    </div>
  );
}
