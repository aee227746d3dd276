import { type Database, openDatabase } from "@db/client";
import { resolveDatabaseUrl } from "@db/locate";
import { migrate } from "@db/migrate";
import { env } from "~/platform/env.server";

import { seedDemo } from "./demo/index";
import { listAccounts } from "./demo/list-accounts";
import { seedScaleCity } from "./demo/scale-city";
import { seedReference } from "./reference/index";

const USAGE = "用法：run reference | run demo [--serve] [--scale city]";

interface Command {
  readonly what: "reference" | "demo";
  readonly serve: boolean;
  readonly scale: boolean;
}

function readCommand([what, ...options]: readonly string[]): Command {
  const rest = options.join(" ");
  if ((what !== "reference" && what !== "demo") || !/^(--serve|--scale city| )*$/.test(rest)) throw new Error(USAGE);
  return { what, serve: rest.includes("--serve"), scale: rest.includes("--scale") };
}

const secondsSince = (begun: number): string => ((performance.now() - begun) / 1_000).toFixed(1);

async function seed(db: Database, { what, scale }: Command): Promise<void> {
  await seedReference(db);
  console.log("基础数据已就绪：规则参数、工作日历、目录分类、统一组件。");
  if (what === "reference") return;
  const begun = performance.now();
  if (await seedDemo(db)) {
    console.log(`演示城市已生成（${secondsSince(begun)} 秒），金额均为演示数据。`);
  } else console.log("已有演示城市：保留现有数据。");
  if (scale) {
    const begunScale = performance.now();
    const filled = await seedScaleCity(db);
    console.log(filled ? `已扩充到城市规模（${secondsSince(begunScale)} 秒）。` : "已是城市规模：保留现有数据。");
  }
  console.log(await listAccounts(db, env().DEMO_PASSWORD));
}

async function main(): Promise<void> {
  const command = readCommand(process.argv.slice(2));
  // The settings are read once: what is served is the production build.
  if (command.serve) process.env.NODE_ENV = "production";
  const located = await resolveDatabaseUrl(process.env, console.log);
  const leave = () => located.stop();
  try {
    await migrate(located.url);
    const db = openDatabase(located.url, { max: 2, statementTimeoutMs: 120_000 });
    try {
      await seed(db, command);
    } finally {
      await db.close();
    }
  } catch (error) {
    await leave();
    throw error;
  }
  if (!command.serve) return leave();
  // The embedded database stays up in between: the last of the two to leave stops it.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void leave());
  await import("../server");
}

main().catch((error: unknown) => {
  // A failed statement's own message repeats every value it was given.
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  console.error(cause instanceof Error ? cause.message : cause);
  process.exitCode = 1;
});
