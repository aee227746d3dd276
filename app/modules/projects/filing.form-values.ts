import { parseAmount } from "~/kernel/fen";
import type { FormValues } from "~/kernel/form-conflict";

import type { Filing, FilingSection } from "./filing.types";
import { wanText } from "./money-words";

/** The saved filing as the basics' form shows it. */
export const basicsValues = ({ basics }: Pick<Filing, "basics">) => ({
  name: basics.name,
  nature: basics.nature ?? "",
  class: basics.class ?? "",
  basis: basics.basis,
  shortcut: basics.shortcut ?? "",
  shortcutBasis: basics.shortcutBasis,
  leaderName: basics.leaderName,
  liaisonName: basics.liaisonName,
  liaisonPhone: basics.liaisonPhone,
  leads: mentions(basics.partners, "lead"),
  partners: mentions(basics.partners, "co"),
  maintained: (basics.maintained ?? []).map(systemLine).join("\n"),
});

/** A system as a choice of the form carries it: its code finds it again, its name is for who compares two versions. */
export const systemLine = ({ code, name }: { readonly code: string; readonly name: string }): string =>
  `${code} ${name}`;

const mentions = (partners: Filing["basics"]["partners"], role: "lead" | "co"): string =>
  partners
    .filter((partner) => partner.role === role)
    .map(({ mention }) => mention)
    .join("\n");

/** The saved filing as the goals' form shows it. */
export const goalsValues = ({ goals }: Pick<Filing, "goals">) => ({
  need: goals.need,
  content: goals.content,
  plannedStartOn: goals.plannedStartOn ?? "",
  plannedEndOn: goals.plannedEndOn ?? "",
  milestones: goals.milestones.map(({ name, plannedOn, cumulativePercent }) => ({
    name,
    plannedOn: String(plannedOn),
    cumulativePercent: String(cumulativePercent),
  })),
  goals: goals.goals.map(({ name, operator, target, measureUnit }) => ({
    name,
    operator: String(operator),
    target,
    measureUnit,
  })),
});

/** The saved filing as the money form shows it, in 万元. */
export const moneyValues = ({ money }: Pick<Filing, "money">) => ({
  declared: money.declaredFen === 0 ? "" : wanText(money.declaredFen),
  feasibility: money.feasibilityFen === null ? "" : wanText(money.feasibilityFen),
  lines: money.lines.map(({ category, name, quantity, measureUnit, unitPriceFen }) => ({
    category: String(category),
    name,
    quantity: plainDecimal(quantity),
    measureUnit,
    unitPrice: wanText(unitPriceFen),
  })),
  years: money.years.map(({ year, amountFen }) => ({ year: String(year), amount: wanText(amountFen) })),
  sources: money.sources.map(({ source, amountFen }) => ({ source: String(source), amount: wanText(amountFen) })),
});

const plainDecimal = (typed: string): string => (typed.includes(".") ? typed.replace(/\.?0+$/, "") : typed);

/** The saved filing as the security form shows it. */
export const securityValues = ({ security }: Pick<Filing, "security">) => ({
  secret: security.secret === null ? "" : security.secret ? "yes" : "no",
  mlpsLevel: security.mlpsLevel === null ? "" : String(security.mlpsLevel),
  hosting: security.hosting ?? "",
  exemption: security.exemption ?? "",
  cryptoPlan: security.cryptoPlan,
  mlpsFilingNumber: security.mlpsFilingNumber,
});

/** The saved filing as the components' form shows it. */
export const componentsValues = ({ components }: Pick<Filing, "components">) => ({
  components: components.map(({ code, decision, reason }) => ({ code, decision: decision ?? "", reason })),
});

/** What a section's form would hold if it were opened now. Attachments are files of their own and have no such form. */
export function sectionValues(section: FilingSection, filing: Filing): FormValues {
  switch (section) {
    case "basics":
      return basicsValues(filing);
    case "goals":
      return goalsValues(filing);
    case "money":
      return moneyValues(filing);
    case "data":
      return { noDataStatement: filing.data.noDataStatement };
    case "security":
      return securityValues(filing);
    case "components":
      return componentsValues(filing);
    case "attachments":
      return {};
  }
}

const AMOUNTS: readonly string[] = ["declared", "feasibility", "amount", "unitPrice"];
const LISTS_OF_LINES: readonly string[] = ["leads", "partners", "maintained"];

/** A field in the one form in which two people's typing can be compared: 1,200.50 is 1200.5, a list of units has no order. */
export function comparable(field: string, value: FormValues[string] | undefined): string {
  if (value === undefined) return "";
  if (typeof value !== "string") {
    return JSON.stringify(
      value.map((row) =>
        Object.keys(row)
          .sort()
          .map((key) => [key, comparable(key, row[key])]),
      ),
    );
  }
  const text = value.normalize("NFC").replaceAll("\r\n", "\n").trim();
  if (AMOUNTS.includes(field)) {
    const amount = parseAmount(text, "wan");
    return amount === undefined ? text : wanText(amount);
  }
  if (field === "quantity") return plainDecimal(text);
  if (LISTS_OF_LINES.includes(field)) {
    return [...new Set(text.split(/[\n、；;，,]+/u).map((name) => name.trim()))].filter(Boolean).sort().join("\n");
  }
  return text;
}
