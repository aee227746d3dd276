import { json } from "@remix-run/node";

import { isDatabaseUnavailable } from "@db/guarded-pool";
import { DomainError, type DomainErrorKind } from "~/kernel/result";
import { log } from "~/platform/log.server";

import type { ErrorBody } from "./error-body";

const STATUS: Readonly<Record<DomainErrorKind, number>> = {
  notFound: 404,
  forbidden: 403,
  conflict: 409,
  invalid: 400,
};

/**
 * The answer to whatever a page threw: responses pass, domain errors get their status, a broken invariant becomes a 500
 * that shows a reference number and nothing internal.
 */
export function toErrorResponse(error: unknown, requestId: string): Response {
  if (error instanceof Response) return error;
  if (error instanceof DomainError) {
    return json<ErrorBody>({ kind: error.kind, code: error.code, requestId }, { status: STATUS[error.kind] });
  }
  log.error({ err: error, requestId }, "request failed");
  if (isDatabaseUnavailable(error)) {
    return json<ErrorBody>(
      { kind: "busy", code: "databaseUnavailable", requestId },
      { status: 503, headers: { "Retry-After": "5" } },
    );
  }
  return json<ErrorBody>({ kind: "broken", code: "internal", requestId }, { status: 500 });
}
