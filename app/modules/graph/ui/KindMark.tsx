import { ASSET_KINDS, type AssetKind } from "~/kernel/vocabulary";

import { LOOKS, outline } from "../drawing/look";

const WIDTH = 26;
const HEIGHT = 16;

/** The shape and colour of a kind, as in the picture. */
export function KindShape({ kind }: { kind: AssetKind }) {
  const { fill, edge } = LOOKS[kind];
  return (
    <svg viewBox={`-1 -1 ${WIDTH + 2} ${HEIGHT + 2}`} width={WIDTH} height={HEIGHT} className="flex-none" aria-hidden>
      <path d={outline(kind, WIDTH, HEIGHT)} fill={`var(${fill})`} stroke={`var(${edge})`} strokeWidth="1.4" />
    </svg>
  );
}

/** A kind in its own word and shape. */
export function KindMark({ kind }: { kind: AssetKind }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <KindShape kind={kind} />
      {ASSET_KINDS[kind]}
    </span>
  );
}
