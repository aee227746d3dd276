import type { demands } from "@db/schema";
import { localDate, type LocalDate } from "~/kernel/local-date";
import { DEMAND_STATES, keysOf, SHARING_METHODS, UPDATE_CYCLES } from "~/kernel/vocabulary";
import { addWorkdays } from "~/kernel/work-calendar";
import type { RuleFigures } from "~/platform/figures.server";

import { chance } from "./chance";
import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { readSeedCsv } from "./regions";
import type { ResourceRow } from "./resources";

type DemandRow = typeof demands.$inferInsert;

/** The demands of `heshan-demands.csv`, with every limit counted in working days as the rules say. */
export function cityDemands(
  city: City,
  figures: RuleFigures,
  rows: readonly ResourceRow[],
  projectIdOf: (name: string) => string,
): DemandRow[] {
  return readSeedCsv("heshan-demands.csv").map((record) => {
    const field = (name: string) => record[name] ?? "";
    const provider = city.unit(field("提供单位"));
    const resource = rows.find((row) => row.unitId === provider.id && row.name === field("资源"));
    if (field("资源") && !resource)
      throw new Error(`heshan-demands.csv: ${provider.name} has no resource ${field("资源")}`);
    const state = keysOf(DEMAND_STATES).find((each) => each === field("状态")) ?? "applied";
    const appliedOn = localDate(field("申请日"));
    return {
      id: demoId("demand", `${field("需求单位")} ${field("所需数据")}`, officeHours(appliedOn, field("所需数据"))),
      regionId: city.regionId,
      unitId: city.unit(field("需求单位")).id,
      projectId: field("项目") ? projectIdOf(field("项目")) : null,
      providerUnitId: provider.id,
      resourceId: resource?.id ?? null,
      wanted: field("所需数据"),
      legalBasis: field("依据"),
      scene: field("场景"),
      method: keysOf(SHARING_METHODS).find((each) => each === field("方式")) ?? "interface",
      frequency: keysOf(UPDATE_CYCLES).find((each) => each === field("频率")) ?? "monthly",
      state,
      ...course(city, figures, {
        state,
        appliedOn,
        unconditional: resource?.sharingType === "unconditional",
        workdaysEarly: Number(field("提前工作日")),
        words: field("所需数据"),
      }),
      refusalReason: field("说明") || null,
      rating: field("评分") ? Number(field("评分")) : null,
    };
  });
}

const BEFORE_CHECK: readonly string[] = ["applied", "unitReviewed"];
const ANSWERED: readonly string[] = ["agreed", "refused", "delivered", "ended"];

/** How far a demand came, and until when each next step was due. */
function course(
  city: City,
  figures: RuleFigures,
  demand: {
    readonly state: string;
    readonly appliedOn: LocalDate;
    readonly unconditional: boolean;
    readonly workdaysEarly: number;
    readonly words: string;
  },
): Partial<DemandRow> {
  const { between } = chance("demand", demand.words);
  const later = (day: LocalDate, workdays: number) => addWorkdays(city.calendar, day, workdays);
  const appliedAt = officeHours(demand.appliedOn, demand.words);
  if (BEFORE_CHECK.includes(demand.state)) return { appliedAt };

  const checkedOn = later(demand.appliedOn, between(1, figures.number("demand.checkWorkdays")));
  const limit = demand.unconditional ? "demand.answerUnconditionalWorkdays" : "demand.answerConditionalWorkdays";
  const answerDueOn = later(checkedOn, figures.number(limit));
  const checked = { appliedAt, checkedAt: officeHours(checkedOn, demand.words, "check"), answerDueOn };
  if (!ANSWERED.includes(demand.state)) return checked;

  const answeredOn = later(checkedOn, demand.unconditional ? 1 : between(3, 9));
  const answered = { ...checked, answeredAt: officeHours(answeredOn, demand.words, "answer") };
  if (demand.state === "refused") return answered;

  const delivery = figures.number("demand.deliveryWorkdays");
  const dueOn = later(answeredOn, delivery);
  if (demand.state === "agreed") return { ...answered, dueOn };
  const deliveredOn = later(answeredOn, delivery - demand.workdaysEarly);
  return { ...answered, dueOn, deliveredAt: officeHours(deliveredOn, demand.words, "deliver") };
}
