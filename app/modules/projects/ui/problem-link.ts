import { fieldId } from "~/ui";

import type { FilingPlace } from "../filing.types";

/** Where a problem is mended: the field of its section, or the check page. */
export function problemLink(
  projectId: string,
  {
    section,
    code,
    field,
    facts,
  }: {
    readonly section: FilingPlace;
    readonly code: string;
    readonly field?: string | undefined;
    readonly facts?: Readonly<Record<string, string | number>> | undefined;
  },
): string {
  if (section !== "check") return `/projects/${projectId}/filing/${section}${field ? `#${fieldId(field)}` : ""}`;
  if (code === "unitSanctioned" || code === "gateBlocksFiling") return `/gates/${facts?.unitId ?? ""}`;
  if (code === "noSystemInInventory") return "/systems";
  if (code === "partUnsigned") return `/projects/${projectId}/parts`;
  return `/projects/${projectId}/check${code === "differenceMissing" ? "#similar" : "#problems"}`;
}
