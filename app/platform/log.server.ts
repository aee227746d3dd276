import { pino } from "pino";

import { env } from "./env.server";

/** What of an error is worth keeping: its own words and place, and those of its cause. */
function briefly(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  const code = "code" in error ? error.code : undefined;
  return { name, message, code, stack, ...(cause !== undefined && { cause: briefly(cause) }) };
}

/** The process's log: structured, without request bodies, cookies or secrets. */
export const log = pino({
  level: env().LOG_LEVEL,
  base: null,
  // An error of the database driver drags its whole connection along: what is read is kept.
  serializers: { err: briefly },
  redact: ["req.headers.cookie", "req.headers.authorization", "password"],
});
