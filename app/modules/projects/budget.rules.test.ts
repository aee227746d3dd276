import { expect, it } from "vitest";

import { fen } from "~/kernel/fen";

import { lineAmount } from "./budget.rules";

it.each([
  ["whole units", "3", 1_000, 3_000],
  ["two decimals", "1.25", 1_000, 1_250],
  ["half a fen rounds up", "0.5", 1, 1],
  ["less than half a fen rounds down", "0.49", 1, 0],
  ["beyond what floating point keeps", "1.01", 900_000_000_000_001, 909_000_000_000_001],
])("%s", (_name, quantity, price, amount) => expect(lineAmount(quantity, fen(price))).toBe(amount));
