import { TONE_TEXT } from "./tone";

export interface PlaceProps {
  readonly place: number;
  /** the place before; null: was not ranked */
  readonly previous: number | null;
}

/** A place in a ranking and how it moved: ▲2 ▼1 –. */
export function Place({ place, previous }: PlaceProps) {
  const rise = previous === null ? null : previous - place;
  return (
    <span className="whitespace-nowrap">
      <span className="font-semibold">{place}</span> <PlaceChange rise={rise} />
    </span>
  );
}

/** The movement alone; positive is upwards, null is new. */
export function PlaceChange({ rise }: { rise: number | null }) {
  if (rise === null) return <span className="text-secondary">新</span>;
  if (rise === 0)
    return (
      <span className="text-secondary">
        <span aria-hidden>–</span>
        <span className="sr-only">持平</span>
      </span>
    );
  const up = rise > 0;
  return (
    <span className={TONE_TEXT[up ? "good" : "bad"]}>
      <span aria-hidden>
        {up ? "▲" : "▼"}
        {Math.abs(rise)}
      </span>
      <span className="sr-only">
        {up ? "上升" : "下降"} {Math.abs(rise)} 位
      </span>
    </span>
  );
}
