import type { Transaction } from "@db/client";

/** Has the unit another live project of this name in that year? A double click or a second liaison must not file twice. */
export async function nameTaken(
  tx: Transaction,
  wanted: { unitId: string; year: number; normalizedName: string; exceptId?: string },
): Promise<boolean> {
  const twin = await tx.query.projects.findFirst({
    columns: { id: true },
    where: (t, { and, eq, ne, notInArray }) =>
      and(
        eq(t.unitId, wanted.unitId),
        eq(t.year, wanted.year),
        eq(t.normalizedName, wanted.normalizedName),
        notInArray(t.stage, ["withdrawn", "rejected", "terminated"]),
        wanted.exceptId ? ne(t.id, wanted.exceptId) : undefined,
      ),
  });
  return twin !== undefined;
}
