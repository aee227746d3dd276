import { ASSET_KINDS } from "~/kernel/vocabulary";
import { guardFormula } from "~/platform/xlsx/formula-guard";

import { type AssetEdge, type AssetGraph, type AssetNode, RELATIONS } from "./graph.types";

/** Tells spreadsheet programs that what follows is UTF-8. */
const BYTE_ORDER_MARK = "\uFEFF";

const cell = (text: string): string => `"${guardFormula(text).replaceAll('"', '""')}"`;
const table = (rows: readonly (readonly string[])[]): string =>
  BYTE_ORDER_MARK + rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";

/** Nodes as comma-separated values. */
export function nodesCsv(nodes: readonly AssetNode[]): string {
  const head = ["类型", "编号", "名称", "单位", "状态", "类别", "标签"];
  return table([
    head,
    ...nodes.map((n) => [ASSET_KINDS[n.kind], n.code, n.name, n.unitName, n.state, n.type, n.tags.join("、")]),
  ]);
}

/** Edges as comma-separated values, each with the names of its ends. */
export function edgesCsv({ nodes, edges }: AssetGraph): string {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const end = (key: AssetEdge["from"]): string[] => {
    const node = byKey.get(key);
    return node ? [ASSET_KINDS[node.kind], node.code, node.name] : ["", "", ""];
  };
  const head = ["起点类型", "起点编号", "起点名称", "关系", "终点类型", "终点编号", "终点名称"];
  return table([head, ...edges.map(({ from, to, relation }) => [...end(from), RELATIONS[relation].word, ...end(to)])]);
}
