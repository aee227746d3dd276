import type { Transaction } from "@db/client";
import { acceptanceDocuments, acceptanceExtensions, acceptances, archiveChecks, domainEvents, files } from "@db/schema";
import { addDays, addMonths, localDate, type LocalDate } from "~/kernel/local-date";
import {
  ACCEPTANCE_DOCUMENTS,
  ACCEPTANCE_KINDS,
  type AcceptanceDocument,
  type AcceptanceKind,
  type AcceptanceState,
} from "~/kernel/vocabulary";
import { addWorkdays, isWorkday } from "~/kernel/work-calendar";
import { ACCEPTANCE_EVENT_FACTS, EXTENSION_EVENT_FACTS } from "~/modules/acceptance/index";
import type { RuleFigures } from "~/platform/figures.server";

import { storeSampleOf } from "./attachments";
import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow, type EventRow } from "./events";
import { insertAll } from "./insert";
import type { Person } from "./people";
import type { ProjectMoment } from "./project-timeline";
import type { CityProject } from "./projects";

type Row<Table extends { $inferInsert: unknown }> = Table["$inferInsert"];

/** One application as it went. */
interface Course {
  readonly kind: AcceptanceKind;
  readonly number: number;
  readonly state: AcceptanceState;
  /** the day it was signed, or drafted when it was not */
  readonly on: LocalDate;
  /** the day and the person of the decision */
  readonly decided?: Pick<ProjectMoment, "on" | "at" | "actor">;
  readonly opinion?: string;
  readonly papers: readonly AcceptanceDocument[];
}

/** Days before a decision on which its application was signed. */
const HANDLED_DAYS = 9;
/** Days before a final decision on which the archive was checked. */
const ARCHIVE_DAYS = 5;

const INITIAL_PAPERS: readonly AcceptanceDocument[] = ["constructionSummary", "contractAcceptance"];
const finalPapers = (level: number): readonly AcceptanceDocument[] => [
  "constructionSummary",
  "financialReport",
  "auditReport",
  "trialRunReport",
  "mlpsReport",
  ...(level >= 3 ? (["cryptoReport"] as const) : []),
  "archiveList",
];

/** A final application that did not pass at first, and why. */
const FAILED_FIRST: Readonly<Record<string, string>> = {
  协同办公平台: "移动端公文流转在两个镇（街）未开通，审计报告未列明监理费用，请整改后重新申请。",
};

/** Applications of projects that are still on their way. */
const UNDER_WAY: Readonly<Record<string, Omit<Course, "number">>> = {
  政务数据资源池: { kind: "initial", state: "open", on: localDate("2026-07-10"), papers: INITIAL_PAPERS },
  湾区通办专窗及自助终端: { kind: "final", state: "open", on: localDate("2026-07-16"), papers: finalPapers(2) },
  电子政务外网升级改造: {
    kind: "final",
    state: "draft",
    on: localDate("2026-07-14"),
    papers: ["constructionSummary", "trialRunReport"],
  },
};

/** Checks of the archive of projects that are not accepted yet. */
const CHECKS: Readonly<Record<string, readonly (readonly [on: string, passed: boolean, remark: string])[]>> = {
  湾区通办专窗及自助终端: [
    ["2026-07-08", false, "缺终端设备到货验收单原件和培训签到表，电子档案未编目。"],
    ["2026-07-17", true, "缺件已补齐，纸质和电子档案一致，同意移交。"],
  ],
};

/** A limit that was moved. */
const EXTENSION = {
  project: "电子政务外网升级改造",
  requestedOn: localDate("2026-06-24"),
  signedOn: localDate("2026-06-25"),
  decidedOn: localDate("2026-07-02"),
  months: 3,
  reason: "三家县区接入单位的割接受线路改造影响推迟到第四季度，完成后方可统一开展等保和密码测评。",
  opinion: "情况属实，同意延期，请按月报告割接进展。",
} as const;

interface Written {
  readonly acceptances: Row<typeof acceptances>[];
  readonly files: Row<typeof files>[];
  readonly documents: Row<typeof acceptanceDocuments>[];
  readonly checks: Row<typeof archiveChecks>[];
  readonly extensions: Row<typeof acceptanceExtensions>[];
  readonly events: EventRow[];
}

