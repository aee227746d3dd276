import type { AppLoadContext, EntryContext, HandleErrorFunction } from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { renderToString } from "react-dom/server";

import { log } from "~/platform/log.server";
import { Nonce } from "~/web/nonce";

export { boot } from "./boot.server";

/** Renders a page to a string: no page defers anything, and a string is the fastest way out. The server sends it. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
  loadContext: AppLoadContext,
): Response {
  const markup = renderToString(
    <Nonce.Provider value={loadContext.nonce}>
      <RemixServer context={context} url={request.url} nonce={loadContext.nonce} />
    </Nonce.Provider>,
  );
  headers.set("Content-Type", "text/html; charset=utf-8");
  headers.set("Cache-Control", "no-store");
  loadContext.sendPage(`<!DOCTYPE html>${markup}`);
  return new Response(null, { status, headers });
}

export const handleError: HandleErrorFunction = (error, { request, context }) => {
  if (request.signal.aborted) return;
  log.error({ err: error, requestId: context.requestId }, "page failed");
};
