import type { Database } from "@db/client";
import type { Actor } from "~/kernel/actor";
import { businessTime, type BusinessTime } from "~/platform/installation.server";
import { readSession, type OpenSession } from "~/platform/sessions.server";

declare module "@remix-run/node" {
  interface AppLoadContext extends RequestContext {}
}

/** What the HTTP server hands to every page of one request. */
export interface RequestContext {
  readonly db: Database;
  readonly nonce: string;
  readonly requestId: string;
  readonly address: string;
  /** hands the server the markup that the answer will end with */
  readonly sendPage: (markup: string) => void;
  /** runs a scheduled job now */
  readonly triggerJob: (name: string) => Promise<void>;
  /** filled by the first loader that needs it: loaders of one request run in parallel */
  session?: Promise<OpenSession | undefined>;
  time?: Promise<BusinessTime>;
}

/** The session of this request, read once. */
export function sessionOf(context: RequestContext, request: Request): Promise<OpenSession | undefined> {
  return (context.session ??= readSession(context.db, request.headers.get("cookie")));
}

/** The business clock of this request, read once: all its pages see the same instant. */
export function timeOf(context: RequestContext): Promise<BusinessTime> {
  return (context.time ??= businessTime(context.db));
}

/** For pages that anyone may open: who is there, if anybody. */
export const ANONYMOUS: Actor = {
  userId: "anonymous",
  username: "anonymous",
  name: "未登录",
  roles: [],
  unitId: "00000000-0000-0000-0000-000000000000",
  unitName: "",
  regionId: "00000000-0000-0000-0000-000000000000",
  regionIds: [],
};
