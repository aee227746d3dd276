import { Columns3, Download } from "lucide-react";
import type { ReactNode } from "react";

import { buttonClass, LinkButton } from "./Button";
import { fieldId } from "./field-id";
import { Popover } from "./Popover";
import { SubmitButton } from "./SubmitButton";

export interface ColumnChoice {
  /** address of the list */
  readonly action: string;
  /** the form carries it once per chosen column */
  readonly name: string;
  readonly choices: readonly { readonly key: string; readonly title: string; readonly shown: boolean }[];
  /** what else the address must keep: filters, search, sort order */
  readonly keep?: Readonly<Record<string, string>> | undefined;
}

export interface ListToolsProps {
  /** "共 34 个项目，合计 1,286.40 万元" */
  readonly summary: ReactNode;
  readonly views?: readonly { readonly label: string; readonly href: string; readonly active: boolean }[] | undefined;
  readonly columns?: ColumnChoice | undefined;
  /** the rows I see, as a sheet */
  readonly exportHref?: string | undefined;
  readonly children?: ReactNode;
}

/** What can be done with a list as a whole: saved views, choice of columns, export. Stands on top of its table. */
export function ListTools({ summary, views = [], columns, exportHref, children }: ListToolsProps) {
  return (
    <div className="flex min-h-[2.75rem] flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-1 print:hidden">
      <p className="text-[0.8125rem] text-secondary">{summary}</p>
      {views.length > 0 && (
        <ul aria-label="已存视图" className="flex flex-wrap gap-x-3 text-[0.8125rem]">
          {views.map((view) => (
            <li key={view.href}>
              <a
                href={view.href}
                aria-current={view.active ? "true" : undefined}
                className={view.active ? "font-semibold" : ""}
              >
                {view.label}
              </a>
            </li>
          ))}
        </ul>
      )}
      <div className="ml-auto flex flex-wrap items-center gap-1">
        {children}
        {columns && <ColumnPicker {...columns} />}
        {exportHref && (
          <LinkButton href={exportHref} variant="quiet">
            <Download className="h-4 w-4" strokeWidth={1.75} aria-hidden />
            导出
          </LinkButton>
        )}
      </div>
    </div>
  );
}

function ColumnPicker({ action, name, choices, keep = {} }: ColumnChoice) {
  return (
    <Popover
      summary={
        <>
          <Columns3 className="h-4 w-4" strokeWidth={1.75} aria-hidden />
          选列
        </>
      }
      summaryClassName={buttonClass("quiet")}
      align="right"
    >
      <form method="get" action={action}>
        {Object.entries(keep).map(([key, value]) => (
          <input key={key} type="hidden" name={key} value={value} />
        ))}
        <fieldset className="max-h-64 overflow-y-auto">
          <legend className="mb-1 font-medium">显示的列</legend>
          {choices.map(({ key, title, shown }) => (
            <div key={key} className="flex items-center gap-2 py-1">
              <input
                type="checkbox"
                id={fieldId(`${name}-${key}`)}
                name={name}
                value={key}
                defaultChecked={shown}
                className="h-4 w-4 flex-none"
              />
              <label htmlFor={fieldId(`${name}-${key}`)}>{title}</label>
            </div>
          ))}
        </fieldset>
        <SubmitButton className="mt-2 w-full" pendingLabel="应用中…">
          应用
        </SubmitButton>
      </form>
    </Popover>
  );
}
