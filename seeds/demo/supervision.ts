import type { supervisionItems } from "@db/schema";
import { localDate } from "~/kernel/local-date";
import { keysOf, SLIP_COLOURS, SUPERVISION_ORIGINS, SUPERVISION_STATES } from "~/kernel/vocabulary";
import { addWorkdays } from "~/kernel/work-calendar";

import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { readSeedCsv } from "./regions";

/** The supervised items of `heshan-supervision.csv`, numbered in the order of their registration. */
export function citySupervision(city: City): (typeof supervisionItems.$inferInsert)[] {
  const verifier = city.person("bureau");
  return readSeedCsv("heshan-supervision.csv")
    .sort((a, b) => (a["登记日"] ?? "").localeCompare(b["登记日"] ?? ""))
    .map((record, index) => {
      const field = (name: string) => record[name] ?? "";
      const registeredOn = localDate(field("登记日"));
      const title = field("事项");
      const state = keysOf(SUPERVISION_STATES).find((each) => each === field("状态")) ?? "registered";
      const endedOn = field("办结工作日")
        ? addWorkdays(city.calendar, registeredOn, Number(field("办结工作日")))
        : undefined;
      const repliedOn = endedOn ?? (state === "replied" ? addWorkdays(city.calendar, registeredOn, 14) : undefined);
      return {
        id: demoId("supervision", title, officeHours(registeredOn, title)),
        regionId: city.regionId,
        number: `DB${registeredOn.slice(0, 4)}-${String(index + 1).padStart(3, "0")}`,
        origin: keysOf(SUPERVISION_ORIGINS).find((each) => SUPERVISION_ORIGINS[each] === field("来源")) ?? "manual",
        unitId: city.unit(field("单位")).id,
        title,
        requirement: field("要求"),
        colour: keysOf(SLIP_COLOURS).find((each) => each === field("颜色")) ?? "none",
        state,
        registeredOn,
        dueOn: addWorkdays(city.calendar, registeredOn, Number(field("期限工作日"))),
        reply: field("反馈") || null,
        repliedAt: repliedOn ? officeHours(repliedOn, title, "reply") : null,
        verifiedBy: state === "verified" || state === "closed" ? verifier.id : null,
        closedAt: state === "closed" && endedOn ? officeHours(endedOn, title, "close") : null,
        reopenedCount: Number(field("重办")),
      };
    });
}
