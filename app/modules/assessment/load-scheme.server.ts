import { and, desc, eq, isNotNull, lte } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { schemes } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";

import { MEASURE_CODES } from "./measure-terms";
import { schemeSchema } from "./scheme.schema";
import type { Scheme } from "./scheme.types";

const schema = schemeSchema(MEASURE_CODES);

/** A stored scheme as rules read it. Content that does not parse is a broken installation. */
export const readScheme = ({ id, content }: Pick<typeof schemes.$inferSelect, "id" | "content">): Scheme => ({
  id,
  ...schema.parse(content),
});

/** The scheme of a period that was frozen with it. */
export async function loadScheme(db: DatabaseOrTransaction, id: string): Promise<Scheme> {
  const [row] = await db.select().from(schemes).where(eq(schemes.id, id));
  if (!row) throw new Error(`no scheme ${id}`);
  return readScheme(row);
}

/** The published scheme of a region in force on a day: the latest that had begun, of the same day the highest version. */
export async function schemeInForce(
  db: DatabaseOrTransaction,
  { regionId, on, schemeId }: { regionId: string; on: LocalDate; schemeId?: string | undefined },
): Promise<Scheme | undefined> {
  const [row] = await db
    .select()
    .from(schemes)
    .where(
      and(
        eq(schemes.regionId, regionId),
        isNotNull(schemes.publishedAt),
        lte(schemes.inForceFrom, on),
        schemeId ? eq(schemes.id, schemeId) : undefined,
      ),
    )
    .orderBy(desc(schemes.inForceFrom), desc(schemes.number))
    .limit(1);
  return row && readScheme(row);
}
