import type { Transaction } from "@db/client";
import { domainEvents, files, projectChanges } from "@db/schema";
import { fen, type Fen } from "~/kernel/fen";
import { localDate, localDateOf } from "~/kernel/local-date";
import type { ChangeReason, ChangeState } from "~/kernel/vocabulary";
import { addWorkdays } from "~/kernel/work-calendar";
import { CHANGE_EVENT_FACTS, decideOverrun, decideRoute, type ChangeEvent } from "~/modules/changes/index";
import type { RuleFigures } from "~/platform/figures.server";

import { storeSample } from "./attachments";
import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow, type EventRow } from "./events";
import { insertAll } from "./insert";
import type { Person } from "./people";
import type { CityProject } from "./projects";

interface ChangeFacts {
  readonly project: string;
  readonly reasonKind: ChangeReason;
  readonly reason: string;
  readonly content: string;
  /** share of the approved estimate that is moved, and by which it rises @unit percent */
  readonly movedPercent: number;
  readonly risePercent: number;
  readonly draftedOn: string;
  readonly signedOn: string;
  readonly decision?: { readonly on: string; readonly state: "accepted" | "refused"; readonly opinion: string };
}

/** One filed for the record, one that waits for its approval, one refused. */
const CHANGES: readonly ChangeFacts[] = [
  {
    project: "智慧城管",
    reasonKind: "technicalOptimisation",
    reason: "视频智能分析改用城市全面感知平台的统一算力，不再单独采购分析服务器。",
    content: "硬件采购中分析服务器 2 台取消，费用调剂到事件识别算法接口适配和测试，建设目标不变。",
    movedPercent: 8,
    risePercent: 0,
    draftedOn: "2026-05-11",
    signedOn: "2026-05-12",
    decision: { on: "2026-05-18", state: "accepted", opinion: "调整在概算内，建设目标不变，予以备案。" },
  },
  {
    project: "城市全面感知平台",
    reasonKind: "superiorOrder",
    reason: "省、市部署城市生命线安全监测，要求年内将燃气、桥梁监测点位一并接入。",
    content: "新增燃气和桥梁监测点位 420 个及接入网关，硬件和安装费用增加，其余建设内容不变。",
    movedPercent: 0,
    risePercent: 16,
    draftedOn: "2026-07-10",
    signedOn: "2026-07-13",
  },
  {
    project: "惠企服务平台",
    reasonKind: "other",
    reason: "项目组建议增加企业画像大屏，便于对外展示。",
    content: "从政策匹配引擎开发费中调剂，新增展示大屏及配套软件。",
    movedPercent: 18,
    risePercent: 0,
    draftedOn: "2026-06-15",
    signedOn: "2026-06-16",
    decision: {
      on: "2026-06-25",
      state: "refused",
      opinion: "大屏与建设目标无关且挤占主要建设内容，不同意变更，请按批复内容实施。",
    },
  },
];

/** A share of an amount in whole 万元. @unit fen */
const shareOf = (amount: Fen, percent: number): Fen =>
  fen(Math.round((amount * percent) / 100 / 1_000_000) * 1_000_000);

/** The changes of approved projects, with their document and their history. */
export async function writeChanges(
  tx: Transaction,
  city: City,
  figures: RuleFigures,
  list: readonly CityProject[],
): Promise<void> {
  const sample = await storeSample(tx, city, "minutes");
  const made = CHANGES.map((facts) => {
    const project = list.find(({ row }) => row.name === facts.project);
    if (!project) throw new Error(`no project named ${facts.project}`);
    return changeRows(city, figures, project, facts, sample);
  });
  await insertAll(
    tx,
    files,
    made.map(({ file }) => file),
  );
  await insertAll(
    tx,
    projectChanges,
    made.map(({ change }) => change),
  );
  await insertAll(
    tx,
    domainEvents,
    made.flatMap(({ events }) => events),
  );
}

function changeRows(
  city: City,
  figures: RuleFigures,
  { row, unit }: CityProject,
  facts: ChangeFacts,
  sample: typeof files.$inferInsert,
) {
  const [filer, lead, bureau] = [city.filerOf(unit), city.leadOf(unit), city.person("bureau")];
  const at = (day: string, word: string) => officeHours(localDate(day), "change", facts.project, word);
  const draftedAt = at(facts.draftedOn, "draft");
  const submittedAt = new Date(draftedAt.getTime() + 25 * 60_000);
  const id = demoId("change", facts.project, draftedAt);
  const estimateFen = row.approvedFen ?? fen(0);
  const amounts = {
    movedFen: shareOf(estimateFen, facts.movedPercent),
    estimateFen,
    newEstimateFen: fen(estimateFen + shareOf(estimateFen, facts.risePercent)),
    feasibilityFen: row.feasibilityFen ?? null,
  };
  const route = decideRoute(amounts, facts.reasonKind, figures.row("change.filedPercent"));
  const overrun = decideOverrun(amounts, figures.row("change.overrunPercent"));
  const state: ChangeState = facts.decision?.state ?? "open";
  const signedOn = localDate(facts.signedOn);
  const file = {
    ...sample,
    id: demoId("file", `change ${facts.project}`, draftedAt),
    unitId: row.unitId,
    name: `${facts.project}变更会议纪要.pdf`,
    uploadedBy: filer.id,
    uploadedAt: draftedAt,
  };
  const signedAt = at(facts.signedOn, "sign");
  const decidedAt = facts.decision ? at(facts.decision.on, "decide") : null;
  const change: typeof projectChanges.$inferInsert = {
    id,
    projectId: row.id,
    regionId: city.regionId,
    number: 1,
    reasonKind: facts.reasonKind,
    reason: facts.reason,
    content: facts.content,
    ...amounts,
    plannedEndOn: row.plannedEndOn ?? null,
    route: route.route,
    mustBeReported: overrun.mustBeReported,
    checks: { on: localDateOf(submittedAt), route, overrun },
    fileId: file.id,
    state,
    requestedBy: filer.id,
    requestedAt: submittedAt,
    signedBy: lead.id,
    signedAt,
    dueOn: addWorkdays(city.calendar, signedOn, figures.number("change.decideWorkdays")),
    decidedBy: decidedAt && bureau.id,
    decidedAt,
    opinion: facts.decision?.opinion ?? null,
    version: decidedAt ? 4 : 3,
  };
  const payload = { projectId: row.id, projectName: row.name, number: 1, route: route.route };
  const told = (actor: Person, type: string, when: Date, reason?: string): EventRow =>
    eventRow(actor, { type, subject: { type: "change", id }, at: when, payload, reason });
  const step = (actor: Person, event: ChangeEvent, when: Date, reason?: string) =>
    told(actor, CHANGE_EVENT_FACTS[event], when, reason);
  const events = [
    told(filer, "changeDrafted", draftedAt),
    step(filer, "submit", submittedAt),
    step(lead, "sign", signedAt),
    ...(facts.decision && decidedAt
      ? [step(bureau, state === "accepted" ? "accept" : "refuse", decidedAt, facts.decision.opinion)]
      : []),
    ...(state === "accepted" && decidedAt
      ? [
          eventRow(bureau, {
            type: "projectChanged",
            subject: { type: "project", id: row.id },
            at: decidedAt,
            payload: { changeId: id, number: 1, route: route.route, name: row.name },
            reason: `变更1：${facts.reason}`,
          }),
        ]
      : []),
  ];
  return { file, change, events };
}
