import type { arrivals, contracts, payments } from "@db/schema";
import { fen, sumFen, type Fen } from "~/kernel/fen";
import { addMonths, type LocalDate, localDate } from "~/kernel/local-date";
import { addWorkdays, onOrNextWorkday } from "~/kernel/work-calendar";

import { chance } from "./chance";
import { officeHours, type City } from "./city";
import { creditCode } from "./credit-code";
import { demoId } from "./demo-id";
import type { CityProject } from "./projects";
import { DEMO_TODAY } from "./today";

type ContractRow = typeof contracts.$inferInsert;
export type PaymentRow = typeof payments.$inferInsert;

const SUPPLIERS = [
  "广东云岭数字科技有限公司",
  "江门市侨城信息技术有限公司",
  "广州穗和智慧软件有限公司",
  "珠海横海系统集成有限公司",
  "佛山市岭南数据服务有限公司",
] as const;
const ADVISERS = ["广东正方工程监理有限公司", "广州天衡信息安全测评有限公司"] as const;

const COMPANIES_REGION = "440703";
const supplierCode = (name: string): string =>
  creditCode(COMPANIES_REGION, [...SUPPLIERS, ...ADVISERS].findIndex((each) => each === name) + 501, "91");

/** Hundreds of yuan, below the given share of an amount. */
const share = (amount: Fen, percent: number): Fen => fen(Math.floor((amount * percent) / 1_000_000) * 10_000);

/** Contracts within the reviewed amounts, money arriving ahead of them, payments following the milestones. */
export function projectMoney(city: City, project: CityProject) {
  const { facts, row, lines, milestones, unit } = project;
  const none = { contracts: [], arrivals: [], payments: [] };
  const { startedOn, approvedOn, approvedFen } = row;
  if (!startedOn || !approvedOn || !approvedFen) return none;
  const { between, pick } = chance("money", facts.name);
  const later = (day: LocalDate, workdays: number) => addWorkdays(city.calendar, day, workdays);
  const common = { projectId: row.id, regionId: city.regionId };
  const [finance, filer] = [city.person("finance"), city.filerOf(unit)];

  const isService = (category: string) => category === "supervision" || category === "securityTest";
  const reviewed = (services: boolean) =>
    sumFen(lines.filter(({ category }) => isService(category) === services).map((line) => line.reviewedFen ?? fen(0)));
  const contract = (
    index: number,
    name: string,
    supplier: string,
    amountFen: Fen,
    { operated, services }: { readonly operated: boolean; readonly services: boolean },
  ): ContractRow => ({
    id: demoId("contract", `${facts.name} ${index}`, officeHours(startedOn, facts.name, "contract")),
    ...common,
    number: `HT-${row.code}-${index}`,
    name,
    supplier,
    supplierCreditCode: supplierCode(supplier),
    operatorUnitId: operated ? city.unit("市数字政府运营中心").id : null,
    amountFen,
    signedOn: startedOn,
    endsOn: addMonths(startedOn, 12),
    procurementMethod: services ? "consultation" : "openTender",
    state: "confirmed",
    enteredBy: filer.id,
    enteredAt: officeHours(startedOn, facts.name, "contract"),
    confirmedBy: finance.id,
    confirmedAt: officeHours(later(startedOn, 2), facts.name, "contract confirmed"),
  });
  const main = contract(1, `${facts.name}建设合同`, pick(SUPPLIERS), share(reviewed(false), between(92, 98)), {
    operated: between(1, 3) === 1,
    services: false,
  });
  const advice = contract(
    2,
    `${facts.name}监理与测评服务合同`,
    pick(ADVISERS),
    share(reviewed(true), between(94, 99)),
    { operated: false, services: true },
  );

  const doneOn = (fromEnd: number) => milestones.at(fromEnd)?.completedOn ?? null;
  const middle = doneOn(Math.ceil(milestones.length / 2) - milestones.length - 1);
  const instalments: [ContractRow, number, LocalDate | null][] = [
    [main, 30, later(startedOn, between(12, 20))],
    [advice, 50, later(startedOn, between(22, 30))],
    [main, 30, middle && later(middle, between(8, 14))],
    [main, 30, doneOn(-2) && later(doneOn(-2) ?? startedOn, between(10, 16))],
    [advice, 50, doneOn(-1) && later(doneOn(-1) ?? startedOn, between(10, 16))],
    [main, 10, doneOn(-1) && later(doneOn(-1) ?? startedOn, between(18, 26))],
  ];
  const paid = instalments.flatMap(([{ id: contractId, amountFen }, percent, paidOn], index): PaymentRow[] => {
    if (!paidOn || paidOn > DEMO_TODAY) return [];
    const confirmedOn = later(paidOn, 2);
    return [
      {
        id: demoId("payment", `${facts.name} ${index}`, officeHours(paidOn, facts.name, "payment")),
        ...common,
        contractId,
        amountFen: share(amountFen, percent),
        paidOn,
        voucher: `PZ${paidOn.slice(0, 7).replace("-", "")}-${row.code.slice(-9)}-${index + 1}`,
        enteredBy: filer.id,
        enteredAt: officeHours(paidOn, facts.name, "payment"),
        state: "entered",
        ...(confirmedOn <= DEMO_TODAY && {
          state: "confirmed",
          confirmedBy: finance.id,
          confirmedAt: officeHours(confirmedOn, facts.name, "confirm"),
        }),
      },
    ];
  });

  const firstFen = share(approvedFen, 62);
  const budgetDay = localDate(`${Number(startedOn.slice(0, 4)) + 1}-03-16`);
  const secondOn = onOrNextWorkday(city.calendar, middle && middle < budgetDay ? middle : budgetDay);
  const arrival = (index: number, amountFen: Fen, arrivedOn: LocalDate): typeof arrivals.$inferInsert => ({
    id: demoId("arrival", `${facts.name} ${index}`, officeHours(arrivedOn, facts.name, "arrival")),
    ...common,
    amountFen,
    arrivedOn,
    source: "cityBudget",
    documentNumber: `江财预〔${arrivedOn.slice(0, 4)}〕${20 + index * 7}号`,
    state: "confirmed",
    enteredBy: finance.id,
    enteredAt: officeHours(arrivedOn, facts.name, "arrival"),
    confirmedBy: filer.id,
    confirmedAt: officeHours(later(arrivedOn, 1), facts.name, "arrival confirmed"),
  });
  return {
    contracts: [main, advice],
    arrivals: [
      arrival(1, firstFen, later(approvedOn, between(12, 20))),
      ...(secondOn <= DEMO_TODAY ? [arrival(2, fen(approvedFen - firstFen), secondOn)] : []),
    ],
    payments: paid,
  };
}
