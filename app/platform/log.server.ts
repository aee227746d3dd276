import { pino } from "pino";

import { env } from "./env.server";

/** The process's log: structured, without request bodies, cookies or secrets. */
export const log = pino({
  level: env().LOG_LEVEL,
  base: null,
  redact: ["req.headers.cookie", "req.headers.authorization", "password"],
});