/** The acceptances of the city with their papers, checks of archives, a moved limit, and their history. */
export async function writeAcceptances(
  tx: Transaction,
  city: City,
  figures: RuleFigures,
  list: readonly CityProject[],
): Promise<void> {
  const samples = new Map<AcceptanceDocument, Row<typeof files>>();
  for (const kind of [...INITIAL_PAPERS, ...finalPapers(3)])
    samples.set(kind, await storeSampleOf(tx, city, ACCEPTANCE_DOCUMENTS[kind]));
  const written: Written = { acceptances: [], files: [], documents: [], checks: [], extensions: [], events: [] };
  for (const project of list) {
    for (const course of coursesOf(city, project)) writeCourse(written, city, figures, project, course, samples);
    writeChecks(written, city, project);
    if (project.row.name === EXTENSION.project)
      writeExtension(written, city, figures, project, await storeSampleOf(tx, city, "延期情况说明"));
  }
  await insertAll(tx, files, written.files);
  await insertAll(tx, acceptances, written.acceptances);
  await insertAll(tx, acceptanceDocuments, written.documents);
  await insertAll(tx, archiveChecks, written.checks);
  await insertAll(tx, acceptanceExtensions, written.extensions);
  await insertAll(tx, domainEvents, written.events);
}

const momentOf = ({ moments }: CityProject, event: ProjectMoment["event"]) =>
  moments.find((moment) => moment.event === event);

/** The last working day that lies at least so many days before a day. @unit days */
function workdayBefore(city: City, day: LocalDate, days: number): LocalDate {
  const wanted = addDays(day, -days);
  return isWorkday(city.calendar, wanted) ? wanted : workdayBefore(city, wanted, 1);
}

/** Every application of a project: what its history tells was passed, what failed before, what is under way. */
function coursesOf(city: City, project: CityProject): Course[] {
  const { row, facts } = project;
  const [initial, final] = [momentOf(project, "passInitialAcceptance"), momentOf(project, "passFinalAcceptance")];
  const courses: Course[] = [];
  const passed = (kind: AcceptanceKind, decided: ProjectMoment, papers: readonly AcceptanceDocument[]) =>
    courses.push({
      kind,
      number: courses.filter((each) => each.kind === kind).length + 1,
      state: "passed",
      on: workdayBefore(city, decided.on, HANDLED_DAYS),
      decided,
      opinion: kind === "final" ? "材料齐全，建设内容与批复一致，同意通过终验。" : "同意通过初验，进入试运行。",
      papers,
    });
  if (initial) passed("initial", initial, INITIAL_PAPERS);
  const failure = FAILED_FIRST[row.name];
  if (final && failure) {
    const on = workdayBefore(city, final.on, 3 * HANDLED_DAYS);
    const decidedOn = addWorkdays(city.calendar, on, 4);
    const decided = { on: decidedOn, at: officeHours(decidedOn, row.name, "fail"), actor: final.actor };
    const papers = finalPapers(facts.mlps);
    courses.push({ kind: "final", number: 1, state: "failed", on, decided, opinion: failure, papers });
  }
  if (final) passed("final", final, finalPapers(facts.mlps));
  const open = UNDER_WAY[row.name];
  if (open) courses.push({ ...open, number: 1 });
  return courses;
}

function writeCourse(
  { acceptances: rows, files: stored, documents, events }: Written,
  city: City,
  figures: RuleFigures,
  { row, unit }: CityProject,
  { kind, number, state, on, decided, opinion, papers }: Course,
  samples: ReadonlyMap<AcceptanceDocument, Row<typeof files>>,
): void {
  const [filer, lead] = [city.filerOf(unit), city.leadOf(unit)];
  const words = `${row.name} ${kind} ${number}`;
  const reported = state !== "draft";
  const draftedAt = officeHours(workdayBefore(city, on, reported ? 3 : 0), words, "draft");
  const submittedAt = reported ? officeHours(workdayBefore(city, on, 1), words, "submit") : null;
  const signedAt = reported ? officeHours(on, words, "sign") : null;
  const id = demoId("acceptance", words, draftedAt);
  rows.push({
    id,
    projectId: row.id,
    regionId: city.regionId,
    kind,
    number,
    state,
    statement: statementOf(row.name, kind, reported),
    draftedBy: filer.id,
    draftedAt,
    submittedBy: reported ? filer.id : null,
    submittedAt,
    signedBy: reported ? lead.id : null,
    signedAt,
    dueOn:
      reported && state !== "failed"
        ? addWorkdays(city.calendar, on, figures.number("acceptance.decideWorkdays"))
        : null,
    decidedBy: decided?.actor.id ?? null,
    decidedAt: decided?.at ?? null,
    opinion: opinion ?? null,
    version: reported ? (decided ? 5 : 4) : 2,
  });
  for (const paper of papers) {
    const sample = samples.get(paper);
    if (!sample) continue;
    const file = {
      ...sample,
      id: demoId("file", `${words} ${paper}`, draftedAt),
      unitId: row.unitId,
      name: `${row.name}${ACCEPTANCE_DOCUMENTS[paper]}.pdf`,
      uploadedBy: filer.id,
      uploadedAt: draftedAt,
    };
    stored.push(file);
    documents.push({
      id: demoId("acceptance document", `${words} ${paper}`, draftedAt),
      acceptanceId: id,
      regionId: city.regionId,
      kind: paper,
      fileId: file.id,
    });
  }
  const told = (actor: Person, type: string, at: Date | null | undefined, reason?: string) => {
    if (!at) return;
    const payload = { projectId: row.id, projectName: row.name, kind, kindName: ACCEPTANCE_KINDS[kind], number };
    events.push(eventRow(actor, { type, subject: { type: "acceptance", id }, at, payload, reason }));
  };
  told(filer, "acceptanceDrafted", draftedAt);
  told(filer, ACCEPTANCE_EVENT_FACTS.submit, submittedAt);
  told(lead, ACCEPTANCE_EVENT_FACTS.sign, signedAt);
  const ending = state === "failed" ? ACCEPTANCE_EVENT_FACTS.fail : ACCEPTANCE_EVENT_FACTS.pass;
  if (decided) told(decided.actor, ending, decided.at, opinion);
}

