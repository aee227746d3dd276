import type { Refusal } from "~/kernel/result";
import type { BudgetCategory, ProjectClass, ProjectNature } from "~/kernel/vocabulary";

import type { Basics, Money } from "./filing.types";

export type NatureCode = "classContradictsNature" | "categoryContradictsNature" | "categoryContradictsClass";

/** Classes that a nature cannot have: what runs already is not built, and upkeep builds nothing. */
const CLASSES_AGAINST: Readonly<Partial<Record<ProjectNature, readonly ProjectClass[]>>> = {
  new: ["maintenanceInfrastructure", "maintenanceSoftware", "businessOperation"],
  rebuild: ["maintenanceInfrastructure", "maintenanceSoftware", "businessOperation"],
  maintenance: [
    "infrastructureCommon",
    "infrastructureSpecial",
    "softwarePlatform",
    "softwareGeneral",
    "softwareSpecial",
  ],
};

/** Budget categories that a nature cannot pay for: what is developed is filed as building, not as upkeep. */
const CATEGORIES_AGAINST_NATURE: Readonly<Partial<Record<ProjectNature, readonly BudgetCategory[]>>> = {
  maintenance: ["software"],
};

/** A consultancy, a test or a supervision buys neither software nor machines. */
const CATEGORIES_AGAINST_CLASS: Readonly<Partial<Record<ProjectClass, readonly BudgetCategory[]>>> = {
  thirdParty: ["software", "hardware", "cloud"],
};

/**
 * Does the class fit the nature?
 * Codes: classContradictsNature.
 * @source domain.md §3.1
 */
export function classProblems({
  nature,
  class: projectClass,
}: Pick<Basics, "nature" | "class">): Refusal<NatureCode>[] {
  if (!nature || !projectClass || !CLASSES_AGAINST[nature]?.includes(projectClass)) return [];
  return [{ code: "classContradictsNature", field: "class", facts: { nature, class: projectClass } }];
}

/**
 * Do the budget lines fit what is filed: no development within upkeep, nothing bought by a consultancy.
 * Codes: categoryContradictsNature, categoryContradictsClass.
 * @source domain.md §3.1, §3.3
 */
export function categoryProblems(
  { nature, class: projectClass }: Pick<Basics, "nature" | "class">,
  lines: Money["lines"],
): Refusal<NatureCode>[] {
  return lines.flatMap(({ category, name }, index): Refusal<NatureCode>[] => {
    const field = `lines[${index}].category`;
    if (nature && CATEGORIES_AGAINST_NATURE[nature]?.includes(category)) {
      return [{ code: "categoryContradictsNature", field, facts: { name, category, nature } }];
    }
    if (projectClass && CATEGORIES_AGAINST_CLASS[projectClass]?.includes(category)) {
      return [{ code: "categoryContradictsClass", field, facts: { name, category, class: projectClass } }];
    }
    return [];
  });
}
