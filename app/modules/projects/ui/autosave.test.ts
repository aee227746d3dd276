import { describe, expect, it } from "vitest";

import { autosaveOutcome } from "./autosave";

const answer = (status: number, body: unknown, type: ResponseType = "basic") =>
  Promise.resolve({ status, type, json: () => Promise.resolve(body) });

describe("autosaveOutcome", () => {
  it("goes on from the version that was saved", async () => {
    const saved = await autosaveOutcome(() => answer(200, { saved: true, version: 7, opened: "a:1", at: "09:12" }));
    expect(saved).toEqual({ state: { kind: "saved", at: "09:12" }, chain: { version: 7, opened: "a:1" } });
  });

  it.each<[string, () => ReturnType<typeof answer>, string]>([
    ["someone else saved", () => answer(409, { saved: false }), "conflict"],
    ["the session is gone", () => answer(0, null, "opaqueredirect"), "loggedOut"],
    ["a row is not finished", () => answer(422, { saved: false, problems: ["请填写数量"] }), "invalid"],
    ["an error page", () => answer(500, { kind: "broken" }), "failed"],
    ["no connection", () => Promise.reject(new TypeError("fetch failed")), "failed"],
    ["an answer without a version", () => answer(200, { saved: true }), "failed"],
  ])("%s", async (_name, send, kind) => {
    const outcome = await autosaveOutcome(send);
    expect([outcome.state.kind, outcome.chain]).toEqual([kind, undefined]);
  });
});
