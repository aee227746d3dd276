/** What went wrong before an answer was there. */
export type NoAnswer = "timeout" | "connection";

/** No answer, or not a whole one; what was sent may have had its effect all the same. */
export class OutgoingError extends Error {
  constructor(
    readonly kind: NoAnswer,
    /** the system's own word: ECONNREFUSED, ENOTFOUND … */
    readonly detail: string,
  ) {
    super(`${kind} ${detail}`.trim());
    this.name = "OutgoingError";
  }
}

export interface OutgoingAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** the beginning of the body */
  readonly body: string;
}

export interface OutgoingRequest {
  readonly url: URL;
  /** the only host and port that may be asked */
  readonly allowedHost: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** for connecting, sending and reading the answer together @unit ms */
  readonly timeoutMs: number;
  /** more of the answer is not read @unit bytes */
  readonly mostBytes: number;
}

/**
 * Posts to another system: to the one host it may reach, without following redirects, within a time, reading no more of
 * the answer than asked for. An answer of any status is an answer.
 * @throws OutgoingError when none came, or it broke off
 */
export async function post(request: OutgoingRequest): Promise<OutgoingAnswer> {
  const { url, allowedHost, headers, body, timeoutMs, mostBytes } = request;
  if (url.host !== allowedHost || !/^https?:$/.test(url.protocol)) throw new Error(`${url.host} is not to be reached`);
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await fetch(url, { method: "POST", redirect: "manual", headers, body, signal });
    return { status: answer.status, headers: answer.headers, body: await beginningOf(answer, mostBytes) };
  } catch (error) {
    if (signal.aborted) throw new OutgoingError("timeout", "");
    throw new OutgoingError("connection", codeOf(error));
  }
}

async function beginningOf(answer: Response, mostBytes: number): Promise<string> {
  if (!answer.body) return "";
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = answer.body.getReader();
  for (;;) {
    const { done, value } = (await reader.read()) as { done: boolean; value: Uint8Array | undefined };
    if (done || !value) break;
    chunks.push(value);
    bytes += value.byteLength;
    if (bytes < mostBytes) continue;
    await reader.cancel();
    break;
  }
  return Buffer.concat(chunks).subarray(0, mostBytes).toString("utf8");
}

/** fetch wraps what the socket said. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause ? error.cause : error;
  const code = (cause as { code?: unknown }).code;
  return typeof code === "string" ? code : "";
}
