import { readFileSync } from "node:fs";
import path from "node:path";

/**
 * Days and working days, counted the slow way and without the product's own code: what the recount of a simulated year
 * stands on. A day is "2026-07-20".
 */

const DAY_MS = 86_400_000;

const exceptions = new Map<string, boolean>(
  ["2024", "2025", "2026"].flatMap((year) => {
    const file = path.resolve(import.meta.dirname, `../../../seeds/data/calendar/${year}.json`);
    const rows = JSON.parse(readFileSync(file, "utf8")) as { date: string; isOffDay: boolean }[];
    return rows.map(({ date, isOffDay }) => [date, !isOffDay] as const);
  }),
);

const ms = (day: string): number => Date.parse(`${day}T00:00:00Z`);

export const dayAfter = (day: string, days = 1): string => new Date(ms(day) + days * DAY_MS).toISOString().slice(0, 10);

export const daysFrom = (from: string, to: string): number => (ms(to) - ms(from)) / DAY_MS;

export function works(day: string): boolean {
  const weekday = new Date(ms(day)).getUTCDay();
  return exceptions.get(day) ?? (weekday >= 1 && weekday <= 5);
}

/** Working days after `from` up to and including `to`; negative when `to` lies before. */
export function workingDaysFrom(from: string, to: string): number {
  if (to < from) return -workingDaysFrom(to, from);
  let count = 0;
  for (let day = dayAfter(from); day <= to; day = dayAfter(day)) if (works(day)) count++;
  return count;
}

export const monthOfDay = (day: string): string => day.slice(0, 7);

export function lastDayOfMonth(month: string): string {
  let day = `${month}-28`;
  while (monthOfDay(dayAfter(day)) === month) day = dayAfter(day);
  return day;
}

export const monthAfter = (month: string): string => monthOfDay(dayAfter(lastDayOfMonth(month)));

/** The months from one to another, both included. */
export function monthsFrom(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = from; month <= to; month = monthAfter(month)) months.push(month);
  return months;
}

/** The last day on which the report of a month is in time. */
export function dueDay(month: string, reportingDay: number): string {
  let day = `${monthAfter(month)}-${String(reportingDay).padStart(2, "0")}`;
  while (!works(day)) day = dayAfter(day);
  return day;
}
