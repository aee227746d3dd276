import { expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";

import { byDueDate, type WorkItem } from "./work-item";

const item = (key: string, dueOn: string | null): WorkItem => ({
  key,
  kind: "立项",
  what: "立项审核",
  title: "智慧管网系统",
  unitName: null,
  href: "/",
  dueOn: dueOn === null ? null : localDate(dueOn),
});

it("puts the earliest limit first, keeps the order of equal ones, and what has none last", () => {
  const items = [item("none", null), item("b", "2026-07-21"), item("a", "2026-07-20"), item("c", "2026-07-21")];
  expect([...items].sort(byDueDate).map(({ key }) => key)).toEqual(["a", "b", "c", "none"]);
});
