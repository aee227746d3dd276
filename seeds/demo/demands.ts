import type { demands } from "@db/schema";
import { addMonths, localDate, type LocalDate } from "~/kernel/local-date";
import { DEMAND_STATES, keysOf, SHARING_METHODS, UPDATE_CYCLES, type DemandState } from "~/kernel/vocabulary";
import { addWorkdays } from "~/kernel/work-calendar";
import type { RuleFigures } from "~/platform/figures.server";

import { chance } from "./chance";
import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow, type EventRow } from "./events";
import type { Person } from "./people";
import { readSeedCsv } from "./regions";
import type { ResourceRow } from "./resources";
import type { UnitRow } from "./units";

export type DemandRow = typeof demands.$inferInsert;

/** How far a demand came: a state, or the way on which it came to one. */
type Course = DemandState | "upheld" | "overruled";

const FORTY_MINUTES_MS = 40 * 60_000;

const SAFETY = [
  "只在电子政务外网内使用，按最小范围授权到人，调用全程留痕，不落地存储",
  "通过共享交换平台接口核验，只返回核验结果，不保存明细，日志保存一年",
  "专人专机使用，敏感字段脱敏展示，用完三十日内销毁并登记",
] as const;

const DELIVERIES: Readonly<Record<string, string>> = {
  interface: "已在共享交换平台开通接口授权，接口文档随授权邮件发送",
  database: "已在共享交换平台开通库表订阅，次日起按更新周期同步",
  file: "已通过政务外网文件交换系统移交，含字段说明",
};

const COMMENTS: Readonly<Record<string, string>> = {
  "5": "数据完整准确，调用稳定",
  "4": "总体可用，个别字段更新稍慢",
  "3": "基本可用，缺项较多，希望补齐",
};

/** The demands of `heshan-demands.csv` with their history, every limit counted in working days as the rules say. */
export function cityDemands(
  city: City,
  figures: RuleFigures,
  rows: readonly ResourceRow[],
  projectIdOf: (name: string) => string,
): { rows: DemandRow[]; events: EventRow[] } {
  const made = readSeedCsv("heshan-demands.csv").map((record) => {
    const field = (name: string) => record[name] ?? "";
    const provider = city.unit(field("提供单位"));
    const requester = city.unit(field("需求单位"));
    const resource = rows.find((row) => row.unitId === provider.id && row.name === field("资源"));
    if (field("资源") && !resource)
      throw new Error(`heshan-demands.csv: ${provider.name} has no resource ${field("资源")}`);
    const appliedOn = localDate(field("申请日"));
    const wanted = field("所需数据");
    const { pick, between } = chance("demand words", wanted);
    const asked: DemandRow = {
      id: demoId("demand", `${field("需求单位")} ${wanted}`, officeHours(appliedOn, wanted)),
      regionId: city.regionId,
      unitId: requester.id,
      projectId: field("项目") ? projectIdOf(field("项目")) : null,
      providerUnitId: provider.id,
      resourceId: resource?.id ?? null,
      wanted,
      legalBasis: field("依据"),
      scene: field("场景"),
      expectedSource: resource ? "" : `${provider.name}业务系统`,
      method: keysOf(SHARING_METHODS).find((each) => each === field("方式")) ?? "interface",
      frequency: keysOf(UPDATE_CYCLES).find((each) => each === field("频率")) ?? "monthly",
      usedFromOn: appliedOn,
      usedUntilOn: addMonths(appliedOn, 12 * between(2, 3)),
      safety: pick(SAFETY),
      state: "applied",
    };
    return withCourse(city, figures, asked, {
      course: courseOf(field("状态")),
      appliedOn,
      requester,
      provider,
      unconditional: resource?.sharingType === "unconditional",
      workdaysEarly: Number(field("提前工作日")),
      explanation: field("说明"),
      basis: field("不同意依据"),
      rating: field("评分"),
    });
  });
  return { rows: made.map(({ row }) => row), events: made.flatMap(({ events }) => events) };
}

function courseOf(word: string): Course {
  if (word === "upheld" || word === "overruled") return word;
  return keysOf(DEMAND_STATES).find((each) => each === word) ?? "applied";
}

interface Told {
  readonly course: Course;
  readonly appliedOn: LocalDate;
  readonly requester: UnitRow;
  readonly provider: UnitRow;
  readonly unconditional: boolean;
  readonly workdaysEarly: number;
  readonly explanation: string;
  readonly basis: string;
  readonly rating: string;
}

