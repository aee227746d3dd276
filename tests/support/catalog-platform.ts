import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What goes wrong at a real platform: it refuses for a while, takes it and stays silent, takes it and breaks off. */
export type PlatformFailure = "error" | "silenceAfterEffect" | "cutReply";

/** An answer of one's own, without any effect. */
export interface Scripted {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What the platform took, in the order in which it took it: once for each key. */
export interface Effect {
  readonly key: string;
  readonly projectCode: string;
  readonly body: unknown;
}

export interface CatalogPlatformStandIn {
  readonly url: string;
  readonly effects: readonly Effect[];
  readonly requests: readonly IncomingMessage["headers"][];
  /** how often each failure was played, and how often a key came again */
  readonly counts: Readonly<Record<PlatformFailure | "repeated", number>>;
  stop(): Promise<void>;
}

/**
 * Stands in for the city's catalog platform and keeps its contract (app/modules/delivery/README.md): a key has its effect
 * once; a key that comes again is answered 409 with the key. `play` is asked at every request what shall go wrong.
 */
export async function startCatalogPlatform(
  play: (request: IncomingMessage) => PlatformFailure | Scripted | undefined = () => undefined,
  onEffect: (effects: number) => void = () => undefined,
): Promise<CatalogPlatformStandIn> {
  const effects: Effect[] = [];
  const keys = new Set<string>();
  const requests: IncomingMessage["headers"][] = [];
  const counts = { error: 0, silenceAfterEffect: 0, cutReply: 0, repeated: 0 };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    requests.push(request.headers);
    const body = await textOf(request);
    const played = play(request);
    if (typeof played === "object") return reply(response, played);
    if (played) counts[played]++;
    if (played === "error") return reply(response, { status: 503, body: "目录平台正在维护，请稍后再试" });
    const key = String(request.headers["idempotency-key"] ?? "");
    const repeated = keys.has(key);
    if (repeated) counts.repeated++;
    else {
      keys.add(key);
      effects.push({ key, projectCode: projectCodeOf(request.url), body: JSON.parse(body) });
      onEffect(effects.length);
    }
    // Nothing is said: the sender's patience ends first.
    if (played === "silenceAfterEffect") return;
    const words = repeated ? { idempotencyKey: key } : { taken: true };
    if (played === "cutReply") {
      const whole = JSON.stringify(words);
      response.writeHead(repeated ? 409 : 200, { "content-length": Buffer.byteLength(whole) + 64 });
      response.write(whole.slice(0, 5), () => request.socket.destroy());
      return;
    }
    return reply(response, {
      status: repeated ? 409 : 200,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(words),
    });
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    effects,
    requests,
    counts,
    stop: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += String(chunk);
  return text;
}

function reply(response: ServerResponse, { status, headers, body }: Scripted): void {
  response.writeHead(status, headers).end(body);
}

/** The last part of the address, as it was before it was encoded. */
const projectCodeOf = (url = ""): string => decodeURIComponent(url.split("/").at(-1) ?? "");
