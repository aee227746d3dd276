import type { Transaction } from "@db/client";
import {
  attachments,
  budgetLines,
  catalogSequences,
  cloudBatches,
  cloudStandings,
  cloudSteps,
  type commonComponents,
  corrections,
  demands,
  domainEvents,
  files,
  fundingSources,
  inventoryConfirmations,
  milestones,
  monthlyReports,
  monthlyReportVersions,
  performanceGoals,
  projectComponents,
  projects,
  projectSequences,
  projectSubmissions,
  projectUnits,
  regions,
  reportedMilestones,
  resourceConnections,
  resourceItems,
  resourceRelations,
  resourceRevisions,
  resources,
  resourceUpdates,
  reviews,
  securityTests,
  systems,
  unitCollectionMembers,
  unitCollections,
  unitNames,
  units,
  userRoles,
  users,
  yearSplits,
} from "@db/schema";
import type { RuleFigures } from "~/platform/figures.server";

import { seedStarterScheme } from "../reference/starter-scheme";
import { writeAcceptances } from "./acceptance";
import { projectAttachments } from "./attachments";
import { writeCalendar } from "./calendar";
import { writeChanges } from "./changes";
import { catalogLife } from "./catalog-life";
import type { City } from "./city";
import { writeComponents } from "./components";
import { writeCloudLife } from "./cloud-life";
import { cityDemands } from "./demands";
import { writeCoordination } from "./coordination";
import { writeDelegations } from "./delegations";
import { cityConnections } from "./connections";
import { writeDeliveries } from "./deliveries";
import { demoId } from "./demo-id";
import { writeExperts } from "./experts";
import { freezeHits } from "./frozen-hits";
import { writeFundingPlans } from "./funding-plans";
import { writeGates } from "./gate";
import { insertAll } from "./insert";
import { writeLedger } from "./ledger";
import { writeMatters } from "./matters";
import { writeMessages } from "./messages";
import { projectMoney } from "./money";
import { writeMoney } from "./payment-sheets";
import { isAccepted } from "./project-timeline";
import { accountRows } from "./people";
import { writeUsesAndPoints } from "./points";
import { cityProjects, type CityProject } from "./projects";
import { CITY_CODE, FOUNDED_AT } from "./regions";
import { writeReportEvidence, writeReportExplanations } from "./report-papers";
import { lightFigures, projectReports } from "./reports";
import { CATALOG_BEGUN, cityResources, type ResourceOwner } from "./resources";
import { writeScope } from "./scope";
import { submissionRows } from "./submissions";
import { writeSupervision } from "./supervision";
import { writeSecurityTests } from "./security-tests";
import { citySystems } from "./systems";
import { cityCollections, cityUnitNames } from "./units";

/** What the city is made with: the rule figures of its today, the register of components, the accounts' password. */
interface Means {
  readonly figures: RuleFigures;
  readonly components: readonly (typeof commonComponents.$inferSelect)[];
  readonly passwordHash: string;
}

/** Writes the city, one statement for each table, in the order of the references. */
export async function writeCity(tx: Transaction, city: City, means: Means): Promise<void> {
  await writePeople(tx, city, means.passwordHash);
  const { list, sequences } = cityProjects(city, means.figures, means.components);
  await writeProjects(tx, city, means, list);
  await writeReportEvidence(tx, city);
  await writeReportExplanations(tx, city);
  await insertAll(tx, projectSequences, sequences);
  await writeFilings(tx, city, means, list);
  await writeSystems(tx, city, list);
  await writeCloudLife(tx, city);
  await writeMatters(tx, city);
  await freezeHits(tx, list);
  await writeDuties(tx, city, means);
  await writeExperts(tx, city, means.figures, list);
  await writeDelegations(tx, city);
  await writeCalendar(tx, city);
  await writeChanges(tx, city, means.figures, list);
  await writeAcceptances(tx, city, means.figures, list);
  await writeFundingPlans(tx, city, list);
  await writeUsesAndPoints(tx, city);
  await writeScope(tx, city, means.figures);
  await writeGates(tx, city);
  await writeSecurityTests(tx, city);
  await writeComponents(tx, city);
  await writeDeliveries(tx, city, list);
  await writeCoordination(tx, city, means.figures);
  await writeMessages(tx, city, means.figures);
}

async function writePeople(tx: Transaction, city: City, passwordHash: string): Promise<void> {
  const { collections, members } = cityCollections(city.regionId, city.units);
  const { accounts, roles } = accountRows(city.people, passwordHash);
  await insertAll(tx, regions, city.regions);
  await insertAll(tx, units, city.units);
  await insertAll(tx, unitNames, cityUnitNames(city.units));
  await insertAll(tx, unitCollections, collections);
  await insertAll(tx, unitCollectionMembers, members);
  await insertAll(tx, users, accounts);
  await insertAll(tx, userRoles, roles);
  await seedStarterScheme(tx, city.regionId, demoId("scheme", "starter", FOUNDED_AT));
}

