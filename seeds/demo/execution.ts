import type { arrivals, contractChanges, contracts, domainEvents, payments } from "@db/schema";
import { fen, sumFen, type Fen } from "~/kernel/fen";
import { addDays, localDate, type LocalDate } from "~/kernel/local-date";
import { addWorkdays, onOrNextWorkday } from "~/kernel/work-calendar";

import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow } from "./events";
import type { projectMoney } from "./money";
import type { Person } from "./people";
import type { CityProject } from "./projects";
import { DEMO_TODAY } from "./today";

type Money = ReturnType<typeof projectMoney>;
/** A project with the money that was contracted, arrived and paid in the ordinary course. */
export interface Spending {
  readonly project: CityProject;
  readonly money: Money;
}
export type ContractRow = typeof contracts.$inferInsert;
export type PaymentRow = typeof payments.$inferInsert;

/** What is added to the ordinary course: what waits, what was returned, what was changed. */
export interface ExecutionRows {
  readonly contracts: readonly ContractRow[];
  readonly arrivals: readonly (typeof arrivals.$inferInsert)[];
  readonly payments: readonly PaymentRow[];
  readonly changes: readonly (typeof contractChanges.$inferInsert)[];
  readonly events: readonly (typeof domainEvents.$inferInsert)[];
}

export const tenThousand = (amount: number): Fen => fen(Math.floor(amount / 1_000_000) * 1_000_000);
const paidOf = ({ payments: paid }: Money, contractId: string): Fen =>
  sumFen(paid.filter((row) => row.contractId === contractId).map((row) => fen(row.amountFen)));
export const mainOf = ({ contracts: [main] }: Money): ContractRow | undefined => main;

/** Projects under construction whose main contract is not paid up, the unit of the filer first: where money still moves. */
export function movingProjects(built: readonly Spending[]): Spending[] {
  const moving = built.filter(({ project: { row }, money }) => {
    const main = mainOf(money);
    return row.stage === "implementation" && main && paidOf(money, main.id) < main.amountFen * 0.9;
  });
  const own = ({ project }: Spending): number => (project.unit.name === "市自然资源局" ? 0 : 1);
  return [...moving].sort((a, b) => own(a) - own(b));
}

/** Steps of an entry and who took them, as their verbs would have told them. */
function told(
  kind: "contract" | "contractChange" | "arrival" | "payment",
  id: string,
  { project }: Spending,
  steps: readonly (readonly [type: string, by: Person, at: Date, reason?: string])[],
) {
  const payload = { projectId: project.row.id, projectName: project.row.name };
  return steps.map(([type, by, at, reason]) =>
    eventRow(by, { type, subject: { type: kind, id }, at, payload, reason }),
  );
}

