import { readFileSync } from "node:fs";
import path from "node:path";

import { z } from "zod";

import type { Transaction } from "@db/client";
import { projectRoot } from "@db/project-root";
import { schemes } from "@db/schema";
import { isLocalDate, startOfDay, type LocalDate } from "~/kernel/local-date";
import { digestOf } from "~/platform/audit/digest";
import { newId } from "~/platform/ids.server";

const headSchema = z.object({
  code: z.string(),
  name: z.string(),
  version: z.number(),
  inForceFrom: z.custom<LocalDate>((value) => typeof value === "string" && isLocalDate(value)),
});

/** Publishes the starter scheme in a region that has none of that code and version. @source domain.md §9 */
export async function seedStarterScheme(tx: Transaction, regionId: string, id = newId()): Promise<void> {
  const content: unknown = JSON.parse(
    readFileSync(path.join(projectRoot(), "seeds/reference/starter-scheme.json"), "utf8"),
  );
  const { code, name, version, inForceFrom } = headSchema.parse(content);
  await tx
    .insert(schemes)
    .values({
      id,
      regionId,
      code,
      number: version,
      name,
      inForceFrom,
      content,
      contentHash: digestOf(content),
      publishedAt: startOfDay(inForceFrom),
    })
    .onConflictDoNothing();
}
