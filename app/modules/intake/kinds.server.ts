import { notFound } from "~/kernel/result";
import { materialsIntake, mattersIntake } from "~/modules/matters/index.server";
import { reportsIntake } from "~/modules/progress/index.server";
import { cloudStepsIntake, securityTestsIntake, systemsIntake } from "~/modules/systems/index.server";
import type { IntakeKind } from "~/platform/intake/intake.types";

/** The registers that are filled from sheets, each by the module that owns it. */
const KINDS: readonly IntakeKind[] = [
  systemsIntake,
  cloudStepsIntake,
  securityTestsIntake,
  mattersIntake,
  materialsIntake,
  reportsIntake,
];

const BY_KEY: ReadonlyMap<string, IntakeKind> = new Map(KINDS.map((kind) => [kind.key, kind]));

/** The kind of an address. @throws DomainError notFound */
export function kindOf(key: string): IntakeKind {
  const kind = BY_KEY.get(key);
  if (!kind) throw notFound("page");
  return kind;
}
