import { and, eq, ne, or } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { serviceMatters } from "@db/schema";
import type { Refusal } from "~/kernel/result";

import { isSameName } from "./similar-names.rules";

/**
 * What stands against a code in its region and a name in its unit; asked while the numbering is held.
 * @param exceptId the matter that is being changed: it does not stand in its own way
 */
export async function takenBy(
  tx: Transaction,
  { regionId, unitId, code, name }: { regionId: string; unitId: string; code: string; name: string },
  exceptId?: string,
): Promise<Refusal<"codeTaken" | "nameTaken">[]> {
  const others = await tx
    .select({ code: serviceMatters.code, name: serviceMatters.name, unitId: serviceMatters.unitId })
    .from(serviceMatters)
    .where(
      and(
        eq(serviceMatters.regionId, regionId),
        or(eq(serviceMatters.unitId, unitId), eq(serviceMatters.code, code)),
        exceptId === undefined ? undefined : ne(serviceMatters.id, exceptId),
      ),
    );
  const sameCode = code && others.find((other) => other.code === code);
  const sameName = others.find((other) => other.unitId === unitId && isSameName(other.name, name));
  const facts = (other: { code: string; name: string }) => ({ code: other.code, name: other.name });
  return [
    ...(sameCode ? [{ code: "codeTaken" as const, field: "code", facts: facts(sameCode) }] : []),
    ...(sameName ? [{ code: "nameTaken" as const, field: "name", facts: facts(sameName) }] : []),
  ];
}
