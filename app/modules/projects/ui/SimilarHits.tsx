import { PROJECT_STAGES } from "~/kernel/vocabulary";
import { DataTable, EmptyState, StatusTag } from "~/ui";
import { useLiveLookup } from "~/web/live-lookup";

import { saySimilarReason } from "../similar/similar-words";
import type { SimilarHit } from "../similar/similar.rules";

interface SimilarHitsProps {
  readonly hits: readonly SimilarHit[];
  readonly caption?: string | undefined;
  /** which entries the reader may open: all of the region, or those of this unit */
  readonly opens: "all" | { readonly unitId: string };
}

/** What 查重 found, each with why it is shown and whether it asks for a difference statement. */
export function SimilarHits({ hits, caption = "查重发现的项目和系统", opens }: SimilarHitsProps) {
  return (
    <DataTable
      caption={caption}
      rows={hits}
      rowKey={(hit) => hit.id}
      empty={
        <EmptyState
          title="没有发现相似的项目或系统"
          explanation="已与本地区全部已申报项目和系统清单比对名称、建设内容和数据资源。"
        />
      }
      isHighlighted={(hit) => hit.statementDue}
      columns={[
        {
          key: "name",
          title: "名称",
          primary: true,
          render: (hit) => (
            <div>
              <Name hit={hit} opens={opens} />
              <div className="text-[0.8125rem] font-normal text-secondary">{placeOf(hit)}</div>
            </div>
          ),
        },
        { key: "unit", title: "单位", render: (hit) => hit.unitName },
        { key: "reasons", title: "相似之处", render: (hit) => <Reasons hit={hit} /> },
        {
          key: "due",
          title: "差异说明",
          nowrap: true,
          render: (hit) => (
            <StatusTag tone={hit.statementDue ? "warn" : "neutral"}>{hit.statementDue ? "须说明" : "供参考"}</StatusTag>
          ),
        },
      ]}
    />
  );
}

const MOST_WHILE_TYPING = 5;

/** The same while the form around it is typed into; nothing before the first key, and nothing without script. */
export function SimilarWhileTyping({ projectId, fields }: { projectId?: string; fields: readonly string[] }) {
  const path = projectId ? `/projects/similar?project=${projectId}` : "/projects/similar";
  const { anchor, answer } = useLiveLookup<{ hits: SimilarHit[] }>(path, fields);
  const hits = answer?.hits ?? [];
  const due = hits.filter(({ statementDue }) => statementDue).length;
  return (
    <div ref={anchor} aria-live="polite" className={hits.length > 0 ? "" : "sr-only"}>
      {answer && hits.length === 0 && <p>没有发现相似的项目或系统</p>}
      {hits.length > 0 && (
        <div className="rounded border border-line bg-page px-3 py-2 text-[0.8125rem]">
          <p className="font-medium">
            查重：发现 {hits.length} 个相似的项目或系统
            {due > 0 ? `，其中 ${due} 个提交前须写差异说明` : "，供参考"}
          </p>
          <ul className="mt-1 space-y-1">
            {hits.slice(0, MOST_WHILE_TYPING).map((hit) => (
              <li key={hit.id}>
                {hit.statementDue && <StatusTag tone="warn">须说明</StatusTag>} {hit.name}
                <span className="text-secondary">
                  （{hit.unitName}，{placeOf(hit)}）{hit.reasons.map(saySimilarReason).join("；")}
                </span>
              </li>
            ))}
          </ul>
          {hits.length > MOST_WHILE_TYPING && (
            <p className="mt-1 text-secondary">其余 {hits.length - MOST_WHILE_TYPING} 个在“检查并提交”中列出。</p>
          )}
        </div>
      )}
    </div>
  );
}

function Name({ hit, opens }: { hit: SimilarHit } & Pick<SimilarHitsProps, "opens">) {
  if (opens !== "all" && opens.unitId !== hit.unitId) return <>{hit.name}</>;
  return <a href={hit.kind === "project" ? `/projects/${hit.id}` : `/systems/${hit.id}`}>{hit.name}</a>;
}

function Reasons({ hit }: { hit: SimilarHit }) {
  return (
    <ul>
      {hit.reasons.map((reason) => (
        <li key={reason.code} className={reason.demands ? "font-semibold" : "font-normal text-secondary"}>
          {saySimilarReason(reason)}
        </li>
      ))}
    </ul>
  );
}

const placeOf = ({ kind, code, stage }: SimilarHit): string =>
  kind === "system" ? `系统 ${code}` : `项目 ${code}${stage ? ` · ${PROJECT_STAGES[stage]}` : ""}`;
