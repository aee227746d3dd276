import { lookup } from "node:dns";
import { once } from "node:events";
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { BlockList, type LookupFunction } from "node:net";

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
  /** a name that leads into a private network is not followed; an address that is allowed as such still is */
  readonly publicOnly?: boolean;
}

/** The word of an OutgoingError for a name that leads into a private network. */
const PRIVATE_ADDRESS = "EPRIVATE";

/**
 * Posts to another system: to the one host it may reach, without following redirects, within a time, reading no more of
 * the answer than asked for. An answer of any status is an answer.
 * @throws OutgoingError when none came, or it broke off
 */
export async function post(request: OutgoingRequest): Promise<OutgoingAnswer> {
  const { url, allowedHost, mostBytes, timeoutMs } = request;
  if (url.host !== allowedHost || !/^https?:$/.test(url.protocol)) throw new Error(`${url.host} is not to be reached`);
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await send(request, signal);
    return { status: answer.statusCode ?? 0, headers: headersOf(answer), body: await beginningOf(answer, mostBytes) };
  } catch (error) {
    if (signal.aborted) throw new OutgoingError("timeout", "");
    const { code } = error as { code?: unknown };
    throw new OutgoingError("connection", typeof code === "string" ? code : "");
  }
}

async function send({ url, headers, body, publicOnly }: OutgoingRequest, signal: AbortSignal) {
  const request = (url.protocol === "https:" ? https : http).request(url, {
    method: "POST",
    headers: { ...headers, "content-length": Buffer.byteLength(body) },
    signal,
    // A connection of its own: one that was kept may be closed just now, and was looked up under other conditions.
    agent: false,
    ...(publicOnly && { lookup: lookupPublic }),
  });
  request.end(body);
  const [answer] = (await once(request, "response")) as [IncomingMessage];
  return answer;
}

async function beginningOf(answer: IncomingMessage, mostBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes >= mostBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, mostBytes).toString("utf8");
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) headers.append(rawHeaders[at] ?? "", rawHeaders[at + 1] ?? "");
  return headers;
}

/** Networks that are not the internet: this host, its neighbours, and what only groups are sent to. */
const PRIVATE = new BlockList();
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const)
  PRIVATE.addSubnet(network, bits, "ipv4");
for (const [network, bits] of [
  ["::", 127],
  ["64:ff9b::", 96],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const)
  PRIVATE.addSubnet(network, bits, "ipv6");

/** Is this an address inside a private network? */
export const isPrivateAddress = (address: string, family: number): boolean =>
  PRIVATE.check(address, family === 6 ? "ipv6" : "ipv4");

/**
 * Looks a name up for the connection itself, so that what was checked is what is connected to. One private address
 * among several is enough to refuse.
 */
const lookupPublic: LookupFunction = (hostname, options, answer) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    const [first] = found ?? [];
    if (error || !first) return answer(error ?? new Error(`no address for ${hostname}`), "");
    if (found.some(({ address, family }) => isPrivateAddress(address, family))) {
      return answer(Object.assign(new Error(`${hostname} is private`), { code: PRIVATE_ADDRESS }), "");
    }
    if (options.all) answer(null, found);
    else answer(null, first.address, first.family);
  });
};
