import { coordinationMatters } from "@db/schema";
import { localDate } from "~/kernel/local-date";
import { newId } from "~/platform/ids.server";

import { makeReport, type Owner } from "./assessment";

type Row = typeof coordinationMatters.$inferInsert;

/** A matter of a project for the leading group, with the signed report that it came from; raised unless said otherwise. */
export async function makeMatter(owner: Owner, projectId: string, more: Partial<Row> = {}): Promise<string> {
  const { db, regionId, unitId } = owner;
  const text = more.text ?? "请领导小组协调数据接口";
  const reportId = await makeReport(owner, projectId, "2026-06", "2026-07-15", "2026-07-10", { mattersToSettle: text });
  const id = newId();
  const hasEnded = more.state === "settled" || more.state === "withdrawn";
  await db.insert(coordinationMatters).values({
    id,
    ...{ projectId, regionId, unitId, text },
    raisedByReportId: reportId,
    lastReportId: reportId,
    state: "raised",
    raisedOn: localDate("2026-07-10"),
    answerDueOn: localDate("2026-07-31"),
    endedOn: hasEnded ? localDate("2026-07-15") : null,
    ...more,
  });
  return id;
}
