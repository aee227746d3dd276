import { useEffect, useRef, useState } from "react";

import { ASSET_KINDS, type AssetKind } from "~/kernel/vocabulary";
import { Button, LinkButton } from "~/ui";

import type { Drawing } from "../drawing/draw-graph.client";
import { closed, hiddenIn, opened, pictureOf, type PictureState, type SentGraph } from "../drawing/picture-state";
import { KINDS, type NodeKey, pageOf } from "../graph.types";
import { KindShape } from "./KindMark";

export interface GraphPictureProps {
  readonly sent: SentGraph;
  readonly centre: NodeKey;
  /** the node that the address says is chosen */
  readonly at: NodeKey | null;
  /** the nodes of the path that was asked for */
  readonly path: readonly NodeKey[];
  readonly title: string;
  /** the filter, as a piece of an address */
  readonly filter: string;
  readonly hrefOf: (key: string) => string;
}

/** What is made pale all around: nothing, what depends on the chosen node, or the path. */
type Lit =
  | { readonly what: "none" }
  | { readonly what: "path" }
  | { readonly what: "dependents"; readonly keys: ReadonlySet<string>; readonly words: string };

const fetchDrawer = () => import("../drawing/draw-graph.client");

/** What draws is fetched as soon as the script of a page with a picture runs, not only when React has taken the page over. */
const fetching =
  typeof document !== "undefined" && new URLSearchParams(window.location.search).has("node")
    ? fetchDrawer().catch(() => undefined)
    : undefined;

/**
 * The drawn graph. It is a comfort: the tables beside it say the same. What draws is fetched only here, so that no other
 * page carries it.
 */
