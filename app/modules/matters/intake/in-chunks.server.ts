/** Rows that one statement writes: it takes no more than 65,535 parameters. */
const AT_ONCE = 1_000;

/** Does something with many rows, some at a time. */
export async function inChunks<T>(rows: readonly T[], write: (some: T[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < rows.length; from += AT_ONCE) await write(rows.slice(from, from + AT_ONCE));
}
