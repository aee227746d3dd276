import { corrections } from "@db/schema";
import { foldName } from "~/kernel/names";
import { accept, refuse, type Result } from "~/kernel/result";
import { addWorkdays } from "~/kernel/work-calendar";
import { loadCalendar } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { contentOf } from "../content.queries.server";
import { lockResource } from "../load-resource.server";
import type { ReportRefusalCode } from "../refusal-codes";
import { tell } from "../tell-unit.server";
import { openReport } from "./corrections.queries.server";

/**
 * A unit reports an error in a published resource; the provider has the working days of the limit to deal with it.
 * Refuses with notInThisState (not published), itemUnknown, reportedAlready (the same words, still open).
 * @throws DomainError notFound, forbidden
 * @source domain.md §4 (数据纠错)
 */
export async function reportCorrection(
  ctx: Ctx,
  resourceId: string,
  report: { readonly item: string; readonly description: string },
): Promise<Result<{ id: string }, ReportRefusalCode>> {
  return inTransaction<{ id: string }, ReportRefusalCode>(ctx, async (tx) => {
    // The lock keeps two sendings of one form apart.
    const resource = await lockResource(tx, ctx, resourceId);
    const { regionId } = resource;
    authorize(ctx.actor, "correction:report", { regionId, unitId: ctx.actor.unitId });
    if (resource.state !== "published") return refuse({ code: "notInThisState" });
    const { items } = await contentOf(tx, resource);
    if (report.item !== "" && !items.some(({ name }) => foldName(name) === foldName(report.item))) {
      return refuse({ code: "itemUnknown", field: "item" });
    }
    const twin = await openReport(tx, resourceId, ctx.actor.unitId, report);
    if (twin) return refuse({ code: "reportedAlready" });
    const [figures, calendar] = await Promise.all([loadFigures(tx, ctx.today), loadCalendar(tx, regionId)]);
    const correction = {
      id: newId(),
      regionId,
      resourceId,
      reporterUnitId: ctx.actor.unitId,
      ...report,
      state: "reported" as const,
      reportedBy: ctx.actor.userId,
      reportedAt: ctx.now,
      dueOn: addWorkdays(calendar, ctx.today, figures.number("demand.correctionWorkdays")),
    };
    await tx.insert(corrections).values(correction);
    await record(tx, ctx, {
      action: "correction:report",
      event: "correctionReported",
      object: { type: "correction", id: correction.id, regionId },
      after: correction,
      payload: { resourceId, unitId: resource.unitId, name: resource.name },
    });
    await tell(tx, ctx, {
      regionId,
      unitId: resource.unitId,
      roles: ["filer"],
      title: `数据纠错待核实：${resource.name}`,
      href: `/catalog/corrections/${correction.id}`,
    });
    return accept({ id: correction.id });
  });
}
