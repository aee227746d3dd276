import { createHmac } from "node:crypto";

import type { RobotBrand } from "~/kernel/vocabulary";

import type { MessageLimits } from "./sending.rules";

/** A message as it goes over the wire to a robot. */
export interface RobotRequest {
  readonly url: URL;
  readonly body: string;
}

interface RobotAddress {
  readonly brand: RobotBrand;
  readonly url: string;
  /** the signing secret; empty where the robot has none */
  readonly secret: string;
}

const MOST_LINES = 20;

/** How long a message each brand takes. @source the vendors' documents: 20,000 and 4,096 bytes of markdown */
export const MESSAGE_LIMITS: Readonly<Record<RobotBrand, MessageLimits>> = {
  dingtalk: { mostLines: MOST_LINES, mostBytes: 18_000 },
  wecom: { mostLines: MOST_LINES, mostBytes: 4_000 },
};

/**
 * DingTalk's signature: HMAC-SHA256 over the time and the secret, with the secret as key, in base64.
 * @param timestamp @unit ms
 * @source open.dingtalk.com, 自定义机器人安全设置（加签）
 */
export const dingtalkSignature = (timestamp: number, secret: string): string =>
  createHmac("sha256", secret).update(`${timestamp}\n${secret}`).digest("base64");

/**
 * A message to a robot the way its brand wants it: DingTalk signs in the address, WeCom has its key there already.
 * @param timestamp @unit ms
 */
export function robotRequest(
  { brand, url: address, secret }: RobotAddress,
  { title, text }: { readonly title: string; readonly text: string },
  timestamp: number,
): RobotRequest {
  const url = new URL(address);
  switch (brand) {
    case "dingtalk":
      if (secret !== "") {
        url.searchParams.set("timestamp", String(timestamp));
        url.searchParams.set("sign", dingtalkSignature(timestamp, secret));
      }
      return { url, body: JSON.stringify({ msgtype: "markdown", markdown: { title, text } }) };
    case "wecom":
      return { url, body: JSON.stringify({ msgtype: "markdown", markdown: { content: text } }) };
  }
}

/** Why a robot's answer is no success: a FailureCode with the robot's words. */
export type AnswerFailure = { readonly code: "redirected" | "answered" | "refused"; readonly detail: string };

/**
 * Did the robot take the message? Only when it says so: status 200 and errcode 0. Its own words are kept otherwise.
 * @source open.dingtalk.com; developer.work.weixin.qq.com
 */
export function judgeRobotAnswer(status: number, body: string): AnswerFailure | undefined {
  if (status >= 300 && status < 400) return { code: "redirected", detail: String(status) };
  if (status !== 200) return { code: "answered", detail: String(status) };
  const { errcode, errmsg } = readAnswer(body);
  if (errcode === 0) return undefined;
  if (typeof errcode !== "number") return { code: "answered", detail: "200" };
  return { code: "refused", detail: `${errcode} ${typeof errmsg === "string" ? errmsg : ""}`.trim() };
}

function readAnswer(body: string): { errcode?: unknown; errmsg?: unknown } {
  try {
    const answer = JSON.parse(body) as unknown;
    return typeof answer === "object" && answer !== null ? answer : {};
  } catch {
    return {};
  }
}
