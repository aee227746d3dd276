import { isCountedByWeekends, remainingWorkdays } from "~/kernel/work-calendar";
import { loadCalendars } from "~/platform/calendar.server";
import type { Ctx } from "~/platform/transaction.server";
import { canEver, scopeFor, type Action, type Scope } from "~/policy";

import { acceptancesToApply, acceptancesToDecide, acceptancesToSign } from "./acceptance.work.server";
import { listsToUpload } from "./calendar.work.server";
import { changesToDecide, changesToSign, changesToSubmit } from "./changes.work.server";
import {
  correctionsWaiting,
  requestsToDecide,
  resourcesToMend,
  resourcesToRegister,
  revisionsWaiting,
  updatesOverdue,
} from "./catalog.work.server";
import {
  exemptionsToDecide,
  exemptionsToSign,
  exemptionsToSubmit,
  ownClosedGate,
  recollectionsToConfirm,
  recollectionsToRemedy,
  sanctionsToConfirm,
  sanctionsToRemedy,
} from "./compliance.work.server";
import { mattersToAdvise, mattersToAnswer } from "./coordination.work.server";
import { cloudStepsNext, resourcesToPublish } from "./data.work.server";
import { connectionsToMend, connectionsToTest, deliveriesToResend } from "./delivery.work.server";
import { demandsToAnswer, demandsToCheck, demandsToDeliver, demandsToSign, demandsToTend } from "./demands.work.server";
import { entriesWaiting, paymentSheetsToApply } from "./execution.work.server";
import { opinionsToGive, panelsToTend } from "./experts.work.server";
import { listsOverdue, listsToComplete, listsToConfirm } from "./inventory.work.server";
import {
  bulletinsToSign,
  bulletinToDraft,
  periodsToConfirm,
  periodsToPublish,
  periodToFreeze,
  supervisedItems,
} from "./judgement.work.server";
import { tasksToClose, tasksToConfirm, updatesToWrite } from "./ledger.work.server";
import { planAdjustmentsToConfirm } from "./plans.work.server";
import {
  filingsToFinish,
  filingsToReview,
  filingsToSign,
  moneyToReview,
  projectsToApprove,
  projectsToStart,
} from "./projects.work.server";
import { reportsToFill, reportsToSign, reportsToUrge } from "./reports.work.server";
import { scopeToConfirm } from "./scope.work.server";
import { testsDue, testsToConfirm, testsToMend } from "./security.work.server";
import { talksCalled } from "./supervision.work.server";
import { byDueDate, type WorkItem } from "./work-item";

type DeskCtx = Pick<Ctx, "db" | "actor" | "today">;

/** Work that waits for whoever holds a permission, read from the state of things: nobody keeps a list of tasks. */
interface WorkSource {
  readonly action: Action;
  readonly read: (ctx: DeskCtx, scope: Scope) => Promise<WorkItem[]>;
}