/** What waits for a second person, what was returned and what was changed, in the weeks before today. */
export function waitingMoney(city: City, built: readonly Spending[]): ExecutionRows {
  const rows = {
    contracts: [] as ContractRow[],
    arrivals: [] as (typeof arrivals.$inferInsert)[],
    payments: [] as PaymentRow[],
    changes: [] as (typeof contractChanges.$inferInsert)[],
    events: [] as (typeof domainEvents.$inferInsert)[],
  };
  const [first, second, third, fourth, fifth] = movingProjects(built);
  const [finance, finance2] = [city.person("finance"), city.person("finance2")];
  const on = (day: LocalDate, words: string) => officeHours(day, words, "execution");
  const ago = (days: number) => onOrNextWorkday(city.calendar, addDays(DEMO_TODAY, -days));
  const own = ({ project }: Spending) => ({ projectId: project.row.id, regionId: city.regionId });

  const payment = (spending: Spending, index: number, percent: number, paidOn: LocalDate): PaymentRow | undefined => {
    const main = mainOf(spending.money);
    if (!main) return undefined;
    const enteredAt = on(paidOn, `${spending.project.facts.name} pay ${index}`);
    const row: PaymentRow = {
      id: demoId("payment", `${spending.project.facts.name} waiting ${index}`, enteredAt),
      ...own(spending),
      contractId: main.id,
      amountFen: tenThousand((main.amountFen * percent) / 100),
      paidOn,
      voucher: `PZ${paidOn.slice(0, 7).replace("-", "")}-${spending.project.row.code.slice(-9)}-W${index}`,
      state: "entered",
      enteredBy: city.filerOf(spending.project.unit).id,
      enteredAt,
    };
    rows.events.push(
      ...told("payment", row.id, spending, [["paymentEntered", city.filerOf(spending.project.unit), enteredAt]]),
    );
    rows.payments.push(row);
    return row;
  };

  if (first) {
    payment(first, 1, 3, ago(6));
    const returned = payment(first, 2, 2, ago(13));
    if (returned) {
      const at = on(ago(10), "returned payment");
      const reason = "凭证扫描件中的收款人与合同供应商不一致，请核对后更正。";
      Object.assign(returned, { state: "returned", stateReason: reason, version: 2 });
      rows.events.push(...told("payment", returned.id, first, [["paymentReturned", finance, at, reason]]));
    }
    rows.changes.push(...changeOf(city, rows, first, "confirmed", ago(45)));
  }
  if (second) {
    payment(second, 1, 4, ago(5));
    payment(second, 2, 5, ago(17));
    rows.changes.push(...changeOf(city, rows, second, "entered", ago(3)));
  }
  if (third) {
    const room = third.project.row.approvedFen ?? fen(0);
    const bound = sumFen(third.money.contracts.map(({ amountFen }) => fen(amountFen)));
    const at = on(ago(3), "waiting contract");
    const amountFen = fen(Math.min(tenThousand(room * 0.01), Math.floor((room - bound) / 100) * 100));
    if (amountFen > 0) {
      const row: ContractRow = {
        id: demoId("contract", `${third.project.facts.name} waiting`, at),
        ...own(third),
        number: `HT-${third.project.row.code}-3`,
        name: `${third.project.facts.name}密码应用安全性评估合同`,
        supplier: "广州天衡信息安全测评有限公司",
        amountFen,
        signedOn: ago(6),
        endsOn: addDays(DEMO_TODAY, 120),
        procurementMethod: "belowThreshold",
        state: "entered",
        enteredBy: city.filerOf(third.project.unit).id,
        enteredAt: at,
      };
      rows.contracts.push(row);
      rows.events.push(...told("contract", row.id, third, [["contractEntered", city.filerOf(third.project.unit), at]]));
    }
    payment(third, 1, 6, ago(7));
  }
  const short = [fourth, fifth, ...built].find((spending) => {
    const arrived = sumFen((spending?.money.arrivals ?? []).map(({ amountFen }) => fen(amountFen)));
    return spending && arrived > 0 && arrived < (spending.project.row.approvedFen ?? 0) * 0.8;
  });
  if (short) {
    const at = on(ago(4), "waiting arrival");
    const id = demoId("arrival", `${short.project.facts.name} waiting`, at);
    rows.arrivals.push({
      id,
      ...own(short),
      amountFen: tenThousand((short.project.row.approvedFen ?? 0) * 0.2),
      arrivedOn: ago(5),
      source: "cityBudget",
      documentNumber: "江财预〔2026〕118号",
      state: "entered",
      enteredBy: finance2.id,
      enteredAt: at,
    });
    rows.events.push(...told("arrival", id, short, [["arrivalEntered", finance2, at]]));
  }
  return rows;
}

/** A change of the main contract: its end, and a little of its amount; confirmed changes stand in the contract. */
function changeOf(
  city: City,
  rows: { events: (typeof domainEvents.$inferInsert)[] },
  spending: Spending,
  state: "entered" | "confirmed",
  day: LocalDate,
): (typeof contractChanges.$inferInsert)[] {
  const main = mainOf(spending.money);
  if (!main) return [];
  const [filer, finance] = [city.filerOf(spending.project.unit), city.person("finance")];
  const enteredAt = officeHours(day, spending.project.facts.name, "contract change");
  const confirmedAt = officeHours(addWorkdays(city.calendar, day, 2), spending.project.facts.name, "change confirmed");
  const beforeEndsOn = localDate("2026-12-31");
  const afterEndsOn = localDate("2027-03-31");
  const beforeFen = fen(main.amountFen);
  const afterFen = fen(beforeFen + tenThousand(beforeFen * 0.01));
  const change = {
    id: demoId("contractChange", spending.project.facts.name, enteredAt),
    regionId: city.regionId,
    contractId: main.id,
    number: 1,
    beforeFen,
    afterFen,
    beforeEndsOn,
    afterEndsOn,
    reason: "按评审意见增加接口适配工作，补充协议约定费用和工期相应调整，仍在批复金额之内。",
    state,
    enteredBy: filer.id,
    enteredAt,
    ...(state === "confirmed" && { confirmedBy: finance.id, confirmedAt, version: 2 }),
  };
  Object.assign(main, { endsOn: beforeEndsOn });
  if (state === "confirmed") Object.assign(main, { amountFen: afterFen, endsOn: afterEndsOn, version: 3 });
  rows.events.push(
    ...told("contractChange", change.id, spending, [
      ["contractChangeEntered", filer, enteredAt],
      ...(state === "confirmed" ? ([["contractChangeConfirmed", finance, confirmedAt]] as const) : []),
    ]),
  );
  return [change];
}