/** Takes a demand as far as it came, each step by its person on its day, with the limits that followed. */
function withCourse(
  city: City,
  figures: RuleFigures,
  asked: DemandRow,
  told: Told,
): { row: DemandRow; events: EventRow[] } {
  const { course, appliedOn, requester, provider, workdaysEarly, explanation } = told;
  const { wanted } = asked;
  const { between } = chance("demand", wanted);
  const later = (day: LocalDate, workdays: number) => addWorkdays(city.calendar, day, workdays);
  const limit = (code: string) => figures.number(code);
  const events: EventRow[] = [];
  let row = asked;

  const step = (
    actor: Person,
    type: string,
    at: Date,
    set: Partial<DemandRow>,
    { reason, ...payload }: { reason?: string } & Readonly<Record<string, unknown>> = {},
  ) => {
    row = { ...row, ...set };
    events.push(
      eventRow(actor, { type, subject: { type: "demand", id: row.id }, at, reason, payload: { ...payload, wanted } }),
    );
  };
  const done = (state: DemandState) => ({ row: { ...row, state }, events });

  const filer = city.filerOf(requester);
  const lead = city.leadOf(requester);
  const bureau = city.person("bureau");
  const appliedAt = officeHours(appliedOn, wanted);
  step(filer, asked.projectId ? "demandRegistered" : "demandApplied", appliedAt, { draftedBy: filer.id, appliedAt });
  if (course === "applied") return done("applied");

  const reviewedAt = new Date(appliedAt.getTime() + FORTY_MINUTES_MS);
  step(lead, "demandSigned", reviewedAt, {
    reviewedBy: lead.id,
    reviewedAt,
    checkDueOn: later(appliedOn, limit("demand.checkWorkdays")),
  });
  if (course === "unitReviewed") return done("unitReviewed");

  const checkedOn = later(appliedOn, between(1, limit("demand.checkWorkdays")));
  const checkedAt = officeHours(checkedOn, wanted, "check");
  if (course === "returned") {
    step(bureau, "demandReturned", checkedAt, { returnReason: explanation }, { reason: explanation });
    return done("returned");
  }
  const answerLimit = limit(
    told.unconditional ? "demand.answerUnconditionalWorkdays" : "demand.answerConditionalWorkdays",
  );
  step(bureau, "demandChecked", checkedAt, {
    checkedBy: bureau.id,
    checkedAt,
    answerDueOn: later(checkedOn, answerLimit),
  });
  if (course === "checked") return done("checked");
  if (course === "withdrawn") {
    const endedAt = officeHours(later(checkedOn, 1), wanted, "withdraw");
    step(filer, "demandWithdrawn", endedAt, { endedAt });
    return done("withdrawn");
  }

  const providerLead = city.leadOf(provider);
  let answeredOn = later(checkedOn, told.unconditional ? 1 : between(3, 9));
  const answeredAt = officeHours(answeredOn, wanted, "answer");
  if (course === "refused" || course === "upheld" || course === "overruled") {
    step(
      providerLead,
      "demandRefused",
      answeredAt,
      {
        answeredBy: providerLead.id,
        answeredAt,
        refusalReason: explanation,
        refusalBasis: told.basis || null,
      },
      { reason: explanation },
    );
    if (course === "refused") return done("refused");
    const judgedOn = later(answeredOn, 2);
    const judgedAt = officeHours(judgedOn, wanted, "judge");
    if (course === "upheld") {
      step(bureau, "demandRefusalUpheld", judgedAt, { endedAt: judgedAt });
      return done("ended");
    }
    const reason = "没有引用法律、法规或文件，不属于依法不予共享的情形";
    step(
      bureau,
      "demandRefusalOverruled",
      judgedAt,
      { overruledAt: judgedAt, refusalReason: null, refusalBasis: null, answerDueOn: later(judgedOn, answerLimit) },
      { reason },
    );
    answeredOn = later(judgedOn, 2);
  }

  const agreedAt = officeHours(answeredOn, wanted, "answer");
  const dueOn = later(answeredOn, limit("demand.deliveryWorkdays"));
  step(providerLead, "demandAgreed", agreedAt, { answeredBy: providerLead.id, answeredAt: agreedAt, dueOn });
  if (course === "agreed") return done("agreed");

  const deliveredOn = later(answeredOn, limit("demand.deliveryWorkdays") - workdaysEarly);
  const deliveredAt = officeHours(deliveredOn, wanted, "deliver");
  const providerFiler = city.filerOf(provider);
  step(providerFiler, "demandDelivered", deliveredAt, {
    deliveredBy: providerFiler.id,
    deliveredAt,
    deliveryNote: DELIVERIES[asked.method] ?? null,
  });
  if (course !== "ended" && !told.rating) return done("delivered");

  const ratedAt = officeHours(later(deliveredOn, 3), wanted, "rate");
  step(filer, "demandRated", ratedAt, {
    rating: Number(told.rating),
    ratingComment: COMMENTS[told.rating] ?? null,
    ratedAt,
    endedAt: ratedAt,
  });
  return done("ended");
}