/** Projects with their plan, money and monthly reports. */
async function writeProjects(tx: Transaction, city: City, { figures }: Means, list: readonly CityProject[]) {
  const reportingDay = city.regions.find(({ code }) => code === CITY_CODE)?.reportingDay ?? 15;
  const limits = lightFigures(figures);
  const built = list.map((project) => {
    const money = projectMoney(city, project);
    return { project, money, reported: projectReports(city, limits, reportingDay, project, money.payments) };
  });
  await insertAll(
    tx,
    projects,
    built.map(({ project, reported }) => ({ ...project.row, ...reported?.standing })),
  );
  await insertAll(
    tx,
    projectUnits,
    list.flatMap((project) => project.partners),
  );
  await insertAll(
    tx,
    budgetLines,
    list.flatMap((project) => project.lines),
  );
  await insertAll(
    tx,
    yearSplits,
    list.flatMap((project) => project.years),
  );
  await insertAll(
    tx,
    fundingSources,
    list.flatMap((project) => project.sources),
  );
  await insertAll(
    tx,
    milestones,
    list.flatMap((project) => project.milestones),
  );
  await insertAll(
    tx,
    performanceGoals,
    list.flatMap((project) => project.goals),
  );
  await insertAll(
    tx,
    projectComponents,
    list.flatMap((project) => project.components),
  );
  await insertAll(
    tx,
    reviews,
    list.flatMap((project) => project.reviews),
  );
  await insertAll(
    tx,
    domainEvents,
    list.flatMap((project) => project.events),
  );
  await writeMoney(tx, city, built);
  await insertAll(
    tx,
    monthlyReports,
    built.flatMap(({ reported }) => reported?.reports ?? []),
  );
  await insertAll(
    tx,
    monthlyReportVersions,
    built.flatMap(({ reported }) => reported?.versions ?? []),
  );
  await insertAll(
    tx,
    reportedMilestones,
    built.flatMap(({ reported }) => reported?.claimed ?? []),
  );
  await insertAll(
    tx,
    domainEvents,
    built.flatMap(({ reported }) => reported?.events ?? []),
  );
}

/** The data catalog, the demands, and what was handed in with them. */
async function writeFilings(tx: Transaction, city: City, { figures }: Means, list: readonly CityProject[]) {
  const projectNamed = (name: string): CityProject => {
    const project = list.find(({ facts }) => facts.name === name);
    if (!project) throw new Error(`no project named ${name}`);
    return project;
  };
  const ownerOf = (source: string): ResourceOwner => {
    const unitName = /^单位:(.+)$/.exec(source)?.[1];
    if (unitName) return { projectId: null, unit: city.unit(unitName), stage: "implementation", since: CATALOG_BEGUN };
    const { row, unit, facts, moments } = projectNamed(source);
    const begun = moments.find(({ event }) => event === "startImplementation") ?? moments[0];
    return { projectId: row.id, unit, stage: facts.stage, since: begun?.on ?? CATALOG_BEGUN };
  };
  const catalog = cityResources(city, ownerOf);
  const life = catalogLife(city, figures, catalog);
  const accepted = list.flatMap(({ row, facts }) => (isAccepted(facts.stage) ? [row.id] : []));
  const attached = cityConnections(city, catalog.rows, new Set(accepted));
  await insertAll(tx, resources, catalog.rows);
  await insertAll(tx, resourceItems, catalog.items);
  await insertAll(tx, catalogSequences, catalog.sequences);
  await insertAll(tx, domainEvents, catalog.events);
  await insertAll(tx, resourceRevisions, life.revisions);
  await insertAll(tx, resourceConnections, attached.connections);
  await insertAll(tx, domainEvents, attached.events);
  await insertAll(tx, resourceUpdates, life.updates);
  await insertAll(tx, resourceRelations, life.relations);
  await insertAll(tx, corrections, life.corrections);
  await insertAll(tx, domainEvents, life.events);
  const asked = cityDemands(city, figures, catalog.rows, (name) => projectNamed(name).row.id);
  await insertAll(tx, demands, asked.rows);
  await insertAll(tx, domainEvents, asked.events);

  const { fileRows, attachmentRows } = await projectAttachments(tx, city, list);
  await insertAll(tx, files, fileRows);
  await insertAll(tx, attachments, attachmentRows);
  await insertAll(tx, projectSubmissions, await submissionRows(tx, list));
}

async function writeSystems(tx: Transaction, city: City, list: readonly CityProject[]): Promise<void> {
  const { batches, rows, standings, steps, tests, confirmations, events } = citySystems(city, list);
  await insertAll(tx, cloudBatches, batches);
  await insertAll(tx, systems, rows);
  await insertAll(tx, cloudStandings, standings);
  await insertAll(tx, cloudSteps, steps);
  await insertAll(tx, securityTests, tests);
  await insertAll(tx, inventoryConfirmations, confirmations);
  await insertAll(tx, domainEvents, events);
}

/** The task ledger and the supervised items. */
async function writeDuties(tx: Transaction, city: City, { figures }: Means): Promise<void> {
  await writeLedger(tx, city);
  await writeSupervision(tx, city, figures);
}
