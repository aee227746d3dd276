import { openDatabase } from "@db/client";
import { startEmbedded } from "@db/embedded";
import { sql } from "drizzle-orm";

/** Run as a process of its own: starts the embedded database in argv[2], leaves a row in it, says so and waits to be killed. */
const server = await startEmbedded({ dataDir: process.argv[2] ?? "" });
const database = openDatabase(server.url, { max: 1 });
await database.execute(sql`create table survivor as select 42 as answer`);
console.log("row written");
setInterval(() => undefined, 60_000);