export function GraphPicture({ sent, centre, at, path, title, filter, hrefOf }: GraphPictureProps) {
  const box = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing | null>(null);
  const [state, setState] = useState<PictureState>(() => pictureOf(sent));
  const [selected, setSelected] = useState<NodeKey | null>(at ?? centre);
  const [lit, setLit] = useState<Lit>({ what: path.length > 0 ? "path" : "none" });
  const [off, setOff] = useState<ReadonlySet<AssetKind>>(new Set());
  const [standing, setStanding] = useState<"waiting" | "sketched" | "drawn" | "failed">("waiting");
  const keep = useRef<NodeKey | undefined>(undefined);
  const toggle = useRef<(key: NodeKey) => void>(() => undefined);

  const open = async (key: NodeKey) => {
    keep.current = key;
    if (state.brought.has(key)) return setState(closed(state, key));
    try {
      const response = await fetch(`/graph/data?node=${key}&depth=1${filter && `&${filter}`}`, { redirect: "error" });
      if (response.ok) setState(opened(state, key, (await response.json()) as SentGraph));
    } catch {
      // Off line or logged out: the picture stays as it is.
    }
  };
  toggle.current = (key) => void open(key);

  useEffect(() => {
    let ended = false;
    void Promise.resolve(fetching)
      .then((early) => early ?? fetchDrawer())
      .then(({ drawGraph }) => {
        if (ended || !box.current) return;
        drawing.current = drawGraph(box.current, {
          onSelect: (key) => setSelected(key),
          onOpen: (key) => toggle.current(key),
          onSketch: () => setStanding("sketched"),
        });
        setState((now) => ({ ...now }));
      })
      .catch(() => setStanding("failed"));
    return () => {
      ended = true;
      drawing.current?.end();
      drawing.current = null;
    };
  }, []);

  useEffect(() => {
    let overtaken = false;
    const kept = keep.current;
    void drawing.current
      ?.show(state, centre, kept)
      .then(() => {
        if (!overtaken) setStanding("drawn");
      })
      // A sketch is a whole picture; only without one there is nothing to see.
      .catch(() => setStanding((now) => (now === "waiting" ? "failed" : now)));
    return () => {
      overtaken = true;
    };
  }, [state, centre]);

  useEffect(() => {
    if (standing === "waiting" || standing === "failed") return;
    drawing.current?.select(selected);
    drawing.current?.hideKinds(off);
    drawing.current?.highlight(lit.what === "path" ? new Set(path) : lit.what === "dependents" ? lit.keys : null);
  }, [standing, state, selected, lit, off, path]);

  useEffect(() => {
    if (standing === "waiting" || standing === "failed") return;
    const address = new URL(window.location.href);
    if (selected && selected !== centre) address.searchParams.set("at", selected);
    else address.searchParams.delete("at");
    window.history.replaceState(window.history.state, "", address);
  }, [standing, selected, centre]);

  const chosen = selected ? state.nodes.get(selected) : undefined;
  const lightDependents = async () => {
    if (!chosen) return;
    if (lit.what === "dependents") return setLit({ what: "none" });
    try {
      const response = await fetch(`/graph/data?node=${chosen.key}&walk=dependents`, { redirect: "error" });
      if (!response.ok) return;
      const { keys, total } = (await response.json()) as { keys: string[]; total: number };
      const inPicture = keys.filter((key) => state.nodes.has(key as NodeKey)).length;
      const words = `依赖“${chosen.name}”的共 ${total} 个，图中 ${inPicture} 个`;
      setLit({ what: "dependents", keys: new Set([chosen.key, ...keys]), words });
    } catch {
      // Off line or logged out: nothing is lit.
    }
  };
  const hidden = chosen ? (hiddenIn(state).get(chosen.key) ?? 0) : 0;
  return (
    <div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2 print:hidden">
        <div role="group" aria-label="图中显示的类型" className="flex flex-wrap gap-1">
          {KINDS.map((kind) => (
            <button
              key={kind}
              type="button"
              aria-pressed={!off.has(kind)}
              onClick={() => setOff(toggled(off, kind))}
              className={`inline-flex min-h-8 items-center gap-1.5 rounded border border-line px-2 ${off.has(kind) ? "bg-ground text-secondary line-through" : "bg-surface text-ink"}`}
            >
              <KindShape kind={kind} />
              {ASSET_KINDS[kind]}
            </button>
          ))}
        </div>
        <span className="text-[0.8125rem] text-secondary">虚线：运维、数据证明</span>
        <div className="ml-auto flex flex-wrap gap-1">
          <Button variant="quiet" className="px-2" aria-label="放大" onClick={() => drawing.current?.zoom(1.25)}>
            放大
          </Button>
          <Button variant="quiet" className="px-2" aria-label="缩小" onClick={() => drawing.current?.zoom(0.8)}>
            缩小
          </Button>
          <Button variant="quiet" className="px-2" onClick={() => drawing.current?.fit()}>
            全图
          </Button>
          <Button variant="quiet" className="px-2" onClick={() => void savePng(drawing.current, title)}>
            导出 PNG
          </Button>
          <Button variant="quiet" className="px-2" onClick={() => saveSvg(drawing.current, title)}>
            导出 SVG
          </Button>
        </div>
      </div>
      <div className="relative">
        <div
          ref={box}
          role="img"
          aria-label={`${title}：${state.nodes.size} 个节点，${state.edges.length} 条关系。旁边的表格列出同样的内容。`}
          data-standing={standing}
          data-nodes={state.nodes.size}
          className="h-[22rem] w-full bg-ground sm:h-[32rem]"
        />
        {(standing === "waiting" || standing === "failed") && (
          <p className="absolute inset-x-0 top-4 px-4 text-center text-secondary">
            {standing === "waiting"
              ? "正在绘图…（未启用脚本时请看下面的表格）"
              : "未能绘图，请看下面的表格；刷新页面可重试。"}
          </p>
        )}
      </div>
      <div
        className="flex min-h-[3.25rem] flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-4 py-2"
        aria-live="polite"
      >
        {chosen ? (
          <>
            <span className="inline-flex min-w-0 flex-1 basis-60 items-center gap-1.5">
              <KindShape kind={chosen.kind} />
              <span className="min-w-0">
                <a href={pageOf(chosen)}>{chosen.name}</a>
                <span className="ml-2 text-[0.8125rem] text-secondary">
                  {[chosen.unitName, chosen.state].filter(Boolean).join(" · ")}
                </span>
              </span>
            </span>
            <Button variant="quiet" className="px-2" onClick={() => void open(chosen.key)}>
              {state.brought.has(chosen.key) ? "收起" : hidden > 0 ? `展开 ${hidden} 个相邻` : "展开"}
            </Button>
            <Button
              variant="quiet"
              className="px-2"
              aria-pressed={lit.what === "dependents"}
              onClick={() => void lightDependents()}
            >
              标出谁依赖它
            </Button>
            {chosen.key !== centre && (
              <LinkButton variant="quiet" className="px-2" href={hrefOf(chosen.key)}>
                以它为中心
              </LinkButton>
            )}
          </>
        ) : (
          <span className="text-secondary">单击节点查看，双击展开或收起；拖动平移，滚轮缩放。</span>
        )}
        {path.length > 0 && (
          <Button
            variant="quiet"
            className="px-2"
            aria-pressed={lit.what === "path"}
            onClick={() => setLit(lit.what === "path" ? { what: "none" } : { what: "path" })}
          >
            标出路径
          </Button>
        )}
        {lit.what === "dependents" && <span className="w-full text-[0.8125rem] text-secondary">{lit.words}</span>}
      </div>
    </div>
  );
}

function toggled(kinds: ReadonlySet<AssetKind>, kind: AssetKind): ReadonlySet<AssetKind> {
  const next = new Set(kinds);
  if (!next.delete(kind)) next.add(kind);
  return next;
}

async function savePng(drawing: Drawing | null, title: string): Promise<void> {
  if (drawing) save(await drawing.png(), `${title}.png`);
}

function saveSvg(drawing: Drawing | null, title: string): void {
  if (drawing) save(new Blob([drawing.svg(title)], { type: "image/svg+xml" }), `${title}.svg`);
}

function save(bytes: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(bytes);
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
