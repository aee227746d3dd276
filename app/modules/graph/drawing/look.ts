import type { AssetKind } from "~/kernel/vocabulary";

/** The colours of a kind, by the names of app/ui/tokens.css. */
export interface KindLook {
  readonly fill: string;
  readonly edge: string;
  readonly text: string;
}

/** Each kind has a shape of its own and a colour of its own; the word stands in the node as well. */
export const LOOKS: Readonly<Record<AssetKind, KindLook>> = {
  project: { fill: "--primary", edge: "--primary-hover", text: "--surface" },
  system: { fill: "--primary-soft", edge: "--primary", text: "--ink" },
  matter: { fill: "--good-soft", edge: "--good", text: "--ink" },
  material: { fill: "--warn-soft", edge: "--warn", text: "--ink" },
  resource: { fill: "--surface", edge: "--secondary", text: "--ink" },
};

const CUT = 12;

/** The outline of a kind in a box whose upper left corner is 0,0: sharp, rounded, pill, cut corners, barrel. */
export function outline(kind: AssetKind, width: number, height: number): string {
  const rounded = (r: number): string =>
    `M${r},0H${width - r}A${r},${r} 0 0 1 ${width},${r}V${height - r}A${r},${r} 0 0 1 ${width - r},${height}H${r}A${r},${r} 0 0 1 0,${height - r}V${r}A${r},${r} 0 0 1 ${r},0Z`;
  const cut = Math.min(CUT, height / 3);
  const bulge = Math.min(8, height / 5);
  switch (kind) {
    case "project":
      return `M0,0H${width}V${height}H0Z`;
    case "system":
      return rounded(Math.min(8, height / 4));
    case "matter":
      return rounded(height / 2.2);
    case "material":
      return `M${cut},0H${width - cut}L${width},${cut}V${height - cut}L${width - cut},${height}H${cut}L0,${height - cut}V${cut}Z`;
    case "resource":
      return `M0,${bulge}Q${width / 2},${-bulge} ${width},${bulge}V${height - bulge}Q${width / 2},${height + bulge} 0,${height - bulge}Z`;
  }
}
