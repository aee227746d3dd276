import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import express from "express";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { pathToFileURL } from "node:url";

import type { App } from "./app/boot.server";
import { env } from "./app/platform/env.server";
import { asPublicOrigin, guardRequests, securityHeaders, withRequestIds } from "./app/platform/http/guards.server";
import { log } from "./app/platform/log.server";
import { resolveDatabaseUrl } from "./db/locate";
import { migrate } from "./db/migrate";

/** What app/entry.server.tsx exports beside Remix's own hooks. */
interface EntryModule {
  boot: (options: { databaseUrl: string; runJobs: boolean }) => Promise<App>;
}

// Asked of the process, not of env(): `demo --serve` turns production on after its seeds have read their settings.
const production = process.env.NODE_ENV === "production";

async function main(): Promise<void> {
  const database = await resolveDatabaseUrl(process.env);
  await migrate(database.url);

  const vite = production
    ? undefined
    : await (await import("vite")).createServer({ server: { middlewareMode: true }, appType: "custom" });
  const loadBuild = async (): Promise<ServerBuild> =>
    vite
      ? ((await vite.ssrLoadModule("virtual:remix/server-build")) as unknown as ServerBuild)
      : ((await import(pathToFileURL(path.resolve("build/server/index.js")).href)) as ServerBuild);
  const build = await loadBuild();
  const app = await (build.entry.module as unknown as EntryModule).boot({ databaseUrl: database.url, runJobs: true });

  const server = express();
  server.disable("x-powered-by");
  server.set("trust proxy", "loopback");
  server.use(withRequestIds);
  server.use(securityHeaders({ development: !production }));
  server.get("/livez", (_request, response) => {
    response.type("text/plain").send("ok");
  });
  server.get("/readyz", (_request, response) => {
    void app.ping().then((ready) => {
      response
        .status(ready ? 200 : 503)
        .type("text/plain")
        .send(ready ? "ready" : "database does not answer");
    });
  });

  const origin: { current: string | undefined } = { current: env().ORIGIN };
  server.use(guardRequests({ origin: () => origin.current }));
  if (vite) server.use(vite.middlewares);
  else {
    server.use("/assets", express.static("build/client/assets", { immutable: true, maxAge: "1y", fallthrough: false }));
    server.use(express.static("build/client", { maxAge: "1h" }));
  }
  const answer = createRequestHandler({
    build: vite ? loadBuild : build,
    mode: production ? "production" : "development",
    getLoadContext: (request, response) => ({
      db: app.db,
      nonce: response.locals.nonce as string,
      requestId: response.locals.requestId as string,
      address: request.ip ?? "",
      triggerJob: app.triggerJob,
    }),
  });
  server.all("*", (request, response, next) => void answer(request, response, next));

  const listening = server.listen(env().PORT, env().HOST, () => {
    const { port } = listening.address() as AddressInfo;
    origin.current ??= asPublicOrigin(env().HOST, port);
    console.log(`ready http://${env().HOST}:${port}`);
  });
  listening.requestTimeout = 60_000;
  listening.headersTimeout = 15_000;

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      void shutDown(listening, app, () => database.stop()).then(() => process.exit(0));
    });
  }
}

async function shutDown(listening: Server, app: App, stopDatabase: () => Promise<void>): Promise<void> {
  log.info("shutting down");
  const closed = new Promise<void>((resolve) => listening.close(() => resolve()));
  listening.closeIdleConnections();
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 10_000).unref())]);
  await app.stop();
  await stopDatabase();
}

main().catch((error: unknown) => {
  log.fatal({ err: error }, "the server did not start");
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
