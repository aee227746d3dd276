import { describe, expect, it } from "vitest";

import { admitLogin } from "./login.rules";

const figures = { perAccount: 5, perAddress: 20, lockMinutes: 20 };

describe("admitLogin", () => {
  it.each([
    ["no failures", 0, 0, "ok"],
    ["one below the account's limit", 4, 4, "ok"],
    ["at the account's limit", 5, 5, "accountLocked"],
    ["one below the address's limit, other accounts", 0, 19, "ok"],
    ["at the address's limit, other accounts", 0, 20, "addressLocked"],
    ["both at their limits: the account is named first", 5, 20, "accountLocked"],
  ])("%s", (_name, account, address, expected) => {
    const result = admitLogin({ account, address }, figures);
    expect(result.ok ? "ok" : result.refusals[0]?.code).toBe(expected);
  });
});
