import express from "express";
import { once } from "node:events";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { guardRequests, securityHeaders, withRequestIds } from "~/platform/http/guards.server";

const PUBLIC = "https://mingjing.example";
const app = express();
app.use(withRequestIds, securityHeaders({ development: false }), guardRequests({ origin: () => PUBLIC }));
app.all("*", (_request, response) => {
  response.send("reached");
});
const server = app.listen(0, "127.0.0.1");
let port = 0;

beforeAll(async () => {
  if (!server.listening) await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

/** Sends bytes as they are: fetch would mend what we want to send broken. */
async function send(head: string, body = ""): Promise<{ status: number; text: string }> {
  const socket = connect(port, "127.0.0.1");
  socket.end(`${head.trim().replaceAll("\n", "\r\n")}\r\nConnection: close\r\n\r\n${body}`);
  let text = "";
  for await (const chunk of socket.setEncoding("utf8")) text += chunk as string;
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]), text };
}

const post = (headers: string) => `POST /projects HTTP/1.1\nHost: 127.0.0.1\nContent-Length: 0\n${headers}`;

describe("requests that never reach a page", () => {
  it.each<[string, string, number]>([
    ["a plain page passes", "GET /projects?q=%E7%AE%A1%E7%BD%91 HTTP/1.1\nHost: 127.0.0.1", 200],
    ["TRACE", "TRACE / HTTP/1.1\nHost: 127.0.0.1", 405],
    ["DELETE", "DELETE /projects HTTP/1.1\nHost: 127.0.0.1", 405],
    ["a bad percent-escape in the path", "GET /projects/%E0%A4%A HTTP/1.1\nHost: 127.0.0.1", 400],
    ["a bad percent-escape in the query", "GET /projects?q=%zz HTTP/1.1\nHost: 127.0.0.1", 400],
    ["a NUL character", "GET /projects?q=a%00b HTTP/1.1\nHost: 127.0.0.1", 400],
    ["a host that is none", "GET / HTTP/1.1\nHost: a b<c>", 400],
    ["the public origin passes", post(`Origin: ${PUBLIC}`), 200],
    ["another site's form", post("Origin: https://evil.example"), 403],
    ["an origin that only begins like ours", post(`Origin: ${PUBLIC}.evil.example`), 403],
    ["the null origin", post("Origin: null"), 403],
    ["no origin, cross-site by the browser's word", post("Sec-Fetch-Site: cross-site"), 403],
    ["no origin, same-origin by the browser's word", post("Sec-Fetch-Site: same-origin"), 200],
    ["no origin, no word, our own referrer", post(`Referer: ${PUBLIC}/login`), 200],
    ["no origin, no word, no referrer", post("X-Nothing: 1"), 403],
    [
      "a data post from elsewhere",
      "POST /projects/new?_data=x HTTP/1.1\nHost: 127.0.0.1\nContent-Length: 0\nOrigin: https://evil.example",
      403,
    ],
    ["a body without length", `POST / HTTP/1.1\nHost: 127.0.0.1\nOrigin: ${PUBLIC}\nTransfer-Encoding: chunked`, 411],
    ["a body beyond the cap", `POST / HTTP/1.1\nHost: 127.0.0.1\nOrigin: ${PUBLIC}\nContent-Length: 106954753`, 413],
  ])("%s", async (_name, head, status) => {
    const answer = await send(head, head.includes("chunked") ? "0\r\n\r\n" : "");
    expect(answer.status).toBe(status);
    if (status !== 200) expect(answer.text).toMatch(/[\u4e00-\u9fff]/);
  });
});

describe("security headers", () => {
  it("carry a fresh nonce, forbid framing and keep referrers home", async () => {
    const [first, second] = [await send("GET / HTTP/1.1\nHost: x"), await send("GET / HTTP/1.1\nHost: x")];
    const nonce = (text: string) => /script-src [^;]*'nonce-([^']+)'/.exec(text)?.[1];
    expect(nonce(first.text)).toBeTruthy();
    expect(nonce(first.text)).not.toBe(nonce(second.text));
    expect(first.text).toContain("frame-ancestors 'none'");
    expect(first.text).toMatch(/referrer-policy: same-origin/i);
    expect(first.text).not.toMatch(/x-powered-by/i);
  });
});
