/** What the platform answered, as far as it decides. */
export interface JudgedAnswer {
  readonly status: number;
  /** the key that the answer names as its own, when it names one */
  readonly answeredKey: string | undefined;
}

/** Why an attempt did not deliver. */
export type FailureCode = "timeout" | "connection" | "redirected" | "otherKey" | "answered";

/**
 * Is it delivered? Yes at any 2xx, and at a 409 that names this delivery's own key: the platform had taken it before and
 * only its answer was lost. Any other 409 is about something else and must not be taken for a success.
 */
export function judgeAnswer({ status, answeredKey }: JudgedAnswer, key: string): "delivered" | FailureCode {
  if (status >= 200 && status < 300) return "delivered";
  if (status === 409) return answeredKey === key ? "delivered" : "otherKey";
  if (status >= 300 && status < 400) return "redirected";
  return "answered";
}

/** The key that a 409 names: in the header Idempotency-Key, otherwise as idempotencyKey in its JSON body. */
export function keyNamedIn(header: string | null, body: string): string | undefined {
  if (header) return header;
  try {
    const parsed = JSON.parse(body) as { idempotencyKey?: unknown } | null;
    return typeof parsed?.idempotencyKey === "string" ? parsed.idempotencyKey : undefined;
  } catch {
    return undefined;
  }
}

export interface BackOff {
  /** @unit ms */
  readonly firstMs: number;
  readonly longestMs: number;
}

/**
 * How long to wait after so many attempts in vain: anything from nothing up to a bound that doubles from the first to the
 * longest. The chance spreads what failed together.
 * @param chance from 0 up to but not 1
 * @unit ms
 */
export function retryDelay(attempts: number, { firstMs, longestMs }: BackOff, chance: number): number {
  return Math.floor(chance * Math.min(longestMs, firstMs * 2 ** (attempts - 1)));
}
