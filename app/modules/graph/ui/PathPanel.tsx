import { Notice, Section } from "~/ui";

import { type AssetNode, type Relation, RELATIONS } from "../graph.types";
import { KindMark } from "./KindMark";
import { NodeSearch } from "./NodeSearch";

export interface PathPanelProps {
  readonly from: AssetNode;
  readonly depth: number;
  readonly toWords: string;
  readonly route:
    | {
        readonly to: AssetNode | null;
        readonly choices: readonly AssetNode[];
        readonly path: readonly (AssetNode & { readonly relation: Relation | null })[] | null;
      }
    | undefined;
  readonly hrefOf: (key: string) => string;
}

/** How the chosen node hangs together with another one: the form, and the answer as a chain. */
export function PathPanel({ from, depth, toWords, route, hrefOf }: PathPanelProps) {
  const keep = { node: from.key, depth: String(depth) };
  const pathTo = (key: string) => `/graph?${new URLSearchParams({ ...keep, to: key }).toString()}#path`;
  return (
    <Section title="与另一个节点怎么连上" id="path">
      <NodeSearch
        name="toWords"
        label={`从“${from.name}”到`}
        value={route?.to?.name ?? toWords}
        button="找路径"
        keep={keep}
        hrefOf={pathTo}
      />
      {route && (
        <div className="mt-3">
          {route.path ? (
            <Chain path={route.path} hrefOf={hrefOf} />
          ) : route.to ? (
            <Notice tone="info">{`8 步之内，与“${route.to.name}”没有连上。`}</Notice>
          ) : route.choices.length > 0 ? (
            <>
              <p className="text-secondary">请选定要找的节点：</p>
              <ul className="mt-1 space-y-1">
                {route.choices.map((node) => (
                  <li key={node.key} className="flex flex-wrap items-center gap-2">
                    <KindMark kind={node.kind} />
                    <a href={pathTo(node.key)}>{node.name}</a>
                    <span className="text-[0.8125rem] text-secondary">{node.unitName}</span>
                  </li>
                ))}
              </ul>
            </>
          ) : (
            <Notice tone="warn">没有找到另一个符合的节点，请换个名称或编号再找。</Notice>
          )}
        </div>
      )}
    </Section>
  );
}

function Chain({
  path,
  hrefOf,
}: {
  path: NonNullable<NonNullable<PathPanelProps["route"]>["path"]>;
  hrefOf: (key: string) => string;
}) {
  return (
    <ol aria-label={`路径，共 ${path.length - 1} 步`} className="space-y-1">
      {path.map((node, index) => {
        const before = path[index - 1];
        return (
          <li key={node.key}>
            {node.relation && before && (
              <p className="ml-3 border-l border-line pl-4 text-[0.8125rem] text-secondary">
                {RELATIONS[node.relation].from === before.kind
                  ? `↓ ${RELATIONS[node.relation].word}`
                  : `↑ ${RELATIONS[node.relation].word}（由下面的节点指向上面）`}
              </p>
            )}
            <span className="flex flex-wrap items-center gap-2">
              <KindMark kind={node.kind} />
              <a href={hrefOf(node.key)}>{node.name}</a>
              <span className="text-[0.8125rem] text-secondary">{node.unitName}</span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
