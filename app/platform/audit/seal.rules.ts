import { digestOf } from "./digest";

/** An audit entry as it is digested: everything it says, under its sequence number. */
export interface SealedRow {
  readonly sequence: number;
  readonly content: unknown;
}

export interface Block {
  readonly sequence: number;
  readonly firstEntry: number;
  readonly lastEntry: number;
  readonly rowSequences: readonly number[];
  readonly rowDigests: readonly string[];
  readonly previousDigest: string;
  readonly digest: string;
}

/** What the first block is chained to. */
const GENESIS_DIGEST = "0".repeat(64);

/** Seals rows into the block that follows `previous`: the digest of each row, chained to the block before. */
export function sealBlock(previous: Block | undefined, rows: readonly SealedRow[]): Block {
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) throw new RangeError("a block needs rows");
  const body = {
    sequence: (previous?.sequence ?? 0) + 1,
    firstEntry: first.sequence,
    lastEntry: last.sequence,
    rowSequences: rows.map((row) => row.sequence),
    rowDigests: rows.map((row) => digestOf(row.content)),
    previousDigest: previous?.digest ?? GENESIS_DIGEST,
  };
  return { ...body, digest: digestOf(body) };
}

export type Finding =
  | { readonly kind: "altered" | "deleted"; readonly entry: number; readonly block: number }
  | { readonly kind: "inserted"; readonly entry: number; readonly block: number }
  | { readonly kind: "blockAltered"; readonly block: number };

/**
 * Checks one block against the rows now stored between its first and last entry, and its place in the chain. Names the
 * first row that was altered, deleted or inserted, or the block itself; undefined when all is as sealed.
 */
export function verifyBlock(
  previous: Block | undefined,
  block: Block,
  rows: readonly SealedRow[],
): Finding | undefined {
  const { digest, ...body } = block;
  const chained = block.previousDigest === (previous?.digest ?? GENESIS_DIGEST);
  const follows = block.sequence === (previous?.sequence ?? 0) + 1;
  if (!chained || !follows || digestOf(body) !== digest) return { kind: "blockAltered", block: block.sequence };

  const stored = new Map(rows.map((row) => [row.sequence, row]));
  const sealed = new Set(block.rowSequences);
  const everything = [...new Set([...stored.keys(), ...sealed])].sort((a, b) => a - b);
  for (const entry of everything) {
    const row = stored.get(entry);
    if (!row) return { kind: "deleted", entry, block: block.sequence };
    if (!sealed.has(entry)) return { kind: "inserted", entry, block: block.sequence };
    if (digestOf(row.content) !== block.rowDigests[block.rowSequences.indexOf(entry)]) {
      return { kind: "altered", entry, block: block.sequence };
    }
  }
  return undefined;
}
