/** One line of `npm run bench`. */
export interface BenchFigure {
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  readonly [detail: string]: string | number | undefined;
}

export const round = (value: number): number => Math.round(value * 100) / 100;

/** The median duration of some runs, one after another. @unit ms */
export async function medianMs(runs: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? NaN;
}
