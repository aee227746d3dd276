import { fieldId, SubmitButton } from "~/ui";
import { useLiveLookup } from "~/web/live-lookup";

import { type AssetNode, keyOf } from "../graph.types";
import { KindMark } from "./KindMark";

export interface NodeSearchProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly button: string;
  /** what else the address must keep */
  readonly keep?: Readonly<Record<string, string>> | undefined;
  /** where an offered node leads */
  readonly hrefOf: (key: string) => string;
}

/** A form that finds a node by name, number or initials; what may be meant is offered while it is typed. */
export function NodeSearch({ name, label, value, button, keep = {}, hrefOf }: NodeSearchProps) {
  const { anchor, answer } = useLiveLookup<{ nodes: AssetNode[] }>(`/graph/search?field=${name}`, [name]);
  const id = fieldId(name);
  return (
    <form method="get" action="/graph" role="search" aria-label={label} className="relative min-w-0">
      {Object.entries(keep).map(([key, kept]) => (
        <input key={key} type="hidden" name={key} value={kept} />
      ))}
      <label htmlFor={id} className="block text-[0.8125rem] text-secondary">
        {label}
      </label>
      <div className="mt-1 flex gap-2">
        <input
          type="search"
          id={id}
          name={name}
          defaultValue={value}
          placeholder="名称、编号或拼音首字母"
          autoComplete="off"
          className="control min-w-0 flex-1"
        />
        <SubmitButton pendingLabel="查找中…">{button}</SubmitButton>
      </div>
      <div ref={anchor} aria-live="polite">
        {answer && answer.nodes.length > 0 && (
          <ul
            aria-label="可能要找的"
            className="absolute left-0 right-0 z-20 mt-1 max-h-80 overflow-y-auto rounded border border-line bg-surface py-1 shadow"
          >
            {answer.nodes.map((node) => (
              <li key={node.key}>
                <a
                  href={hrefOf(keyOf(node))}
                  className="flex items-center gap-2 px-3 py-1.5 text-ink no-underline hover:bg-primary-soft hover:no-underline"
                >
                  <KindMark kind={node.kind} />
                  <span className="min-w-0 flex-1 truncate">{node.name}</span>
                  <span className="hidden text-[0.8125rem] text-secondary sm:inline">{node.unitName}</span>
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </form>
  );
}
