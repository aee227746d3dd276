import { startOfDay, type LocalDate } from "~/kernel/local-date";
import type { WorkCalendar } from "~/kernel/work-calendar";

import { chance } from "./chance";
import { cityPeople, type Person } from "./people";
import { CITY_CODE, cityRegions } from "./regions";
import { cityUnits, type UnitRow } from "./units";

/** The stage on which the demonstration plays: who is there, and when people work. */
export interface City {
  readonly regionId: string;
  readonly regions: ReturnType<typeof cityRegions>;
  readonly units: readonly UnitRow[];
  readonly people: readonly Person[];
  readonly calendar: WorkCalendar;
  unit(name: string): UnitRow;
  person(username: string): Person;
  /** the one who fills in for a unit, and the one who signs for it */
  filerOf(unit: UnitRow): Person;
  leadOf(unit: UnitRow): Person;
}

export function makeCity(calendar: WorkCalendar): City {
  const regions = cityRegions();
  const regionId = found(regions, ({ code }) => code === CITY_CODE, CITY_CODE).id;
  const units = cityUnits(regionId);
  const people = cityPeople(units);
  return {
    regionId,
    regions,
    units,
    people,
    calendar,
    unit: (name) => found(units, (unit) => unit.name === name, name),
    person: (username) => found(people, (person) => person.username === username, username),
    filerOf: (unit) => found(people, (person) => person.unit === unit && person.role === "filer", unit.name),
    leadOf: (unit) => found(people, (person) => person.unit === unit && person.role === "unitLead", unit.name),
  };
}

function found<T>(list: readonly T[], matches: (item: T) => boolean, what: string): T {
  const item = list.find(matches);
  if (!item) throw new Error(`the demonstration has no ${what}`);
  return item;
}

/** A moment of office hours on a day; the same words give the same moment. */
export function officeHours(day: LocalDate, ...words: string[]): Date {
  const minutes = chance("moment", day, ...words).between(8 * 60 + 40, 17 * 60 + 20);
  return new Date(startOfDay(day).getTime() + minutes * 60_000);
}
