import { addWorkdays } from "~/kernel/work-calendar";
import { loadCalendar } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import type { Ctx } from "~/platform/transaction.server";

import { lastDraftInput } from "./bulletins.queries.server";

/** What the form of a draft begins with: the words of the last one, and the usual limit from today. */
export async function draftDefaults(ctx: Ctx) {
  const [last, figures, calendar] = await Promise.all([
    lastDraftInput(ctx.db, ctx.actor.regionId),
    loadFigures(ctx.db, ctx.today),
    loadCalendar(ctx.db, ctx.actor.regionId),
  ]);
  return {
    basis: last?.basis.join("\n") ?? "",
    rectifyBy: addWorkdays(calendar, ctx.today, figures.number("supervision.defaultWorkdays")),
    contactName: last?.contactName ?? ctx.actor.name,
    contactPhone: last?.contactPhone ?? "",
  };
}
