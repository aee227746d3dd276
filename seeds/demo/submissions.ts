import type { attachments, demands, projectSubmissions } from "@db/schema";
import { digestOf } from "~/platform/audit/digest";

import type { CityProject } from "./projects";
import type { ResourceRow } from "./resources";

/**
 * What was handed in at each submission, in the shape in which the filing freezes it. Later rounds of the demonstration
 * say the same as the first: only the stage moved.
 */
export function submissionRows(
  project: CityProject,
  components: readonly { readonly code: string; readonly name: string }[],
  held: {
    readonly resources: readonly ResourceRow[];
    readonly demands: readonly (typeof demands.$inferInsert)[];
    readonly attachments: readonly (typeof attachments.$inferInsert)[];
    readonly fileNameOf: (fileId: string) => string;
  },
): (typeof projectSubmissions.$inferInsert)[] {
  const { row } = project;
  const byId = <T extends { readonly id: string }>(rows: readonly T[]) =>
    [...rows].sort((a, b) => a.id.localeCompare(b.id));
  const content = {
    basics: {
      name: row.name,
      year: row.year,
      class: row.class,
      nature: row.nature,
      basis: row.basis,
      leaderName: row.leaderName,
      liaisonName: row.liaisonName,
      liaisonPhone: row.liaisonPhone,
      partners: project.partners.map(({ role, mention }) => ({ role, mention })),
    },
    goals: {
      need: row.need,
      content: row.content,
      plannedStartOn: row.plannedStartOn,
      plannedEndOn: row.plannedEndOn,
      milestones: project.milestones.map(({ name, plannedOn, cumulativePercent }) => ({
        name,
        plannedOn,
        cumulativePercent,
      })),
      goals: project.goals.map(({ name, operator, target, measureUnit }) => ({ name, operator, target, measureUnit })),
    },
    money: {
      declaredFen: row.declaredFen,
      lines: project.lines.map(({ category, name, quantity, measureUnit, unitPriceFen, declaredFen }) => ({
        category,
        name,
        quantity,
        measureUnit,
        unitPriceFen,
        declaredFen,
      })),
      years: project.years.map(({ year, amountFen }) => ({ year, amountFen })),
      sources: project.sources.map(({ source, amountFen }) => ({ source, amountFen })),
    },
    data: {
      resources: byId(held.resources).map(({ id, name }) => ({ id, name })),
      demands: byId(held.demands).map(({ id, wanted }) => ({ id, wanted })),
      noDataStatement: "",
    },
    security: {
      secret: row.secret,
      mlpsLevel: row.mlpsLevel,
      hosting: row.hosting,
      exemption: null,
      cryptoPlan: row.cryptoPlan,
      mlpsFilingNumber: row.mlpsFilingNumber,
    },
    components: components.map(({ code, name }) => {
      const choice = project.components.find(({ componentCode }) => componentCode === code);
      return { code, name, decision: choice?.decision ?? null, reason: choice?.reason ?? "" };
    }),
    attachments: byId(held.attachments).map(({ id, kind, fileId }) => ({
      id,
      kind,
      fileName: held.fileNameOf(fileId),
    })),
    differenceStatement: "",
  };
  return project.moments
    .filter(({ event }) => event === "submit")
    .map(({ actor, at }, index) => ({
      projectId: row.id,
      round: index + 1,
      regionId: row.regionId,
      content,
      similar: [],
      digest: digestOf(content),
      submittedBy: actor.id,
      submittedAt: at,
      receiptNumber: `SL-${row.code}-${index + 1}`,
    }));
}
