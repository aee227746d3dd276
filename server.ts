import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import express from "express";
import cluster from "node:cluster";
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { pathToFileURL } from "node:url";

import type { App } from "./app/boot.server";
import { env } from "./app/platform/env.server";
import { asPublicOrigin, guardRequests, securityHeaders, withRequestIds } from "./app/platform/http/guards.server";
import { log } from "./app/platform/log.server";
import { buildOfRoute, routeFinder } from "./app/web/route-of-path";
import { resolveDatabaseUrl } from "./db/locate";
import { migrate } from "./db/migrate";

/** What app/entry.server.tsx exports beside Remix's own hooks. */
interface EntryModule {
  boot: (options: { databaseUrl: string; runJobs: boolean }) => Promise<App>;
}

// Asked of the process, not of env(): `demo --serve` turns production on after its seeds have read their settings.
const production = process.env.NODE_ENV === "production";

/**
 * Room for what a page makes and drops at once, so that it is gone before anybody sorts it. `npm start` says the same for a
 * process that serves alone. @unit megabytes
 */
const YOUNG_MEMORY = "--max-semi-space-size=32";

/** One process serves by itself; several share the port under one that starts and replaces them. */
async function main(): Promise<void> {
  const several = production && env().WEB_CONCURRENCY > 1;
  if (several && cluster.isPrimary) await lead(env().WEB_CONCURRENCY);
  else await serve();
}

/** Starts database and workers, replaces a worker that dies, and prints `ready` when all of them serve. */
async function lead(workers: number): Promise<void> {
  const database = await resolveDatabaseUrl(process.env);
  await migrate(database.url);
  cluster.setupPrimary({ exec: path.resolve("build/node/server.js"), args: [], execArgv: [YOUNG_MEMORY] });
  const start = () => cluster.fork({ DATABASE_URL: database.url });

  const ready = await Promise.all(Array.from({ length: workers }, () => once(start(), "message")));
  console.log(`ready ${String(ready[0]?.[0])}`);

  let leaving = false;
  cluster.on("exit", (worker, code) => {
    if (leaving) return;
    log.error({ pid: worker.process.pid, code }, "a server process died and is replaced");
    start();
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      leaving = true;
      const gone = Object.values(cluster.workers ?? {}).flatMap((worker) => {
        worker?.process.kill("SIGTERM");
        return worker ? [once(worker, "exit")] : [];
      });
      void Promise.all(gone).then(async () => {
        await database.stop();
        process.exit(0);
      });
    });
  }
}

/** A page is finished: its bytes go to the socket as they are, past the streams that an answer would take it through. */
function endWith(response: express.Response, markup: string): void {
  const end = response.end.bind(response);
  response.end = () => end(Buffer.from(markup, "utf8"));
}

async function serve(): Promise<void> {
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
  // Pages read their address themselves.
  server.set("query parser", false);
  server.set("trust proxy", "loopback");
  server.use(withRequestIds);
  server.use(securityHeaders({ development: !production }));
  server.get("/livez", (_request, response) => {
    response.type("text/plain").send("ok");
  });
  server.get("/readyz", (_request, response) => {
    void app.ping().then(async (ready) => {
      const words = ready ? ["ready", ...(await app.notes())] : ["database does not answer"];
      response
        .status(ready ? 200 : 503)
        .type("text/plain")
        .send(words.join("\n"));
    });
  });

  const origin: { current: string | undefined } = { current: env().ORIGIN };
  server.use(guardRequests({ origin: () => origin.current }));
  if (vite) server.use(vite.middlewares);
  else {
    server.use("/assets", express.static("build/client/assets", { immutable: true, maxAge: "1y", fallthrough: false }));
    // Only names with an ending can be files: pages do not ask the disk.
    const files = express.static("build/client", { maxAge: "1h" });
    server.use((request, response, next) => {
      if (path.extname(request.path) === "") next();
      else files(request, response, next);
    });
  }
  const handlerOf = (part: ServerBuild | (() => Promise<ServerBuild>)) =>
    createRequestHandler({
      build: part,
      mode: production ? "production" : "development",
      getLoadContext: (request, response) => ({
        db: app.db,
        nonce: response.locals.nonce as string,
        requestId: response.locals.requestId as string,
        address: request.ip ?? "",
        triggerJob: app.triggerJob,
        sendPage: (markup) => endWith(response, markup),
      }),
    });
  const whole = handlerOf(vite ? loadBuild : build);
  const routeOf = routeFinder(vite ? {} : build.routes);
  const handlers = new Map<string, typeof whole>();
  const handlerOfRoute = (id: string) => {
    const handler = handlers.get(id) ?? handlerOf(buildOfRoute(build, id));
    handlers.set(id, handler);
    return handler;
  };
  server.all("*", (request, response, next) => {
    const id = routeOf(request.path);
    const answer = id === undefined ? whole : handlerOfRoute(id);
    void answer(request, response, next);
  });

  const listening = server.listen(env().PORT, env().HOST, () => {
    const { port } = listening.address() as AddressInfo;
    origin.current ??= asPublicOrigin(env().HOST, port);
    const address = `http://${env().HOST}:${port}`;
    if (process.send) process.send(address);
    else console.log(`ready ${address}`);
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