const SOURCES: readonly WorkSource[] = [
  { action: "project:submit", read: ({ db }, scope) => filingsToFinish(db, scope) },
  { action: "project:sign", read: ({ db, actor }, scope) => filingsToSign(db, scope, actor.userId) },
  { action: "project:review", read: ({ db }, scope) => filingsToReview(db, scope) },
  { action: "expert:opine", read: ({ db, actor }) => opinionsToGive(db, actor.userId) },
  { action: "expert:convene", read: ({ db, today }, scope) => panelsToTend(db, scope, today) },
  { action: "funding:review", read: ({ db }, scope) => moneyToReview(db, scope) },
  { action: "plan:confirm", read: ({ db, actor }, scope) => planAdjustmentsToConfirm(db, scope, actor.userId) },
  { action: "project:approve", read: ({ db }, scope) => projectsToApprove(db, scope) },
  { action: "project:start", read: ({ db }, scope) => projectsToStart(db, scope) },
  { action: "change:request", read: ({ db }, scope) => changesToSubmit(db, scope) },
  { action: "change:sign", read: ({ db, actor }, scope) => changesToSign(db, scope, actor.userId) },
  { action: "change:decide", read: ({ db, actor }, scope) => changesToDecide(db, scope, actor.userId) },
  { action: "acceptance:apply", read: ({ db, today }, scope) => acceptancesToApply(db, scope, today) },
  { action: "acceptance:sign", read: ({ db, actor }, scope) => acceptancesToSign(db, scope, actor.userId) },
  { action: "acceptance:decide", read: ({ db }, scope) => acceptancesToDecide(db, scope) },
  { action: "contract:read", read: ({ db, actor }) => entriesWaiting(db, actor) },
  { action: "payment:import", read: ({ db }, scope) => paymentSheetsToApply(db, scope) },
  { action: "gate:read", read: ({ db, actor }) => ownClosedGate(db, actor.unitId) },
  { action: "exemption:request", read: ({ db }, scope) => exemptionsToSubmit(db, scope) },
  { action: "exemption:sign", read: ({ db, actor }, scope) => exemptionsToSign(db, scope, actor) },
  { action: "exemption:decide", read: ({ db, actor }, scope) => exemptionsToDecide(db, scope, actor) },
  { action: "sanction:confirm", read: ({ db, actor }, scope) => sanctionsToConfirm(db, scope, actor) },
  { action: "sanction:remedy", read: ({ db }, scope) => sanctionsToRemedy(db, scope) },
  { action: "recollection:confirm", read: ({ db, actor }, scope) => recollectionsToConfirm(db, scope, actor) },
  { action: "recollection:remedy", read: ({ db }, scope) => recollectionsToRemedy(db, scope) },
  { action: "report:fill", read: ({ db, today }, scope) => reportsToFill(db, scope, today) },
  { action: "report:sign", read: ({ db, actor }, scope) => reportsToSign(db, scope, actor.userId) },
  { action: "report:urge", read: ({ db, today }, scope) => reportsToUrge(db, scope, today) },
  { action: "coordination:answer", read: ({ db }, scope) => mattersToAnswer(db, scope) },
  { action: "coordination:advise", read: ({ db }, scope) => mattersToAdvise(db, scope) },
  { action: "task:confirm", read: ({ db }, scope) => tasksToConfirm(db, scope) },
  { action: "task:close", read: ({ db, actor }, scope) => tasksToClose(db, scope, actor) },
  { action: "task:update", read: ({ db, today }, scope) => updatesToWrite(db, scope, today) },
  { action: "catalog:publish", read: ({ db, actor }, scope) => resourcesToPublish(db, scope, actor.userId) },
  { action: "catalog:publish", read: ({ db }, scope) => revisionsWaiting(db, scope, "registered") },
  { action: "catalog:publish", read: ({ db }, scope) => requestsToDecide(db, scope) },
  { action: "catalog:test", read: ({ db, actor }, scope) => connectionsToTest(db, scope, actor.userId) },
  { action: "delivery:resend", read: ({ db }, scope) => deliveriesToResend(db, scope) },
  { action: "catalog:connect", read: ({ db }, scope) => connectionsToMend(db, scope) },
  { action: "catalog:sign", read: ({ db }, scope) => resourcesToRegister(db, scope) },
  { action: "catalog:sign", read: ({ db }, scope) => revisionsWaiting(db, scope, "draft") },
  { action: "catalog:register", read: ({ db }, scope) => resourcesToMend(db, scope) },
  { action: "catalog:register", read: ({ db, today }, scope) => updatesOverdue(db, scope, today) },
  { action: "correction:answer", read: ({ db }, scope) => correctionsWaiting(db, scope, "provider") },
  { action: "correction:report", read: ({ db }, scope) => correctionsWaiting(db, scope, "reporter") },
  { action: "demand:sign", read: ({ db, actor }, scope) => demandsToSign(db, scope, actor.userId) },
  { action: "demand:apply", read: ({ db }, scope) => demandsToTend(db, scope) },
  { action: "demand:check", read: ({ db }, scope) => demandsToCheck(db, scope) },
  { action: "demand:answer", read: ({ db }, scope) => demandsToAnswer(db, scope) },
  { action: "demand:deliver", read: ({ db }, scope) => demandsToDeliver(db, scope) },
  { action: "cloud:record", read: ({ db }, scope) => cloudStepsNext(db, scope) },
  { action: "scope:confirm", read: ({ db, actor }, scope) => scopeToConfirm(db, scope, actor) },
  { action: "security:confirm", read: ({ db, actor }, scope) => testsToConfirm(db, scope, actor) },
  { action: "security:record", read: ({ db }, scope) => testsToMend(db, scope) },
  { action: "security:record", read: ({ db, today }, scope) => testsDue(db, scope, today) },
  // Who confirms the unit's inventory leads it: what runs out is the leader's to see to as well.
  { action: "inventory:confirm", read: ({ db, today }, scope) => testsDue(db, scope, today) },
  { action: "inventory:confirm", read: ({ db, today }, scope) => listsToConfirm(db, scope, today) },
  { action: "system:edit", read: ({ db, today }, scope) => listsToComplete(db, scope, today) },
  { action: "system:govern", read: ({ db, today }, scope) => listsOverdue(db, scope, today) },
  { action: "admin:system", read: ({ db, today }) => listsToUpload(db, today, true) },
  { action: "report:urge", read: ({ db, today }) => listsToUpload(db, today, false) },
  { action: "assessment:freeze", read: ({ db, actor, today }) => periodToFreeze(db, actor.regionId, today) },
  { action: "assessment:freeze", read: ({ db, actor }) => periodsToPublish(db, actor.regionId) },
  { action: "assessment:confirm", read: ({ db, actor }) => periodsToConfirm(db, actor.regionId, actor.userId) },
  { action: "bulletin:draft", read: ({ db, actor }) => bulletinToDraft(db, actor.regionId) },
  { action: "bulletin:sign", read: ({ db, actor }, scope) => bulletinsToSign(db, scope, actor.userId) },
  {
    action: "supervision:reply",
    read: ({ db }, scope) =>
      supervisedItems(db, scope, "反馈办理情况", ["registered", "assigned", "accepted", "urged"]),
  },
  {
    action: "supervision:verify",
    read: ({ db }, scope) => supervisedItems(db, scope, "核实销号", ["replied", "verified"]),
  },
  { action: "supervision:reply", read: ({ db }, scope) => talksCalled(db, scope, "按通知接受约谈") },
  { action: "supervision:talk", read: ({ db }, scope) => talksCalled(db, scope, "约谈并记录") },
];

/** What waits for the actor, the earliest limit first, each with the working days that are left by its region's calendar. */
export async function readMyWork(ctx: DeskCtx) {
  const { actor, db, today } = ctx;
  const [calendarOf, ...lists] = await Promise.all([
    loadCalendars(db),
    ...SOURCES.filter(({ action }) => canEver(actor, action)).map(({ action, read }) =>
      read(ctx, scopeFor(actor, action)),
    ),
  ]);
  return lists
    .flat()
    .sort(byDueDate)
    .map((item) => {
      const calendar = calendarOf(item.regionId ?? actor.regionId);
      return {
        ...item,
        remainingWorkdays: item.dueOn === null ? null : remainingWorkdays(calendar, today, item.dueOn),
        // a limit that reaches into a year without a list of holidays
        countedByWeekends: item.dueOn !== null && isCountedByWeekends(calendar, today, item.dueOn),
      };
    });
}
