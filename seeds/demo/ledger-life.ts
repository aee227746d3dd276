import type { files, ledgerFiles, ledgerMomentsMet, ledgerTasks, ledgerUpdates } from "@db/schema";
import { TASK_EVENT_FACTS } from "~/modules/ledger/index";

import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow, type EventRow } from "./events";
import { CURRENT_PLAN, CURRENT_TASKS, type TaskFacts } from "./ledger-facts";
import type { Person } from "./people";

type TaskRow = typeof ledgerTasks.$inferInsert & { id: string; number: number; title?: string | null };
type FileRow = typeof files.$inferInsert;

/** What became of the current plan's tasks until today: told months, proven parts, closing, with the files and the trail. */
export function currentLedgerLife(city: City, tasks: readonly TaskRow[], sample: FileRow) {
  const lives = tasks.flatMap((task) => {
    const facts = CURRENT_TASKS[task.number - 1];
    return facts ? [taskLife(city, task, facts, sample)] : [];
  });
  return {
    tasks: lives.map(({ task }) => task),
    updates: lives.flatMap(({ updates }) => updates),
    met: lives.flatMap(({ met }) => met),
    files: lives.flatMap(({ papers }) => papers.map(({ file }) => file)),
    papers: lives.flatMap(({ papers }) => papers.map(({ paper }) => paper)),
    events: lives.flatMap(({ events }) => events),
  };
}

function taskLife(city: City, task: TaskRow, facts: TaskFacts, sample: FileRow) {
  const subject = { type: "task", id: task.id };
  const payload = { number: task.number, title: task.title ?? "", plan: CURRENT_PLAN.title };
  const { regionId } = city;
  const events: EventRow[] = [];
  const happened = (
    event: keyof typeof TASK_EVENT_FACTS,
    by: Person,
    at: Date,
    more: { readonly reason?: string; readonly payload?: Record<string, unknown> } = {},
  ) =>
    events.push(
      eventRow(by, {
        ...{ subject, at, reason: more.reason },
        type: TASK_EVENT_FACTS[event],
        payload: { ...payload, ...more.payload },
      }),
    );
  const lead = city.unit(facts.lead.split("、")[0] ?? "");
  const [filer, leader] = [city.filerOf(lead), city.leadOf(lead)];

  const updates = facts.told.map(({ period, unit: name, on, progress, difficulty = "" }) => {
    const unit = city.unit(name);
    const [by, at] = [city.filerOf(unit), officeHours(on, task.id, name)];
    happened("update", by, at, { payload: { unitId: unit.id, period, progress, difficulty } });
    const id = demoId("ledger update", `${task.id} ${name} ${period}`, at);
    const row: typeof ledgerUpdates.$inferInsert = {
      ...{ id, regionId, period, progress, difficulty },
      taskId: task.id,
      unitId: unit.id ?? "",
      writtenBy: by.id,
      writtenAt: at,
    };
    return row;
  });

  const papers: { file: FileRow; paper: typeof ledgerFiles.$inferInsert }[] = [];
  const met = (facts.met ?? []).map(({ position, on, evidence }): typeof ledgerMomentsMet.$inferInsert => {
    const at = officeHours(on, task.id, "met");
    happened("meetMoment", filer, at, { reason: evidence, payload: { position, metOn: on } });
    papers.push(paperOf(city, task, sample, at, filer));
    return { taskId: task.id, position, regionId, metOn: on, evidence, reportedBy: filer.id };
  });

  const { closing } = facts;
  if (closing) {
    // after the part of the same day was proven
    happened("requestClosing", leader, new Date(officeHours(closing.askedOn, task.id, "met").getTime() + 3_600_000), {
      reason: closing.statement,
    });
    if (closing.closedOn) happened("close", city.person("bureau"), officeHours(closing.closedOn, task.id, "close"));
  }
  const closed = closing && {
    state: closing.closedOn ? ("closed" as const) : ("closing" as const),
    closingStatement: closing.statement,
    closingBy: leader.id,
    closedBy: closing.closedOn ? city.person("bureau").id : null,
    closedOn: closing.closedOn ?? null,
  };
  return { task: { ...task, confirmed: true, ...closed }, updates, met, papers, events };
}

function paperOf(city: City, task: TaskRow, sample: FileRow, at: Date, by: Person) {
  const file: FileRow = {
    ...sample,
    id: demoId("file", `ledger task ${task.id}`, at),
    unitId: by.unit.id ?? "",
    name: `${(task.title ?? "任务").replace(/[“”]/g, "")}完成证明.pdf`,
    uploadedBy: by.id,
    uploadedAt: at,
  };
  const paper: typeof ledgerFiles.$inferInsert = {
    id: demoId("ledger file", task.id, at),
    taskId: task.id,
    updateId: null,
    regionId: city.regionId,
    fileId: file.id ?? "",
    addedBy: by.id,
    addedAt: at,
  };
  return { file, paper };
}
