import path from "node:path";

import { openDatabase } from "@db/client";
import { resolveDatabaseUrl } from "@db/locate";
import { migrate } from "@db/migrate";
import { projectRoot } from "@db/project-root";
import { seedDemo } from "@seeds/demo/index";
import { seedScaleCity } from "@seeds/demo/scale-city";
import { seedReference } from "@seeds/reference/index";
import { stopWorkers } from "~/platform/workers/worker-task.server";

import { benchCloud } from "./cloud";
import { benchDocuments } from "./documents";
import { benchImport } from "./import";
import type { BenchFigure } from "./figure";
import { benchGraph } from "./graph";
import { benchMatrix } from "./matrix";
import { benchMonths } from "./months";
import { benchPages, startServer } from "./pages";
import { benchSheets } from "./sheets";

/**
 * `npm run bench`: prints one JSON line per figure, at city scale (docs/operations.md says what that is). Times are
 * medians; where quality.md states a ratio, both sides are measured in this one run. Needs a build (`npm run build`). Its
 * data stay in DATA_DIR (default .data/bench).
 */
async function main(): Promise<void> {
  process.env.DATA_DIR ??= path.join(projectRoot(), ".data/bench");
  const print = (figures: readonly BenchFigure[]) => figures.forEach((figure) => console.log(JSON.stringify(figure)));
  const located = await resolveDatabaseUrl(process.env);
  const db = openDatabase(located.url, { max: 4, statementTimeoutMs: 300_000 });
  try {
    await migrate(located.url);
    await seedReference(db);
    await seedDemo(db);
    await seedScaleCity(db);
    const server = await startServer(located.url);
    try {
      print(await benchPages(server, db));
      print(await benchCloud(server, db));
      print(await benchMatrix(server, db));
      print(await benchGraph(server, db));
      print(await benchImport(server, db));
    } finally {
      await server.stop();
    }
    print(await benchMonths(db));
    print(await benchDocuments());
    print(await benchSheets());
  } finally {
    await stopWorkers();
    await db.close();
    await located.stop();
  }
}

await main();