const statementOf = (name: string, kind: AcceptanceKind, finished: boolean): string =>
  kind === "initial"
    ? `${name}已按批复内容完成建设并通过系统集成测试，合同约定的功能和性能指标逐项自测达标，用户培训已完成。`
    : finished
      ? `${name}已按批复内容建成并完成试运行，运行稳定，建设目标基本实现；试运行中发现的问题均已整改。`
      : "";

function writeChecks({ checks, events }: Written, city: City, project: CityProject): void {
  const { row } = project;
  const assessor = city.person("assessor");
  const final = momentOf(project, "passFinalAcceptance");
  const passedOn = final && workdayBefore(city, final.on, ARCHIVE_DAYS);
  const dated = (CHECKS[row.name] ?? []).map(([on, passed, remark]) => ({ on: localDate(on), passed, remark }));
  const all = passedOn ? [{ on: passedOn, passed: true, remark: "档案齐全、编目规范，同意移交。" }] : dated;
  all.forEach(({ on, passed, remark }, index) => {
    const at = officeHours(on, row.name, "archive");
    const result = passed ? ("passed" as const) : ("failed" as const);
    const number = index + 1;
    checks.push({
      id: demoId("archive check", `${row.name} ${number}`, at),
      projectId: row.id,
      regionId: city.regionId,
      number,
      result,
      remark,
      checkedOn: on,
      checkedBy: assessor.id,
    });
    events.push(
      eventRow(assessor, {
        type: "archiveChecked",
        subject: { type: "project", id: row.id },
        at,
        payload: { name: row.name, number, result },
        reason: remark,
      }),
    );
  });
}

function writeExtension(
  { extensions, files: stored, events }: Written,
  city: City,
  figures: RuleFigures,
  { row, unit }: CityProject,
  sample: Row<typeof files>,
): void {
  const [filer, lead, bureau] = [city.filerOf(unit), city.leadOf(unit), city.person("bureau2")];
  if (!row.completedOn) return;
  const fromOn = addMonths(row.completedOn, figures.number("acceptance.applyMonths"));
  const untilOn = addMonths(fromOn, EXTENSION.months);
  const at = (day: LocalDate, word: string) => officeHours(day, "extension", row.name, word);
  const [requestedAt, signedAt, decidedAt] = [
    at(EXTENSION.requestedOn, "request"),
    at(EXTENSION.signedOn, "sign"),
    at(EXTENSION.decidedOn, "grant"),
  ];
  const id = demoId("extension", row.name, requestedAt);
  const file = {
    ...sample,
    id: demoId("file", `extension ${row.name}`, requestedAt),
    unitId: row.unitId,
    name: `${row.name}延期情况说明.pdf`,
    uploadedBy: filer.id,
    uploadedAt: requestedAt,
  };
  stored.push(file);
  extensions.push({
    id,
    projectId: row.id,
    regionId: city.regionId,
    number: 1,
    state: "granted",
    fromOn,
    untilOn,
    reason: EXTENSION.reason,
    fileId: file.id,
    requestedBy: filer.id,
    requestedAt,
    signedBy: lead.id,
    signedAt,
    decidedBy: bureau.id,
    decidedAt,
    opinion: EXTENSION.opinion,
    version: 3,
  });
  const payload = { projectId: row.id, projectName: row.name, number: 1, untilOn };
  const told = (actor: Person, type: string, when: Date, reason?: string) =>
    events.push(eventRow(actor, { type, subject: { type: "acceptanceExtension", id }, at: when, payload, reason }));
  told(filer, "extensionRequested", requestedAt, EXTENSION.reason);
  told(lead, EXTENSION_EVENT_FACTS.sign, signedAt);
  told(bureau, EXTENSION_EVENT_FACTS.grant, decidedAt, EXTENSION.opinion);
}
